"""Entries that take fields from others: ``crossref`` and ``xdata``.

biblatex manual, §2.4.1 and §3.14.6. A child's own fields win. From a ``crossref`` parent a paper
takes what the volume knows: the parent's title becomes its ``booktitle`` (``journal`` for an
article, ``title`` for a part of a book that has none), and what belongs to the parent alone, such
as its DOI, stays there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import OTHER_NAMES, OWN_FIELDS, READ_BY_VALUE

#: Parts of a book by its own author.
_PARTS = {"inbook", "bookinbook", "suppbook"}
_Fields = tuple[tuple[str, str], ...]
#: Nobody needs more; without an end, each entry of a long chain would get the fields of all before.
_MOST_STEPS = 20
#: Types of entries that are no papers: they hold fields for others, or name several at once.
NO_PAPERS = {"xdata", "set"}
#: What a volume does not pass on to the papers in it.
_PARENTS = OWN_FIELDS | frozenset(
    "title shorttitle author author+an editor+an annotation annote abstract bibsource biburl "
    "timestamp crossref xdata xref ids keywords options related relatedtype label doi url "
    "eprint eprinttype eprintclass pages pagetotal pubstate note howpublished "
    "additional_info".split()
)
_OTHER_NAMES = {name: (field,) for name, field in OTHER_NAMES.items()} | READ_BY_VALUE
_PARENTS_OWN = _PARENTS | {name for name, found in _OTHER_NAMES.items() if _PARENTS & {*found}}


def inherit(entries: Sequence[RawEntry]) -> tuple[list[RawEntry], list[Problem]]:
    """Return the papers among *entries* with what they inherit; and what was not found."""
    family = _Family(entries)
    papers = [entry for entry in entries if entry.type.lower() not in NO_PAPERS]
    filled = [replace(paper, fields=family.fields(paper)) for paper in papers]
    return filled, list(family.problems)


class _Family:
    """Who inherits from whom; every entry is filled once, however many name it."""

    def __init__(self, entries: Sequence[RawEntry]) -> None:
        #: Each once, though several entries may have met it.
        self.problems: dict[Problem, None] = {}
        self._by_key = {entry.key.lower(): entry for entry in reversed(entries)}
        self._filled: dict[int, _Fields] = {}

    def fields(self, entry: RawEntry, heirs: tuple[RawEntry, ...] = ()) -> _Fields:
        """Return the fields of *entry* itself, then those it inherits.

        *heirs* are the entries that ask for them, each through the next one.
        """
        if id(entry) not in self._filled:
            self._filled[id(entry)] = self._inherited(entry, (*heirs, entry))
        return self._filled[id(entry)]

    def _inherited(self, entry: RawEntry, heirs: tuple[RawEntry, ...]) -> _Fields:
        own = {name.lower(): value for name, value in entry.fields}
        named = [("xdata", key.strip()) for key in own.get("xdata", "").split(",")]
        named.append(("crossref", own.get("crossref", "").strip()))
        inherited: dict[str, str] = {}
        for field, key in named:
            parent = self._by_key.get(key.lower())
            what = ""
            if parent is None:
                what = "is not in the file; write the key of one that is" if key else ""
            elif parent in heirs:
                what = "leads back to it; remove one of the two"
            elif len(heirs) > _MOST_STEPS:
                what = f"leads through more than {_MOST_STEPS} entries; name the last of them"
            if what:
                self._report(entry, field, f"names {key}, which {what}")
            if what or parent is None:
                continue
            for name, value in self.fields(parent, heirs):
                standard = name.lower()
                if field == "crossref":
                    standard = _passed_on(entry.type.lower(), standard, "title" in own)
                if standard and standard not in own and standard not in {"ids", "xdata"}:
                    inherited.setdefault(standard, value)
        return (*entry.fields, *inherited.items())

    def _report(self, entry: RawEntry, field: str, message: str) -> None:
        positions = zip(entry.fields, entry.positions, strict=False)
        found = (position.name for (name, _value), position in positions if name.lower() == field)
        line, column = next(found, (entry.line, entry.column))
        text = f"{entry.key}: {field} {message}"
        self.problems[Problem(WarningKind.BIB_FIELD, text, line, column)] = None


def _passed_on(child_type: str, name: str, is_titled: bool) -> str:
    """Return under which name a paper gets its volume's field; empty if it does not."""
    if child_type in _PARTS and (name == "author" or (name == "title" and not is_titled)):
        return name
    if name == "title":
        return "journal" if child_type == "article" else "booktitle"
    if name in {"subtitle", "titleaddon"}:
        return ("journal" if child_type == "article" else "book") + name
    return "" if name in _PARENTS_OWN else name
