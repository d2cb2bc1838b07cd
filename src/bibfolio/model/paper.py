"""A publication and its parts: authors, venue, links; and the kinds of publications there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.identifiers import ARCHIVES, Identifier
from bibfolio.model.licenses import License
from bibfolio.model.notices import Notice, gravest
from bibfolio.model.people import Person
from bibfolio.model.scripts import is_east_asian, is_other, language_of
from bibfolio.model.strings import capitalized, is_local
from bibfolio.model.text import NO_TEXT, RichText
from bibfolio.model.words import _, counted, speaking, spoken

#: ``pdf``, ``slides``, ``poster``, ``video``, ``code``, ``page``, or the kind of an identifier.
LinkKind = str
#: Kind of link → the word on its button, in English. What is in this table is a field of its name.
FURTHER_LINKS = {
    "project": "Project",
    "data": "Data",
    "supplement": "Supplement",
    "openreview": "OpenReview",
    "blog": "Blog",
    "talk": "Talk",
    "tutorial": "Tutorial",
    "demo": "Demo",
    "press": "Press",
    "model": "Model",
}
LINKS: dict[LinkKind, str] = {
    "pdf": "PDF",
    "slides": "Slides",
    "poster": "Poster",
    "video": "Video",
    "code": "Code",
    "doi": "DOI",
    **ARCHIVES,
    **FURTHER_LINKS,
    "page": "Publisher",
}
#: Servers that are no publishers → what their pages are called.
HOSTS = {
    "arxiv.org": "arXiv",
    "openreview.net": "OpenReview",
    "aclanthology.org": "ACL Anthology",
    "hal.science": "HAL",
    "biorxiv.org": "bioRxiv",
    "medrxiv.org": "medRxiv",
    "ssrn.com": "SSRN",
    "papers.ssrn.com": "SSRN",
    "ui.adsabs.harvard.edu": "ADS",
    "adsabs.harvard.edu": "ADS",
}

PaperKind = Literal[
    "journal",
    "conference",
    "preprint",
    "book",
    "chapter",
    "review",
    "thesis",
    "report",
    "dataset",
    "software",
    "patent",
    "other",
]


class Kind(NamedTuple):
    """A kind of publications."""

    #: In English: all tables here hold messages, which are translated where they are shown.
    heading: str
    #: What stands before the number of a paper where each kind is counted.
    letter: str


#: Kinds of publications in the order in which a list grouped by type shows them.
KINDS: dict[PaperKind, Kind] = {
    "journal": Kind("Journal articles", "J"),
    "conference": Kind("Conference papers", "C"),
    "preprint": Kind("Preprints", "P"),
    "book": Kind("Books", "B"),
    "chapter": Kind("Book chapters", "H"),
    "review": Kind("Reviews", "V"),
    "thesis": Kind("Theses", "T"),
    "report": Kind("Technical reports", "R"),
    "dataset": Kind("Datasets", "D"),
    "software": Kind("Software", "S"),
    "patent": Kind("Patents", "N"),
    "other": Kind("Other publications", "O"),
}
#: Whether papers are numbered, and if so, all together or each kind with its letter.
Numbering = Literal[False, True, "kind"]

#: Entry type of BibTeX or biblatex → key into :data:`KINDS`; every other type is "other".
KIND_OF_TYPE: dict[str, PaperKind] = {
    **dict.fromkeys(("article", "suppperiodical", "periodical"), "journal"),
    **dict.fromkeys(("inproceedings", "conference"), "conference"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "booklet"), "book"),
    **dict.fromkeys(("proceedings", "mvproceedings", "reference", "mvreference"), "book"),
    "commentary": "book",
    "review": "review",
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection"), "chapter"),
    **dict.fromkeys(("suppcollection", "inreference"), "chapter"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("report", "techreport", "manual"), "report"),
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
}

#: Kinds of what stands in a journal.
JOURNAL_KINDS = frozenset({"journal", "review"})
#: Kinds of what can be a preprint; a thesis or a dataset with an e-print stays one.
_CAN_BE_PREPRINT = {*JOURNAL_KINDS, "conference", "report", "other"}

#: biblatex's keys for ``pubstate`` (manual, §4.9.2.11) → what the site says; empty: published.
STATES = {
    "": "",
    "published": "",
    "prepublished": "Preprint",
    "submitted": "Submitted",
    "forthcoming": "Forthcoming",
    "inpress": "In press",
}

#: What reviewers found of the artifacts of a paper, by the badges of ACM and others, in this order.
ARTIFACTS = {
    "available": "available",
    "functional": "functional",
    "reusable": "reusable",
    "reproduced": "reproduced",
    "replicated": "replicated",
}

#: Parts the owner can have in a paper, in the order of a list grouped by role.
ROLES = ("First author", "Equal contribution", "Corresponding author")

#: Folder of the papers' pages and of all that lies beside them, in the sources and on the site.
PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign behind an author's name and what the legend says of it; "" is not in the legend."""

    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Author:
    """One contributor; who has only one name has it as the family name."""

    family: str
    given: str = ""
    #: ``von``, ``de la`` … (BibTeX's *von* part).
    prefix: str = ""
    #: ``Jr.``, ``III`` … (BibTeX's *Jr* part).
    suffix: str = ""
    marks: tuple[Mark, ...] = ()
    is_owner: bool = False
    #: Whether the name is that of a body of people: one in braces, as BibTeX wants it.
    is_organization: bool = False
    #: Who it is, if the owner has said.
    person: Person | None = None

    @property
    def name(self) -> str:
        """Return the full name in the order its script uses: ``Jane Doe``, but ``李明``."""
        parts = [part for part in (self.given, self.prefix, self.family, self.suffix) if part]
        if parts and all(is_east_asian(part) for part in parts):
            return self.family + self.given
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a paper appeared."""

    #: Full name of the journal, event, book, school or institution.
    name: str = ""
    #: What people say: ``NSDI 2024``; empty if the entry gives no short form.
    badge: str = ""
    #: The abbreviation alone, for parentheses: ``TPDS``.
    acronym: str = ""
    url: str = ""
    place: str = ""
    dates: DateRange | None = None
    #: Whether ``name`` is for certain that of an event.
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An action on a paper. ``url`` is absolute http(s), or relative to the site's root."""

    kind: LinkKind
    url: str
    #: What the owner calls it, for a link of no kind that is known.
    name: str = ""

    @property
    def label(self) -> str:
        """Return the word on the button."""
        if self.name:
            return self.name
        host = re.sub(r"^https?://(?:www\.)?|/.*", "", self.url)
        if self.kind == "page" and host in HOSTS:
            return HOSTS[host]
        return _(LINKS[self.kind])

    @property
    def is_local(self) -> bool:
        """Return whether this site serves the target itself."""
        return is_local(self.url)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of what a paper is about."""

    #: The file, from the root of the sources; what is seen there; what is printed below. Of the
    #: last two, either may be empty.
    path: str
    alt: str
    caption: str
    #: What stands in a page; empty for an image, of which the digest tells the content.
    svg: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a paper achieves: ``up to``, ``2.5×``, ``sooner``; without a number, words alone."""

    before: str
    number: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a paper and its :class:`~bibfolio.model.record.Record` say in the same words."""

    short_title: str = ""
    #: Who wrote the volume that a chapter of somebody else is in.
    bookauthors: tuple[Author, ...] = ()
    translators: tuple[Author, ...] = ()
    #: Who owns a patent.
    holders: tuple[Author, ...] = ()
    date: PartialDate | None = None
    #: The end of a range of dates that begins with ``date``.
    date_end: PartialDate | None = None
    #: The series of a book or of reports, in which ``number`` (or else ``volume``) counts.
    series: str = ""
    volume: str = ""
    #: How many volumes, and how many pages, there are.
    volumes: str = ""
    pagetotal: str = ""
    chapter: str = ""
    #: The number of an article in a journal that has no pages.
    eid: str = ""
    edition: str = ""
    version: str = ""
    #: Where the publisher or institution is.
    address: str = ""
    #: Code of the language (BCP 47), or its name where that is not known.
    language: str = ""
    #: In the order of :data:`~bibfolio.model.identifiers.SCHEMES`, one of each kind.
    identifiers: tuple[Identifier, ...] = ()
    #: The kind of the one that the entry names as its e-print; empty without one.
    eprint_type: str = ""
    #: The address that the entry names, and when it was visited.
    url: str = ""
    accessed: PartialDate | None = None
    note: str = ""
    license: License | None = None
    #: What was published about it later, the gravest first.
    notices: tuple[Notice, ...] = ()

    def identifier(self, kind: str) -> Identifier | None:
        """Return the identifier of this *kind*, if there is one."""
        return next((one for one in self.identifiers if one.kind == kind), None)

    @property
    def eprint(self) -> Identifier | None:
        """Return the number of the e-print in the archive that the entry names."""
        return self.identifier(self.eprint_type)

    @property
    def archive(self) -> str:
        """Return the name of the archive that holds the e-print; an empty string without one."""
        return self.eprint.scheme.name if self.eprint else ""

    def value_of(self, kind: str) -> str:
        """Return the bare identifier of this *kind*; an empty string without one."""
        found = self.identifier(kind)
        return found.value if found else ""


@dataclass(frozen=True, slots=True)
class Paper(Facts):
    """One entry of the bibliography, decoded, checked and without BibTeX syntax."""

    key: str
    #: The key as addresses and file names spell it: mostly the key itself.
    slug: str
    #: Entry type as written, lower case: ``inproceedings``, ``thesis`` …
    type: str
    title: RichText
    authors: tuple[Author, ...] = ()
    #: Whether the list of authors ends in "and others".
    et_al: bool = False
    #: Whether ``authors`` are the editors instead: the entry names no author.
    is_edited: bool = False
    #: Who put together the volume that a paper of other authors is in.
    editors: tuple[Author, ...] = ()
    #: Whether the list of ``editors`` ends in "and others".
    more_editors: bool = False
    #: biblatex ``pubstate``, a key of :data:`STATES` or free text; empty means published.
    status: str = ""
    venue: Venue = Venue()
    #: Title of the volume that contains the paper (proceedings, book).
    booktitle: str = ""
    number: str = ""
    #: Pages with an en dash in ranges: ``406–419``; a hyphen belongs to a single page: ``S-3``.
    pages: str = ""
    publisher: str = ""
    #: School, institution or organization: who issued what has no publisher.
    organization: str = ""
    #: The name of the language as it is written, if it may be printed: ``German``.
    language_note: str = ""
    #: The paper as its entry says it, if this one is said in another language, by ``title-zh``.
    original: Paper | None = None
    eprint_class: str = ""
    #: What kind of thesis or report: ``PhD thesis``.
    type_note: str = ""
    award: str = ""
    #: Keys of :data:`ARTIFACTS`.
    artifacts: tuple[str, ...] = ()
    #: Numbers of grants, as the entry has them.
    grants: tuple[str, ...] = ()
    #: One plain sentence that says what the paper does.
    gist: str = ""
    #: What it achieves, at most two.
    results: tuple[Result, ...] = ()
    figure: Figure | None = None
    #: Summary in plain language (biblatex ``annotation``).
    summary: str = ""
    abstract: RichText = NO_TEXT
    keywords: tuple[str, ...] = ()
    #: Those that are topics of the site, by the names that these have (``model.topics``).
    topics: tuple[str, ...] = ()
    selected: bool = False
    links: tuple[Link, ...] = ()
    #: The entry as others may copy it: without the site's own fields (``sources.bibtex_export``).
    bibtex: str = ""
    #: Line of the entry in its file; not part of what the paper *is*.
    line: int = field(default=0, compare=False, repr=False)

    @property
    def kind(self) -> PaperKind:
        """Return the key into :data:`KINDS`."""
        if self.is_preprint:
            return "preprint"
        return KIND_OF_TYPE.get(self.type, "other")

    @property
    def page(self) -> str:
        """Return the document name of the paper's page; a preprint keeps it when published."""
        return f"{PAPERS}/{self.slug}"

    @property
    def name(self) -> str:
        """Return what people call the paper: its short title, or else its title."""
        return self.short_title or self.title.plain

    @property
    def flag(self) -> str:
        """Return what is said of the paper wherever it is listed: ``Retracted``; or nothing."""
        return _(gravest(self.notices))

    @property
    def distinctions(self) -> list[str]:
        """Return the award, and what reviewers found of the artifacts."""
        words = name_comma().join(_(ARTIFACTS[name]) for name in self.artifacts)
        found = _("Artifact: {words}", words=words) if words else ""
        return [*filter(None, (self.award, found))]

    @property
    def free_at(self) -> list[Link]:
        """Return where anyone can read the paper: a PDF of this site, and open archives."""
        own = [link for link in self.links if link.kind == "pdf" and link.is_local]
        open_ = (one for one in self.identifiers if one.scheme.is_open and one.url)
        return own[:1] + [Link(one.kind, one.url) for one in open_]

    @property
    def is_preprint(self) -> bool:
        """Return whether the paper says ``prepublished``, or has an e-print and no venue at all."""
        is_eprint = self.eprint and not self.eprint.scheme.is_of_published
        can_be = KIND_OF_TYPE.get(self.type, "other") in _CAN_BE_PREPRINT
        is_alone = bool(is_eprint) and can_be and not self.venue.name
        return self.status == "prepublished" or is_alone

    @property
    def roles(self) -> tuple[str, ...]:
        """Return those of :data:`ROLES` that the owner has."""
        owner = next((author for author in self.authors if author.is_owner), None)
        if owner is None:
            return ()
        meanings = {mark.meaning for mark in owner.marks}
        is_alone = len(self.authors) == 1 and not self.et_al
        if owner is self.authors[0] and not self.is_edited and not is_alone:
            meanings.add("First author")
        return tuple(role for role in ROLES if role in meanings)

    @property
    def year(self) -> str:
        """Return the year of publication, or an empty string."""
        return str(self.date.year) if self.date else ""

    @property
    def badge(self) -> str:
        """Return the short label that says at a glance where this appeared."""
        return self.venue.badge or _(self.status_label)

    @property
    def status_label(self) -> str:
        """Return ``Preprint``, ``In press`` …, in English; an empty string if it is published."""
        words = STATES.get(self.status, capitalized(self.status))
        return words or ("Preprint" if self.is_preprint else "")

    @property
    def locator(self) -> str:
        """Return where in its volume the paper is: the pages, or else the number of the article."""
        return self.pages or self.eid

    @property
    def legend(self) -> str:
        """Return what every mark on this paper's people means, once, in order of appearance."""
        people = (*self.authors, *self.editors)
        marks = dict.fromkeys(mark for person in people for mark in person.marks if mark.meaning)
        # Other meanings are the owner's words.
        meanings = (_(mark.meaning) if mark.meaning in ROLES else mark.meaning for mark in marks)
        return "; ".join(f"{mark.sign} {text}" for mark, text in zip(marks, meanings, strict=True))

    @property
    def language_code(self) -> str:
        """Return the code of the language that the entry names; empty if the title is another."""
        is_code = re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8})*", self.language)
        return self.language if is_code and not self.is_translated else ""

    @property
    def is_translated(self) -> bool:
        """Return whether the title is another than the paper has in its own language."""
        return self.original is not None and self.original.title != self.title

    def language_on(self, page: str) -> str:
        """Return the language of the entry, in a list on a *page* in this language.

        It is the one that the entry names; else the page's, or that of the script of the title, if
        the page's is not written in it.
        """
        return self.language_code or language_of(self.title.plain, page)

    def other_language(self, page: str) -> str:
        """Return the language of the title if it is another than the one of a *page*."""
        language = language_of(self.title.plain, self.language_code, page)
        return language if is_other(language, page) else ""

    @property
    def joining(self) -> str:
        """The language that joins the parts of a reference, if it is another than the page's."""
        page = spoken().tag
        language = self.language_on(page)
        return language if is_other(language, page) else ""

    def speaking(self) -> AbstractContextManager[None]:
        """Speak the language of the entry meanwhile: it joins the parts of a reference."""
        return speaking(self.joining)

    @property
    def author_names(self) -> str:
        """Return all authors in one line of plain text, without marks."""
        return self.join_authors(author.name for author in self.authors)

    @property
    def part(self) -> str:
        """Return what stands behind the names if they are not those of authors."""
        if not self.is_edited:
            return ""
        with self.speaking():
            return editors_word(len(self.authors) + self.et_al)

    @property
    def others(self) -> str:
        """Return ``et al.`` if the list of authors ends so."""
        with self.speaking():
            return _("et al.") if self.et_al else ""

    @property
    def comma(self) -> str:
        """Return what stands between two names."""
        with self.speaking():
            return name_comma()

    def join_authors(self, names: Iterable[str]) -> str:
        """Join *names* into a line that says if there are others, or if they are editors."""
        return self.comma.join(filter(None, [*names, self.others, self.part]))


def name_comma() -> str:
    """Return what stands between names, and between the parts of a reference."""
    # Translators: the comma between names, with the space that belongs to it.
    return _("{names}, {name}", names="", name="")


def editors_word(count: int) -> str:
    """Return what stands behind the names of *count* editors."""
    return counted("editor", "editors", count)


def publication_order(papers: Iterable[Paper]) -> list[Paper]:
    """Sort *papers* by year, newest first; within a year they keep the order of the file.

    Months are not compared: half of a typical bibliography has none, and a list that sorts some
    papers by month and some by chance has no order at all. Undated papers come last.
    """
    return sorted(papers, key=lambda paper: -paper.date.year if paper.date else 1)


def papers_by_person(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    """Return the name of each person whom the owner knows → their *papers*, in order."""
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        for name in {author.person.name for author in paper.authors if author.person}:
            found.setdefault(name, []).append(paper)
    return found


def by_kind(
    papers: Sequence[Paper], first: Iterable[PaperKind] = ()
) -> list[tuple[str, list[Paper]]]:
    """Return a heading for each kind of paper that there is, with its papers.

    The *first* kinds lead; the others follow.
    """
    order = dict.fromkeys([*first, *KINDS])
    groups = [(KINDS[kind].heading, [p for p in papers if p.kind == kind]) for kind in order]
    return [group for group in groups if group[1]]


def numbers(papers: Iterable[Paper], numbering: Numbering | None) -> dict[str, str]:
    """Return key → number of *papers*, which count down to 1 in the order that is given.

    A paper that stands there twice has one number.
    """
    shown = {paper.key: paper for paper in papers} if numbering else {}
    by_kind = numbering == "kind"
    letters = {key: KINDS[p.kind].letter if by_kind else "" for key, p in shown.items()}
    left, found = Counter(letters.values()), {}
    for key, letter in letters.items():
        found[key] = f"{letter}{left[letter]}"
        left[letter] -= 1
    return found
