"""One raw entry → :class:`~bibfolio.model.Paper`; the only module that reads BibTeX fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from bibfolio.model import Author, DateRange, Figure, Paper, PartialDate, RichText, Span, Venue
from bibfolio.model.forms import MONTHS
from bibfolio.model.licenses import License
from bibfolio.model.notices import Notice
from bibfolio.model.paper import ARTIFACTS, KIND_OF_TYPE, STATES, Result
from bibfolio.model.strings import nearest, without_stop
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibtex_export import export
from bibfolio.sources.fields import (
    COUNTRY_WORDS,
    HIDDEN,
    LANGUAGES,
    SITE,
    SUBTITLES,
    TYPE_WORDS,
    TYPES,
    language_code,
    near_type,
    standard_name,
    state_in_date,
    state_of,
)
from bibfolio.sources.folder import FIGURES, Folder, figure_places
from bibfolio.sources.identifiers import (
    doi_of,
    eprint_kind,
    read_doi,
    read_identifiers,
    read_pages,
    url_advice,
    without_tex,
)
from bibfolio.sources.keywords import read_keywords
from bibfolio.sources.licenses import read_license
from bibfolio.sources.links import derive_links, web_url
from bibfolio.sources.name_signs import SIGN_TEXTS
from bibfolio.sources.names import read_authors
from bibfolio.sources.notices import notices_in_note, read_notices
from bibfolio.sources.other_names import standardized
from bibfolio.sources.pictures import BEGINNINGS
from bibfolio.sources.source_text import FieldPosition, cited
from bibfolio.sources.svg import read_svg

#: One field in biblatex, but two in exports of the ACM: where the publisher and the event are.
_NOT_ONE = {"address", "location"}
#: Fields that a paper has under the same name, as text.
_TEXTS = (
    "booktitle series volume volumes pagetotal chapter eid edition version publisher address award "
    "gist".split()
)
#: Fields that may have paragraphs, and what begins one.
_LONG = frozenset({"abstract", "annotation"})
_PAR = re.compile(r"\s*\\par(?![A-Za-z])\s*")


# -- dates ----------------------------------------------------------------------------------------

_MONTHS = tuple(month[:3].lower() for month in MONTHS)
#: biblatex manual, §2.3.8: seasons are months 21 to 24, which no calendar has.
_SEASON = re.compile(r"(\d{4})-2[1-4]")
#: Years with the letter of a citation, slashes and ranges with a dash → ISO 8601.
_FORMS = {
    r"(\d{4})[a-z]": r"\1",
    r"(\d{4})/(\d\d)/(\d\d)": r"\1-\2-\3",
    r"((\d\d)\d\d)(?:--|\u2013)(\d\d)": r"\1/\2\3",
    r"(\d{4})\s*(?:-{1,3}|[\u2013/])\s*(\d{4})": r"\1/\2",
}
_DAYS = r"(\d{1,2})(?:\W+(\d{1,2}))?"


def read_dates(text: str) -> DateRange:
    """Read a biblatex ``date``; of open ranges the end that is known.

    Time of day, season and the marks for *about* and *uncertain* are left out.

    Raises:
        ValueError: not a date.
    """
    iso = text
    for form, meant in _FORMS.items():
        iso = re.sub(rf"\A{form}\Z", meant, iso)
    ends = [re.sub(r"T[\d:.+Z-]+$|[~?%]$", "", end.strip()) for end in iso.split("/")]
    known = [_SEASON.sub(r"\1", end) for end in ends if end not in {"", ".."}]
    try:
        return DateRange.parse("/".join(known))
    except ValueError:
        raise ValueError(f"{cited(text)} is not a date") from None


def read_month(text: str) -> int:
    """Read a month: ``4``, ``apr``, ``April`` and ``16~April`` are 4; empty is 0, as are seasons.

    The day, which BibTeX has no other field for, is read by :func:`read_days`.

    Raises:
        ValueError: no month of that name or number.
    """
    if re.match("spring|summer|fall|autumn|winter", text, re.IGNORECASE):
        return 0
    if text.isdecimal():
        return int(text)
    word = re.search(r"[^\W\d_]{3,}", near_month(text) or text)
    if text and (not word or word[0][:3].lower() not in _MONTHS):
        raise ValueError(f"{cited(text)} is not a month")
    return _MONTHS.index(word[0][:3].lower()) + 1 if word else 0


def near_month(text: str) -> str:
    """Return the month in whose name *text* has a slip; empty if it has none, or is no month."""
    word = "".join(re.findall(r"[^\W\d_]{3,}", text)[:1]).capitalize()
    is_right = any(map(re.compile(word).match, (*MONTHS, "Aprile", "Augusti")))
    return "" if is_right else nearest(word, MONTHS, 0.9)


def read_days(month: str) -> list[int]:
    """Return the days in a month, 16 and 18 of ``16--18 April``; 0 where none is known."""
    match = re.fullmatch(rf"{_DAYS}\W+[^\W\d]+\W*|[^\W\d]+\W+{_DAYS}\W*", month)
    return [int(day) for day in match.groups() if day] if match else [0]


#: What a result begins with, the number, and what it means: ``up to``, ``2.5×``, ``sooner``.
_RESULT = re.compile(r"(\D*?)\s*([\d.,–-]+\s*[×%]?)\s*(.*)", re.DOTALL)


def read_results(text: str) -> tuple[Result, ...]:
    """Return the first two of the results in *text*, with ``;`` between them."""
    found = [result for part in text.split(";") if (result := part.strip())][:2]
    parts = (_RESULT.fullmatch(result) or ["", "", "", result] for result in found)
    return tuple(Result(part[1], part[2], part[3]) for part in parts)


# -- the entry ------------------------------------------------------------------------------------


class EntryReader:
    """Decodes one raw entry field by field and reports what is wrong with it."""

    def __init__(
        self,
        raw: RawEntry,
        owner: frozenset[str],
        folder: Folder,
        report: Callable[[Problem], None],
    ) -> None:
        self.raw, self.owner, self.folder, self._report = raw, owner, folder, report
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
                continue
            is_same = first.lower() == name.lower()
            # Both names of BibTeX and biblatex for one value help readers of either.
            is_aside = value == self.fields[standard] or {first.lower(), name.lower()} == _NOT_ONE
            if is_same or not is_aside:
                what = "repeated" if is_same else f"{first} by another name"
                message = f"the field {name} is {what}; the first one counts, remove this one"
                place = position.name if position else (raw.line, raw.column)
                is_lost = value != self.fields[standard] and standard in SITE
                kind = WarningKind.BIB_DUPLICATE_FIELD if is_lost else WarningKind.BIB_FORM
                report(Problem(kind, f"{raw.key}: {message}", *place))
        self.fields = standardized(self.fields, raw.type.lower())
        doi, url = self.get("doi"), self.get("url")
        if doi_of(url) and not web_url(url):
            self.fields |= {"doi": doi or url, "url": ""}
        elif web_url(doi) and not read_doi(doi):
            self.fields |= {"doi": "", "url": url or doi}
        elif url_advice(url).startswith("write https"):
            self.fields["url"] = f"https://{url}"

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
        """Return the field decoded from TeX; few have more than one paragraph."""
        source = self.get(name)
        decoded = tex.decode(source if name in _LONG else _PAR.sub(" ", source))
        for command, shown in decoded.unknown.items():
            what = f"\\{command} in {name} is not understood and is shown as its {shown}"
            message = f"{what}; write the character itself"
            self.report(WarningKind.BIB_TEX, message, name)
        return decoded.text

    def decoded(self, *names: str) -> str:
        """Return the first of the fields that is set, with its subtitle, decoded, without style."""
        if not (name := next(filter(self.get, names), "")):
            return ""
        return self.text(name).with_subtitle(self.text(SUBTITLES.get(name, ""))).plain

    def url(self, name: str) -> str:
        """Return the field if it is an http(s) address; report it and return "" if not."""
        value = self.get(name)
        address = web_url(value)
        if value and not address:
            message = f"{name} is not an http(s) address: {cited(value, 60)}; {url_advice(value)}"
            self.report(WarningKind.BIB_URL, message)
        return address

    def date(self) -> DateRange | None:
        """Return ``date``, or else ``year`` with ``month``; report a value that is no date."""
        written, year, month = (tex.plain(self.get(n)).strip() for n in ("date", "year", "month"))
        field = next((name for name in ("date", "year", "month") if self.get(name)), "")
        try:
            if text := written or year:
                found = read_dates(text)
                if written or found.end != PartialDate(found.start.year):
                    return found
                field = "month"
                number = read_month(month)
                if near := near_month(month):
                    self.report(WarningKind.BIB_FORM, f"month is {cited(month)}; write {near}")
                ends = [replace(found.start, month=number, day=day) for day in read_days(month)]
                return DateRange(ends[0], ends[-1])
            if month:
                raise ValueError("a month without a year")
        except ValueError as error:
            is_month = year and field == "month"
            forms = "4, apr or April" if is_month else "YYYY, YYYY-MM or YYYY-MM-DD"
            message = f"{error}; write {forms}"
            state = state_in_date(written or year)
            if state and self.get("pubstate") == state:
                hides = ", which hides the entry" * (state == HIDDEN)
                message = f"{error}: it is read as pubstate = {{{state}}}{hides}; write that"
            self.report(WarningKind.BIB_FIELD, message, field)
            digits = re.search(r"(?<!\d)(?!0000)\d{4}(?!\d)", written or year)
            return DateRange.parse(digits[0]) if digits else None
        return None

    def dates(self, name: str) -> DateRange | None:
        """Return ``eventdate`` or ``urldate``, or None if it is not set or not a date."""
        try:
            return DateRange.parse(self.get(name)) if self.get(name) else None
        except ValueError as error:
            self.report(WarningKind.BIB_FIELD, f"{name}: {error}")
            return None

    def people(self, role: str) -> tuple[tuple[Author, ...], bool]:
        """Return the people in the field *role*, and whether there are others."""

        def report(kind: WarningKind, message: str) -> None:
            self.report(kind, message, f"{role}+an" if kind is WarningKind.BIB_FIELD else role)

        texts = {name: self.get(name) for name in ("note", "annotation", SIGN_TEXTS)}
        fields = {**texts, "author": self.get(role), "author+an": self.get(f"{role}+an")}
        return read_authors(fields, self.owner, report)

    def is_hidden(self) -> bool:
        """Return whether the entry is a draft."""
        return state_of(self.get("pubstate")) == HIDDEN

    def status(self) -> str:
        """Return the state of publication; free text, which biblatex allows, as it is written."""
        written = self.decoded("pubstate")
        state = state_of(written)
        if state in STATES or state == HIDDEN:
            return state
        message = f"pubstate {cited(written)} is shown as written; biblatex has no such key"
        self.report(WarningKind.BIB_FORM, message)
        return written

    def paper(self, key: str, slug: str) -> Paper:
        """Return the whole entry, decoded, under *key*, which addresses spell as *slug*."""
        identifiers = read_identifiers(self.fields)
        type_, title, dates = self.type(), self.title(key), self.date()
        event, accessed = self.dates("eventdate"), self.dates("urldate")
        # The start of the event stands in for a missing date.
        date = dates.start if dates else event.start if event else None
        has_author, eprint_type = bool(self.get("author")), eprint_kind(self.fields)
        authors, et_al = self.people("author" if has_author else "editor")
        editors, more_editors = self.people("editor") if has_author else ((), False)
        language = re.split(r" and |[;,]", self.decoded("language"))[0].strip()
        # Programs write codes, and names in the language itself; neither is meant to be printed.
        is_name = language.isascii() and len(language) > 3 and language.lower() in LANGUAGES
        texts: dict[str, Any] = {
            name: COUNTRY_WORDS.get(self.get(name)) or self.decoded(name) for name in _TEXTS
        } | {"grants": read_keywords(self.get("grants"))[0], "abstract": self.abstract()}
        keywords, is_selected = read_keywords(self.get("keywords"))
        paper = Paper(
            key=key,
            slug=slug,
            type=type_,
            title=title,
            authors=authors,
            et_al=et_al,
            is_edited=bool(authors) and not has_author,
            editors=editors,
            more_editors=more_editors,
            bookauthors=self.people("bookauthor")[0],
            translators=self.people("translator")[0],
            holders=self.people("holder")[0],
            short_title=self.decoded("shorttitle"),
            date=date,
            date_end=dates.end if dates and dates.end != date else None,
            status=self.status(),
            venue=self.venue(date, event),
            number=self.decoded("number", "issue"),
            pages=read_pages(self.decoded("pages")),
            organization=self.decoded("school", "institution", "organization"),
            language=language_code(self.bare("langid") or language),
            language_note=language if is_name else "",
            identifiers=identifiers,
            eprint_type=eprint_type if any(one.kind == eprint_type for one in identifiers) else "",
            eprint_class=self.bare("eprintclass"),
            url=self.url("url"),
            accessed=accessed.start if accessed else None,
            type_note=TYPE_WORDS.get(self.get("type") or type_, self.decoded("type")),
            note=self.note(is_marked=any(author.marks for author in authors)),
            results=read_results(self.decoded("results")),
            summary=self.decoded("annotation"),
            figure=self.figure(slug),
            keywords=keywords,
            selected=is_selected,
            links=derive_links(self.fields, identifiers, self.folder.address, self.report, slug),
            license=self.license(),
            artifacts=self.artifacts(),
            notices=self.notices(),
            line=self.raw.line,
            **texts,
        )
        return replace(paper, bibtex=export(paper, self.raw, self.fields))

    def artifacts(self) -> tuple[str, ...]:
        """Return what reviewers found of the artifacts, in our order; report other words."""
        found = [word.strip().lower() for word in re.split("[;,]", self.decoded("artifact"))]
        for word in filter(None, found):
            if word not in ARTIFACTS:
                advice = nearest(word, ARTIFACTS) or f"{', '.join(ARTIFACTS)}"
                message = f"artifact {cited(word, 60)} is not shown; write {advice}"
                self.report(WarningKind.BIB_FIELD, message, "artifact")
        return tuple(name for name in ARTIFACTS if name in found)

    def notices(self) -> tuple[Notice, ...]:
        """Return the notices about the paper, the gravest first; report what names none."""
        found, others = read_notices({**self.fields, "note": tex.plain(self.get("note"))})
        for name, words in others.items():
            what = f"{name} {cited(words, 60)} is neither a DOI nor an address"
            advice = "write the DOI of the notice, as 10.1000/notice"
            self.report(WarningKind.BIB_NOTICE, f"{what}; {advice}", name)
        return tuple(found)

    def license(self) -> License | None:
        """Return the licence; of ``copyright``, other words say whose the rights are."""
        named, rights = (self.decoded(name) for name in ("license", "copyright"))
        if named and not read_license(named):
            message = f"{cited(named, 60)} is no licence; write its SPDX identifier, as CC-BY-4.0"
            self.report(WarningKind.BIB_FIELD, message, "license")
        return read_license(named) or read_license(rights)

    def abstract(self) -> RichText:
        """Return the abstract; its formulas are words, as everywhere but in titles."""
        spans = self.text("abstract").spans
        return RichText.of(*(Span(str(s)) if s.style == "math" else s for s in spans))

    def note(self, *, is_marked: bool) -> str:
        """Return what is printed as it is; who contributed how, if no author *is_marked*."""
        names = ["howpublished", "note", "addendum", *([] if is_marked else [SIGN_TEXTS])]
        texts = {name: self.decoded(name) for name in names}
        texts["note"] = notices_in_note(texts["note"])[1]
        return ", ".join(filter(None, texts.values()))

    def figure(self, slug: str) -> Figure | None:
        """Return the figure, from the field or from ``figures/``; report what cannot be shown."""
        alt, named = self.decoded("figurealt"), without_tex(self.get("figure"))
        called = [f"{FIGURES}/{slug}{suffix}" for suffix in BEGINNINGS]
        paths = figure_places(named) if named else called
        path = next(filter(self.folder.holds, paths), "")
        if not path:
            # What al-folio names in ``preview`` is told once, by lint.fields.
            if alt or (named and "figure" in self.positions):
                what = f"the figure {cited(paths[0], 60)} is not there"
                self.report(WarningKind.BIB_FIGURE, what, "figure" if named else "figurealt")
            return None
        data, suffix = self.folder.read(path), path[path.rfind(".") :].lower()
        try:
            if suffix not in BEGINNINGS:
                raise ValueError("browsers show no such files")
            if not data.startswith(BEGINNINGS[suffix]):
                raise ValueError("what is in it is not what its name says")
            svg, why = read_svg(data) if suffix == ".svg" else ("", "")
        except ValueError as error:
            cure = "save it anew as SVG, PNG, WebP or JPEG"
            self.report(WarningKind.BIB_FIGURE, f"{path} is not shown: {error}; {cure}")
            return None
        if why:
            what = f"{path} is shown as an image, on a light ground, and not drawn in the page"
            self.report(WarningKind.BIB_DRAWING, f"{what}: {why}")
        caption = self.decoded("figurecaption") or alt
        return Figure(path, alt, caption, svg, sha256(data).hexdigest()[:8])

    def type(self) -> str:
        """Return the entry type in lower case; report an unknown one, and return the nearest."""
        type_ = self.raw.type.lower()
        if type_ in TYPES:
            return type_
        near = near_type(type_)
        advice = f"write @{near}" if near else "use @misc"
        self.report(WarningKind.BIB_TYPE, f"unknown entry type @{self.raw.type}; {advice}")
        return near or "misc"

    def title(self, key: str) -> RichText:
        """Return the title with subtitle; the *key* in brackets if there is none."""
        title = self.text("title").with_subtitle(self.text("subtitle"))
        if title and title.spans[-1].style == "text":
            *first, last = title.spans
            title = RichText.of(*first, replace(last, text=without_stop(last.text)))
        if title.plain.strip():
            return title
        if not self.is_hidden():
            self.report(WarningKind.BIB_FIELD, "the entry has no title; add it")
        return RichText.from_plain(f"[{key}]")

    def venue(self, date: PartialDate | None, event: DateRange | None) -> Venue:
        """Return journal, event, book, school or institution, whichever the entry names first."""
        acronym = self.decoded("shortjournal")
        badge = self.decoded("eventtitleaddon")
        if acronym and not badge:
            badge = f"{acronym} {date.year}" if date else acronym
        # The ``booktitle`` of a volume is for the papers that name it by ``crossref``.
        book = "" if KIND_OF_TYPE.get(self.raw.type.lower()) == "book" else "booktitle"
        names = ("journal", "eventtitle", book, "school", "institution", "organization")
        return Venue(
            # al-folio's abbreviations of venues end in a comma.
            name=without_stop(self.decoded(*names).rstrip(" ,"), is_name=True),
            badge=badge,
            acronym=acronym or badge,
            url=self.url("venueurl"),
            place=self.decoded("venue"),
            dates=event,
            is_event=bool(self.get("eventtitle")) and not self.get("journal"),
        )
