"""The person on the page: sections that are no tables, and ``{profile}`` as a role for facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from bibfolio.config import settings_of
from bibfolio.library import group_of, library_of
from bibfolio.model import CV_FILES, Advisor, Profile, lines
from bibfolio.model.mark import Dot, drawn
from bibfolio.model.people import Person, initials
from bibfolio.model.profile import News
from bibfolio.model.sentence import comma
from bibfolio.model.strings import capitalized, nearest
from bibfolio.model.words import _, pieces
from bibfolio.output import makes_site
from bibfolio.pages.entries import paragraphs, sentence_nodes
from bibfolio.pages.nodes import (
    ONLY_HTML,
    as_written,
    enumeration,
    inline,
    link,
    linked,
    paragraph,
    said,
)
from bibfolio.pages.site_links import to_file, to_table
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.pictures import PORTRAIT
from bibfolio.sphinx_compat import app_of

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
        nodes.Text(comma().join(filter(None, (d.department, d.institution))))
        for d in p.education[:1]
    ],
    "degree_year": lambda p: [nodes.Text(str(d.end.year)) for d in p.education[:1] if d.end],
}

#: Fact → what the profile lacks if there is none; otherwise the name of the fact.
KEYS = {
    **{name: f"{name} in [affiliation]" for name in ("group", "department", "institution")},
    **dict.fromkeys(("degree", "degree_institution"), "[[education]]"),
    "degree_year": "end in its first [[education]]",
    "advisor": "[advisor]",
}

# -- sections (pure) -------------------------------------------------------------------------


class monogram(nodes.paragraph):  # noqa: N801  docutils spells nodes so
    """Initials in place of a picture; only in HTML, and hidden from screen readers.

    Those of a site's owner give way to the mark, if there is one.
    """


def portrait(name: str, path: str, sizes: str) -> nodes.Element:
    """Return the picture of a person, to be shown at *sizes*; without a *path*, a monogram."""
    if not path:
        return monogram("", initials(name), classes=["profile-monogram"])
    alt = _("Portrait of {name}", name=name)
    picture = nodes.image(uri=f"/{path}", alt=alt, widths=PORTRAIT, sizes=sizes)
    # With this class, pydata-sphinx-theme does not change the picture in dark mode.
    picture["classes"].append("dark-light")
    return picture


def card(profile: Profile, latest: Sequence[nodes.Node] = ()) -> Nodes:
    """Who you are and where, in a box: picture, position, affiliation, e-mail and links.

    Below them are the *latest* news. It is an h-card (https://microformats.org/wiki/h-card), whose
    ``rel="me"`` says that the accounts belong to the same person.
    """
    place = profile.affiliation
    facts = [
        # Only for programs: people read the name in the heading.
        ("profile-name p-name", profile.name, ""),
        ("profile-position p-job-title", capitalized(profile.position), ""),
        # "Head of the Slow Systems Group" has named it.
        ("profile-unit", "" if place.group in profile.position else place.group, place.group_url),
        ("profile-unit", place.department, ""),
        ("profile-unit p-org", place.institution, ""),
        ("profile-location p-locality", profile.location, ""),
        ("profile-email", profile.email, ""),
    ]
    shown = [paragraph(names, linked(words, url)) for names, words, url in facts if words]
    links = [link(a.name, a.url, "u-url", rel="me") for a in profile.links.accounts]
    picture = portrait(profile.name, profile.portrait, _SIZES)
    picture["classes"].append("u-photo" if profile.portrait else "profile-owner")
    return [_box(picture, shown, links, latest)]


#: How wide a picture is in a box.
_SIZES = "(min-width: 62rem) 136px, 85px"


def _box(
    picture: nodes.Element,
    facts: Sequence[nodes.Node],
    links: Sequence[nodes.Node],
    more: Sequence[nodes.Node] = (),
) -> nodes.container:
    """Return who somebody is, in a box."""
    details = nodes.container("", *facts, classes=["profile-details"])
    if links:
        items = [nodes.list_item("", paragraph("", account)) for account in links]
        details += nodes.bullet_list("", *items, classes=["profile-links"])
    details += more
    return nodes.container("", picture, details, classes=["profile-card", "h-card"])


def person_card(person: Person) -> nodes.container:
    """Return who somebody else is, in a box as that of the owner; but no account is the owner's."""
    entry = lines.person(person)
    now = next((words for _sign, words in entry.parts[-1:] if person.now), ())
    facts: list[tuple[str, Nodes]] = [
        ("profile-name p-name", [nodes.Text(person.name)]),
        ("profile-position p-job-title", said(capitalized(person.role))),
        ("profile-unit p-org", said(person.affiliation)),
        ("profile-location", [nodes.Text(entry.when)] if entry.when else []),
        ("profile-location", sentence_nodes(now)),
    ]
    shown: Nodes = [
        paragraph(names, words) for names, words in facts if words and words[0].astext()
    ]
    addresses = {_("Website"): person.url, "ORCID": person.orcid_url}
    links: Nodes = [link(name, url, "u-url") for name, url in addresses.items() if url]
    picture = portrait(person.name, person.picture, _SIZES)
    picture["classes"] += ["u-photo"] if person.picture else []
    return _box(picture, shown, links)


def latest_news(found: Sequence[News], count: int) -> Nodes:
    """Return the first *count* news, with their times, below a heading."""
    items = []
    for entry in map(lines.news, found[:count]):
        when = inline("profile-news-time", entry.when)
        words = sentence_nodes(entry.rest)
        items.append(nodes.list_item("", paragraph("", when, " ", *words)))
    heading = nodes.rubric("", _("Latest"), ids=["latest"], **{"heading-level": 2})
    listed = nodes.bullet_list("", *items, classes=["profile-news", "no-search"])
    further = paragraph("profile-news-all no-search", to_table("news", nodes.Text(_("All news"))))
    return [heading, listed, *([further] if found[count:] else [])] if items else []


def cv(profile: Profile, *, is_named: bool = False) -> Nodes:
    """The head of the page `cv`: name, position, affiliation, contact, and the CV as files.

    The name is left out where the page *is_named* so.
    """
    who = [paragraph("cv-line", *sentence_nodes(line)) for line in lines.head(profile)]
    facts = [
        paragraph("", inline("cv-label", label), " ", *sentence_nodes((words,)))
        for label, words in lines.contacts(profile)
    ]
    ways = [nodes.list_item("", fact) for fact in facts]
    files = enumeration([to_file(path, _(label)) for label, (path, _type) in CV_FILES.items()])
    parts: Nodes = [*([] if is_named else [paragraph("cv-name", profile.name)]), *who]
    parts += [nodes.bullet_list("", *ways, classes=["cv-contacts"])] if ways else []
    parts += [paragraph("cv-files", *pieces("This CV as {files}", files=files))]
    return [nodes.container("", *parts, classes=["cv-head"])]


def interests(profile: Profile) -> Nodes:
    """Your research interests, and your present focus."""
    return paragraphs(lines.interests(profile))


#: Section that is no table → function that draws it; its docstring is in the reference.
SECTIONS: dict[str, Callable[[Profile], Nodes]] = {
    "card": card,
    "cv": cv,
    "interests": interests,
}

# -- Sphinx ----------------------------------------------------------------------------------


class ProfileRole(SphinxRole):
    """``{profile}`FACT```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the fact, or its name after a warning."""
        if self.text not in FACTS:
            warn(WarningKind.DIRECTIVE, unknown_name("fact", self.text, FACTS), self.get_location())
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


def unknown_name(what: str, name: str, known: Collection[str]) -> str:
    """Return that the profile has no *name*, and which of those *known* may be meant."""
    near = nearest(name, known, 0.6)
    hint = f"did you mean {near}?" if near else f"there are: {', '.join(known)}"
    return f"profile has no {what} {name!r}; {hint}"


def _draw(translator: HTML5Translator, node: monogram) -> None:
    env, letters = translator.builder.env, node.astext()
    dots: Sequence[Dot] = ()
    if "profile-owner" in node["classes"] and makes_site(app_of(env)):
        letters, dots = initials(group_of(env)) or letters, library_of(env).mark()
    shown = f'<p class="profile-monogram" aria-hidden="true">{translator.encode(letters)}</p>'
    if dots:
        shown = drawn(dots, 'class="profile-mark" aria-hidden="true"')
    translator.body.append(f"{shown}\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the role, and the monogram."""
    app.add_node(monogram, html=(_draw, None), **ONLY_HTML)
    app.add_role("profile", ProfileRole())
