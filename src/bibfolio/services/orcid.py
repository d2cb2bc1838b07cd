"""ORCID: the list of someone's works. It names no authors: the DOI is taken to Crossref."""

from __future__ import annotations

from typing import Any

from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.services.crossref import ARXIV_DOI
from bibfolio.sources.identifiers import arxiv_of, doi_of

_TYPES = {"journal-article": "article", "conference-paper": "inproceedings", "book": "book"}
_TYPES |= {"book-chapter": "incollection", "data-set": "dataset", "software": "software"}
_TYPES |= {"dissertation-thesis": "phdthesis", "report": "techreport"}


def path(orcid: str) -> str:
    """Return where ORCID answers with the works of one person."""
    return f"/v3.0/{orcid}/works"


def works(answer: dict[str, Any]) -> list[Work]:
    """Return the works in an answer: of each group the version that is shown first."""
    groups = [group.get("work-summary") or [] for group in answer.get("group") or []]
    return [_work(summaries[0]) for summaries in groups if summaries]


def _work(one: dict[str, Any]) -> Work:
    name, day = one.get("title") or {}, one.get("publication-date") or {}
    day = [(day.get(part) or {}).get("value") for part in ("year", "month", "day")]
    under = (name.get("subtitle") or {}).get("value")
    found = (one.get("external-ids") or {}).get("external-id") or []
    # "part-of" is the volume; what is another version still names the work.
    known = sorted(
        (i for i in found if i.get("external-id-relationship") in {"self", "version-of"}),
        key=lambda i: i["external-id-relationship"] != "self",
    )
    ids = [(i.get("external-id-type"), clean.clean(i.get("external-id-value"))) for i in known]
    dois = list(filter(None, (doi_of(value) for type_, value in ids if type_ == "doi")))
    numbers = [arxiv_of(value) for type_, value in ids if type_ == "arxiv"]
    numbers += [arxiv_of(ARXIV_DOI.sub("", doi)) for doi in dois]
    return Work(
        title=clean.title((name.get("title") or {}).get("value"), under),
        type=_TYPES.get(str(one.get("type")), "misc"),
        date=clean.date(day),
        container=clean.container((one.get("journal-title") or {}).get("value")),
        doi=next((doi for doi in dois if not ARXIV_DOI.match(doi)), ""),
        arxiv=next(filter(None, numbers), ""),
        is_preprint=one.get("type") == "preprint",
    )
