"""Inline Markdown of the profile → :data:`~bibfolio.model.sentence.Sentence`.

It has emphasis, code, links, and roles that name papers and pages; everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

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
_ROLES = {"cite": "p", "cite:p": "p", "cite:t": "t", "cite:title": "name", "bib:paper": "paper"}
#: The name of a role, before its code span: ``{cite:t}`KEY```.
_ROLE = re.compile(r"\{([\w:.-]+)\}$")
#: The role that leads to a page of this site.
_PAGE_ROLE = "doc"
_UNFINISHED = re.compile(r"\{[\w:.-]+\}`")
#: A path below the site's root: no scheme, no host, no query.
_LOCAL = re.compile(r"(?![\\/])[^:?\\\s]+")
_TITLED = re.compile(r"(?P<text>.*?)\s*<(?P<key>[^<>]+)>", re.DOTALL)


class ProseError(ValueError):
    """Inline Markdown has a role that a sentence of the profile cannot have."""


def sentence(text: str) -> Sentence:
    """Return *text*, which is Markdown, as a sentence.

    Raises:
        ProseError: a role is none of ``cite``, ``cite:t``, ``cite:p``, ``cite:title``,
            ``bib:paper`` and ``doc``, or not closed.
    """
    (block,) = _MARKDOWN.parseInline(" ".join(text.split()))
    return tuple(phrase for phrase in _phrases(block.children or []) if phrase.text or phrase.key)


def _phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    styles: list[Style] = ["text"]
    target: dict[str, Any] = {}
    role = ""
    kinds = [token.type for token in tokens[1:]]
    for token, following in zip_longest(tokens, kinds):
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type in {"em_close", "strong_close"}:
            styles.pop()
        elif token.type == "link_open":
            target = target_of(str(token.attrs["href"]))
        elif token.type == "link_close":
            target = {}
        elif token.type == "code_inline":
            yield from _papers(role, token.content) if role else ()
            yield Phrase("" if role else token.content, style="literal", **target)
            role = ""
        else:
            if unfinished := _UNFINISHED.search(token.content):
                raise ProseError(f"{unfinished[0]} is not closed; write {unfinished[0]}KEY`")
            found = _ROLE.search(token.content) if following == "code_inline" else None
            role = found[1] if found else ""
            text = token.content[: found.start() if found else None]
            yield Phrase(text, style=styles[-1], **target)


def _papers(role: str, content: str) -> Iterator[Phrase]:
    """Yield the papers, or the page, in the code span of a *role*."""
    if role == _PAGE_ROLE:
        titled = _TITLED.fullmatch(content)
        if not titled or not titled["text"]:
            raise ProseError(f"give words to {{doc}}`{content}`; write {{doc}}`WORDS <{content}>`")
        yield Phrase(titled["text"], page=titled["key"].strip().removeprefix("/"))
        return
    if role not in _ROLES:
        raise ProseError(f"{{{role}}} is no role here; write {{cite}}, {{bib:paper}} or {{doc}}")
    if titled := _TITLED.fullmatch(content):
        yield Phrase(titled["text"], key=titled["key"].strip(), role=_ROLES[role])
        return
    for number, key in enumerate(filter(None, map(str.strip, content.split(",")))):
        if number:
            yield Phrase(", ")
        yield Phrase("", key=key, role=_ROLES[role])


def target_of(href: str) -> dict[str, str]:
    """Return what a link leads to, as values of a phrase: another site, a page or a file of this.

    An address below this site starts at its root: ``/papers/KEY/``, ``/files/x.pdf``.
    """
    if address := web_url(href):
        return {"url": address}
    path, _sign, anchor = href.partition("#")
    path = path.removeprefix("/")
    if path == "" and href[:1] == "/":
        return {"page": "index"}
    if not _LOCAL.fullmatch(path) or ".." in path.split("/"):
        return {"unlinked": href or "()"}
    page = re.sub(r"(?:(?:^|/)index)?\.(?:html|md)$|/(?:index\.html)?$", "", path)
    if page == path and "." in path.rpartition("/")[2]:
        return {"url": path}
    return {"page": f"{page or 'index'}#{anchor}".rstrip("#")}
