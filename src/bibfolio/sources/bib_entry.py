"""One raw entry → :class:`~bibfolio.model.Paper`; the only module that reads BibTeX fields."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import zip_longest

from bibfolio.model import Author, DateRange, Paper, PartialDate, RichText, Venue
from bibfolio.model.dates import MONTHS
from bibfolio.model.paper import STATES
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibtex_export import export
from bibfolio.sources.fields import HIDDEN, TYPE_WORDS, TYPES, standard_name
from bibfolio.sources.identifiers import bare_arxiv, read_doi, read_pages, url_advice
from bibfolio.sources.links import Available, derive_links, web_url
from bibfolio.sources.names import read_authors
from bibfolio.sources.source_text import FieldPosition

#: How alike two entry types are for one to be a slip of the other (of 1).
_LIKENESS = 0.8
#: One field in biblatex, but two in exports of the ACM: where the publisher and the event are.
_NOT_ONE = {"address", "location"}


# -- keys, which become addresses, file names and anchors -----------------------------------------

_LONGEST = 100
_SAFE_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.+-]*[A-Za-z0-9_+-])?")
#: What Windows keeps for devices, whatever the ending; and a folder's own page.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|index", re.IGNORECASE)
#: Endings of files that lie beside a paper's page, which would then be in the way of each other.
_ENDING = re.compile(r"\.(?=(?:bib|ris|json|md|html|paper)$)", re.IGNORECASE)


def identity(key: str) -> str:
    """Return what tells a key from others in file names and anchors: not case, not signs."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def safe_key(key: str) -> str:
    """Return the nearest spelling of *key* that can be part of an address, or ""."""
    plain = key
    if not _SAFE_KEY.fullmatch(key):
        split = unicodedata.normalize("NFKD", key)
        base = "".join(char for char in split if not unicodedata.combining(char))
        plain = re.sub(r"[^A-Za-z0-9_.+-]+", "-", base).strip("-._+")
    plain = _ENDING.sub("-", plain)[:_LONGEST].rstrip(".")
    return f"paper-{plain}" if _RESERVED.fullmatch(plain) else plain


def free_key(key: str, taken: Mapping[str, str]) -> str:
    """Return *key*, with a number if its :func:`identity` is *taken*."""
    numbers = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (key, *numbers) if identity(free) not in taken)


# -- dates ----------------------------------------------------------------------------------------

_MONTHS = tuple(month[:3].lower() for month in MONTHS)
#: biblatex manual, §2.3.8: seasons are months 21 to 24, which no calendar has.
_SEASON = re.compile(r"(\d{4})-2[1-4]")


def read_date(text: str) -> PartialDate:
    """Read the beginning of a biblatex ``date``; of open ranges the end that is known.

    Time of day, season and the marks for *about* and *uncertain* are left out.

    Raises:
        ValueError: not a date.
    """
    ends = [re.sub(r"T[\d:.+Z-]+$|[~?%]$", "", end.strip()) for end in text.split("/")]
    known = [_SEASON.sub(r"\1", end) for end in ends if end not in {"", ".."}]
    try:
        return DateRange.parse("/".join(known)).start
    except ValueError:
        raise ValueError(f"{text!r} is not a date") from None


def read_month(text: str) -> int:
    """Read a month: ``4``, ``apr``, ``April`` and ``16~April`` are 4, empty is 0.

    Raises:
        ValueError: no month of that name or number.
    """
    if text.isdecimal():
        return int(text)
    word = re.search(r"[^\W\d_]{3,}", text)
    if text and (not word or word[0][:3].lower() not in _MONTHS):
        raise ValueError(f"{text!r} is not a month")
    return _MONTHS.index(word[0][:3].lower()) + 1 if word else 0


# -- the entry ------------------------------------------------------------------------------------


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
                what = "repeated" if is_same else f"{first} by another name"
                message = f"the field {name} is {what}; the first one counts, remove this one"
                place = position.name if position else (raw.line, raw.column)
                kind = WarningKind.BIB_DUPLICATE_FIELD
                report(Problem(kind, f"{raw.key}: {message}", *place))

    def report(self, kind: WarningKind, message: str, field: str = "") -> None:
        """Note a problem of *field*, or of the one whose name begins the message, or the entry."""
        at = self.positions.get(field or re.split(r"[ :]", message)[0])
        line, column = at.name if at else (self.raw.line, self.raw.column)
        self._report(Problem(kind, f"{self.raw.key}: {message}", line, column))

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
            self.report(WarningKind.BIB_TEX, message, name)
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
            self.report(WarningKind.BIB_URL, message)
        return address

    def date(self) -> PartialDate | None:
        """Return ``date``, or else ``year`` with ``month``; report what is none."""
        written, year, month = (self.get(name).strip("{} ") for name in ("date", "year", "month"))
        field = next((name for name in ("date", "year", "month") if self.get(name)), "")
        try:
            if written:
                return read_date(written)
            if year:
                if not re.fullmatch(r"\d{4}", year):
                    raise ValueError(f"{year!r} is not a year")
                found = PartialDate(int(year))
                field = "month"
                return PartialDate(found.year, read_month(month))
            if month:
                raise ValueError("a month without a year")
        except ValueError as error:
            is_month = year and field == "month"
            forms = "4, apr or April" if is_month else "YYYY, YYYY-MM or YYYY-MM-DD"
            self.report(WarningKind.BIB_FIELD, f"{error}; write {forms}", field)
            digits = re.search(r"(?<!\d)(?!0000)\d{4}(?!\d)", written or year)
            return PartialDate(int(digits[0])) if digits else None
        return None

    def event_dates(self) -> DateRange | None:
        """Return ``eventdate``, or None if it is not set or not a date."""
        try:
            return DateRange.parse(self.get("eventdate")) if self.get("eventdate") else None
        except ValueError as error:
            self.report(WarningKind.BIB_FIELD, f"eventdate: {error}")
            return None

    def unique_key(self, taken: Mapping[str, str]) -> str:
        """Return a key that no earlier entry has and that can be part of an address."""
        key = safe_key(self.raw.key) or f"entry-{self.raw.line}"
        if key != self.raw.key:
            is_name = _SAFE_KEY.fullmatch(self.raw.key)
            why = "use letters, digits and - _ . + in keys"
            why = "no page can have this name" if is_name else why
            self.report(WarningKind.BIB_KEY, f"{why}; the site says {key}")
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
            self.report(WarningKind.BIB_FIELD, message)
        return state not in STATES

    def paper(self, key: str) -> Paper:
        """Return the whole entry, decoded, under *key*."""
        type_, title, date = self.type(), self.title(key), self.date()
        has_author = bool(self.get("author"))
        role = "author" if has_author else "editor"

        def report_names(kind: WarningKind, message: str) -> None:
            self.report(kind, message, f"{role}+an" if kind is WarningKind.BIB_FIELD else role)

        authors, et_al = read_authors(self.fields, self.owner, report_names)
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
            links=derive_links(self.fields, self.available, self.report, key),
            line=self.raw.line,
        )
        return replace(paper, bibtex=export(paper, self.raw))

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
