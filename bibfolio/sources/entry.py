"""One raw entry → :class:`~bibfolio.model.Paper`; the only module that reads BibTeX fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pybtex.utils import CaseInsensitiveDict

from bibfolio.model import DateRange, Paper, PartialDate, RichText, Venue
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.bibtex import export
from bibfolio.sources.fields import ALIASES, HIDDEN, TYPE_WORDS, TYPES
from bibfolio.sources.links import Available, bare_arxiv, bare_doi, derive_links, web_url
from bibfolio.sources.names import read_authors
from bibfolio.sources.rescue import RawEntry

_SAFE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")


class EntryReader:
    """Decodes one raw entry field by field and reports what is wrong with it."""

    def __init__(
        self,
        raw: RawEntry,
        owner: frozenset[str],
        available: Available,
        report: Callable[[Problem], None],
    ) -> None:
        self.raw, self.owner, self.available, self._report = raw, owner, available, report
        self.fields: dict[str, str] = CaseInsensitiveDict()
        for name, value in raw.fields:
            standard = ALIASES.get(name.lower(), name.lower())
            if standard in self.fields:
                self.report(WarningKind.BIB_DUPLICATE_FIELD, f"the field {name} is repeated")
            else:
                self.fields[standard] = value

    def report(self, kind: WarningKind, message: str) -> None:
        """Note a problem of this entry."""
        self._report(Problem(kind, f"{self.raw.key}: {message}", self.raw.line))

    def unique_key(self, taken: Mapping[str, str]) -> str:
        """A key no earlier entry has and that can be part of an address."""
        key = self.raw.key
        if not _SAFE_KEY.fullmatch(key):
            key = re.sub(r"[^A-Za-z0-9_.+-]+", "-", key).strip("-._+") or f"entry-{self.raw.line}"
            message = f"use letters, digits and - _ . + in keys; the site says {key}"
            self.report(WarningKind.BIB_KEY, message)
        if key.lower() not in taken:
            return key
        number = 2
        while f"{key}-{number}".lower() in taken:
            number += 1
        message = (
            f"repeats the key of {taken[key.lower()]}; shown as {key}-{number}, "
            "give it a key of its own"
        )
        self.report(WarningKind.BIB_DUPLICATE_KEY, message)
        return f"{key}-{number}"

    @property
    def is_hidden(self) -> bool:
        """Whether the entry is a draft."""
        return self.get("pubstate").lower() == HIDDEN

    # -- values -----------------------------------------------------------------------------

    def get(self, name: str) -> str:
        """The field as written, or an empty string."""
        return str(self.fields.get(name, "")).strip()

    def text(self, name: str) -> RichText:
        """The field decoded from TeX."""
        decoded = tex.decode(self.get(name))
        for command in decoded.unknown:
            message = f"\\{command} in {name} is not understood; write the character itself"
            self.report(WarningKind.BIB_TEX, message)
        return decoded.text

    def plain(self, *names: str) -> str:
        """The first of the fields that is set, decoded, without style."""
        return next((self.text(name).plain for name in names if self.get(name)), "")

    def url(self, name: str) -> str:
        """The field if it is an http(s) address; else empty, and reported."""
        value = self.get(name)
        if value and not (address := web_url(value)):
            self.report(WarningKind.BIB_URL, f"{name} is not an http(s) address: {value[:60]!r}")
            return ""
        return address if value else ""

    def date(self) -> PartialDate | None:
        """``date``, or else ``year`` with ``month``."""
        written, year, month = (self.get(name).strip("{} ") for name in ("date", "year", "month"))
        try:
            if written:
                return DateRange.parse(written).start
            if year:
                return PartialDate(_year(year), _month(month))
            if month:
                raise ValueError("a month without a year")
        except ValueError as error:
            advice = "write YYYY, YYYY-MM or YYYY-MM-DD"
            message = str(error) if advice in str(error) else f"{error}; {advice}"
            self.report(WarningKind.BIB_FIELD, message)
            found = re.search(r"\d{4}", written or year)
            return PartialDate(int(found[0])) if found and int(found[0]) else None
        return None

    def event_dates(self) -> DateRange | None:
        """``eventdate``; None if it is not set or not a date."""
        try:
            return DateRange.parse(self.get("eventdate")) if self.get("eventdate") else None
        except ValueError as error:
            self.report(WarningKind.BIB_FIELD, f"eventdate: {error}")
            return None

    # -- records ----------------------------------------------------------------------------

    def paper(self, key: str) -> Paper:
        """The whole entry."""
        type_ = self.raw.type.lower()
        if type_ not in TYPES:
            self.report(WarningKind.BIB_TYPE, f"unknown entry type @{self.raw.type}; use @misc")
            type_ = "misc"
        title = self.text("title")
        if not title:
            self.report(WarningKind.BIB_FIELD, "the entry has no title")
            title = RichText.from_plain(f"[{key}]")
        date = self.date()
        authors, et_al = read_authors(self.fields, self.owner, self.report)
        topics = [tex.plain(word.strip()) for word in self.get("keywords").split(",")]
        paper = Paper(
            key=key,
            type=type_,
            title=title,
            authors=authors,
            et_al=et_al,
            short_title=self.plain("shorttitle"),
            date=date,
            status=self.get("pubstate").lower(),
            venue=self.venue(date),
            booktitle=self.plain("booktitle"),
            volume=self.plain("volume"),
            number=self.plain("number", "issue"),
            pages=re.sub(r"\s*(?:--?-?|–)\s*", "–", self.get("pages")),
            publisher=self.plain("publisher"),
            isbn=self.get("isbn"),
            issn=self.get("issn"),
            doi=bare_doi(self.get("doi")),
            eprint=bare_arxiv(self.get("eprint")),
            eprint_type=self.get("eprinttype").lower(),
            eprint_class=self.get("eprintclass"),
            url=self.url("url"),
            type_note=TYPE_WORDS.get(self.get("type") or type_, self.plain("type")),
            note=self.plain("note", "howpublished"),
            award=self.plain("award"),
            summary=self.plain("annotation"),
            abstract=self.plain("abstract"),
            topics=tuple(topic for topic in topics if topic and topic != "selected"),
            selected="selected" in topics,
            links=derive_links(self.fields, self.available, self.report, key),
            line=self.raw.line,
        )
        return replace(paper, bibtex=export(paper, self.fields))

    def venue(self, date: PartialDate | None) -> Venue:
        """Journal, event, book, school or institution, whichever the entry names first."""
        acronym = self.plain("shortjournal")
        badge = self.plain("eventtitleaddon")
        if acronym and not badge:
            badge = f"{acronym} {date.year}" if date else acronym
        names = ("journal", "eventtitle", "booktitle", "school", "institution", "organization")
        return Venue(
            name=self.plain(*names),
            badge=badge,
            acronym=acronym or badge,
            url=self.url("venueurl"),
            place=self.plain("venue"),
            dates=self.event_dates(),
        )


def _year(text: str) -> int:
    """``2024`` → 2024.

    Raises:
        ValueError: not a number.
    """
    if not text.isdecimal():
        raise ValueError(f"{text!r} is not a year")
    return int(text)


def _month(text: str) -> int:
    """``4``, ``apr``, ``April`` → 4; empty → 0.

    Raises:
        ValueError: no month of that name or number.
    """
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    names = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    if text[:3].lower() not in names:
        raise ValueError(f"{text!r} is not a month")
    return names.index(text[:3].lower()) + 1
