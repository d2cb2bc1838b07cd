"""The person on the page: ``{profile}`` as a directive for sections and as a role for facts."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import settings_of
from bibfolio.folio import folio_of
from bibfolio.model import Advisor, PartialDate, Profile
from bibfolio.model.dates import MONTHS
from bibfolio.pages.text import enumeration, inline, link, linked, paragraph
from bibfolio.problems import WarningKind
from bibfolio.warn import warn

# -- facts inside a sentence (pure) ----------------------------------------------------------

Nodes = list[nodes.Node]


def _advisor(advisor: Advisor) -> Nodes:
    title = [nodes.Text(f"{advisor.title} ")] if advisor.title else []
    return [*title, linked(advisor.name, advisor.url)]


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


FACTS: dict[str, Callable[[Profile], Nodes]] = {
    "name": lambda p: [nodes.Text(p.name)],
    "position": lambda p: [nodes.Text(p.position)],
    "group": lambda p: [linked(p.affiliation.group, p.affiliation.group_url)],
    "department": lambda p: [nodes.Text(p.affiliation.department)],
    "institution": lambda p: [nodes.Text(p.affiliation.institution)],
    "advisor": lambda p: _advisor(p.advisor) if p.advisor else [],
    "interests": lambda p: enumeration(p.interests),
    "focus": lambda p: [nodes.Text(p.focus)],
    "email": lambda p: [inline("profile-email", p.email)],
    "location": lambda p: [nodes.Text(p.location)],
    "degree": lambda p: [nodes.Text(d.degree) for d in p.education[:1]],
    "degree_institution": lambda p: [
        nodes.Text(_joined(d.department, d.institution)) for d in p.education[:1]
    ],
    "degree_year": lambda p: [nodes.Text(str(d.end.year)) for d in p.education[:1] if d.end],
}

# -- sections (pure) -------------------------------------------------------------------------


def card(profile: Profile) -> Nodes:
    """Who and where, in a box: picture or monogram, position, affiliation, links, e-mail.

    Marked up as an h-card (https://microformats.org/wiki/h-card); ``rel="me"`` says that the linked
    accounts are the same person's.
    """
    place = profile.affiliation
    lines: list[tuple[str, nodes.Node | str]] = [
        # For machines: people read the name in the heading.
        ("profile-name p-name", profile.name),
        ("profile-position p-job-title", profile.position[:1].upper() + profile.position[1:]),
        ("profile-unit", linked(place.group, place.group_url)),
        ("profile-unit", place.department),
        ("profile-unit p-org", place.institution),
        ("profile-location p-locality", profile.location),
        ("profile-email", profile.email),
    ]
    details = nodes.container(classes=["profile-details"])
    details += [paragraph(names, content) for names, content in lines if _says(content)]
    if urls := profile.links.urls:
        items = [nodes.list_item("", paragraph("", _account(*pair))) for pair in urls.items()]
        details += nodes.bullet_list("", *items, classes=["profile-links"])
    picture: nodes.Node = paragraph("profile-monogram", profile.initials)
    if profile.portrait:
        alt = f"Portrait of {profile.name}"
        picture = nodes.image(uri=f"/{profile.portrait}", alt=alt, classes=["u-photo"])
    return [nodes.container("", picture, details, classes=["profile-card", "h-card"])]


def _account(label: str, url: str) -> nodes.reference:
    account = link(label, url, "u-url")
    account["rel"] = "me"
    return account


def _says(content: nodes.Node | str) -> bool:
    # nodes.Text is a str whose truth is that of a node: always true.
    return bool(content.astext() if isinstance(content, nodes.Node) else content)


def education(profile: Profile) -> Nodes:
    """Degrees, in the order of the file."""
    return _timeline(
        (_period(d.start, d.end), d.degree, [_rest(d.department, d.institution)])
        for d in profile.education
    )


def positions(profile: Profile) -> Nodes:
    """Jobs and internships with the advisors there."""
    items: list[_Item] = []
    for job in profile.positions:
        details: list[nodes.Node | str] = [_rest(job.role)]
        if job.advisors:
            people = [linked(advisor.full_name, advisor.url) for advisor in job.advisors]
            details += [", advised by ", *enumeration(people)]
        items.append((_period(job.start, job.end, open_end=True), job.organization, details))
    return _timeline(items)


def teaching(profile: Profile) -> Nodes:
    """Courses."""
    return _timeline((c.term, c.course, [_rest(c.role, c.institution)]) for c in profile.teaching)


def awards(profile: Profile) -> Nodes:
    """Honours, with a remark in brackets and who gave them."""
    return _timeline(
        (str(a.year), a.title, [f" ({a.note})" if a.note else "", _rest(a.by)])
        for a in profile.awards
    )


SECTIONS: dict[str, Callable[[Profile], Nodes]] = {
    "card": card,
    "education": education,
    "positions": positions,
    "teaching": teaching,
    "awards": awards,
}

#: When, what, and what follows it in the same line.
_Item = tuple[str, str, Sequence[nodes.Node | str]]


def _timeline(items: Iterable[_Item]) -> Nodes:
    """A list whose items have a time, a headline and details."""
    result = nodes.bullet_list(classes=["profile-list"])
    for time, headline, details in items:
        text = inline("profile-text", nodes.strong("", headline), *(d for d in details if d))
        result += nodes.list_item("", paragraph("", inline("profile-time", time), " ", text))
    return [result] if result.children else []


def _rest(*words: str) -> str:
    """*words* as they follow a headline: each behind a comma."""
    return "".join(f", {word}" for word in words if word)


def _period(start: PartialDate | None, end: PartialDate | None, open_end: bool = False) -> str:
    """``Jul 2023 – Mar 2025``, ``2023``, ``since Jul 2023``."""
    if start and end:
        return f"{_short(start)} – {_short(end)}"
    if start:
        return f"since {_short(start)}" if open_end else _short(start)
    return _short(end) if end else ""


def _short(date: PartialDate) -> str:
    return f"{MONTHS[date.month - 1][:3]} {date.year}" if date.month else str(date.year)


# -- Sphinx ----------------------------------------------------------------------------------


class ProfileDirective(SphinxDirective):
    """``{profile} SECTION``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The section, or nothing and a warning."""
        self.env.note_dependency(self.env.srcdir / settings_of(self.config).profile)
        name = self.arguments[0]
        if name not in SECTIONS:
            warn(WarningKind.DIRECTIVE, _unknown("section", name, SECTIONS), self.get_location())
            return []
        return SECTIONS[name](folio_of(self.env).profile)


class ProfileRole(SphinxRole):
    """``{profile}`FACT```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The fact, or the name of it and a warning."""
        self.env.note_dependency(self.env.srcdir / settings_of(self.config).profile)
        if self.text not in FACTS:
            warn(WarningKind.DIRECTIVE, _unknown("fact", self.text, FACTS), self.get_location())
            return [nodes.Text(self.text)], []
        return FACTS[self.text](folio_of(self.env).profile), []


def _unknown(what: str, name: str, known: dict[str, Callable[[Profile], Nodes]]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
    return f"profile has no {what} {name!r}; {hint}"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directive and role."""
    app.add_directive("profile", ProfileDirective)
    app.add_role("profile", ProfileRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
