"""A work as a bibliographic service knows it: neutral, without markup, TeX or any syntax."""

from __future__ import annotations

from dataclasses import dataclass

from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.paper import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one service says of one work; what is not known is empty."""

    title: str
    authors: tuple[Author, ...] = ()
    #: The ORCID iD of each author, in their order; empty where it is not known.
    orcids: tuple[str, ...] = ()
    editors: tuple[Author, ...] = ()
    #: Entry type of BibTeX.
    type: str = "misc"
    date: PartialDate | None = None
    #: Journal, proceedings or book.
    container: str = ""
    #: In which the book or the proceedings appeared: ``Lecture Notes in Computer Science``.
    series: str = ""
    event: str = ""
    #: What people call it: ``NSDI 2024``.
    event_name: str = ""
    event_dates: DateRange | None = None
    place: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    #: Number of an article that has no pages.
    eid: str = ""
    publisher: str = ""
    #: School or institution, of theses and reports; the server, of preprints elsewhere than arXiv.
    institution: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    arxiv: str = ""
    arxiv_class: str = ""
    is_preprint: bool = False
    #: DOI of the paper that this preprint has become; of the preprint that this paper has been.
    published_doi: str = ""
    preprint_doi: str = ""
    #: Where it appeared, as authors tell arXiv, in their own words.
    journal_ref: str = ""
    #: ``retraction: DOI``, of each notice about this work.
    updates: tuple[str, ...] = ()
    #: ``retraction of DOI``, if this itself is the notice.
    corrects: str = ""
    abstract: str = ""
    url: str = ""
