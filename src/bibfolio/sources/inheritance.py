"""Entries that take fields from others: ``crossref`` and ``xdata``.

biblatex manual, §2.4.1 and §3.14.6. A child's own fields win. From a ``crossref`` parent a paper
takes what the volume knows: the parent's title becomes its ``booktitle`` (``journal`` for an
article), and what belongs to the parent alone, such as its DOI, stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import OWN_FIELDS
from bibfolio.sources.places import Place
from bibfolio.sources.bib_parser import RawEntry

_Fields = tuple[tuple[str, str], ...]
#: Nobody needs more; without an end, each entry of a long chain would get the fields of all before.
_MOST_STEPS = 20
#: The type of entries that only hold fields for others.
CONTAINER = "xdata"
#: What a volume does not pass on to the papers in it.
_PARENTS_OWN = OWN_FIELDS | frozenset(
    "title shorttitle author crossref xdata xref ids keywords options related relatedtype label "
    "doi url eprint eprinttype eprintclass pages pagetotal pubstate note howpublished".split()
)


def inherit(entries: Sequence[RawEntry]) -> tuple[list[RawEntry], list[Problem]]:
    """*entries* with what they inherit, without ``@xdata``; and what could not be found."""
    family = _Family(entries)
    papers = [entry for entry in entries if entry.type.lower() != CONTAINER]
    return [family.filled(entry) for entry in papers], family.problems


class _Link(NamedTuple):
    """That an entry names another in *field*."""

    field: str
    key: str
    parent: RawEntry | None


class _Family:
    """Who inherits from whom; every entry is filled once, however many name it."""

    def __init__(self, entries: Sequence[RawEntry]) -> None:
        self.problems: list[Problem] = []
        self._by_key = {entry.key.lower(): entry for entry in reversed(entries)}
        #: Identity of an entry → all its fields, and through how many others they came.
        self._filled: dict[int, tuple[_Fields, int]] = {}

    def filled(self, entry: RawEntry) -> RawEntry:
        """The entry with its own fields, then those it inherits."""
        if id(entry) not in self._filled:
            self._fill(entry)
        fields, _steps = self._filled[id(entry)]
        return entry if fields == entry.fields else replace(entry, fields=fields)

    def _fill(self, first: RawEntry) -> None:
        """Fill *first*, and before it all that it names; without recursion, which has an end."""
        path = [(first, iter(self._links(first)))]
        seen = {id(first)}
        while path:
            entry, links = path[-1]
            for link in links:
                if link.parent and not {id(link.parent)} & (seen | self._filled.keys()):
                    seen.add(id(link.parent))
                    path.append((link.parent, iter(self._links(link.parent))))
                    break
            else:
                self._filled[id(entry)] = self._inherited(entry)
                path.pop()

    def _links(self, entry: RawEntry) -> list[_Link]:
        own = {name.lower(): value for name, value in entry.fields}
        if own.keys().isdisjoint({"xdata", "crossref"}):
            return []
        named = [("xdata", key.strip()) for key in own.get("xdata", "").split(",")]
        named.append(("crossref", own.get("crossref", "").strip()))
        return [_Link(field, key, self._by_key.get(key.lower())) for field, key in named if key]

    def _inherited(self, entry: RawEntry) -> tuple[_Fields, int]:
        own = {name.lower() for name, _value in entry.fields}
        inherited: dict[str, str] = {}
        steps = 0
        for field, key, parent in self._links(entry):
            fields, further = self._filled.get(id(parent), ((), 0))
            if parent is None:
                self._report(
                    entry,
                    field,
                    f"names {key}, which is not in the file; write the key of one that is",
                )
            elif id(parent) not in self._filled:
                self._report(
                    entry, field, f"names {key}, which leads back to it; remove one of the two"
                )
            elif further >= _MOST_STEPS:
                what = f"leads through more than {_MOST_STEPS} entries"
                self._report(entry, field, f"names {key}, which {what}; name the last of them")
            else:
                steps = max(steps, further + 1)
                passed_on = partial(_passed_on, entry.type.lower()) if field == "crossref" else str
                for name, value in fields:
                    standard = passed_on(name.lower())
                    if standard and standard not in own and standard not in {"ids", "xdata"}:
                        inherited.setdefault(standard, value)
        return (*entry.fields, *inherited.items()), steps

    def _report(self, entry: RawEntry, field: str, message: str) -> None:
        text = f"{entry.key}: {field} {message}"
        self.problems.append(Problem(WarningKind.BIB_FIELD, text, *_place(entry, field)))


def _place(entry: RawEntry, field: str) -> tuple[int, int]:
    """Line and column of a field of *entry*."""
    places = zip(entry.fields, entry.places, strict=False)
    found = (place.name for (name, _value), place in places if name.lower() == field)
    return next(found, Place(entry.line, entry.column))


def _passed_on(child_type: str, name: str) -> str:
    """Under which name a paper gets its volume's field; empty if it does not."""
    if name == "title":
        return "journal" if child_type == "article" else "booktitle"
    return "" if name in _PARENTS_OWN else name
