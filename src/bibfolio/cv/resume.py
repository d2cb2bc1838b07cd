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
from bibfolio.model.cv import Section
from bibfolio.model.dates import DateRange
from bibfolio.model.lines import TALKS, head, items_of
from bibfolio.model.profile import Course, Grant, Talk
from bibfolio.model.sentence import Sentence, after, sentence_text
from bibfolio.model.wording import authors_line, venue_line
from bibfolio.model.words import _

Json = dict[str, Any]

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def resume(document: CvDocument) -> str:
    """Return the whole CV as JSON, its properties in the order of its sections."""
    result: Json = {"$schema": _SCHEMA, "basics": _basics(document.profile)}
    for section in document.sections:
        name, items = _SECTIONS.get(section.name, _projects)(document.profile, section)
        result.setdefault(name, []).extend(_known(item) for item in items)
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


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


#: Name of a property, and what is in its list.
Part = tuple[str, Iterable[Json]]


def _interests(profile: Profile, _section: Section) -> Part:
    items: list[Json] = [{"name": name} for name in profile.interests]
    if profile.focus:
        items.append({"name": _("Current focus"), "keywords": [profile.focus]})
    return "interests", items


def _education(profile: Profile, _section: Section) -> Part:
    return "education", (
        {
            "institution": ", ".join(filter(None, (degree.department, degree.institution))),
            "studyType": degree.degree.partition(" in ")[0],
            "area": degree.degree.partition(" in ")[2],
            "startDate": degree.start.iso if degree.start else "",
            "endDate": degree.end.iso if degree.end else "",
        }
        for degree in profile.education
    )


def _work(profile: Profile, section: Section) -> Part:
    return "work", (
        {
            "name": job.organization,
            "position": job.role,
            "startDate": job.start.iso,
            "endDate": job.end.iso if job.end else "",
            # As the list says it, without the role and the comma before it.
            "highlights": job.advisors
            and [_sentence(sentence_text(entry.rest[2:])), *entry.addresses()],
        }
        for job, entry in zip(profile.positions, section.entries, strict=True)
    )


def _publications(_profile: Profile, section: Section) -> Part:
    return "publications", (
        {
            "name": item.paper.title.plain,
            "publisher": venue_line(item.paper),
            "releaseDate": item.paper.date.iso if item.paper.date else "",
            "url": item.url,
            "summary": authors_line(item.paper),
        }
        for _label, papers in section.groups
        for item in papers
    )


def _projects(profile: Profile, section: Section) -> Part:
    return "projects", (
        {
            "name": sentence_text(entry.headline or entry.rest),
            # As the list says it, without the comma or colon before it.
            "description": sentence_text(entry.rest if entry.headline else ()).lstrip(" ,:"),
            **_times(getattr(item, "date", None)),
            "url": (url := getattr(item, "url", "")),
            "highlights": entry.addresses(url),
            "type": _TYPES.get(section.name, section.heading),
            **_particulars(item),
        }
        for item, entry in zip(items_of(profile, section.name), section.entries, strict=True)
    )


def _particulars(item: object) -> Json:
    """Return what has a property of its own, and the description without it."""
    if isinstance(item, Talk):
        about = _joined(_(TALKS[item.kind]), item.place, item.note)
        return {"description": about, "entity": sentence_text(item.event)}
    if isinstance(item, Course):
        return {"description": item.term, "roles": [item.role], "entity": item.institution}
    if isinstance(item, Grant):
        roles = [item.role] if item.role else []
        funder = f"{item.funder} {item.number}".strip()
        return {"description": item.amount, "roles": roles, "entity": funder}
    return {}


def _service(profile: Profile, section: Section) -> Part:
    return "volunteer", (
        {
            "organization": sentence_text(item.organization),
            "position": sentence_text(item.role),
            **_times(item.date),
            "url": item.url,
            "highlights": entry.addresses(item.url),
        }
        for item, entry in zip(profile.service, section.entries, strict=True)
    )


def _languages(profile: Profile, section: Section) -> Part:
    return "languages", (
        {
            "language": sentence_text(item.text),
            "fluency": _joined(item.detail, entry.when, *entry.addresses()),
        }
        for item, entry in zip(items_of(profile, section.name), section.entries, strict=True)
    )


def _times(date: DateRange | None) -> Json:
    """Return both ends, of what goes on the first alone: without an end it would go on."""
    if not date:
        return {}
    return {"startDate": date.start.iso, "endDate": "" if date.is_open else date.end.iso}


def _joined(*parts: str | Sentence) -> str:
    return sentence_text(after(*parts)[1:])  # without the first comma


def _awards(profile: Profile, _section: Section) -> Part:
    return "awards", (
        {
            "title": award.title,
            "date": str(award.year),
            "awarder": award.by,
            "summary": award.note,
        }
        for award in profile.awards
    )


#: Table of the profile → the type of its items among the projects; the schema names ``talk`` and
#: ``application``.
_TYPES = {"talks": "talk", "grants": "grant", "software": "application"}
_TYPES |= {name: name for name in ("teaching", "mentoring", "news")}
#: Others are projects.
_SECTIONS: dict[str, Callable[[Profile, Section], Part]] = {
    "interests": _interests,
    "education": _education,
    "positions": _work,
    "publications": _publications,
    "service": _service,
    "languages": _languages,
    "awards": _awards,
}


def _sentence(words: str) -> str:
    words = words.lstrip(", ")
    return words[:1].upper() + words[1:]


def _known(thing: Json) -> Json:
    """Return *thing* without properties that are empty."""
    return {name: value for name, value in thing.items() if value}
