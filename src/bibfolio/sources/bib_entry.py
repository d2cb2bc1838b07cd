"""One raw entry → :class:`~bibfolio.model.Paper`; the only module that reads BibTeX fields."""

from __future__ import annotations

import difflib
from collections.abc import MutableMapping
from dataclasses import replace

from bibfolio.model import Author, DateRange, Paper, PartialDate, RichText, Venue
from bibfolio.model.paper import STATES
from bibfolio.problems import WarningKind
from bibfolio.sources import tex
from bibfolio.sources.bibtex_export import export
from bibfolio.sources.dates import read_date, read_month, read_year, year_in
from bibfolio.sources.entry_fields import EntryFields
from bibfolio.sources.fields import HIDDEN, TYPE_WORDS, TYPES
from bibfolio.sources.identifiers import bare_arxiv, read_doi, read_pages
from bibfolio.sources.keys import free_key, identity, key_error, safe_key
from bibfolio.sources.links import derive_links
from bibfolio.sources.names import read_authors

#: How alike two entry types are for one to be a slip of the other (of 1).
_LIKENESS = 0.8


class EntryReader(EntryFields):
    """Decodes one raw entry field by field and reports what is wrong with it."""

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
