"""``CvDocument`` → JSON Resume 1.0 (https://jsonresume.org/schema), which knows no academics.

What has no property there goes where users of JSON Resume look for it. The declaration of a table
names its property, or its type among the projects; other sections of the owner's own are projects
with their title as type, except ``languages``, whose details are fluencies. The authors of a paper
are its summary as a page says them, and a list; this and the ``doi`` are properties that the schema
allows. Links beside the ``url`` are highlights, and the e-mail, which harvesters must not find, is
an account in the network ``E-mail``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bibfolio.model import CvDocument, Profile
from bibfolio.model.cv import CvPaper, Section
from bibfolio.model.dates import PartialDate
from bibfolio.model.lines import TALKS, advised, funding, head
from bibfolio.model.profile import (
    Award,
    Course,
    Degree,
    Grant,
    Position,
    SectionItem,
    Service,
    Talk,
)
from bibfolio.model.sentence import Entry, Link, Sentence, joined, sentence_text
from bibfolio.model.strings import capitalized, without_empty
from bibfolio.model.tables import TABLES
from bibfolio.model.wording import authors_line, venue_line
from bibfolio.model.words import _

Json = dict[str, Any]

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def resume(document: CvDocument) -> str:
    """Return the CV as JSON, whose properties have the order of the sections."""
    result: Json = {"$schema": _SCHEMA, "basics": _basics(document.profile)}
    for section in document.sections:
        name, items = _part(document.profile, section)
        result.setdefault(name, []).extend(map(_known, items))
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _part(profile: Profile, section: Section) -> tuple[str, Iterable[Json]]:
    """Return the property for a section, and the items that it adds there."""
    if section.name == "interests":
        focus = {"name": _("Current focus"), "keywords": [profile.focus]}
        names: list[Json] = [{"name": name} for name in profile.interests]
        return section.name, [*names, focus] if profile.focus else names
    if section.name == "publications":
        return section.name, map(_publication, section.papers)
    drawn = _ITEMS.get(section.name, _project)
    pairs = zip(section.items, section.entries, strict=True)
    items = (drawn(item, entry) for item, entry in pairs)
    table = TABLES.get(section.name)
    name = table.resume if table else "languages" if section.name == "languages" else "projects"
    if name != "projects":
        return name, items
    type_ = table.project or section.name if table else section.heading
    return name, (item | {"type": type_} for item in items)


def _basics(profile: Profile) -> Json:
    accounts: list[Json] = [
        {"network": a.name, "username": a.user, "url": a.url} for a in profile.links.accounts
    ]
    if profile.email:
        accounts.insert(0, {"network": _("E-mail"), "username": profile.email})
    sentences = [sentence_text(line) for line in head(profile)]
    return _known(
        {
            "name": profile.name,
            "label": profile.position,
            "url": profile.links.website,
            "summary": " ".join(line if line.endswith(".") else f"{line}." for line in sentences),
            "location": {"address": profile.location} if profile.location else {},
            "profiles": accounts,
        }
    )


def _publication(item: CvPaper) -> Json:
    paper = item.paper
    return {
        "name": paper.title.plain,
        "publisher": venue_line(paper),
        "releaseDate": paper.date.iso if paper.date else "",
        "url": item.url,
        "doi": doi.value if (doi := paper.identifier("doi")) else "",
        "authors": [author.name for author in paper.authors],
        "number": item.number,
        "summary": authors_line(paper),
    }


# -- items of tables ---------------------------------------------------------------------------


def _project(item: Any, entry: Entry) -> Json:
    about = sentence_text(entry.details if entry.headline else ())
    named = {"name": sentence_text(entry.headline or entry.details), "description": about}
    return named | _where_and_when(item, entry)


def _degree(item: Degree, _entry: Entry) -> Json:
    study, area = item.study_and_area
    return {
        "institution": _text(item.department, item.institution),
        "studyType": study,
        "area": area,
        **_times(item.start, item.end),
    }


def _job(item: Position, entry: Entry) -> Json:
    words = sentence_text(advised(item))
    advice = [capitalized(words), *entry.addresses()] if words else []
    times = _times(item.start, item.end)
    return {"name": item.organization, "position": item.role, **times, "highlights": advice}


def _award(item: Award, _entry: Entry) -> Json:
    facts = {"title": item.title, "date": str(item.year)}
    return {**facts, "awarder": item.by, "summary": item.note}


def _service(item: Service, entry: Entry) -> Json:
    organization, role = sentence_text(item.organization), sentence_text(item.role)
    return {"organization": organization, "position": role, **_where_and_when(item, entry)}


def _talk(item: Talk, entry: Entry) -> Json:
    about = _text(_(TALKS[item.kind]), item.place, item.note)
    return _project(item, entry) | {"description": about, "entity": sentence_text(item.event)}


def _course(item: Course, entry: Entry) -> Json:
    facts = {"description": item.term, "roles": [item.role], "entity": item.institution}
    return _project(item, entry) | facts


def _grant(item: Grant, entry: Entry) -> Json:
    roles = [sentence_text(item.role)] if item.role else []
    amount, funder = sentence_text(item.amount), sentence_text(funding(item))
    return _project(item, entry) | {"description": amount, "roles": roles, "entity": funder}


def _language(item: SectionItem, entry: Entry) -> Json:
    fluency = _text(item.detail, entry.when, *entry.addresses())
    return {"language": sentence_text(item.text), "fluency": fluency}


#: Table, or section of the owner's own → function, if JSON Resume has more than what lines say.
_ITEMS: dict[str, Callable[[Any, Entry], Json]] = {
    "education": _degree,
    "positions": _job,
    "talks": _talk,
    "teaching": _course,
    "grants": _grant,
    "awards": _award,
    "service": _service,
    "languages": _language,
}


def _where_and_when(item: Any, entry: Entry) -> Json:
    to, date = getattr(item, "url", ""), getattr(item, "date", None)
    url = to.url if isinstance(to, Link) else to or ""
    # Without an end, it goes on.
    times = _times(date.start, None if date.is_open else date.end) if date else {}
    return {**times, "url": url, "highlights": entry.addresses(url)}


def _times(start: PartialDate | None, end: PartialDate | None) -> Json:
    return {"startDate": start.iso if start else "", "endDate": end.iso if end else ""}


def _text(*parts: str | Sentence) -> str:
    return sentence_text(joined(*parts))


def _known(thing: Json) -> Json:
    """Return *thing* without properties that are empty."""
    return without_empty(thing)
