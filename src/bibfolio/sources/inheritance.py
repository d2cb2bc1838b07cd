"""Entries that take fields from others: ``crossref`` and ``xdata``.

biblatex manual, §2.4.1 and §3.14.6. A child's own fields win. From a ``crossref`` parent a paper
takes what the volume knows: the parent's title becomes its ``booktitle`` (``journal`` for an
article), and what belongs to the parent alone, such as its DOI, stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import OWN_FIELDS

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
    """Return *entries* with what they inherit, without ``@xdata``; and what was not found."""
    family = _Family(entries)
    papers = [entry for entry in entries if entry.type.lower() != CONTAINER]
    return [family.filled(entry) for entry in papers], family.problems


class _Family:
    """Who inherits from whom; every entry is filled once, however many name it."""

    def __init__(self, entries: Sequence[RawEntry]) -> None:
        self.problems: list[Problem] = []
        self._by_key = {entry.key.lower(): entry for entry in reversed(entries)}
        #: Identity of an entry → all its fields, and through how many others they came.
        self._filled: dict[int, tuple[_Fields, int]] = {}

    def filled(self, entry: RawEntry) -> RawEntry:
        """Return the entry with its own fields, then those it inherits."""
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
            for _field, _key, parent in links:
                if parent and id(parent) not in seen and id(parent) not in self._filled:
                    seen.add(id(parent))
                    path.append((parent, iter(self._links(parent))))
                    break
            else:
                self._filled[id(entry)] = self._inherited(entry)
                path.pop()

    def _links(self, entry: RawEntry) -> list[tuple[str, str, RawEntry | None]]:
        """Return by which field, and by which key, the entry names which other."""
        own = {name.lower(): value for name, value in entry.fields}
        named = [("xdata", key.strip()) for key in own.get("xdata", "").split(",")]
        named.append(("crossref", own.get("crossref", "").strip()))
        return [(field, key, self._by_key.get(key.lower())) for field, key in named if key]

    def _inherited(self, entry: RawEntry) -> tuple[_Fields, int]:
        own = {name.lower() for name, _value in entry.fields}
        inherited: dict[str, str] = {}
        steps = 0
        for field, key, parent in self._links(entry):
            fields, further = self._filled.get(id(parent), ((), 0))
            what = ""
            if parent is None:
                what = "is not in the file; write the key of one that is"
            elif id(parent) not in self._filled:
                what = "leads back to it; remove one of the two"
            elif further >= _MOST_STEPS:
                what = f"leads through more than {_MOST_STEPS} entries; name the last of them"
            if what:
                self._report(entry, field, f"names {key}, which {what}")
                continue
            steps = max(steps, further + 1)
            for name, value in fields:
                standard = name.lower()
                if field == "crossref":
                    standard = _passed_on(entry.type.lower(), standard)
                if standard and standard not in own and standard not in {"ids", "xdata"}:
                    inherited.setdefault(standard, value)
        return (*entry.fields, *inherited.items()), steps

    def _report(self, entry: RawEntry, field: str, message: str) -> None:
        positions = zip(entry.fields, entry.positions, strict=False)
        found = (position.name for (name, _value), position in positions if name.lower() == field)
        line, column = next(found, (entry.line, entry.column))
        text = f"{entry.key}: {field} {message}"
        self.problems.append(Problem(WarningKind.BIB_FIELD, text, line, column))


def _passed_on(child_type: str, name: str) -> str:
    """Return under which name a paper gets its volume's field; empty if it does not."""
    if name == "title":
        return "journal" if child_type == "article" else "booktitle"
    return "" if name in _PARENTS_OWN else name
