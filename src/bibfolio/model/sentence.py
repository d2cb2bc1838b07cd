"""Sentences made of phrases, and the lines of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from itertools import chain, groupby
from typing import Any

from bibfolio.model.paper import Paper
from bibfolio.model.phrase import Link, PaperName, Phrase, Sentence
from bibfolio.model.quotation import citation_in_text, cited_names
from bibfolio.model.words import _, pieces, spoken
from bibfolio.model.words import enumerated as joined_list

#: What sentences are made of is had from here.
__all__ = ["Link", "PaperName", "Phrase", "Sentence"]
#: A part of a line: the sign that separates it from what stands before, and what it says.
Part = tuple[str, Sentence]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a time, a headline, what follows it, and links."""

    when: str
    headline: Sentence
    parts: tuple[Part, ...] = ()
    #: Links to what belongs to it: slides, code, papers.
    links: Sentence = ()

    @property
    def rest(self) -> Sentence:
        """Return what follows the headline, with the sign that separates it from there."""
        return _in_line(self.parts)

    @property
    def details(self) -> Sentence:
        """Return what follows the headline, to be read without it."""
        return _alone(self.parts)

    def with_sentences(self, change: Callable[[Sentence], Sentence]) -> Entry:
        """Return the line with every sentence in it changed."""
        parts = tuple((sign, change(words)) for sign, words in self.parts)
        return replace(self, headline=change(self.headline), parts=parts, links=change(self.links))

    @property
    def text(self) -> str:
        """Return the line without the time, as plain text."""
        return sentence_text(self.headline) + sentence_text(self.rest)

    def addresses(self, but: str = "") -> list[str]:
        """Return the links as text, ``Slides: https://…``, without the address *but*."""
        whole, rest = (self.headline, self.rest) if self.headline else (self.rest, ())
        # An address of the whole line needs no words.
        alone = dict.fromkeys(phrase.url for phrase in whole if phrase.url not in {"", but})
        runs = [(url, sentence_text(tuple(run))) for url, run in groupby(rest, lambda p: p.url)]
        named_before = {"", but, *(link.url for link in self.links)}
        named = [f"{words}: {url}" for url, words in runs if url not in named_before]
        links = [": ".join(filter(None, (link.text, link.url))) for link in self.links]
        return [*alone, *named, *links]


def sentence_text(sentence: Sentence) -> str:
    """Return *sentence* as plain text."""
    return "".join(phrase.text for phrase in sentence)


def without_stop(sentence: Sentence) -> Sentence:
    """Return *sentence* without the full stop at its end."""
    *phrases, last = sentence or (Phrase(""),)
    return (*phrases, replace(last, text=last.text.removesuffix(".")))


def plain(text: str) -> Sentence:
    """Return *text* as a sentence."""
    return (Phrase(text),) if text else ()


def enumerated(items: Sequence[Phrase]) -> Sentence:
    """Return *items* and what joins them: ``a``, ``a and b``, ``a, b and c``."""
    parts = joined_list(items)
    return tuple(Phrase(part) if isinstance(part, str) else part for part in parts)


def phrase(message: str, **values: Sequence[Phrase]) -> Sentence:
    """Return a message with phrases in its places."""
    found = pieces(message, **values)
    return tuple(chain.from_iterable(plain(p) if isinstance(p, str) else p for p in found))


def comma() -> str:
    """Return what stands between two facts of a line: a degree, a department, an institution."""
    # Translators: the comma between facts of a line, with the space that belongs to it.
    return _("{fact}, {next}", fact="", next="")


def in_series(items: Iterable[str]) -> str:
    """Return *items* with the comma of lists between each two, and without "and"."""
    sign = spoken().forms.lists["middle"].replace("{0}", "").replace("{1}", "")
    return (comma() if re.search(r"\w", sign) else sign).join(filter(None, items))


def stopped(text: str) -> str:
    """Return *text* with what ends a sentence."""
    # Translators: the full stop.
    return text if re.search(r"[.!?…。！？]$", text) else _("{sentence}.", sentence=text)


def after(*parts: str | Sentence, sign: str = "") -> tuple[Part, ...]:
    """Return the *parts* that are not empty, each behind a *sign*, or else a comma."""
    sentences = (plain(part) if isinstance(part, str) else part for part in parts)
    return tuple((sign or comma(), sentence) for sentence in sentences if sentence)


def bracketed(sentence: Sentence) -> tuple[Part, ...]:
    """Return *sentence* as a part in brackets."""
    return ((" ", (Phrase("("), *sentence, Phrase(")"))),) if sentence else ()


def joined(*parts: str | Sentence, sign: str = "") -> Sentence:
    """Return the *parts* that are not empty, with a *sign*, or else commas, between them."""
    return _alone(after(*parts, sign=sign))


def _in_line(parts: Iterable[Part]) -> Sentence:
    return tuple(phrase for sign, words in parts for phrase in (*plain(sign), *words))


def _alone(parts: Sequence[Part]) -> Sentence:
    """Return *parts* in line, without the sign before the first."""
    return _in_line((sign if index else "", words) for index, (sign, words) in enumerate(parts))


def leading(sentence: str | Sentence, to: Link | None) -> Sentence:
    """Return *sentence* with a link for every phrase that leads nowhere yet."""
    phrases = plain(sentence) if isinstance(sentence, str) else sentence
    return tuple(
        replace(phrase, url=to.url, page=to.page)
        if to and not (phrase.url or phrase.page or phrase.key)
        else phrase
        for phrase in phrases
    )


# -- papers in sentences ---------------------------------------------------------------------


def with_phrases(value: Any, change: Callable[[Phrase], Phrase | None]) -> Any:
    """Return a profile, or a part of it, with every phrase changed; None removes it."""
    if isinstance(value, Phrase):
        return change(value)
    if isinstance(value, tuple):
        found = [with_phrases(item, change) for item in value]
        return tuple(item for item in found if item is not None)
    if isinstance(value, dict):
        return {name: with_phrases(item, change) for name, item in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    named = {item.name: getattr(value, item.name) for item in fields(value)}
    return replace(value, **{n: with_phrases(inner, change) for n, inner in named.items()})


def with_names(value: Any, papers: Mapping[str, Paper], drafts: Container[str] = ()) -> Any:
    """Return a profile, or a part of it, with the names and pages of the *papers* that it names.

    A phrase whose paper does not exist keeps its text, or says the key. A phrase without text is
    removed if the paper is one of *drafts*, and a :class:`PaperName` if it does not exist.
    """
    return with_phrases(value, partial(_with_name, papers=papers, drafts=drafts))


def _with_name(
    phrase: Phrase, papers: Mapping[str, Paper], drafts: Container[str]
) -> Phrase | None:
    if not phrase.key:
        return phrase
    if paper := papers.get(phrase.key):
        text = phrase.text or _name(phrase.role, paper)
        is_title = text in {paper.name, paper.title.plain}
        language = paper.language_code if is_title else ""
        title = paper.title if text == paper.title.plain else None
        return replace(phrase, text=text, page=paper.page, language=language, title=title)
    if not phrase.text and (phrase.key in drafts or isinstance(phrase, PaperName)):
        return None
    return replace(phrase, text=phrase.text or phrase.key, key="")


def _name(role: str, paper: Paper) -> str:
    if role == "paper":
        return paper.title.plain
    if role == "name":
        return paper.name
    if role == "t":
        return citation_in_text(paper, "t")
    return f"[{', '.join(filter(None, (cited_names(paper), paper.year)))}]"
