"""One entry as the rules see it: every field under its standard name, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bibfolio.model.paper import STATES
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import ALIASES
from bibfolio.sources.inheritance import CONTAINER, inherit
from bibfolio.sources.places import FieldPlace, SourceText
from bibfolio.sources.bib_parser import RawEntry

#: Problems after which an entry may lack what its owner has written.
_LOSSES = {WarningKind.BIB_SYNTAX, WarningKind.BIB_STRING}


@dataclass(frozen=True, slots=True)
class Field:
    """A field that stands in the entry itself."""

    #: Its name as written, and the standard name in lower case.
    written: str
    name: str
    value: str
    place: FieldPlace | None = None


class Item:
    """An entry in its file."""

    def __init__(
        self,
        raw: RawEntry,
        fields: Mapping[str, str],
        source: SourceText | None = None,
        file: str = "",
        is_broken: bool = False,
    ) -> None:
        self.raw, self.fields, self.source, self.file = raw, fields, source, file
        #: Whether a syntax error may have cost it some of its fields.
        self.is_broken = is_broken

    @property
    def key(self) -> str:
        """The key as written."""
        return self.raw.key

    @property
    def type(self) -> str:
        """The entry type in lower case."""
        return self.raw.type.lower()

    @property
    def is_draft(self) -> bool:
        """Whether the site hides the entry."""
        return self.get("pubstate").strip("{} ").lower() not in STATES

    @cached_property
    def own(self) -> tuple[Field, ...]:
        """The fields in the entry, in their order."""
        places = self.raw.places or (None,) * len(self.raw.fields)
        return tuple(
            Field(written, standard(written), value, place)
            for (written, value), place in zip(self.raw.fields, places, strict=False)
        )

    def get(self, *names: str) -> str:
        """The first of the fields that is set, inherited or not, as written."""
        return next((value for name in names if (value := self.fields.get(name, "").strip())), "")

    def named(self, *names: str) -> Iterator[Field]:
        """The entry's own fields of these standard names, if they are not empty."""
        return (field for field in self.own if field.name in names and field.value.strip())

    def text(self, field: Field) -> tuple[str, int | None]:
        """The value with its line breaks, and where it begins in the file.

        Without line breaks, and None, if it is put together from parts.
        """
        literals = field.place.literals if field.place else ()
        if self.source and len(literals) == 1:
            ((begin, end),) = literals
            written = self.source.text[begin:end]
            if " ".join(written.split()) == field.value:
                return written, begin
        return field.value, None

    def problem(
        self, kind: WarningKind, message: str, field: Field | None = None, at: int | None = None
    ) -> Problem:
        """Something wrong at offset *at* of the file, or else in *field*, or in the entry."""
        place = (self.raw.line, self.raw.column)
        if field and field.place:
            place = field.place.name
        if at is not None and self.source:
            place = self.source.place(at)
        return Problem(kind, f"{self.key}: {message}", *place, self.file)


def standard(name: str) -> str:
    """The name under which the site knows a field."""
    return ALIASES.get(name.lower(), name.lower())


def items(
    entries: Sequence[RawEntry],
    text: str = "",
    file: str = "",
    problems: Collection[Problem] = (),
) -> list[Item]:
    """The entries of one file, with what they inherit.

    Args:
        entries: as they were read, before inheritance.
        text: the file they were read from; without it, no place inside a value is known.
        file: what to call the file.
        problems: what the reader had to say about it.
    """
    source = SourceText(text) if text else None
    broken = {p.message.partition(": ")[0] for p in problems if p.kind in _LOSSES}
    complete = iter(inherit(entries)[0])
    found = []
    for raw in entries:
        whole = raw if raw.type.lower() == CONTAINER else next(complete)
        fields: dict[str, str] = {}
        for name, value in whole.fields:
            fields.setdefault(standard(name), value)
        found.append(Item(raw, fields, source, file, raw.key in broken))
    return found
