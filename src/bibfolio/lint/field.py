"""Fields that nobody knows, and what was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from bibfolio.problems import Problem, WarningKind
from bibfolio.lint.item import Item
from bibfolio.lint.vocabulary import OTHER_NAMES, SITE, STANDARD, is_known

#: How alike two names are for one to be a slip of the other (of 1).
_LIKENESS = 0.75
#: The site's own come first among equals.
_NAMES = [*sorted(SITE), *sorted(STANDARD - SITE)]


def unknown_fields(item: Item) -> Iterator[Problem]:
    """Fields of no known name."""
    for field in item.own:
        name = field.written.lower()
        if is_known(name):
            continue
        if near := nearest(name):
            advice = f"write {near}"
        elif re.search(r"[-_:]", name):
            continue  # programs make such names, and people do not
        else:
            advice = "remove it, or write note"
        message = f"the field {field.written} is not known; {advice}"
        yield item.problem(WarningKind.BIB_UNKNOWN_FIELD, message, field)


def nearest(name: str) -> str:
    """The field that is meant by the unknown *name*; empty if that cannot be told."""
    base, annotated, label = name.partition("+an")
    if annotated:
        near = nearest(base)
        return f"{near}+an{label}" if near else ""
    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    joined = re.sub(r"[-_:.]", "", name)
    if joined != name:
        return joined if joined in SITE or joined in STANDARD else ""
    letters = sorted(name)
    swapped = (known for known in _NAMES if sorted(known) == letters)
    if found := next(swapped, ""):
        return found
    return next(iter(difflib.get_close_matches(name, _NAMES, 1, _LIKENESS)), "")
