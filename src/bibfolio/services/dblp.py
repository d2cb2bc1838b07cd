"""DBLP, which answers in BibTeX; and works as other BibTeX describes them."""

from __future__ import annotations

import re
from typing import Any

from bibfolio.model import Paper
from bibfolio.model.forms import MONTHS
from bibfolio.model.strings import fold
from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.services.arxiv import without_version
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.fields import PREPRINT_SERVERS
from bibfolio.sources.identifiers import arxiv_inside

#: Proceedings in DBLP: title, short name of the event, place, days.
_PROCEEDINGS = re.compile(
    r"(?P<title>.+?), (?P<name>[^,]*? \d{4}), (?P<place>[^\d]+), (?P<days>[^,]*\d[^,]*(?:, \d{4})?)"
)
_MONTHS = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
_VOLUME = re.compile(r"Proceedings of (?:the )?(?:\w*\d(?:st|nd|rd|th) )?|\w*\d(?:st|nd|rd|th) ")


def path(key: str) -> str:
    """Return the path of one record, or with ``pid/…`` of all works of a person."""
    return f"/{key}.bib"


def works(text: str) -> list[Work]:
    """Return the works of a BibTeX file."""
    return [work_of(paper) for paper in parse_bibliography(text).papers]


def work_of(paper: Paper) -> Work:
    """Return an entry of a bibliography in the form of services."""
    authors = tuple(
        author
        if author.is_organization
        else clean.person(author.given, f"{author.prefix} {author.family}", author.suffix) or author
        for author in paper.authors
    )
    journal = clean.container(paper.booktitle or paper.venue.name)
    is_server = journal == "CoRR" or fold(journal).startswith(PREPRINT_SERVERS)
    arxiv = paper.value_of("arxiv")
    arxiv = arxiv or arxiv_inside(f"{journal} {paper.volume}" * is_server)
    is_preprint = is_server or paper.is_preprint
    values: dict[str, Any] = {
        "container": journal,
        "event": paper.venue.name if paper.venue.is_event else "",
        "event_name": paper.venue.badge,
        "event_dates": paper.venue.dates,
        "place": paper.venue.place,
    }
    if paper.type == "inproceedings" and not values["event"]:
        values |= _proceedings(journal)
    return Work(
        title=clean.title(paper.title.plain),
        authors=() if paper.is_edited else authors,
        orcids=("",) * len(authors),
        editors=authors if paper.is_edited else (),
        type="misc" if is_preprint and paper.type == "article" else paper.type,
        date=paper.date,
        **({} if is_server else values),
        volume="" if is_server else paper.volume,
        number=paper.number,
        pages=paper.pages,
        eid=paper.eid,
        publisher=clean.publisher(paper.publisher),
        institution=clean.clean(paper.organization),
        isbn=paper.value_of("isbn"),
        issn=paper.value_of("issn"),
        doi=paper.value_of("doi"),
        arxiv=without_version(arxiv),
        arxiv_class=paper.eprint_class,
        is_preprint=is_preprint,
        abstract=clean.clean(paper.abstract.plain),
        url=paper.url,
    )


def _proceedings(text: str) -> dict[str, Any]:
    """Return name, days and place of an event from the title of its proceedings."""
    found = _PROCEEDINGS.fullmatch(text)
    if not found:
        return {}
    # ``April 16-18, 2024``, ``10-14 September 2023`` or ``June 30 - July 2, 2024``
    days, year = found["days"][:-4], found["days"][-4:]
    numbers = re.findall(r"\d{1,2}", days)[:2]
    months = [_MONTHS[word] for word in re.findall(r"[A-Z][a-z]{2}", days) if word in _MONTHS]
    ends = [clean.date((year, *end)) for end in zip((months * 2)[:2], numbers, strict=False)]
    return {
        "container": found["title"],
        "event": _VOLUME.sub("", found["title"]),
        "event_name": found["name"],
        "event_dates": clean.days(ends[0], ends[-1]) if ends else None,
        "place": found["place"],
    }
