"""What occurs on pages, and whether a selector can meet it there. Pure: texts in, answers out.

Pages are searched, not parsed: a thousand of them are read in every build. What is found too many
is a name that no element has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from bibfolio.assets.css import split

_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
#: Not with ``IGNORECASE``: that takes twice the time.
_NAMES = re.compile(
    r"[\s\"'/](?:[cC][lL][aA][sS][sS]|[iI][dD])\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)"
)
_WORD = re.compile(r"[A-Za-z_-][\w-]*")
#: Elements every page has, or that the parser adds.
_ALWAYS = frozenset({"html", "head", "body", "*"})
_ALTERNATIVES = frozenset({"is", "where", "matches", "has", "-webkit-any", "-moz-any"})


@dataclass(frozen=True)
class Used:
    """What occurs on the pages of a site."""

    tags: frozenset[str]
    words: frozenset[str]


def used_by(pages: Iterable[str], scripts: Iterable[str]) -> Used:
    """Collect from HTML *pages* (without their stylesheet) and the text of *scripts*."""
    tags: set[str] = set()
    attributes: set[str] = set()
    for page in pages:
        tags.update(_TAG.findall(page))
        attributes.update(_NAMES.findall(page))
    words = {word for names in attributes for word in unescape(names.strip("\"'")).split()}
    for script in scripts:
        found = _WORD.findall(script)
        words.update(found)
        tags.update(found)
    return Used(_ALWAYS | {tag.lower() for tag in tags}, frozenset(words))


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
