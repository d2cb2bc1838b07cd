"""One raw entry → :class:`~bibfolio.model.Paper`; the only module that reads BibTeX fields."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from itertools import zip_longest

from bibfolio.model import Author, DateRange, Paper, PartialDate, RichText, Venue
from bibfolio.model.paper import STATES
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.bibtex import export
from bibfolio.sources.dates import read_date, read_month, read_year, year_in
from bibfolio.sources.fields import ALIASES, HIDDEN, TYPE_WORDS, TYPES
from bibfolio.sources.identifiers import bare_arxiv, read_doi, read_pages, url_advice
from bibfolio.sources.keys import free_key, identity, key_error, safe_key
from bibfolio.sources.links import Available, derive_links, web_url
from bibfolio.sources.names import read_authors
from bibfolio.sources.places import FieldPlace
from bibfolio.sources.rescue import RawEntry

#: How alike two entry types are for one to be a slip of the other (of 1).
_LIKENESS = 0.8
#: One field in biblatex, but two in exports of the ACM: where the publisher and the event are.
_NOT_ONE = {"address", "location"}


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

    def unique_key(self, taken: MutableMapping[str, str]) -> str:
        """A key no earlier entry has and that can be part of an address."""
        key = safe_key(self.raw.key) or f"entry-{self.raw.line}"
        if key != self.raw.key:
            message = f"{key_error(self.raw.key)}; the site says {key}"
            self.report(WarningKind.BIB_KEY, message)
        free = free_key(key, taken)
        if free != key:
            where = taken[identity(key)]
            message = f"repeats the key of {where}; shown as {free}, give it a key of its own"
            self.report(WarningKind.BIB_DUPLICATE_KEY, message)
        return free

    def is_hidden(self) -> bool:
        """Whether the entry is a draft.

        An unknown state hides it too: a draft that shows because of a slip is worse than a paper
        that is missing and says why.
        """
        state = self.bare("pubstate").lower()
        if state != HIDDEN and state not in STATES:
            known = ", ".join([*filter(None, STATES), HIDDEN])
            message = f"pubstate {state!r} is none of {known}; the entry is hidden"
            self.report(WarningKind.BIB_FIELD, message, self.places.get("pubstate"))
        return state not in STATES

    # -- values -----------------------------------------------------------------------------

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

    def date(self) -> PartialDate | None:
        """``date``, or else ``year`` with ``month``."""
        written, year, month = (self.get(name).strip("{} ") for name in ("date", "year", "month"))
        field = next((name for name in ("date", "year", "month") if self.get(name)), "")
        try:
            if written:
                return read_date(written)
            if year:
                found = PartialDate(read_year(year))
                field = "month"
                return PartialDate(found.year, read_month(month))
            if month:
                raise ValueError("a month without a year")
        except ValueError as error:
            forms = "YYYY, YYYY-MM or YYYY-MM-DD"
            advice = f"write {'4, apr or April' if year and field == 'month' else forms}"
            message = str(error) if advice in str(error) else f"{error}; {advice}"
            self.report(WarningKind.BIB_FIELD, message, self.places.get(field))
            return year_in(written or year)
        return None

    def event_dates(self) -> DateRange | None:
        """``eventdate``; None if it is not set or not a date."""
        try:
            return DateRange.parse(self.get("eventdate")) if self.get("eventdate") else None
        except ValueError as error:
            self.blame(WarningKind.BIB_FIELD, f"eventdate: {error}")
            return None

    # -- records ----------------------------------------------------------------------------

    def paper(self, key: str) -> Paper:
        """The whole entry."""
        type_ = self.raw.type.lower()
        if type_ not in TYPES:
            near = difflib.get_close_matches(type_, sorted(TYPES), 1, _LIKENESS)
            advice = f"write @{near[0]}" if near else "use @misc"
            self.report(WarningKind.BIB_TYPE, f"unknown entry type @{self.raw.type}; {advice}")
            type_ = "misc"
        title = self.text("title").with_subtitle(self.text("subtitle"))
        if not title.plain.strip():
            if self.bare("pubstate").lower() != HIDDEN:
                self.report(WarningKind.BIB_FIELD, "the entry has no title; add it")
            title = RichText.from_plain(f"[{key}]")
        date = self.date()
        authors, et_al = read_authors(self.fields, self.owner, self.blame_author)
        has_author = bool(self.get("author"))
        keywords = self.get("keywords")
        separator = "," if "," in keywords else ";"
        topics = [tex.plain(word.strip()) for word in keywords.split(separator)]
        paper = Paper(
            key=key,
            type=type_,
            title=title,
            authors=authors,
            et_al=et_al,
            is_edited=bool(authors) and not has_author,
            editors=self.editors() if has_author else (),
            short_title=self.plain("shorttitle"),
            date=date,
            status=self.bare("pubstate").lower(),
            venue=self.venue(date),
            booktitle=self.plain("booktitle"),
            volume=self.plain("volume"),
            number=self.plain("number", "issue"),
            pages=read_pages(self.plain("pages")),
            publisher=self.plain("publisher"),
            isbn=self.bare("isbn"),
            issn=self.bare("issn"),
            doi=read_doi(self.get("doi")),
            eprint=bare_arxiv(self.get("eprint")),
            eprint_type=self.bare("eprinttype").lower(),
            eprint_class=self.bare("eprintclass"),
            url=self.url("url"),
            type_note=TYPE_WORDS.get(self.get("type") or type_, self.plain("type")),
            note=self.plain("note", "howpublished"),
            award=self.plain("award"),
            summary=self.plain("annotation"),
            abstract=self.plain("abstract"),
            topics=tuple(topic for topic in topics if topic and topic != "selected"),
            selected="selected" in topics,
            links=derive_links(self.fields, self.available, self.blame, key),
            line=self.raw.line,
        )
        return replace(paper, bibtex=export(paper, self.fields))

    def editors(self) -> tuple[Author, ...]:
        """Those of a volume whose papers have authors of their own."""
        fields = {"editor": self.get("editor")}
        return read_authors(fields, self.owner, self.report)[0]

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
