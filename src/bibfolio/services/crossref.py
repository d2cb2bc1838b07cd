"""Crossref: journals, proceedings, books, and most servers of preprints."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from bibfolio.model import Author, PartialDate
from bibfolio.model.notices import Update
from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.sources.identifiers import arxiv_of, doi_of

#: Crossref's type of a work → entry type.
TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    **dict.fromkeys(("book-chapter", "book-part", "book-section", "book-track"), "incollection"),
    "reference-entry": "inreference",
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
    "proceedings": "proceedings",
    **dict.fromkeys(("report", "report-component", "standard"), "techreport"),
    "dissertation": "phdthesis",
    **dict.fromkeys(("dataset", "database"), "dataset"),
    "software": "software",
}
#: A DOI of arXiv (from DataCite) ends in the arXiv number.
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
#: Dates of a work, the best one first: of the print, or of the first appearance.
_DATES = "published-print issued published published-online posted approved".split()


def path(doi: str) -> str:
    """Return the path of one work."""
    return f"/works/{quote(doi, safe='')}"


def work(answer: dict[str, Any]) -> Work:
    """Return the work in the ``message`` of an answer."""
    type_, people = TYPES.get(answer.get("type", ""), "misc"), _people(answer.get("author"))
    is_preprint = answer.get("type") == "posted-content"
    is_preprint &= answer.get("subtype", "preprint") == "preprint"
    if type_ == "phdthesis" and "master" in clean.clean(_first(answer.get("degree"))).lower():
        type_ = "mastersthesis"
    before, is_article = _related(answer, "has-preprint"), type_ == "article"
    name = clean.publisher(answer.get("publisher"))
    school = clean.clean((_first(answer.get("institution")) or {}).get("name"))
    when = next(filter(None, (_day(answer.get(name)) for name in _DATES)), None)
    updates, updated = _updates(answer)
    return Work(
        title=clean.title(_first(answer.get("title")), _first(answer.get("subtitle"))),
        authors=tuple(author for author, _orcid in people),
        orcids=tuple(orcid for _author, orcid in people),
        editors=tuple(editor for editor, _orcid in _people(answer.get("editor"))),
        type=type_,
        date=when,
        **_containers(answer.get("container-title"), type_),
        **_event(answer.get("event") or {}, when),
        volume=clean.number(answer.get("volume")),
        number=clean.number(answer.get("issue")),
        pages=clean.number(answer.get("page")),
        eid=clean.number(answer.get("article-number")) * (not answer.get("page")),
        publisher=name,
        institution=school or name,
        isbn=_last_word(_first(answer.get("ISBN"))) * (not is_article),
        issn=_last_word(_first(answer.get("ISSN"))) * is_article,
        doi=doi_of(clean.clean(answer.get("DOI"))),
        arxiv=arxiv_of(ARXIV_DOI.sub("", before)),
        is_preprint=is_preprint,
        published_doi=_related(answer, "is-preprint-of"),
        preprint_doi=before,
        updates=updates,
        updated=updated,
        abstract=re.sub(r"^Abstract\W*\s", "", clean.clean(answer.get("abstract"))),
    )


def _updates(answer: dict[str, Any]) -> tuple[tuple[Update, ...], tuple[Update, ...]]:
    """Return the notices about the work, and those that it is about other works.

    Publisher and Retraction Watch may both name one. With some publishers a paper and its
    retraction have one DOI, so that it is a notice about itself.
    """
    doi = clean.clean(answer.get("DOI")).lower()
    about, of = (
        [
            Update(re.sub(r"\W", "_", clean.clean(one.get("type")).lower()), _doi(one.get("DOI")))
            for one in answer.get(way) or []
        ]
        for way in ("updated-by", "update-to")
    )
    about += [update for update in of if update.doi.lower() == doi]
    by_doi = {(update.type, update.doi.lower()): update for update in about}
    return tuple(by_doi.values()), tuple(update for update in of if update.doi.lower() != doi)


def _doi(value: object) -> str:
    return doi_of(clean.clean(value))


def _first(value: Any) -> Any:
    return next(iter(value), "") if isinstance(value, list) else value


def _containers(titles: Any, type_: str) -> dict[str, Any]:
    """Return what the work is part of, and the series of that.

    Crossref lists both for chapters, the series first as a rule. Further titles of a journal are
    other spellings of it.
    """
    if not (type_.startswith("in") and isinstance(titles, list)):
        return {"container": clean.container(_first(titles))}
    names = [name for name in map(clean.container, titles) if name]
    books = [name for name in names if not name.casefold().startswith("lecture notes in")]
    book = (books or names or [""])[-1]
    return {"container": book, "series": ", ".join(name for name in names if name != book)}


def _last_word(value: object) -> str:
    """Return a number, which may be the last part of an address."""
    return clean.clean(value).rpartition("/")[2]


def _people(found: Any) -> list[tuple[Author, str]]:
    people = []
    for person in found or []:
        parts = (person.get("given"), person.get("family"), person.get("suffix"))
        whole = person.get("name")
        if author := clean.organisation(whole) if whole else clean.person(*parts):
            people.append((author, _last_word(person.get("ORCID"))))
    return people


def _day(value: Any) -> PartialDate | None:
    return clean.date(_first((value or {}).get("date-parts") or []) or [])


def _event(event: dict[str, Any], when: PartialDate | None) -> dict[str, Any]:
    """Return name, short name, days and place of an event.

    ``LAK '17: 7th Conference on …`` and ``Conference on … (LAK)`` hold both names.
    """
    name, short = clean.clean(event.get("name")), clean.clean(event.get("acronym"))
    if found := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name):
        name, short = found[1], short or found[2]
    if short:
        name = re.sub(rf"^{re.escape(short)}\s*[:,-]\s*", "", name)
    days = clean.days(_day(event.get("start")), _day(event.get("end")))
    year = str(days.start.year if days else when.year if when else "")
    short = re.sub(r"\s*['’](\d\d)\b", lambda y: f" {year[:-2]}{y[1]}" if year else y[0], short)
    if short and year and not re.search(r"\d", short):
        short = f"{short} {year}"
    place = clean.clean(event.get("location"))
    return {"event": name, "event_name": short, "event_dates": days, "place": place}


def _related(answer: dict[str, Any], kind: str) -> str:
    """Return the first DOI or arXiv number that has this relation to the work."""
    found = (answer.get("relation") or {}).get(kind) or []
    ids = (item.get("id") for item in found if item.get("id-type") in {"doi", "arxiv"})
    return clean.clean(next(ids, ""))
