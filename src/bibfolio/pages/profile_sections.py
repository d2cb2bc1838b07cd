"""The person on the page: ``{profile}`` as a directive for sections and as a role for facts."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from bibfolio.config import settings_of
from bibfolio.library import library_of, note_bibliography, note_table
from bibfolio.model import CV_FILES, CV_PAGE, Advisor, Profile, lines
from bibfolio.model.news import news
from bibfolio.model.people import initials
from bibfolio.model.profile import News
from bibfolio.model.words import _, pieces
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.entries import Papers, paragraphs, sentence_nodes, timeline
from bibfolio.pages.nodes import ONLY_HTML, as_written, enumeration, inline, link, linked, paragraph
from bibfolio.pages.site_links import to_file, to_table
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.pictures import PORTRAIT

# -- facts inside a sentence (pure) ----------------------------------------------------------

Nodes = list[nodes.Node]


def _advisor(advisor: Advisor) -> Nodes:
    title = [nodes.Text(f"{advisor.title} ")] if advisor.title else []
    return [*title, linked(advisor.name, advisor.url)]


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
        nodes.Text(", ".join(filter(None, (d.department, d.institution)))) for d in p.education[:1]
    ],
    "degree_year": lambda p: [nodes.Text(str(d.end.year)) for d in p.education[:1] if d.end],
}

#: Facts that are not called as what they are made from.
KEYS = {
    **{name: f"{name} in [affiliation]" for name in ("group", "department", "institution")},
    **dict.fromkeys(("degree", "degree_institution"), "[[education]]"),
    "degree_year": "end in its first [[education]]",
    "advisor": "[advisor]",
}

# -- sections (pure) -------------------------------------------------------------------------


class monogram(nodes.paragraph):  # noqa: N801  docutils spells nodes so
    """Initials in place of a picture, for those who see; nothing where there are no pictures."""


def portrait(name: str, path: str, sizes: str) -> nodes.Element:
    """Return the picture of a person, shown at these *sizes*; without a *path*, a monogram."""
    if not path:
        return monogram("", initials(name), classes=["profile-monogram"])
    alt = _("Portrait of {name}", name=name)
    picture = nodes.image(uri=f"/{path}", alt=alt, widths=PORTRAIT, sizes=sizes)
    # By this class, pydata-sphinx-theme leaves it as it is in the dark.
    picture["classes"].append("dark-light")
    return picture


def card(profile: Profile, latest: Sequence[nodes.Node] = ()) -> Nodes:
    """Who and where, in a box: picture or monogram, position, affiliation, links, e-mail.

    Below that stand the *latest* news. Marked up as an h-card
    (https://microformats.org/wiki/h-card); ``rel="me"`` says that the linked accounts are the same
    person's.
    """
    place = profile.affiliation
    facts = [
        # For machines: people read the name in the heading.
        ("profile-name p-name", profile.name, ""),
        ("profile-position p-job-title", profile.position[:1].upper() + profile.position[1:], ""),
        ("profile-unit", place.group, place.group_url),
        ("profile-unit", place.department, ""),
        ("profile-unit p-org", place.institution, ""),
        ("profile-location p-locality", profile.location, ""),
        ("profile-email", profile.email, ""),
    ]
    details = nodes.container(classes=["profile-details"])
    details += [paragraph(names, linked(words, url)) for names, words, url in facts if words]
    if accounts := profile.links.accounts:
        links = [link(a.name, a.url, "u-url", rel="me") for a in accounts]
        items = [nodes.list_item("", paragraph("", account)) for account in links]
        details += nodes.bullet_list("", *items, classes=["profile-links"])
    details += latest
    picture = portrait(profile.name, profile.portrait, "(min-width: 62rem) 136px, 85px")
    if profile.portrait:
        picture["classes"].append("u-photo")
    return [nodes.container("", picture, details, classes=["profile-card", "h-card"])]


def latest_news(found: Sequence[News], count: int, papers: Papers) -> Nodes:
    """Return when each of the first *count* was, and what, below a heading."""
    items = []
    for entry in map(lines.news, found[:count]):
        when = inline("profile-news-time", entry.when)
        words = sentence_nodes(entry.rest, papers)
        items.append(nodes.list_item("", paragraph("", when, " ", *words)))
    heading = nodes.rubric("", _("Latest"), ids=["latest"], **{"heading-level": 2})
    listed = nodes.bullet_list("", *items, classes=["profile-news", "no-search"])
    further = paragraph("profile-news-all no-search", to_table("news", nodes.Text(_("All news"))))
    return [heading, listed, *([further] if found[count:] else [])] if items else []


def cv(profile: Profile) -> Nodes:
    """Head of the page `cv`: name, position, affiliation, contact, and the CV as files."""
    who = [paragraph("cv-line", *sentence_nodes(line, {})) for line in lines.head(profile)]
    facts = [
        paragraph("", inline("cv-label", label), " ", *sentence_nodes((words,), {}))
        for label, words in lines.contacts(profile)
    ]
    ways = [nodes.list_item("", fact) for fact in facts]
    files = enumeration([to_file(path, _(label)) for label, (path, _type) in CV_FILES.items()])
    parts: Nodes = [paragraph("cv-name", profile.name), *who]
    parts += [nodes.bullet_list("", *ways, classes=["cv-contacts"])] if ways else []
    parts += [paragraph("cv-files", *pieces("This CV as {files}", files=files))]
    return [nodes.container("", *parts, classes=["cv-head"])]


#: Section → what it shows.
SECTIONS = {
    "card": "Who and where, in a box: picture or monogram, position, affiliation, links, e-mail.",
    "cv": "Head of the page `cv`: name, position, affiliation, contact, and the CV as files.",
    "interests": "Research interests, and the present focus.",
    "education": "Degrees, in the order of the file.",
    "positions": "Jobs and internships with the advisors there.",
    "teaching": "Courses.",
    "awards": "Honours, with a remark in brackets and who gave them.",
}


def section_of(name: str, profile: Profile, papers: Papers | None = None) -> Nodes:
    """Return one of the sections; *papers* are those that it may name, by key."""
    if name == "card":
        return card(profile)
    if name == "cv":
        return cv(profile)
    if name == "interests":
        return paragraphs(lines.interests(profile), papers or {})
    return timeline(lines.entries_of(profile, name), papers or {})


# -- Sphinx ----------------------------------------------------------------------------------


class ProfileDirective(SphinxDirective):
    """``{profile} SECTION``."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"latest": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Return the section, or nothing after a warning."""
        name = self.arguments[0]
        if name not in SECTIONS:
            warn(WarningKind.DIRECTIVE, _unknown("section", name, SECTIONS), self.get_location())
            return []
        if name == "cv" and self.env.docname != CV_PAGE:
            message = f"the section cv belongs on the page {CV_PAGE}, else its files are not made"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        library = library_of(self.env)
        content = section_of(name, library.profile, library.by_key)
        if name == "card" and "latest" in self.options:
            note_bibliography(self.env)
            note_table(self.env, "latest")
            found = news(library.profile, library.papers)
            latest = latest_news(found, self.options["latest"], library.by_key)
            content = card(library.profile, latest)
        return [*as_written(*content), mark_section(name, content)]


class ProfileRole(SphinxRole):
    """``{profile}`FACT```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the fact, or its name after a warning."""
        if self.text not in FACTS:
            warn(WarningKind.DIRECTIVE, _unknown("fact", self.text, FACTS), self.get_location())
            return [nodes.Text(self.text)], []
        fact = FACTS[self.text](library_of(self.env).profile)
        if not any(node.astext() for node in fact):
            key = KEYS.get(self.text, self.text)
            message = (
                f"{settings_of(self.config).profile} has no {key}, so nothing is said here; write "
                "it there, or take what is said of it out of this sentence"
            )
            warn(WarningKind.FACT, message, self.get_location())
        return as_written(*fact), []


def _unknown(what: str, name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
    return f"profile has no {what} {name!r}; {hint}"


def _draw(translator: HTML5Translator, node: monogram) -> None:
    letters = translator.encode(node.astext())
    translator.body.append(f'<p class="profile-monogram" aria-hidden="true">{letters}</p>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register directive and role."""
    app.add_node(monogram, html=(_draw, None), **ONLY_HTML)
    app.add_directive("profile", ProfileDirective)
    app.add_role("profile", ProfileRole())
