"""The tables of the profile, each declared once: whoever shows, reads or exports tables looks here.

A new table is a class of its items and a field of ``Profile`` in :mod:`~bibfolio.model.profile`,
the function in :mod:`~bibfolio.model.lines` that makes a line of an item, and its declaration here.
That gives it a directive, a section of the CV in every form, a place in the schema of
``profile.toml`` and in the reference, and whatever else its declaration says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bibfolio.model import lines
from bibfolio.model.profile import (
    Award,
    Course,
    Degree,
    Grant,
    Mentoring,
    News,
    Position,
    Profile,
    Service,
    ServiceKind,
    Software,
    Talk,
)
from bibfolio.model.sentence import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What there is to know of a table, but for the keys of its items."""

    #: What an item is: its fields are the keys.
    item: type
    #: What stands above it in the CV, in English, unless the owner says otherwise.
    heading: str
    #: What its directive shows, for the reference.
    shows: str
    #: Makes the line of an item.
    line: Callable[[Any], Entry]
    #: Kind of an item → heading above the items of that kind, in this order and in English.
    kinds: Mapping[Any, str] = field(default_factory=dict)
    #: Whether it stands in the CV without being named in ``[cv] sections``.
    is_in_cv: bool = True
    #: Whether its items, which have a date, are news.
    is_news: bool = False
    #: The property of JSON Resume that lists the items; among ``projects``, their type there, which
    #: is the name of the table if nothing else is said.
    resume: str = "projects"
    project: str = ""
    #: The property of the owner that lists the items in schema.org; or the type that each has there
    #: on the pages that show the table.
    of_owner: str = ""
    type: str = ""


_SERVICES: dict[ServiceKind, str] = {
    "committee": "Committees",
    "reviewing": "Reviewing",
    "editorial": "Editorial work",
    "organizing": "Organization",
    "outreach": "Outreach",
    "department": "Department",
}

#: Name in the profile → table, in the order of the CV.
TABLES: dict[str, Table] = {
    "education": Table(
        item=Degree,
        heading="Education",
        shows="Degrees, in the order of the file",
        line=lines.degree,
        resume="education",
        of_owner="alumniOf",
    ),
    "positions": Table(
        item=Position,
        heading="Experience",
        shows="Jobs and internships, with your advisors there",
        line=lines.position,
        resume="work",
        of_owner="worksFor",
    ),
    "talks": Table(
        item=Talk,
        heading="Talks",
        shows="Talks, newest first",
        line=lines.talk,
        is_news=True,
        project="talk",
        type="Event",
    ),
    "teaching": Table(item=Course, heading="Teaching", shows="Courses", line=lines.course),
    "mentoring": Table(
        item=Mentoring,
        heading="Mentoring",
        shows="Students and others whom you advise",
        line=lines.mentoring,
    ),
    "software": Table(
        item=Software,
        heading="Software",
        shows="Programs, libraries and data",
        line=lines.software,
        project="application",
        type="SoftwareSourceCode",
    ),
    "grants": Table(
        item=Grant,
        heading="Grants",
        shows="Grants for your research",
        line=lines.grant,
        project="grant",
        of_owner="funding",
    ),
    "awards": Table(
        item=Award,
        heading="Honors and awards",
        shows="Honours, each with who gave it and a remark",
        line=lines.award,
        is_news=True,
        resume="awards",
        of_owner="award",
    ),
    "service": Table(
        item=Service,
        heading="Service",
        shows="Service to the field, the department and the public",
        line=lines.service,
        kinds=_SERVICES,
        resume="volunteer",
    ),
    "news": Table(
        item=News,
        heading="News",
        shows="Your own news, and those that papers, talks and awards make; newest first",
        line=lines.news,
        is_in_cv=False,
    ),
}

_BEFORE_PAPERS = ("education", "positions")
#: What can stand in a CV, in the order in which it does unless the owner says otherwise → heading.
CV_SECTIONS: dict[str, str] = {
    "interests": "Research interests",
    **{name: TABLES[name].heading for name in _BEFORE_PAPERS},
    "publications": "Publications",
    **{name: table.heading for name, table in TABLES.items() if name not in _BEFORE_PAPERS},
}


def items_of(profile: Profile, name: str) -> tuple[Any, ...]:
    """Return the items of a table, or of the owner's own section with this identifier.

    Talks come newest first, everything else as in the file.
    """
    if name == "talks":
        return tuple(newest_first(profile.talks))
    if name in TABLES:
        return tuple(getattr(profile, name))
    own = (section for section in profile.sections if section.id == name)
    return tuple(item for section in own for item in section.items)


def newest_first(talks: Iterable[Talk]) -> list[Talk]:
    """Return *talks* by their beginning; of a year, talks without a month come last."""
    return sorted(talks, key=lambda talk: talk.date.start, reverse=True)


def line_of(name: str, item: Any) -> Entry:
    """Return the line of an item of a table, or of the owner's own section with this name."""
    return TABLES[name].line(item) if name in TABLES else lines.section_item(item)
