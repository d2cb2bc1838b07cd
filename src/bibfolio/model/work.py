"""A work as a bibliographic service knows it: neutral, without markup, TeX or any syntax."""

from __future__ import annotations

from dataclasses import dataclass

from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.notices import NOTICES, Update
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
    #: What was published about this work; what this itself is to others.
    updates: tuple[Update, ...] = ()
    updated: tuple[Update, ...] = ()
    abstract: str = ""
    url: str = ""

    @property
    def corrects(self) -> str:
        """Return ``retraction of DOI`` if this is no paper but a notice about one."""
        found = (one for one in self.updated if not one.is_version)
        return next((one.of for one in found), "")

    @property
    def told(self) -> list[str]:
        """Return what is told of a paper: ``has a retraction: DOI``."""
        versions = [f"is the {one.of}" for one in self.updated if one.is_version]
        return [*(f"has {one}" for one in self.updates), *versions]

    @property
    def noticed(self) -> dict[str, tuple[str, ...]]:
        """Return the notices about this work as entries have them: field → DOIs, each once.

        What several call otherwise is of the gravest kind.
        """
        found: dict[str, str] = {}
        for name in NOTICES:
            named = (update.doi for update in self.updates if update.field == name)
            for doi in named:
                found.setdefault(doi.lower(), name)
        dois = {update.doi.lower(): update.doi for update in self.updates}
        kinds = dict.fromkeys(found.values())
        return {kind: tuple(dois[d] for d, k in found.items() if k == kind) for kind in kinds}
