"""Entries that take fields from others: ``crossref`` and ``xdata``.

biblatex manual, §2.4.1 and §3.14.6. A child's own fields win. From a ``crossref`` parent a paper
takes what the volume knows: the parent's title becomes its ``booktitle`` (``journal`` for an
article), and what belongs to the parent alone, such as its DOI, stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import OWN_FIELDS
from bibfolio.sources.places import Place
from bibfolio.sources.rescue import RawEntry

#: The type of entries that only hold fields for others.
CONTAINER = "xdata"
#: What a volume does not pass on to the papers in it.
_PARENTS_OWN = OWN_FIELDS | frozenset(
    "title shorttitle author crossref xdata xref ids keywords options related relatedtype label "
    "doi url eprint eprinttype eprintclass pages pagetotal pubstate note howpublished".split()
)


def inherit(entries: Sequence[RawEntry]) -> tuple[list[RawEntry], list[Problem]]:
    """*entries* with what they inherit, without ``@xdata``; and what could not be found."""
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    problems: list[Problem] = []
    filled = [
        replace(entry, fields=_fields(entry, by_key, problems, ()))
        for entry in entries
        if entry.type.lower() != CONTAINER
    ]
    return filled, problems


def _fields(
    entry: RawEntry,
    by_key: dict[str, RawEntry],
    problems: list[Problem],
    below: tuple[str, ...],
) -> tuple[tuple[str, str], ...]:
    """The entry's own fields, then those it inherits; *below* are the keys that led here."""
    own = {name.lower(): value for name, value in entry.fields}
    inherited: dict[str, str] = {}
    here = (*below, entry.key.lower())
    sources = [("xdata", key) for key in own.get("xdata", "").split(",")]
    sources.append(("crossref", own.get("crossref", "")))
    for field, key in ((field, key.strip()) for field, key in sources if key.strip()):
        parent = by_key.get(key.lower())
        if parent is None or key.lower() in here:
            reason = "leads back to it" if parent else "is not in the file"
            message = f"{entry.key}: {field} names {key}, which {reason}"
            problem = Problem(WarningKind.BIB_FIELD, message, *_place(entry, field))
            problems += [problem] if problem not in problems else []
            continue
        for name, value in _fields(parent, by_key, problems, here):
            standard = name.lower()
            if field == "crossref":
                standard = _passed_on(standard, entry.type.lower())
            if standard and standard not in own and standard not in {"ids", "xdata"}:
                inherited.setdefault(standard, value)
    return (*entry.fields, *inherited.items())


def _place(entry: RawEntry, field: str) -> tuple[int, int]:
    """Line and column of a field of *entry*."""
    places = zip(entry.fields, entry.places, strict=False)
    found = (place.name for (name, _value), place in places if name.lower() == field)
    return next(found, Place(entry.line, entry.column))


def _passed_on(name: str, child_type: str) -> str:
    """Under which name a paper gets its volume's field; empty if it does not."""
    if name == "title":
        return "journal" if child_type == "article" else "booktitle"
    return "" if name in _PARENTS_OWN else name
