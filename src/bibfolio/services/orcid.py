"""ORCID: lists of works, without authors; Crossref knows the rest by the DOI."""

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
    """Return the path of the works of one person."""
    return f"/v3.0/{orcid}/works"


def works(answer: dict[str, Any]) -> list[Work]:
    """Return the works in an answer: the first version of each group."""
    groups = [group.get("work-summary") or [] for group in answer.get("group") or []]
    return [_work(summaries[0]) for summaries in groups if summaries]


def _work(summary: dict[str, Any]) -> Work:
    name, day = summary.get("title") or {}, summary.get("publication-date") or {}
    day = [(day.get(part) or {}).get("value") for part in ("year", "month", "day")]
    subtitle = (name.get("subtitle") or {}).get("value")
    found = (summary.get("external-ids") or {}).get("external-id") or []
    # "part-of" is the volume; another version is still the same work.
    own = sorted(
        (i for i in found if i.get("external-id-relationship") in {"self", "version-of"}),
        key=lambda i: i["external-id-relationship"] != "self",
    )
    ids = [(i.get("external-id-type"), clean.clean(i.get("external-id-value"))) for i in own]
    dois = list(filter(None, (doi_of(value) for type_, value in ids if type_ == "doi")))
    numbers = [arxiv_of(value) for type_, value in ids if type_ == "arxiv"]
    numbers += [arxiv_of(ARXIV_DOI.sub("", doi)) for doi in dois]
    return Work(
        title=clean.title((name.get("title") or {}).get("value"), subtitle),
        type=_TYPES.get(str(summary.get("type")), "misc"),
        date=clean.date(day),
        container=clean.container((summary.get("journal-title") or {}).get("value")),
        doi=next((doi for doi in dois if not ARXIV_DOI.match(doi)), ""),
        arxiv=next(filter(None, numbers), ""),
        is_preprint=summary.get("type") == "preprint",
    )
