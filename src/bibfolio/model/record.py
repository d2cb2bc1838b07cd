"""A paper in the plain form that every machine-readable output is made from.

Scholar tags, JSON-LD, RIS, CSL-JSON, feeds and social cards differ in names and nesting, not in
facts: each fact gets its final wording here, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bibfolio.model.dates import PartialDate
from bibfolio.model.paper import Author, Paper

ContainerKind = Literal["", "journal", "proceedings", "book", "repository", "institution"]

#: Formats in which every paper can be downloaded: label → suffix and media type.
EXPORT_FORMATS = {
    "BibTeX": ("bib", "application/x-bibtex"),
    "RIS": ("ris", "application/x-research-info-systems"),
    "CSL-JSON": ("json", "application/vnd.citationstyles.csl+json"),
}

_CONTAINERS: dict[str, ContainerKind] = {
    "journal": "journal",
    "conference": "proceedings",
    "chapter": "book",
    "preprint": "repository",
    "thesis": "institution",
    "report": "institution",
}


@dataclass(frozen=True, slots=True)
class Record:
    """Plain text throughout; an empty string or tuple means unknown."""

    key: str
    #: Key into :data:`bibfolio.model.KINDS`.
    kind: str
    title: str
    authors: tuple[Author, ...]
    editors: tuple[Author, ...]
    date: PartialDate | None
    #: What contains the paper: journal, proceedings, book; or who issued it.
    container: str
    container_kind: ContainerKind
    container_short: str
    #: Name, place and dates of the conference.
    event: str
    event_place: str
    event_start: str
    event_end: str
    volume: str
    issue: str
    first_page: str
    last_page: str
    publisher: str
    isbn: str
    issn: str
    doi: str
    arxiv: str
    #: Addresses elsewhere that identify the same work, best first.
    same_as: tuple[str, ...]
    #: The paper's page on this site, as a document name.
    page: str
    #: PDF on this site, relative to its root.
    hosted_pdf: str
    summary: str
    keywords: tuple[str, ...]
    genre: str
    #: ``Preprint``, ``In press`` …; empty for what has been published.
    status: str
    note: str

    @property
    def pages(self) -> str:
        """Return ``406–419`` or a single page."""
        if not self.last_page:
            return self.first_page
        return f"{self.first_page}–{self.last_page}"


def record_of(paper: Paper) -> Record:
    """Return the plain form of *paper*."""
    venue, links = paper.venue, {link.kind: link for link in reversed(paper.links)}
    container_kind = _CONTAINERS.get(paper.kind, "")
    arxiv = paper.eprint.removeprefix("arXiv:") if _is_arxiv(paper) else ""
    first, _, last = paper.pages.partition("–")
    is_event = paper.kind == "conference" and bool(venue.dates or venue.name != paper.booktitle)
    return Record(
        key=paper.key,
        kind=paper.kind,
        title=paper.title.plain,
        authors=() if paper.is_edited else paper.authors,
        editors=paper.authors if paper.is_edited else paper.editors,
        date=paper.date,
        container=_container(paper, container_kind),
        container_kind=container_kind,
        container_short=venue.acronym,
        event=venue.name if is_event else "",
        event_place=venue.place,
        event_start=venue.dates.start.iso if venue.dates else "",
        event_end=venue.dates.end.iso if venue.dates else "",
        volume=paper.volume,
        issue=paper.number,
        first_page=first.strip(),
        last_page=last.strip(),
        publisher=paper.publisher,
        isbn=paper.isbn,
        issn=paper.issn,
        doi=paper.doi,
        arxiv=arxiv,
        same_as=same_as(paper),
        page=paper.page,
        hosted_pdf=links["pdf"].url if "pdf" in links and links["pdf"].is_local else "",
        summary=paper.summary or paper.abstract,
        keywords=paper.topics,
        genre=paper.type_note,
        status=paper.status_label,
        note=paper.note,
    )


def same_as(paper: Paper) -> tuple[str, ...]:
    """Return addresses elsewhere that identify the same work, best first."""
    links = {link.kind: link.url for link in reversed(paper.links)}
    return tuple(links[kind] for kind in ("doi", "page", "arxiv") if kind in links)


def _container(paper: Paper, kind: ContainerKind) -> str:
    if kind in {"proceedings", "book"}:
        return paper.booktitle or paper.venue.name
    if kind == "repository" and not paper.venue.name:
        return "arXiv" if _is_arxiv(paper) else paper.eprint_type
    return paper.venue.name


def _is_arxiv(paper: Paper) -> bool:
    return bool(paper.eprint) and paper.eprint_type in {"", "arxiv"}
