"""The fields of one raw entry under their standard names, and whom to blame for what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest

from bibfolio.model import RichText
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.fields import ALIASES
from bibfolio.sources.identifiers import url_advice
from bibfolio.sources.links import Available, web_url
from bibfolio.sources.places import FieldPlace
from bibfolio.sources.bib_parser import RawEntry

#: One field in biblatex, but two in exports of the ACM: where the publisher and the event are.
_NOT_ONE = {"address", "location"}


class EntryFields:
    """Gives the value of each field, decoded, and reports what is wrong."""

    def __init__(
        self,
        raw: RawEntry,
        owner: frozenset[str],
        available: Available,
        report: Callable[[Problem], None],
    ) -> None:
        self.raw, self.owner, self.available, self._report = raw, owner, available, report
        #: Standard name in lower case → value.
        self.fields: dict[str, str] = {}
        #: Where each field stands that is not inherited.
        self.places: dict[str, FieldPlace | None] = {}
        written: dict[str, str] = {}
        for (name, value), place in zip_longest(raw.fields, raw.places):
            standard = ALIASES.get(name.lower(), name.lower())
            if standard not in self.fields:
                self.fields[standard], self.places[standard] = value, place
                written[standard] = name
            elif {written[standard].lower(), name.lower()} != _NOT_ONE:
                self._report_repeated(written[standard], name, place)

    def report(self, kind: WarningKind, message: str, at: FieldPlace | None = None) -> None:
        """Note a problem of this entry, or of the field *at* a place."""
        place = at.name if at else (self.raw.line, self.raw.column)
        self._report(Problem(kind, f"{self.raw.key}: {message}", *place))

    def _report_repeated(self, first: str, name: str, at: FieldPlace | None) -> None:
        is_same = first.lower() == name.lower()
        what = f"the field {name} is {'repeated' if is_same else f'{first} by another name'}"
        advice = "the first one counts, remove this one"
        self.report(WarningKind.BIB_DUPLICATE_FIELD, f"{what}; {advice}", at)

    def blame_author(self, kind: WarningKind, message: str) -> None:
        """Note a problem of a name, or of the annotations on names."""
        role = "author" if self.get("author") else "editor"
        name = f"{role}+an" if kind is WarningKind.BIB_FIELD else role
        self.report(kind, message, self.places.get(name))

    def blame(self, kind: WarningKind, message: str) -> None:
        """Note a problem of the field whose name begins the message."""
        self.report(kind, message, self.places.get(re.split(r"[ :]", message)[0]))

    def get(self, name: str) -> str:
        """The field as written, or an empty string."""
        return str(self.fields.get(name, "")).strip()

    def bare(self, name: str) -> str:
        """The field without braces around it, which identifiers and codes never need."""
        return self.get(name).strip("{} ")

    def text(self, name: str) -> RichText:
        """The field decoded from TeX."""
        decoded = tex.decode(self.get(name))
        for command in decoded.unknown:
            message = f"\\{command} in {name} is not understood; write the character itself"
            self.report(WarningKind.BIB_TEX, message, self.places.get(name))
        return decoded.text

    def plain(self, *names: str) -> str:
        """The first of the fields that is set, decoded, without style."""
        return next((self.text(name).plain for name in names if self.get(name)), "")

    def url(self, name: str) -> str:
        """The field if it is an http(s) address; else empty, and reported."""
        value = self.get(name)
        if value and not (address := web_url(value)):
            message = f"{name} is not an http(s) address: {value[:60]!r}; {url_advice(value)}"
            self.blame(WarningKind.BIB_URL, message)
            return ""
        return address if value else ""
