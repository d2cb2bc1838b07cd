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
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibtex_export import export
from bibfolio.sources.dates import read_date, read_month, read_year, year_in
from bibfolio.sources.fields import HIDDEN, TYPE_WORDS, TYPES, standard_name
from bibfolio.sources.identifiers import bare_arxiv, read_doi, read_pages, url_advice
from bibfolio.sources.keys import free_key, identity, key_error, safe_key
from bibfolio.sources.links import Available, derive_links, web_url
from bibfolio.sources.names import read_authors
from bibfolio.sources.source_text import FieldPosition

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
        self.positions: dict[str, FieldPosition | None] = {}
        written: dict[str, str] = {}
        for (name, value), position in zip_longest(raw.fields, raw.positions):
            standard = standard_name(name)
            first = written.setdefault(standard, name)
            if standard not in self.fields:
                self.fields[standard], self.positions[standard] = value, position
            elif {first.lower(), name.lower()} != _NOT_ONE:
                is_same = first.lower() == name.lower()
                what = (
                    f"the field {name} is {'repeated' if is_same else f'{first} by another name'}"
                )
                message = f"{what}; the first one counts, remove this one"
                self.report(WarningKind.BIB_DUPLICATE_FIELD, message, position)

    # -- problems ---------------------------------------------------------------------------

    def report(self, kind: WarningKind, message: str, at: FieldPosition | None = None) -> None:
        """Note a problem of this entry, or of the field *at* a position."""
        line, column = at.name if at else (self.raw.line, self.raw.column)
        self._report(Problem(kind, f"{self.raw.key}: {message}", line, column))

    def report_author(self, kind: WarningKind, message: str) -> None:
        """Note a problem of a name, or of the annotations on names."""
        role = "author" if self.get("author") else "editor"
        name = f"{role}+an" if kind is WarningKind.BIB_FIELD else role
        self.report(kind, message, self.positions.get(name))

    def report_field(self, kind: WarningKind, message: str) -> None:
        """Note a problem of the field whose name begins the message."""
        self.report(kind, message, self.positions.get(re.split(r"[ :]", message)[0]))

    # -- fields -----------------------------------------------------------------------------

    def get(self, name: str) -> str:
        """Return the field as written, or an empty string."""
        return self.fields.get(name, "").strip()

    def bare(self, name: str) -> str:
        """Return the field without braces around it, which identifiers and codes never need."""
        return self.get(name).strip("{} ")

    def text(self, name: str) -> RichText:
        """Return the field decoded from TeX."""
        decoded = tex.decode(self.get(name))
        for command in decoded.unknown:
            message = f"\\{command} in {name} is not understood; write the character itself"
            self.report(WarningKind.BIB_TEX, message, self.positions.get(name))
        return decoded.text

    def decoded(self, *names: str) -> str:
        """Return the first of the fields that is set, decoded, without style."""
        return next((self.text(name).plain for name in names if self.get(name)), "")

    def url(self, name: str) -> str:
        """Return the field if it is an http(s) address; report it and return "" if not."""
        value = self.get(name)
        address = web_url(value)
        if value and not address:
            message = f"{name} is not an http(s) address: {value[:60]!r}; {url_advice(value)}"
            self.report_field(WarningKind.BIB_URL, message)
        return address

    def date(self) -> PartialDate | None:
        """Return ``date``, or else ``year`` with ``month``; report what is none."""
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
            self.report(WarningKind.BIB_FIELD, message, self.positions.get(field))
            return year_in(written or year)
        return None

    def event_dates(self) -> DateRange | None:
        """Return ``eventdate``, or None if it is not set or not a date."""
        try:
            return DateRange.parse(self.get("eventdate")) if self.get("eventdate") else None
        except ValueError as error:
            self.report_field(WarningKind.BIB_FIELD, f"eventdate: {error}")
            return None

    # -- the entry --------------------------------------------------------------------------

    def unique_key(self, taken: MutableMapping[str, str]) -> str:
        """Return a key that no earlier entry has and that can be part of an address."""
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
        """Tell whether the entry is a draft.

        An unknown state hides it too: a draft that shows because of a slip is worse than a paper
        that is missing and says why.
        """
        state = self.bare("pubstate").lower()
        if state != HIDDEN and state not in STATES:
            known = ", ".join([*filter(None, STATES), HIDDEN])
            message = f"pubstate {state!r} is none of {known}; the entry is hidden"
            self.report_field(WarningKind.BIB_FIELD, message)
        return state not in STATES

    def paper(self, key: str) -> Paper:
        """Return the whole entry, decoded, under *key*."""
        type_, title, date = self.type(), self.title(key), self.date()
        authors, et_al = read_authors(self.fields, self.owner, self.report_author)
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
            short_title=self.decoded("shorttitle"),
            date=date,
            status=self.bare("pubstate").lower(),
            venue=self.venue(date),
            booktitle=self.decoded("booktitle"),
            volume=self.decoded("volume"),
            number=self.decoded("number", "issue"),
            pages=read_pages(self.decoded("pages")),
            publisher=self.decoded("publisher"),
            isbn=self.bare("isbn"),
            issn=self.bare("issn"),
            doi=read_doi(self.get("doi")),
            eprint=bare_arxiv(self.get("eprint")),
            eprint_type=self.bare("eprinttype").lower(),
            eprint_class=self.bare("eprintclass"),
            url=self.url("url"),
            type_note=TYPE_WORDS.get(self.get("type") or type_, self.decoded("type")),
            note=self.decoded("note", "howpublished"),
            award=self.decoded("award"),
            summary=self.decoded("annotation"),
            abstract=self.decoded("abstract"),
            topics=tuple(topic for topic in topics if topic and topic != "selected"),
            selected="selected" in topics,
            links=derive_links(self.fields, self.available, self.report_field, key),
            line=self.raw.line,
        )
        return replace(paper, bibtex=export(paper, self.fields))

    def type(self) -> str:
        """Return the entry type in lower case; ``misc`` for what is none, and report that."""
        type_ = self.raw.type.lower()
        if type_ in TYPES:
            return type_
        near = difflib.get_close_matches(type_, sorted(TYPES), 1, _LIKENESS)
        advice = f"write @{near[0]}" if near else "use @misc"
        self.report(WarningKind.BIB_TYPE, f"unknown entry type @{self.raw.type}; {advice}")
        return "misc"

    def title(self, key: str) -> RichText:
        """Return the title with subtitle; the *key* in brackets if there is none."""
        title = self.text("title").with_subtitle(self.text("subtitle"))
        if title.plain.strip():
            return title
        if self.bare("pubstate").lower() != HIDDEN:
            self.report(WarningKind.BIB_FIELD, "the entry has no title; add it")
        return RichText.from_plain(f"[{key}]")

    def editors(self) -> tuple[Author, ...]:
        """Return the editors of a volume whose papers have authors of their own."""
        fields = {"editor": self.get("editor")}
        return read_authors(fields, self.owner, self.report)[0]

    def venue(self, date: PartialDate | None) -> Venue:
        """Return journal, event, book, school or institution, whichever the entry names first."""
        acronym = self.decoded("shortjournal")
        badge = self.decoded("eventtitleaddon")
        if acronym and not badge:
            badge = f"{acronym} {date.year}" if date else acronym
        names = ("journal", "eventtitle", "booktitle", "school", "institution", "organization")
        return Venue(
            name=self.decoded(*names),
            badge=badge,
            acronym=acronym or badge,
            url=self.url("venueurl"),
            place=self.decoded("venue"),
            dates=self.event_dates(),
        )
