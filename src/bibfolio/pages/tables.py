"""Directives for the tables of the profile, ``{talks}``, ``{service}``, …; and ``{profile}``.

Each table has a directive in the domain ``bib``, whose short name is registered as well unless
another extension has one of that name.
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
from bibfolio.library import Library, cv_pages, library_of, note_bibliography, note_table
from bibfolio.model import CV_PAGE, Paper, lines
from bibfolio.model.dates import PartialDate
from bibfolio.model.news import DERIVED, news
from bibfolio.model.paper import papers_by_person
from bibfolio.model.people import GROUPS, Person
from bibfolio.model.profile import Grant, Profile, Talk
from bibfolio.model.sentence import Entry, Sentence, comma, leading, sentence_text
from bibfolio.model.strings import digest
from bibfolio.model.tables import TABLES, items_of, line_of, newest_first
from bibfolio.model.words import _
from bibfolio.pages import cards
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.entries import profile_list, sentence_nodes, timeline
from bibfolio.pages.nodes import (
    Cell,
    as_written,
    free_id,
    inline,
    jumps,
    listed,
    paragraph,
    said,
    section,
)
from bibfolio.pages.profile_sections import SECTIONS, card, cv, latest_news, portrait, unknown_name
from bibfolio.pages.site_links import to_paper, to_person, to_table
from bibfolio.problems import WarningKind, warn

# -- groups (pure) ---------------------------------------------------------------------------

#: Label for the address, heading or an empty string, and items.
Groups = list[tuple[str, str, list[Any]]]
#: So many talks or news have headings by year; so many items have links to the headings.
_YEARS, _JUMPS = 20, 30


def by_kind(items: Sequence[Any], key: str, headings: Mapping[str, str]) -> Groups:
    """Return a group of *items* for each value of *key*; a single group has no heading.

    *headings* has the heading of each value, in order; items with other values are left out.
    """
    groups = [(kind, [item for item in items if getattr(item, key) == kind]) for kind in headings]
    has_several = sum(bool(group) for _kind, group in groups) > 1
    return [
        (kind, _(headings[kind]) if has_several else "", group) for kind, group in groups if group
    ]


def coming(talks: Iterable[Talk], today: PartialDate | None) -> list[Talk]:
    """Return the talks that are not over before *today*, soonest first; none without that date."""
    if not today:
        return []
    found = [t for t in talks if t.date.is_open or not t.date.end.is_over_before(today)]
    return sorted(found, key=lambda talk: talk.date.start)


def talks_by_time(talks: Sequence[Talk], today: PartialDate | None) -> Groups:
    """Return coming talks, and then the others, newest first; many of them by year."""
    first = coming(talks, today)
    rest = newest_first(talk for talk in talks if talk not in first)
    groups: Groups = [("coming", _("Coming"), first), ("past", _("Past") if first else "", rest)]
    if len(talks) >= _YEARS:
        groups[1:] = by_year(rest)
    return [group for group in groups if group[2]]


def by_year(items: Iterable[Any]) -> Groups:
    """Return a group of *items* for each year, in their order."""
    years = groupby(items, lambda item: str(item.date.start.year))
    return [(year, year, [*group]) for year, group in years]


def talks_about(library: Library, key: str) -> tuple[Entry, ...]:
    """Return the lines of the talks about a paper, newest first, without links to other papers."""
    talks = newest_first(t for t in library.profile.talks if t.paper and t.paper.key == key)
    return tuple(lines.talk(replace(talk, paper=None)).with_sentences(_unlinked) for talk in talks)


def _unlinked(sentence: Sentence) -> Sentence:
    return tuple(replace(one, key="", page="") if one.key else one for one in sentence)


# -- grants (pure) ---------------------------------------------------------------------------

#: What pages are noted for that say of each grant which papers it paid for.
REPORT = "grants:papers"


def _label_of(grant: Grant) -> str:
    """Return what the place of a grant in a report is called by: its number, or its title.

    An address has Latin letters and digits; without any, the title stands in it as a number.
    """
    title = sentence_text(grant.title)
    labels = (grant.number, title, digest(title)[:8])
    return next(label for label in labels if _anchor(label) != _anchor(""))


def _anchor(label: str) -> str:
    return nodes.make_id(f"grants-{label}")


def _to_report(grant: Grant, *words: nodes.Node) -> nodes.reference:
    return to_table(REPORT, *words, or_text=True, anchor=_anchor(_label_of(grant)))


def named_grant(grant: Grant) -> list[nodes.Node]:
    """Return title, funder and number of a grant; the title leads to the report on it."""
    title = _to_report(grant, *said(sentence_text(grant.title)))
    return [title, nodes.Text(f" ({sentence_text(lines.funding(grant))})")]


def grant_report(grant: Grant, papers: Sequence[Paper]) -> list[nodes.Node]:
    """Return what a funder asks for: the grant, its papers, which are free to read, their data."""
    entry = lines.grant(grant)
    parts = (("", leading(lines.funding(grant), grant.url)), *entry.parts[1:])
    items = (nodes.list_item("", *_reported(paper)) for paper in papers)
    found = nodes.bullet_list("", *items, classes=["profile-list"])
    line = timeline([Entry(entry.when, (), parts)], "profile-table")
    return [*line, *([found] if papers else [])]


def _reported(paper: Paper) -> list[nodes.Node]:
    """Return a paper as others cite it, and what is open of it."""
    colon, where = _("{kind}: {title}", kind="", title=""), listed(cards.free(paper))
    facts = [[nodes.Text(_("Free to read") + colon), *where]] if where else []
    facts += [
        cards.links(replace(paper, links=(one,))) for one in paper.links if one.kind == "data"
    ]
    shown = [node for fact in facts for node in (nodes.Text(" · "), *fact)][1:]
    reference = paragraph("", *cards.reference(paper, is_linked=True))
    return [reference, *([paragraph("profile-evidence", *shown)] if shown else [])]


# -- people (pure) ---------------------------------------------------------------------------

#: How many papers are named beside a person.
_NAMED = 2


def people(
    persons: Sequence[Person], papers: Sequence[Paper] = (), *, with_pictures: bool = False
) -> list[nodes.Node]:
    """Return a list of names, linked to the people's addresses, with roles and the newest papers.

    *papers* are those of the site, newest first.
    """
    wrote = papers_by_person(papers)
    draw = _with_picture if with_pictures else _in_a_line
    items = (draw(person, _papers(wrote.get(person.name, ()))) for person in persons)
    return profile_list(items, "profile-people")


def _in_a_line(person: Person, papers: Sequence[nodes.Node]) -> nodes.list_item:
    """Return ``Jane Doe 某甲, postdoc``, and papers."""
    about = role_of(person)
    role: list[nodes.Node | str] = [comma(), about] if about.children else []
    text = inline("profile-text", *_name(person), *role)
    beside: list[nodes.Node | str] = [" ", inline("profile-evidence", *papers)] if papers else []
    return nodes.list_item("", paragraph("profile-person", text, *beside))


def _with_picture(person: Person, papers: Sequence[nodes.Node]) -> nodes.list_item:
    """Return a portrait, beside it the name above the role, and papers."""
    words = nodes.container("", paragraph("", *_name(person)), classes=["profile-person-text"])
    words += [paragraph("", about)] if (about := role_of(person)).children else []
    beside = [paragraph("profile-evidence", *papers)] if papers else []
    parts = [portrait(person.name, person.picture, "64px"), words, *beside]
    return nodes.list_item("", *parts, classes=["profile-person", "profile-person-pictured"])


def _name(person: Person) -> list[nodes.Node]:
    native = said(f" {person.native}") if person.native else []
    return [nodes.strong("", "", to_person(person, person.name), *native)]


def role_of(person: Person) -> nodes.inline:
    """Return the role of a person, the time of it, and the place today."""
    return inline("profile-role", *sentence_nodes(lines.person(person).details))


def _papers(papers: Sequence[Paper]) -> list[nodes.Node]:
    """Return the names of the newest *papers*, and the number of the others."""
    names: list[Cell] = [to_paper(p) for p in papers[:_NAMED]]
    rest = len(papers) - _NAMED
    return listed([*names, *([_("{papers} more", papers=rest)] if rest > 0 else [])])


# -- directives ------------------------------------------------------------------------------


class TableDirective(SphinxDirective):
    """Shows the table that has the name of the directive."""

    #: Classes of the lists.
    classes: Sequence[str] = ("profile-table",)

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return self.name.rpartition(":")[2]

    def run(self) -> list[nodes.Node]:
        """Return the groups of items, each with a heading in a section."""
        note_bibliography(self.env)  # as items may name papers
        groups, content = [group for group in self.groups() if group[2]], list[nodes.Node]()
        if groups and not {"limit", "upcoming"} & self.options.keys():
            note_table(self.env, self.table)
        if not groups and (reason := library_of(self.env).no_profile):
            message = f"{self.name}: there is nothing to show, as {reason}"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        for label, words, items in groups:
            shown, id_ = self.drawn(items), free_id(self, self.table, label)
            content += [section(self, id_, words, *shown)] if words else shown
        parts = [(words, len(items)) for _label, words, items in groups if words]
        if parts and sum(len(items) for _label, _words, items in groups) >= _JUMPS:
            ids = [str(part["ids"][0]) for part in content if isinstance(part, nodes.section)]
            content.insert(0, jumps(parts, ids))
        return [*as_written(*content), mark_section(self.table, content)]

    def groups(self) -> Groups:
        """Return all items, by kinds if the table has some."""
        items = items_of(library_of(self.env).profile, self.table)
        kinds = TABLES[self.table].kinds
        return by_kind(items, "kind", kinds) if kinds else [("", "", [*items])]

    def drawn(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Return a list of the items of a group."""
        return timeline((line_of(self.table, item) for item in items), *self.classes)


class TalksDirective(TableDirective):
    """``{talks}``: all, or with ``:upcoming:`` those that are not over on ``bibfolio_today``."""

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


class GrantsDirective(TableDirective):
    """``{grants}``: a line for each; with ``:papers:`` a part for each, with its papers."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"papers": directives.flag}

    def groups(self) -> Groups:
        """Return all grants, or each alone."""
        grants = library_of(self.env).profile.grants
        if "papers" not in self.options or not grants:
            return super().groups()
        note_table(self.env, REPORT)
        return [(_label_of(grant), sentence_text(grant.title), [grant]) for grant in grants]

    def drawn(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Return the report on a grant; or a list, whose lines name the newest papers."""
        grants, papers = [*items], library_of(self.env).by_key
        if "papers" in self.options:
            (grant,) = grants
            return grant_report(grant, [papers[name.key] for name in grant.papers])
        found = super().drawn(grants)
        for item, grant in zip(found[0].children, grants, strict=True):
            rest = len(grant.papers) - lines.NAMED_OF_GRANT
            if rest > 0:
                more = _to_report(grant, nodes.Text(_("{papers} more", papers=rest)))
                for evidence in item.findall(nodes.inline):
                    if "profile-evidence" in evidence["classes"]:
                        evidence.extend(listed(["", more]))
        return found


class PeopleDirective(TableDirective):
    """``{people}``: the people who have a group; with ``:pictures:`` their portraits."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "group": directives.unchanged_required,
        "pictures": directives.flag,
    }

    def groups(self) -> Groups:
        """Return the people of each group, in the order of the file, or of one group."""
        people_ = [p for p in library_of(self.env).profile.people.values() if p.group]
        headings = {person.group: GROUPS.get(person.group, person.group) for person in people_}
        if chosen := self.options.get("group"):
            if chosen not in (known := {**GROUPS, **headings}):
                message = f"nobody is in the group {chosen!r}; there are: {', '.join(known)}"
                warn(WarningKind.DIRECTIVE, message, self.get_location())
            headings = {name: words for name, words in headings.items() if name == chosen}
        return by_kind(people_, "group", headings)

    def drawn(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Return a list of people."""
        papers = library_of(self.env).papers
        return people([*items], papers, with_pictures="pictures" in self.options)


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
        ids = [own.id for own in profile.sections]
        if self.table not in ids:
            there = f"there are: {', '.join(ids)}" if ids else "there is none"
            message = f"the profile has no [[sections]] with the id {self.table!r}; {there}"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
            return []
        return [("", "", [*items_of(profile, self.table)])]


class NewsDirective(TableDirective):
    """``{news}``: what the owner writes, and what papers, talks and awards tell."""

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
        """Return what news are derived from; everything after a warning."""
        words = re.split(r"\s*,\s*", self.options.get("derived", ", ".join(DERIVED)).strip())
        for unknown in (word for word in words if word not in {*DERIVED, "none"}):
            message = f":derived: does not know {unknown!r}; write none, or {', '.join(DERIVED)}"
            warn(WarningKind.DIRECTIVE, f"{message}; showing all of it", self.get_location())
            return DERIVED
        return words


#: Name → directive: those of all tables, which have a class of their own if they have options, and
#: two others.
DIRECTIVES: dict[str, type[TableDirective]] = {
    **dict.fromkeys(TABLES, TableDirective),
    "talks": TalksDirective,
    "news": NewsDirective,
    "grants": GrantsDirective,
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
        library = library_of(self.env)
        content = self._cv(library.profile) if name == "cv" else SECTIONS[name](library.profile)
        if name == "card" and "latest" in self.options:
            note_bibliography(self.env)
            note_table(self.env, "latest")
            found = news(library.profile, library.papers)
            content = card(library.profile, latest_news(found, self.options["latest"]))
        return [*as_written(*content), mark_section(name, content)]

    def _cv(self, profile: Profile) -> list[nodes.Node]:
        if self.env.docname not in cv_pages(self.env).values():
            message = f"the section cv belongs on the page {CV_PAGE}, else its files are not made"
            warn(WarningKind.DIRECTIVE, message, self.get_location())
        title = self.state.document.next_node(nodes.title)
        return cv(profile, is_named=title is not None and title.astext() == profile.name)

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
        directive.classes = ()  # the list keeps to the column of the text
        return directive.run()


def _add_short_names(app: Sphinx, _config: Config) -> None:
    """Register the short names that no other extension has registered."""
    for name, directive in DIRECTIVES.items():
        if not is_directive_registered(name):
            app.add_directive(name, directive)


def setup(app: Sphinx) -> None:
    """Register the directives in the domain; their short names once all extensions are loaded."""
    app.add_directive("profile", ProfileDirective)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("bib", name, directive)
    app.connect("config-inited", _add_short_names, priority=900)
