"""A publication and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bibfolio.model.author import Author, Mark
from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.kinds import KIND_OF_TYPE, KINDS
from bibfolio.model.text import RichText

LinkKind = Literal["pdf", "slides", "poster", "video", "code", "doi", "arxiv", "page"]

#: biblatex's ``pubstate`` (manual, §4.9.2.11) → what the site says; empty: published.
STATES = {
    "": "",
    "published": "",
    "prepublished": "Preprint",
    "submitted": "Submitted",
    "forthcoming": "Forthcoming",
    "inpress": "In press",
}

#: Parts the owner can have in a paper, in the order of a list grouped by role.
ROLES = ("First author", "Equal contribution", "Corresponding author")

#: Folder of the papers' pages and of all that lies beside them, in the sources and on the site.
PAPERS = "papers"


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


@dataclass(frozen=True, slots=True)
class Link:
    """An action on a paper. ``url`` is absolute http(s), or relative to the site's root."""

    kind: LinkKind
    url: str

    @property
    def label(self) -> str:
        """The word on the button."""
        words = {"pdf": "PDF", "doi": "DOI", "arxiv": "arXiv", "page": "Publisher"}
        return words.get(self.kind, self.kind.title())

    @property
    def is_local(self) -> bool:
        """Whether this site serves the target itself."""
        return not self.url.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of the bibliography, decoded, checked and without BibTeX syntax."""

    key: str
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
    short_title: str = ""
    date: PartialDate | None = None
    #: biblatex ``pubstate``; empty means published.
    status: str = ""
    venue: Venue = Venue()
    #: Title of the volume that contains the paper (proceedings, book).
    booktitle: str = ""
    volume: str = ""
    number: str = ""
    #: Page range with an en dash: ``406–419``.
    pages: str = ""
    publisher: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    eprint: str = ""
    eprint_type: str = ""
    eprint_class: str = ""
    #: Landing page of the publisher.
    url: str = ""
    #: What kind of thesis or report: ``PhD thesis``.
    type_note: str = ""
    note: str = ""
    award: str = ""
    #: Summary in plain language (biblatex ``annotation``).
    summary: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    selected: bool = False
    links: tuple[Link, ...] = ()
    #: The entry as others may copy it: without the site's own fields (see ``sources.bibtex``).
    bibtex: str = ""
    #: Line of the entry in its file; not part of what the paper *is*.
    line: int = field(default=0, compare=False, repr=False)

    @property
    def in_lists(self) -> Paper:
        """The paper without what no list or citation shows: if this is the same, so are they."""
        return replace(self, isbn="", issn="", summary="", abstract="", bibtex="")

    @property
    def kind(self) -> str:
        """Key into :data:`KINDS`."""
        if self.is_preprint:
            return "preprint"
        return KIND_OF_TYPE.get(self.type, "other")

    @property
    def page(self) -> str:
        """Name of the paper's page; it stays when a preprint becomes a published paper."""
        return f"{PAPERS}/{self.key}"

    @property
    def name(self) -> str:
        """The short title, if people have one for it."""
        return self.short_title or self.title.plain

    @property
    def is_preprint(self) -> bool:
        """Says ``pubstate = {prepublished}``, or has an e-print and no venue at all."""
        return self.status == "prepublished" or bool(self.eprint and not self.venue.name)

    @property
    def roles(self) -> tuple[str, ...]:
        """Which of :data:`ROLES` the owner has."""
        owner = next((author for author in self.authors if author.is_owner), None)
        if owner is None:
            return ()
        meanings = {mark.meaning for mark in owner.marks}
        if owner is self.authors[0] and not self.is_edited:
            meanings.add("First author")
        return tuple(role for role in ROLES if role in meanings)

    @property
    def year(self) -> str:
        """Year of publication; empty if unknown."""
        return str(self.date.year) if self.date else ""

    @property
    def badge(self) -> str:
        """The short label that says at a glance where this appeared."""
        return self.venue.badge or self.status_label

    @property
    def status_label(self) -> str:
        """``Preprint``, ``In press`` …; empty for what has been published."""
        return STATES.get(self.status, "") or ("Preprint" if self.is_preprint else "")

    @property
    def legend(self) -> tuple[Mark, ...]:
        """Every mark used on this paper's authors, once, in order of appearance."""
        return tuple(dict.fromkeys(mark for author in self.authors for mark in author.marks))

    @property
    def author_names(self) -> str:
        """All authors in one line of plain text."""
        names = [author.name for author in self.authors]
        return f"{', '.join([*names, 'et al.'] if self.et_al else names)} {self.part}".rstrip()

    @property
    def part(self) -> str:
        """What stands behind the names if they are not those of authors."""
        words = "(ed.)" if len(self.authors) == 1 and not self.et_al else "(eds.)"
        return words if self.is_edited else ""


def publication_order(papers: Iterable[Paper]) -> list[Paper]:
    """Newest year first; within a year the order of the file, which the owner decides.

    Months are not compared: half of a typical bibliography has none, and a list that sorts some
    papers by month and some by chance has no order at all. Undated papers come last.
    """
    return sorted(papers, key=lambda paper: -paper.date.year if paper.date else 1)


def by_kind(papers: Sequence[Paper]) -> list[tuple[str, list[Paper]]]:
    """Heading and papers of each kind that occurs, in the order of :data:`KINDS`."""
    groups = [(label, [p for p in papers if p.kind == kind]) for kind, label in KINDS.items()]
    return [group for group in groups if group[1]]
