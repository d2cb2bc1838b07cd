"""What occurs on pages, and whether a selector can meet it there. Pure: texts in, answers out.

Pages are searched, not parsed: a thousand of them are read in a build. What is found too many is a
name that no element has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from bibfolio.assets.css import split

_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
#: With ``IGNORECASE``, or with what is before a name at the beginning, it takes twice the time.
_NAMES = re.compile(
    r"[cCiI](?<=[\s\"'/].)(?:[lL][aA][sS][sS]|[dD])\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)"
)
_WORD = re.compile(r"[A-Za-z_-][\w-]*")
#: Elements every page has, or that the parser adds.
_ALWAYS = frozenset({"html", "head", "body", "*"})
_ALTERNATIVES = frozenset({"is", "where", "matches", "has", "-webkit-any", "-moz-any"})


@dataclass(frozen=True)
class Used:
    """What occurs on a page, or on all pages of a site."""

    tags: frozenset[str]
    words: frozenset[str]


def used_on(page: str) -> Used:
    """Collect from the HTML of a *page* (without its stylesheet)."""
    tags = {tag.lower() for tag in set(_TAG.findall(page))}
    words = frozenset[str]().union(*map(_words, set(_NAMES.findall(page))))
    return Used(frozenset(tags), words)


@lru_cache(maxsize=4096)  # most are the same on all pages
def _words(value: str) -> list[str]:
    return unescape(value.strip("\"'")).split()


def used_by(pages: Iterable[Used], scripts: Iterable[str]) -> Used:
    """Collect from *pages* and the text of *scripts*."""
    tags, words = set(_ALWAYS), set[str]()
    for page in pages:
        tags |= page.tags
        words |= page.words
    for script in scripts:
        found = _WORD.findall(script)
        words.update(found)
        tags.update(word.lower() for word in found)
    return Used(frozenset(tags), frozenset(words))


def matches(selector: Sequence[Any], used: Used) -> bool:
    """Whether everything that the selector requires occurs."""
    previous = ""
    for token, following in zip(selector, [*selector[1:], None], strict=True):
        if following != "|" and not _occurs(token, previous, used):  # svg|a: a namespace
            return False
        previous = token.value if token.type == "literal" else ""
    return True


def _occurs(token: Any, previous: str, used: Used) -> bool:
    """Whether one part of a selector, behind the sign *previous*, is met somewhere."""
    if token.type == "hash" or (token.type == "ident" and previous == "."):
        return token.value in used.words
    if token.type == "ident":
        return previous == ":" or token.lower_value in used.tags
    if token.type == "function" and token.lower_name in _ALTERNATIVES:
        return any(matches(choice, used) for choice in split(token.arguments))
    return True
