"""Sentences that lead somewhere: pieces of text with links, and lines of lists made of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import chain, groupby
from typing import Any

from bibfolio.model import words
from bibfolio.model.paper import Paper
from bibfolio.model.quotation import citation_in_text, cited_names
from bibfolio.model.text import Style
from bibfolio.model.words import pieces


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence, and where it leads."""

    text: str
    #: Absolute http(s), or relative to the site's root.
    url: str = ""
    style: Style = "text"
    #: Key of the paper that it names; without a text, as :attr:`role` says.
    key: str = ""
    #: How it names it: ``p`` or ``t`` of the domain ``cite``, or ``paper`` of ``bib``.
    role: str = ""

    @property
    def is_local(self) -> bool:
        """Tell whether this site serves the target itself."""
        return bool(self.url) and "://" not in self.url


Sentence = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: when, what, and what follows it in the same line."""

    when: str
    headline: Sentence
    rest: Sentence = ()
    #: What goes with it, each a word that leads there: slides, code, papers.
    links: Sentence = ()

    @property
    def text(self) -> str:
        """Return what it says but for the time, as plain text."""
        return sentence_text(self.headline) + sentence_text(self.rest)

    def addresses(self, but: str = "") -> list[str]:
        """Return its links as forms without any have them, *but* one: ``Slides: https://…``."""
        whole, parts = (self.headline, self.rest) if self.headline else (self.rest, ())
        # The address of all that it is about.
        alone = dict.fromkeys(phrase.url for phrase in whole if phrase.url not in {"", but})
        runs = [(url, sentence_text(tuple(run))) for url, run in groupby(parts, lambda p: p.url)]
        said = {"", but, *(link.url for link in self.links)}
        named = [f"{words}: {url}" for url, words in runs if url not in said]
        links = [": ".join(filter(None, (link.text, link.url))) for link in self.links]
        return [*alone, *named, *links]


def sentence_text(sentence: Sentence) -> str:
    """Return *sentence* as plain text."""
    return "".join(phrase.text for phrase in sentence)


def plain(text: str) -> Sentence:
    """Return *text* as a sentence."""
    return (Phrase(text),) if text else ()


def enumerated(items: Sequence[Phrase]) -> Sentence:
    """Return *items* and what joins them: ``a``, ``a and b``, ``a, b and c``."""
    parts = words.enumerated(items)
    return tuple(Phrase(part) if isinstance(part, str) else part for part in parts)


def said(message: str, **values: Sequence[Phrase]) -> Sentence:
    """Return a message whose places are taken by phrases."""
    found = ([Phrase(p)] if isinstance(p, str) else p for p in pieces(message, **values))
    return tuple(chain.from_iterable(found))


def joined(items: Iterable[Phrase]) -> Sentence:
    """Put commas between *items*."""
    return tuple(part for item in items for part in (Phrase(", "), item))[1:]


def after(*parts: str | Sentence) -> Sentence:
    """Return *parts* as they follow a headline: each behind a comma."""
    sentences = (plain(part) if isinstance(part, str) else part for part in parts)
    return tuple(chain.from_iterable((Phrase(", "), *part) for part in sentences if part))


def leading(sentence: Sentence, url: str) -> Sentence:
    """Return *sentence*, of which all leads to *url* that leads nowhere else."""
    free = (not (phrase.url or phrase.key) for phrase in sentence)
    return tuple(
        replace(phrase, url=url) if is_free else phrase
        for phrase, is_free in zip(sentence, free, strict=True)
    )


def with_papers(
    sentence: Sentence, papers: Mapping[str, Paper], url_of: Callable[[Paper], str] | None = None
) -> Sentence:
    """Return *sentence* with the words by which it names *papers*, by key.

    A paper that is not there leaves the text, or else its key. With *url_of*, which gives the
    address of a paper, phrases lead there and name none any more.
    """
    found = []
    for phrase in sentence:
        paper = papers.get(phrase.key)
        text = phrase.text or (_named(phrase.role, paper) if paper else phrase.key)
        named = replace(phrase, text=text, key=paper.key if paper else "")
        if paper and url_of:
            named = replace(named, key="", url=url_of(paper))
        found.append(named)
    return tuple(found)


def every_sentence(value: Any, change: Callable[[Sentence], Sentence]) -> Any:
    """Return a profile, or a part of it, with every sentence in it changed."""
    if isinstance(value, tuple):
        if value and isinstance(value[0], Phrase):
            return change(value)
        return tuple(every_sentence(item, change) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    named = ((item.name, getattr(value, item.name)) for item in fields(value))
    return replace(value, **{name: every_sentence(inner, change) for name, inner in named})


def without_papers(value: Any, keys: Container[str]) -> Any:
    """Return a profile whose sentences name the papers of these *keys* only in words of theirs."""

    def kept(said: Sentence) -> Sentence:
        return tuple(phrase for phrase in said if phrase.text or phrase.key not in keys)

    return every_sentence(value, kept)


def _named(role: str, paper: Paper) -> str:
    if role == "paper":
        return paper.title.plain
    if role == "name":
        return paper.name
    if role == "t":
        return citation_in_text(paper, "t")
    return f"[{', '.join(filter(None, (cited_names(paper), paper.year)))}]"
