"""ORCID: lists of works, without authors, of which Crossref knows the rest; and who somebody is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bibfolio.model.dates import PartialDate
from bibfolio.model.strings import without_empty
from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.services.crossref import ARXIV_DOI
from bibfolio.sources.identifiers import arxiv_of, doi_of
from bibfolio.sources.profile_toml import order_error, value_error, year_error

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


# -- the person ------------------------------------------------------------------------------------


class Person(NamedTuple):
    """Who somebody is, as a public record says."""

    #: Keys of ``profile.toml`` and their values.
    profile: dict[str, Any]
    #: What is not taken, and why: a line for each.
    left: list[str]


def record_path(orcid: str) -> str:
    """Return the path of the public record of one person."""
    return f"/v3.0/{orcid}/record"


def person(record: Mapping[str, Any]) -> Person:
    """Return name, affiliation, position, education and positions in a record."""
    left: list[str] = []
    jobs = [*_affiliations(record, "employment")]
    # What has no end goes on; of several, the one that began last.
    present = [job for job in jobs if "end" not in job and job.get("institution")]
    now = max(present, key=lambda job: job.get("start", ""), default={})
    positions = [_renamed(job, role="role", institution="organization") for job in jobs]
    education = [_renamed(one, role="degree") for one in _affiliations(record, "education")]
    found = {
        "name": _name(record),
        "position": now.get("role"),
        "affiliation": without_empty({key: now.get(key) for key in ("institution", "department")}),
        "education": [one for one in education if _is_complete(one, left, "degree", "institution")],
        "positions": [
            {key: value for key, value in one.items() if key != "department"}
            for one in positions
            if _is_complete(one, left, "role", "organization", "start")
        ],
    }
    return Person(without_empty(found), left)


def _name(record: Mapping[str, Any]) -> str:
    """Return the name under which the person publishes, or else the given and the family name."""
    parts = (record.get("person") or {}).get("name") or {}
    credit, given, family = (
        _text((parts.get(key) or {}).get("value"))
        for key in ("credit-name", "given-names", "family-name")
    )
    return credit or f"{given} {family}".strip()


def _affiliations(record: Mapping[str, Any], kind: str) -> Iterator[dict[str, str]]:
    """Yield the affiliations of a *kind*: of those that mean the same, the person's choice."""
    groups = ((record.get("activities-summary") or {}).get(f"{kind}s") or {}).get(
        "affiliation-group"
    )
    for group in groups or []:
        summaries = group.get("summaries") or [{}]
        one = summaries[0].get(f"{kind}-summary") or {}
        yield without_empty(
            {
                "role": _text(one.get("role-title")),
                "institution": _text((one.get("organization") or {}).get("name")),
                "department": _text(one.get("department-name")),
                "start": _day(one.get("start-date")),
                "end": _day(one.get("end-date")),
            }
        )


def _text(value: object) -> str:
    """Return a text that the profile can hold; "" for any other."""
    text = clean.clean(value)
    return "" if value_error("", text) else text


def _day(value: Mapping[str, Any] | None) -> str:
    parts = ((value or {}).get(part) or {} for part in ("year", "month", "day"))
    date = clean.date(part.get("value") for part in parts)
    return date.iso if date and not year_error(date.year) else ""


def _renamed(one: Mapping[str, str], **names: str) -> dict[str, str]:
    return {names.get(key, key): value for key, value in one.items()}


def _is_complete(one: Mapping[str, str], left: list[str], *needed: str) -> bool:
    """Return whether the profile can have an item; say why not in *left*."""
    missing = [key for key in needed if key not in one]
    start, end = (PartialDate.parse(one[key]) if key in one else None for key in ("start", "end"))
    why = f"has no {' and no '.join(missing)}" if missing else order_error(start, end)
    if why:
        left.append(f"{', '.join(one.values()) or 'an item without a word'}: {why}")
    return not why
