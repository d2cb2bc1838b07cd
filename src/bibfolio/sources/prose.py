"""Inline Markdown of the profile → :data:`~bibfolio.model.sentence.Sentence`.

It has emphasis, code, links to other sites, and roles that name papers; everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bibfolio.model.sentence import Phrase, Sentence
from bibfolio.model.text import Style
from bibfolio.sources.links import web_url

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(
    ["html_inline", "image", "newline"]
)
# By default, a link of another scheme than http stays text, with its brackets.
_MARKDOWN.validateLink = lambda url: True  # type: ignore[method-assign]
_STYLES: dict[str, Style] = {"em_open": "emphasis", "strong_open": "strong"}
#: Role in MyST → that of the phrase.
_ROLES = {"cite": "p", "cite:p": "p", "cite:t": "t", "bib:paper": "paper"}
#: The name of a role, before its code span: ``{cite:t}`KEY```.
_ROLE = re.compile(r"\{([\w:.-]+)\}$")
_UNFINISHED = re.compile(r"\{[\w:.-]+\}`")
_TITLED = re.compile(r"(?P<text>.*?)\s*<(?P<key>[^<>]+)>", re.DOTALL)


class ProseError(ValueError):
    """Inline Markdown has a link or role that a sentence of the profile cannot have."""


def sentence(text: str) -> Sentence:
    """Return *text*, which is Markdown, as a sentence.

    Raises:
        ProseError: a link leads to no other site, or a role is none of ``cite``, ``cite:t``,
            ``cite:p`` and ``bib:paper``, or not closed.
    """
    (block,) = _MARKDOWN.parseInline(" ".join(text.split()))
    return tuple(phrase for phrase in _phrases(block.children or []) if phrase.text or phrase.key)


def _phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    styles: list[Style] = ["text"]
    url = role = ""
    kinds = [token.type for token in tokens[1:]]
    for token, following in zip_longest(tokens, kinds):
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type in {"em_close", "strong_close"}:
            styles.pop()
        elif token.type == "link_open":
            url = _address(str(token.attrs["href"]))
        elif token.type == "link_close":
            url = ""
        elif token.type == "code_inline":
            yield from _papers(role, token.content) if role else ()
            yield Phrase("" if role else token.content, url, "literal")
            role = ""
        else:
            if unfinished := _UNFINISHED.search(token.content):
                raise ProseError(f"{unfinished[0]} is not closed; write {unfinished[0]}KEY`")
            found = _ROLE.search(token.content) if following == "code_inline" else None
            role = found[1] if found else ""
            yield Phrase(token.content[: found.start() if found else None], url, styles[-1])


def _papers(role: str, content: str) -> Iterator[Phrase]:
    """Yield the papers in the code span of a *role*."""
    if role not in _ROLES:
        raise ProseError(f"{{{role}}} is no role here; write {{cite}} or {{bib:paper}}")
    if titled := _TITLED.fullmatch(content):
        yield Phrase(titled["text"], key=titled["key"].strip(), role=_ROLES[role])
        return
    for number, key in enumerate(filter(None, map(str.strip, content.split(",")))):
        if number:
            yield Phrase(", ")
        yield Phrase("", key=key, role=_ROLES[role])


def _address(href: str) -> str:
    if not (address := web_url(href)):
        raise ProseError(f"the link to {href} must start with https:// or http://")
    return address
