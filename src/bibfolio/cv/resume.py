"""``CvDocument`` → JSON Resume 1.0 (https://jsonresume.org/schema), which knows no academics.

What it has no property for goes where its users look for it: a service is ``volunteer`` work, the
owner's section ``languages`` is ``languages`` with the detail as fluency, and everything else is a
project of a type (``_TYPES``; of other sections of the owner's own, their title). The authors of a
paper are its summary, links beside the ``url`` are highlights, and the e-mail, which must not be an
address for harvesters, is an account in the network ``E-mail``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from bibfolio.model import CvDocument, Profile
from bibfolio.model.cv import CvPaper, Section
from bibfolio.model.dates import PartialDate
from bibfolio.model.lines import TALKS, funding, head, items_of
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
from bibfolio.model.sentence import Entry, Sentence, after, sentence_text
from bibfolio.model.wording import authors_line, venue_line
from bibfolio.model.words import _

Json = dict[str, Any]

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def resume(document: CvDocument) -> str:
    """Return the whole CV as JSON, its properties in the order of its sections."""
    result: Json = {"$schema": _SCHEMA, "basics": _basics(document.profile)}
    for section in document.sections:
        name, items = _part(document.profile, section)
        result.setdefault(name, []).extend(map(_known, items))
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _part(profile: Profile, section: Section) -> tuple[str, Iterable[Json]]:
    """Return the name of a property, and what the section has for its list."""
    if section.name == "interests":
        focus = {"name": _("Current focus"), "keywords": [profile.focus]}
        names: list[Json] = [{"name": name} for name in profile.interests]
        return section.name, [*names, focus] if profile.focus else names
    if section.name == "publications":
        return section.name, map(_publication, section.papers)
    name, drawn = _ITEMS.get(section.name, ("projects", _project))
    type_ = {"type": _TYPES.get(section.name, section.heading)} if name == "projects" else {}
    pairs = zip(items_of(profile, section.name), section.entries, strict=True)
    return name, (drawn(item, entry) | type_ for item, entry in pairs)


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
    return {
        "name": item.paper.title.plain,
        "publisher": venue_line(item.paper),
        "releaseDate": item.paper.date.iso if item.paper.date else "",
        "url": item.url,
        "summary": authors_line(item.paper),
    }


# -- items of tables ---------------------------------------------------------------------------


def _degree(item: Degree, _entry: Entry) -> Json:
    study, _in, area = item.degree.partition(" in ")
    return {
        "institution": _joined(item.department, item.institution),
        "studyType": study,
        "area": area,
        **_times(item.start, item.end),
    }


def _job(item: Position, entry: Entry) -> Json:
    # As the list says it, without the role and the comma before it.
    words = sentence_text(entry.rest[2:]).lstrip(", ")
    advice = [words[:1].upper() + words[1:], *entry.addresses()] if item.advisors else []
    times = _times(item.start, item.end)
    return {"name": item.organization, "position": item.role, **times, "highlights": advice}


def _award(item: Award, _entry: Entry) -> Json:
    facts = {"title": item.title, "date": str(item.year)}
    return {**facts, "awarder": item.by, "summary": item.note}


def _service(item: Service, entry: Entry) -> Json:
    organization, role = sentence_text(item.organization), sentence_text(item.role)
    return {"organization": organization, "position": role, **_where_and_when(item, entry)}


def _language(item: SectionItem, entry: Entry) -> Json:
    fluency = _joined(item.detail, entry.when, *entry.addresses())
    return {"language": sentence_text(item.text), "fluency": fluency}


def _project(item: Any, entry: Entry) -> Json:
    # As the list says it, without the comma or colon before it.
    about = sentence_text(entry.rest if entry.headline else ()).lstrip(" ,:")
    named = {"name": sentence_text(entry.headline or entry.rest), "description": about}
    return named | _where_and_when(item, entry) | _particulars(item)


def _particulars(item: object) -> Json:
    """Return what has a property of its own, and the description without it."""
    if isinstance(item, Talk):
        about = _joined(_(TALKS[item.kind]), item.place, item.note)
        return {"description": about, "entity": sentence_text(item.event)}
    if isinstance(item, Course):
        return {"description": item.term, "roles": [item.role], "entity": item.institution}
    if isinstance(item, Grant):
        roles = [sentence_text(item.role)] if item.role else []
        amount, funder = sentence_text(item.amount), sentence_text(funding(item))
        return {"description": amount, "roles": roles, "entity": funder}
    return {}


def _where_and_when(item: Any, entry: Entry) -> Json:
    url, date = getattr(item, "url", ""), getattr(item, "date", None)
    # Of what goes on, the beginning alone: without an end it goes on.
    times = _times(date.start, None if date.is_open else date.end) if date else {}
    return {**times, "url": url, "highlights": entry.addresses(url)}


def _times(start: PartialDate | None, end: PartialDate | None) -> Json:
    return {"startDate": start.iso if start else "", "endDate": end.iso if end else ""}


def _joined(*parts: str | Sentence) -> str:
    return sentence_text(after(*parts)[1:])  # without the first comma


#: Table of the profile → the property that has its items; others are projects.
_ITEMS: dict[str, tuple[str, Callable[[Any, Entry], Json]]] = {
    "education": ("education", _degree),
    "positions": ("work", _job),
    "service": ("volunteer", _service),
    "languages": ("languages", _language),
    "awards": ("awards", _award),
}
#: Table → the type of its items among the projects; the schema names ``talk`` and ``application``.
_TYPES = {"talks": "talk", "grants": "grant", "software": "application"}
_TYPES |= {name: name for name in ("teaching", "mentoring", "news")}


def _known(thing: Json) -> Json:
    """Return *thing* without properties that are empty."""
    return {name: value for name, value in thing.items() if value}
