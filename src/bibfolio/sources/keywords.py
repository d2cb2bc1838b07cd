"""The field ``keywords``: what a paper is about, and ``selected``, which selects it."""

from __future__ import annotations

import re

from bibfolio.sources import tex
from bibfolio.sources.source_text import partners_in

#: The keyword by which the owner selects a paper; case does not count.
SELECTED = "selected"
#: What separates keywords: a comma or a semicolon, but not the one that ends an ``&amp;``.
_SEPARATOR = re.compile(r"&(?:amp|lt|gt|quot|#\w+);|([,;])")


def split_keywords(value: str) -> list[str]:
    """Return the keywords in a field as written, with commas or semicolons between them.

    What stands in braces is one keyword: ``{Models, Biological}``.
    """
    partners, parts, start, inside = partners_in(value), list[str](), 0, -1
    for found in re.finditer(rf"{{|{_SEPARATOR.pattern}", value):
        if found.start() < inside:
            continue
        if found[0] == "{":
            inside = partners.get(found.start(), inside)
        elif found[1]:
            parts.append(value[start : found.start()])
            start = found.end()
    return [part.strip() for part in (*parts, value[start:]) if part.strip()]


def is_selected(word: str) -> bool:
    """Return whether a keyword selects the paper, however it is spelt."""
    return word.casefold() == SELECTED


def read_keywords(value: str) -> tuple[tuple[str, ...], bool]:
    """Return the keywords of a field, as plain text, and whether it selects the paper."""
    words = [word for written in split_keywords(value) if (word := tex.plain(written))]
    keywords = tuple(dict.fromkeys(word for word in words if not is_selected(word)))
    return keywords, any(map(is_selected, words))
