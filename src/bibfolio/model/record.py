"""A paper in the plain form that every machine-readable output is made from.

Scholar tags, JSON-LD, RIS, CSL-JSON, feeds and social cards differ in names and nesting, not in
facts: each fact gets its final wording here, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from itertools import filterfalse
from typing import Literal

from bibfolio.model.dates import DateRange
from bibfolio.model.identifiers import ARCHIVES
from bibfolio.model.paper import (
    JOURNAL_KINDS,
    KIND_OF_TYPE,
    Author,
    Facts,
    Paper,
    PaperKind,
)
from bibfolio.model.strings import is_local
from bibfolio.model.topics import is_mark
from bibfolio.model.wording import flagged, titled

ContainerKind = Literal["", "journal", "proceedings", "book", "repository", "institution"]

#: Formats in which every paper can be downloaded: label → suffix and media type.
EXPORT_FORMATS = {
    "BibTeX": ("bib", "application/x-bibtex"),
    "RIS": ("ris", "application/x-research-info-systems"),
    "CSL-JSON": ("json", "application/vnd.citationstyles.csl+json"),
}

#: Feeds of papers → media type; and the feed of news.
FEEDS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
NEWS_FEED = "news.atom"

_CONTAINERS: dict[PaperKind, ContainerKind] = {
    "journal": "journal",
    "review": "journal",
    "conference": "proceedings",
    "chapter": "book",
    "preprint": "repository",
    "thesis": "institution",
    "report": "institution",
}
#: What ``number`` counts in an entry of each kind (biblatex manual, §2.2.2); elsewhere, itself.
_COUNTED = dict.fromkeys((*JOURNAL_KINDS, "conference"), "issue")
_COUNTED |= dict.fromkeys(("book", "chapter"), "series")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Facts):
    """Plain text throughout; an empty string or tuple means unknown."""

    key: str
    #: Entry type as written, lower case.
    type: str
    #: Key into :data:`bibfolio.model.KINDS`.
    kind: str
    title: str
    #: The title as lists have it, behind the word of a notice.
    flagged: str
    authors: tuple[Author, ...]
    #: Whether there are more authors, or editors, than those.
    et_al: bool
    editors: tuple[Author, ...]
    more_editors: bool
    #: What contains the paper: journal, proceedings, book; or who issued it.
    container: str
    container_kind: ContainerKind
    container_short: str
    #: Name, place and dates of the conference.
    event: str
    event_place: str
    event_dates: DateRange | None
    #: ``number`` counts one of the three: in a series, in a journal, or reports and patents.
    series_number: str
    issue: str
    number: str
    #: ``406–419``, ``1–5, 9–12`` or a single page; the number of the article where there is none.
    pages: str
    publisher: str
    #: Repository of the paper's code, and where its data are, which may be on this site.
    code: str
    data: str
    #: Addresses elsewhere that identify the same work, best first.
    same_as: tuple[str, ...]
    #: The paper's page on this site, as a document name.
    page: str
    #: PDF on this site, relative to its root.
    hosted_pdf: str
    #: Whether it is known that everybody can read it.
    is_free: bool
    #: Of the entry, or else its summary in plain language; a gist is none.
    abstract: str
    #: What a feed says of the paper; never empty.
    summary: str
    keywords: tuple[str, ...]
    genre: str
    #: ``Preprint``, ``In press`` …; empty for what has been published.
    status: str

    @property
    def first_page(self) -> str:
        """Return where the paper begins, or the number of the article."""
        return self._ends[0]

    @property
    def last_page(self) -> str:
        """Return 12 of ``1–5, 9–12``; an empty string for a single page."""
        return self._ends[-1] if len(self._ends) > 1 else ""

    @property
    def _ends(self) -> list[str]:
        return [page for page in re.split(r"\s*[–,;&]\s*", self.pages) if page] or [""]


def record_of(paper: Paper) -> Record:
    """Return the plain form of *paper*."""
    venue, links = paper.venue, {link.kind: link for link in reversed(paper.links)}
    container_kind = _CONTAINERS.get(paper.kind, "")
    type_kind = KIND_OF_TYPE.get(paper.type, "other")
    counted = _COUNTED.get(type_kind, "number")
    if type_kind == "conference" and paper.series:
        counted = "series"
    is_event = venue.is_event or (
        paper.kind == "conference"
        and (bool(venue.dates) or venue.name not in {"", paper.booktitle, paper.organization})
    )
    code, data, pdf = map(links.get, ("code", "data", "pdf"))
    return Record(
        **{fact.name: getattr(paper, fact.name) for fact in fields(Facts)},
        key=paper.key,
        type=paper.type,
        kind=paper.kind,
        title=paper.title.plain,
        flagged=flagged(paper),
        authors=() if paper.is_edited else paper.authors,
        et_al=paper.et_al and not paper.is_edited,
        editors=paper.authors if paper.is_edited else paper.editors,
        more_editors=paper.et_al if paper.is_edited else paper.more_editors,
        container=_container(paper, container_kind),
        container_kind=container_kind,
        container_short=venue.acronym,
        event=venue.name if is_event else "",
        event_place=venue.place,
        event_dates=venue.dates,
        series_number=paper.number if counted == "series" else "",
        issue=paper.number if counted == "issue" else "",
        number=paper.number if counted == "number" else "",
        pages=paper.locator,
        publisher=paper.publisher or ("" if container_kind else paper.organization),
        code=code.url if code and not code.is_local else "",
        data=data.url if data and paper.kind != "dataset" else "",
        same_as=same_as(paper),
        page=paper.page,
        hosted_pdf=pdf.url if pdf and pdf.is_local else "",
        is_free=bool(paper.free_at or paper.license),
        abstract=paper.abstract.plain or paper.summary,
        summary=paper.summary or paper.abstract.plain or paper.gist or titled(paper),
        keywords=tuple(filterfalse(is_mark, paper.keywords)),
        genre=paper.type_note,
        status=paper.status_label,
    )


def same_as(paper: Paper) -> tuple[str, ...]:
    """Return addresses elsewhere that identify the same work, best first."""
    links: dict[str, str] = {link.kind: link.url for link in reversed(paper.links)}
    # Of a paper, code and data are other works.
    own = {"software": "code", "dataset": "data"}.get(paper.kind, "")
    kinds = ["doi", "page", *ARCHIVES, own]
    return tuple(links[kind] for kind in kinds if kind in links and not is_local(links[kind]))


def _container(paper: Paper, kind: ContainerKind) -> str:
    if kind in {"proceedings", "book"}:
        return paper.booktitle or paper.venue.name
    if kind == "repository" and not paper.venue.name:
        return paper.archive
    # What is no paper is part of neither an event nor the organization that put it on the web.
    is_part = kind or not (paper.venue.is_event or paper.venue.name == paper.organization)
    return paper.venue.name if is_part else ""
