"""Page ranges that are written with a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibfolio.problems import Problem, WarningKind
from bibfolio.lint.item import Item

#: A page: ``12``, ``e12``, ``4:12`` (page 12 of article 4) or a Roman number; but not ``S-3``.
_PAGE = r"(?:[A-Za-z]{0,2}\d+(?::\d+)?[A-Za-z]?|[ivxlcdm]+)"
#: Signs that look like a hyphen.
PLAIN_DASHES = "[\u2010-\u2012\u2212]"
_RANGE = re.compile(rf"({_PAGE})[ \t]*(?:-|{PLAIN_DASHES})[ \t]*({_PAGE})")


def ranges(item: Item) -> Iterator[Problem]:
    """Page ranges with a single hyphen, which BibTeX's styles print as one."""
    for field in item.named("pages"):
        pages = field.value.strip("{}")
        if (mended := with_dashes(pages)) != pages:
            message = f"the pages {pages} have a hyphen; write {mended}"
            yield item.problem(WarningKind.BIB_PAGES, message, field)


def with_dashes(pages: str) -> str:
    """*pages* with ``--`` in every range; everything else stays as it is."""
    parts = re.split(r"([,;+]|\\&)", pages)
    return "".join(map(_mended, parts))


def _mended(part: str) -> str:
    match = _RANGE.fullmatch(part.strip())
    if not match or _is_article(match[1], match[2]):
        return part
    return part.replace(part.strip(), f"{match[1]}--{match[2]}")


def _is_article(first: str, last: str) -> bool:
    """Whether ``034102-4`` is an article and a page of it, or a part of one, and no range."""
    if not (first.isdigit() and last.isdigit()):
        return False
    if len(first) > len(last):
        return len(first) >= 6 or int(first[-len(last) :]) >= int(last)
    return int(first) > int(last)
