"""One entry as the rules see it: its fields under their standard names, with their places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bibfolio.model.strings import listed
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import HIDDEN, standard_name, state_of
from bibfolio.sources.identifiers import read_identifiers
from bibfolio.sources.inheritance import NO_PAPERS, inherit
from bibfolio.sources.other_names import standardized
from bibfolio.sources.source_text import FieldPosition, SourceText

#: Problems that may cost an entry some of its fields.
_LOSSES = {WarningKind.BIB_SYNTAX, WarningKind.BIB_LOST, WarningKind.BIB_STRING}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the entry itself, not an inherited one."""

    #: Its name as written, and the standard name in lower case.
    written: str
    name: str
    value: str
    position: FieldPosition


@dataclass(eq=False)
class Item:
    """An entry in its file."""

    raw: RawEntry
    #: Standard name → value of every field, inherited or not.
    fields: Mapping[str, str]
    source: SourceText
    file: str = ""
    #: Whether a syntax error may have cost the entry some of its fields.
    is_broken: bool = False

    @property
    def key(self) -> str:
        """Return the key as written."""
        return self.raw.key

    @property
    def type(self) -> str:
        """Return the entry type in lower case."""
        return self.raw.type.lower()

    @property
    def is_draft(self) -> bool:
        """Return whether the site hides the entry."""
        return state_of(self.get("pubstate")) == HIDDEN

    @cached_property
    def own(self) -> tuple[Field, ...]:
        """Return the fields in the entry, in their order."""
        return tuple(
            Field(written, standard_name(written), value, position)
            for (written, value), position in zip(self.raw.fields, self.raw.positions, strict=True)
        )

    def get(self, *names: str) -> str:
        """Return the first of the fields that is set, inherited or not, as written."""
        return next((value for name in names if (value := self.fields.get(name, "").strip())), "")

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """Return kind → number of the entry's identifiers, as the site reads them."""
        return {found.kind: found.value for found in read_identifiers(self.fields)}

    def named(self, *names: str) -> Iterator[Field]:
        """Yield the entry's own fields of these standard names, if they are not empty."""
        return (field for field in self.own if field.name in names and field.value.strip())

    def text(self, field: Field) -> tuple[str, int | None]:
        """Return the value with its line breaks, and its offset in the file.

        A value that is joined from parts has no line breaks, and the offset None.
        """
        if len(field.position.literals) == 1:
            ((begin, end),) = field.position.literals
            written = self.source.text[begin:end]
            if " ".join(written.split()) == field.value:
                return written, begin
        return field.value, None

    def problem(
        self, kind: WarningKind, message: str, field: Field | None = None, at: int | None = None
    ) -> Problem:
        """Return a problem at offset *at* of the file, or else at *field*, or else at the entry."""
        line, column = field.position.name if field else (self.raw.line, self.raw.column)
        if at is not None:
            line, column = self.source.position(at)
        return Problem(kind, f"{self.key}: {message}", line, column, self.file)


def items(
    entries: Sequence[RawEntry], text: str, file: str = "", problems: Collection[Problem] = ()
) -> list[Item]:
    """Return the *entries* of one file, with the fields that they inherit.

    Args:
        entries: what was read.
        text: the text of the file.
        file: its name.
        problems: what the reader reports about the entries.
    """
    source = SourceText(text)
    broken = {p.message.partition(": ")[0] for p in problems if p.kind in _LOSSES}
    with_inherited = iter(inherit(entries)[0])
    found = []
    for raw in entries:
        whole = raw if raw.type.lower() in NO_PAPERS else next(with_inherited)
        fields: dict[str, str] = {}
        for name, value in whole.fields:
            fields.setdefault(standard_name(name), value)
        fields = standardized(fields, raw.type.lower())
        found.append(Item(raw, fields, source, file, raw.key in broken))
    return found


# -- one message for several entries ------------------------------------------------------------

#: Where something is wrong: an entry, and the field if it is in one.
Place = tuple[Item, Field | None]


def problem_of_all(
    kind: WarningKind, message: str, places: Sequence[Place], end: str = ""
) -> Problem:
    """Return a problem at the first of *places*, which names the other entries before *end*."""
    item, field = places[0]
    return item.problem(kind, f"{message}{also_in(one for one, _field in places)}{end}", field)


def also_in(items: Iterable[Item]) -> str:
    """Return ``; also in …`` for a message about the first of *items* that holds for all."""
    keys = list(dict.fromkeys(item.key for item in items))[1:]
    rest = [*keys[:3], *([f"{len(keys) - 3} more"] if keys[3:] else [])]
    return f"; also in {listed(rest)}" if keys else ""
