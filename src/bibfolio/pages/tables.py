"""Tables of the profile as directives: ``{talks}``, ``{service}``, …; and ``{profile}``.

Each has its name in the domain ``bib``, and without that unless another extension has taken it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, is_directive_registered

from bibfolio.config import settings_of
from bibfolio.library import Library, library_of, note_bibliography, note_table
from bibfolio.model import CV_PAGE, lines
from bibfolio.model.dates import PartialDate
from bibfolio.model.news import DERIVED, news
from bibfolio.model.people import GROUPS, Person
from bibfolio.model.profile import Talk
from bibfolio.model.sentence import Entry, Phrase, Sentence, after, plain
from bibfolio.model.tables import TABLES, items_of, line_of
from bibfolio.model.words import _
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.entries import line, profile_list, timeline
from bibfolio.pages.nodes import as_written, free_id, jumps, section
from bibfolio.pages.profile_sections import SECTIONS, card, latest_news, portrait, unknown_name
from bibfolio.problems import WarningKind, warn

# -- groups (pure) ---------------------------------------------------------------------------

#: Label in the address, heading if there is one, and what stands under it.
Groups = list[tuple[str, str, list[Any]]]
#: From so many talks or lines of news on, years are headings; and there are links to them.
_YEARS, _JUMPS = 20, 30


def by_kind(items: Sequence[Any], key: str, headings: Mapping[str, str]) -> Groups:
    """Return a group of *items* for each value of *key*; a single one has no heading.

    *headings* are those of the values, in their order; items of other values are left out.
    """
    groups = [(kind, [one for one in items if getattr(one, key) == kind]) for kind in headings]
    several = sum(bool(of) for _kind, of in groups) > 1
    return [(kind, _(headings[kind]) if several else "", of) for kind, of in groups if of]


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
    talks = newest_first(t for t in library.profile.talks if t.paper and t.paper.key == key)
    found = [lines.talk(replace(talk, paper=None)) for talk in talks]
    return tuple(
        replace(
            line,
            headline=_words(line.headline),
            parts=tuple((sign, _words(part)) for sign, part in line.parts),
        )
        for line in found
    )


def _words(sentence: Sentence) -> Sentence:
    return tuple(replace(phrase, key="", page="") for phrase in sentence)


# -- people (pure) ---------------------------------------------------------------------------


def people(persons: Sequence[Person], *, with_pictures: bool = False) -> list[nodes.Node]:
    """Return a list with the name of each, linked to where they are found, and their role."""
    if not with_pictures:
        return timeline(map(_line, persons))
    cards = [
        nodes.list_item(
            "",
            portrait(person.name, person.picture, "80px"),
            line(_line(person)),
            classes=["profile-card"],
        )
        for person in persons
    ]
    return profile_list(cards)


def _line(person: Person) -> Entry:
    """Return ``Jane Doe 某甲, postdoc``."""
    native = ((" ", plain(person.native)),) if person.native else ()
    parts = (*native, *after(person.role))
    return Entry("", (Phrase(person.name, person.best_url),), parts)


# -- directives ------------------------------------------------------------------------------


class TableDirective(SphinxDirective):
    """Every item of the table that the directive is called after; nothing if there is none."""

    #: Classes of the lists.
    classes: Sequence[str] = ("profile-table",)

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
        """Return all items, by their kinds where there are some."""
        items = items_of(library_of(self.env).profile, self.table)
        kinds = TABLES[self.table].kinds
        return by_kind(items, "kind", kinds) if kinds else [("", "", [*items])]

    def drawn(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Return the nodes of the items of a group."""
        return timeline((line_of(self.table, item) for item in items), *self.classes)


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


class PeopleDirective(TableDirective):
    """``{people}``: who is in the group, and who has left; ``:pictures:`` shows their portraits."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "group": lambda value: directives.choice(value, ("current", "alumni")),
        "pictures": directives.flag,
    }

    def groups(self) -> Groups:
        """Return the people of each group, or of the one that is asked for."""
        asked, everyone = self.options.get("group"), library_of(self.env).profile.people.values()
        return by_kind([one for one in everyone if asked in {None, one.group}], "group", GROUPS)

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
        return [("", "", [*items_of(profile, self.table)])]


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


#: Name → directive: that of each table, of its own where it has options; and those beside them.
DIRECTIVES: dict[str, type[TableDirective]] = {
    **dict.fromkeys(TABLES, TableDirective),
    "talks": TalksDirective,
    "news": NewsDirective,
    "people": PeopleDirective,
    "section": SectionDirective,
}


class ProfileDirective(SphinxDirective):
    """``{profile} SECTION``: a section that is no table, or a table without options."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"latest": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        """Return the section, or nothing after a warning."""
        name = self.arguments[0]
        if name in TABLES:
            return self._table(name)
        if name not in SECTIONS:
            message = unknown_name("section", name, [*SECTIONS, *TABLES])
            warn(WarningKind.DIRECTIVE, message, self.get_location())
            return []
        if name == "cv" and self.env.docname != CV_PAGE:
            message = f"the section cv belongs on the page {CV_PAGE}, else its files are not made"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        library = library_of(self.env)
        content = SECTIONS[name](library.profile)
        if name == "card" and "latest" in self.options:
            note_bibliography(self.env)
            note_table(self.env, "latest")
            found = news(library.profile, library.papers)
            content = card(library.profile, latest_news(found, self.options["latest"]))
        return [*as_written(*content), mark_section(name, content)]

    def _table(self, name: str) -> list[nodes.Node]:
        directive = DIRECTIVES[name](
            name=name,
            arguments=[],
            options={},
            content=StringList(),
            lineno=self.lineno,
            content_offset=self.content_offset,
            block_text="",
            state=self.state,
            state_machine=self.state_machine,
        )
        directive.classes = ()  # it stands in the column of the text
        return directive.run()


def _add_short_names(app: Sphinx, _config: Config) -> None:
    """Register names without the domain that no other extension has taken."""
    for name, directive in DIRECTIVES.items():
        if not is_directive_registered(name):
            app.add_directive(name, directive)


def setup(app: Sphinx) -> None:
    """Register every directive in the domain; under its short name when all are loaded."""
    app.add_directive("profile", ProfileDirective)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("bib", name, directive)
    app.connect("config-inited", _add_short_names, priority=900)
