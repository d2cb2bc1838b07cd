"""Tables of the profile as directives: ``{talks}``, ``{service}``, … of the domain ``bib``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, is_directive_registered

from bibfolio.config import settings_of
from bibfolio.library import Library, library_of, note_bibliography, note_table
from bibfolio.model import lines
from bibfolio.model.dates import PartialDate
from bibfolio.model.news import DERIVED, news
from bibfolio.model.people import Person
from bibfolio.model.profile import Talk
from bibfolio.model.sentence import Entry, Phrase, after, with_papers
from bibfolio.model.words import _
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.entries import timeline
from bibfolio.pages.nodes import as_written, free_id, jumps, section
from bibfolio.pages.profile_sections import portrait
from bibfolio.pages.site_links import to_table
from bibfolio.problems import WarningKind, warn

# -- groups (pure) ---------------------------------------------------------------------------

#: Label in the address, heading if there is one, and what stands under it.
Groups = list[tuple[str, str, list[Any]]]
#: From so many talks or lines of news on, years are headings; and there are links to them.
_YEARS, _JUMPS = 20, 30
#: Kind of service, or group of people → its heading, in English; in this order.
HEADINGS = {
    "committee": "Committees",
    "reviewing": "Reviewing",
    "editorial": "Editorial work",
    "organizing": "Organization",
    "outreach": "Outreach",
    "department": "Department",
    "current": "Members",
    "alumni": "Alumni",
}


def by_kind(kinds: Iterable[str], items: Sequence[Any]) -> Groups:
    """Return a group of *items* for each of their *kinds*; a single one has no heading."""
    found = list(zip(kinds, items, strict=True))
    groups = [(name, [one for kind, one in found if kind == name]) for name in HEADINGS]
    several = sum(bool(of) for _name, of in groups) > 1
    return [(name, _(HEADINGS[name]) if several else "", of) for name, of in groups if of]


def newest_first(talks: Iterable[Talk]) -> list[Talk]:
    """Return *talks* by their beginning; what is known to the year comes after the better known."""
    return sorted(talks, key=lambda one: one.date.start, reverse=True)


def coming(talks: Iterable[Talk], today: PartialDate | None) -> list[Talk]:
    """Return the talks that are not over before *today*, soonest first; none without a date."""
    if not today:
        return []
    found = [one for one in talks if one.date.is_open or not one.date.end.is_over_before(today)]
    return sorted(found, key=lambda one: one.date.start)


def talks_by_time(talks: Sequence[Talk], today: PartialDate | None) -> Groups:
    """Return what is coming, and then the other talks, newest first: many of them by year."""
    first = coming(talks, today)
    rest = newest_first(one for one in talks if one not in first)
    groups: Groups = [("coming", _("Coming"), first), ("past", _("Past") if first else "", rest)]
    if len(talks) >= _YEARS:
        groups[1:] = by_year(rest)
    return [group for group in groups if group[2]]


def by_year(items: Iterable[Any]) -> Groups:
    """Return a group of *items* for each year, in their order."""
    years = groupby(items, lambda one: str(one.date.start.year))
    return [(year, year, [*of]) for year, of in years]


def talks_about(library: Library, key: str) -> tuple[Entry, ...]:
    """Return the lines of the talks about a paper, newest first; other papers are words there."""
    spelt = partial(with_papers, papers=library.by_key, url_of=lambda _paper: "")
    about = [replace(one, paper="") for one in library.profile.talks if one.paper == key]
    return tuple(
        replace(line, headline=spelt(line.headline), rest=spelt(line.rest))
        for line in map(lines.talk, newest_first(about))
    )


def talk_list(entries: Sequence[Entry]) -> list[nodes.Node]:
    """Return lines whose titles lead to the page with all talks, but for those with an address."""
    found = timeline(entries, {})
    for item in (item for part in found for item in part.findall(nodes.list_item)):
        title = next(item.findall(nodes.strong))
        if not any(title.findall(nodes.reference)):
            title[:] = [to_table("talks", *title.children, or_text=True)]
    return found


# -- people (pure) ---------------------------------------------------------------------------


def people(persons: Sequence[Person], *, with_pictures: bool = False) -> list[nodes.Node]:
    """Return a list with the name of each, linked to where they are found, and their role."""
    found = timeline(map(_line, persons), {})
    items = [item for part in found for item in part.findall(nodes.list_item)]
    for person, item in zip(persons, items if with_pictures else (), strict=False):
        item["classes"].append("profile-card")
        item.insert(0, portrait(person.name, person.picture, "80px"))
    return found


def _line(person: Person) -> Entry:
    """Return ``Jane Doe 某甲, postdoc``."""
    native = (Phrase(f" {person.native}"),) if person.native else ()
    return Entry("", (Phrase(person.name, person.best_url),), native + after(person.role))


# -- directives ------------------------------------------------------------------------------


class TableDirective(SphinxDirective):
    """Every item of the table that the directive is called after; nothing if there is none."""

    @property
    def table(self) -> str:
        """Return the name of the table, without the domain."""
        return self.name.rpartition(":")[2]

    def run(self) -> list[nodes.Node]:
        """Return what the table holds: a section for each group that has a heading."""
        note_bibliography(self.env)  # whose papers it names
        groups, content = [group for group in self.groups() if group[2]], list[nodes.Node]()
        if groups and not {"limit", "upcoming"} & self.options.keys():
            note_table(self.env, self.table)
        for label, words, items in groups:
            shown, id_ = self.drawn(items), free_id(self, self.table, label)
            content += [section(self, id_, words, *shown)] if words else shown
        parts = [(words, len(items)) for _label, words, items in groups if words]
        if parts and sum(len(items) for _label, _words, items in groups) >= _JUMPS:
            ids = [str(part["ids"][0]) for part in content if isinstance(part, nodes.section)]
            content.insert(0, jumps(parts, ids))
        return [*as_written(*content), mark_section(self.table, content)]

    def groups(self) -> Groups:
        """Return all items."""
        return [("", "", [*getattr(library_of(self.env).profile, self.table)])]

    def drawn(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Return the nodes of the items of a group."""
        entries = map(lines.LINES.get(self.table, lines.section_item), items)
        return timeline(entries, library_of(self.env).by_key, "profile-table")


class TalksDirective(TableDirective):
    """``{talks}``: all, or with ``:upcoming:`` those that are not over before the owner's date."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"upcoming": directives.flag}

    def groups(self) -> Groups:
        """Return talks by time."""
        talks, date = library_of(self.env).profile.talks, settings_of(self.config).today
        today = PartialDate.parse(date) if date else None
        if "upcoming" not in self.options:
            return talks_by_time(talks, today)
        if not today:
            message = (
                ":upcoming: shows nothing without a date; write bibfolio_today = "
                '"2026-12-01" in conf.py, or build with -D bibfolio_today=$(date +%F)'
            )
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        return [("", "", coming(talks, today))]


class ServiceDirective(TableDirective):
    """``{service}``: by kind."""

    def groups(self) -> Groups:
        """Return the items of each kind."""
        items = library_of(self.env).profile.service
        return by_kind((one.kind for one in items), items)


class PeopleDirective(TableDirective):
    """``{people}``: who is in the group, and who has left; ``:pictures:`` shows their portraits."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "group": lambda value: directives.choice(value, ("current", "alumni")),
        "pictures": directives.flag,
    }

    def groups(self) -> Groups:
        """Return the people of each group, or of the one that is asked for."""
        asked, everyone = self.options.get("group"), library_of(self.env).profile.people.values()
        found = [one for one in everyone if asked in {None, one.group}]
        return by_kind((one.group for one in found), found)

    def drawn(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Return a list of people."""
        return people([*items], with_pictures="pictures" in self.options)


class SectionDirective(TableDirective):
    """``{section} ID``: a section of the owner's own, by its identifier."""

    required_arguments = 1

    @property
    def table(self) -> str:
        """Return the identifier."""
        return str(self.arguments[0])

    def groups(self) -> Groups:
        """Return all items, or nothing after a warning."""
        profile = library_of(self.env).profile
        known = [own.id for own in profile.sections]
        if self.table not in known:
            there = f"there are: {', '.join(known)}" if known else "there is none"
            message = f"the profile has no [[sections]] with the id {self.table!r}; {there}"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
            return []
        return [("", "", [*lines.items_of(profile, self.table)])]


class NewsDirective(TableDirective):
    """What the owner writes, and what papers, talks and awards tell."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "limit": directives.positive_int,
        "derived": directives.unchanged,
    }

    def groups(self) -> Groups:
        """Return all items, or those of each year where they are many."""
        library, derived, limit = library_of(self.env), self._derived(), self.options.get("limit")
        found = news(library.profile, library.papers, derived)[:limit]
        for kind in derived if found and not limit else ():
            note_table(self.env, f"news:{kind}")
        return by_year(found) if len(found) >= _YEARS and not limit else [("", "", [*found])]

    def _derived(self) -> Collection[str]:
        """Return what tells news here; all of it after a warning."""
        words = re.split(r"\s*,\s*", self.options.get("derived", ", ".join(DERIVED)).strip())
        for unknown in (word for word in words if word not in {*DERIVED, "none"}):
            message = f"news derives nothing from {unknown!r}; write none, or {', '.join(DERIVED)}"
            warn(WarningKind.DIRECTIVE, f"{message}; showing all of it", self.get_location())
            return DERIVED
        return words


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    **dict.fromkeys(("mentoring", "grants", "software"), TableDirective),
    "talks": TalksDirective,
    "service": ServiceDirective,
    "news": NewsDirective,
    "people": PeopleDirective,
    "section": SectionDirective,
}


def _add_short_names(app: Sphinx, _config: Config) -> None:
    """Register names without the domain that no other extension has taken."""
    for name, directive in DIRECTIVES.items():
        if not is_directive_registered(name):
            app.add_directive(name, directive)


def setup(app: Sphinx) -> None:
    """Register every directive in the domain; under its short name when all are loaded."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("bib", name, directive)
    app.connect("config-inited", _add_short_names, priority=900)
