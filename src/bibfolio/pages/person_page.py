"""A page about a person: who it is, the owner's words, and papers, talks and software."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bibfolio.config import is_site
from bibfolio.library import library_of
from bibfolio.model import Paper, Person, Profile, lines
from bibfolio.model.people import PEOPLE
from bibfolio.model.sentence import Entry, in_series, stopped
from bibfolio.model.tables import TABLES, newest_first
from bibfolio.model.words import _
from bibfolio.pages.cards import MOST_CARDS, Form, card, card_classes, card_paragraphs
from bibfolio.pages.documents import COLLECT_DOCUMENTS, DocumentParser, Kind, Wanted
from bibfolio.pages.entries import timeline
from bibfolio.pages.nodes import as_written, heading, said
from bibfolio.pages.profile_sections import person_card

KIND = Kind(PEOPLE, ".person", PEOPLE, "the page of a person")

# -- the page (pure) -------------------------------------------------------------------------


def page(
    person: Person,
    papers: Sequence[Paper],
    named_in: Mapping[str, Sequence[Entry]],
    text: Sequence[nodes.Node] = (),
    *,
    topics: Mapping[str, str] | None = None,
) -> nodes.section:
    """Return the whole page.

    Args:
        person: whom it is about.
        papers: what the person wrote.
        named_in: the lines that name the person, by table.
        text: what the owner has written.
        topics: the class of each topic's colour.
    """
    native = said(f" {person.native}") if person.native else []
    title = heading(person.docname, "", *said(person.name), *native)
    # Other parts of the page are called so.
    taken = {"", "publications", *named_in}
    taken |= {id_ for node in text for part in node.findall(nodes.section) for id_ in part["ids"]}
    id_ = nodes.make_id(person.slug)
    id_ = nodes.make_id(f"person-{person.slug}") if id_ in taken else id_
    text = _below_title(text, person)
    # On phones, the box stands where it is written: best below the sentences that introduce.
    at = 1 if text and isinstance(text[0], nodes.paragraph) else 0
    body = nodes.section("", *as_written(title), ids=[id_])
    body += [*text[:at], *as_written(person_card(person)), *text[at:]]
    if papers:
        body += _section(
            person, _("Publications"), "publications", _cards(person, papers, topics or {})
        )
    for table, entries in named_in.items():
        if entries:
            words = _(TABLES[table].heading)
            body += _section(person, words, table, *timeline(entries, table=table))
    return body


def _below_title(text: Sequence[nodes.Node], person: Person) -> Sequence[nodes.Node]:
    """Return what the owner has written, without the title of a page: it has the name, too."""
    if len(text) == 1 and isinstance(text[0], nodes.section):
        section = text[0]
        if isinstance(section[0], nodes.title) and person.is_named_in(section[0].astext()):
            return section.children[1:]
    return text


def _cards(person: Person, papers: Sequence[Paper], topics: Mapping[str, str]) -> nodes.bullet_list:
    """Return the cards of papers, which nobody filters and no citation leads to."""
    form: Form = "card" if len(papers) <= MOST_CARDS else "row"
    # Who looks for a paper wants its page, not every list.
    result = nodes.bullet_list(classes=["paper-card-list", "no-search"])
    for paper in papers:
        parts = card(paper, topics, form, about=person.name)
        classes = ["paper-card", *card_classes(parts, form)]
        result += nodes.list_item("", *card_paragraphs(parts, 3, form), classes=classes)
    return result


def _section(person: Person, title: str, id_: str, *content: nodes.Node) -> nodes.section:
    return nodes.section("", *as_written(heading(person.docname, id_, title), *content), ids=[id_])


def named_in(person: Person, profile: Profile) -> dict[str, list[Entry]]:
    """Return the lines of talks and software that name a person, by table."""
    found = {
        "talks": map(lines.talk, newest_first(profile.talks)),
        "software": map(lines.software, profile.software),
    }
    return {
        table: [entry for entry in entries if person.is_named_in(entry.text)]
        for table, entries in found.items()
    }


def description(person: Person) -> str:
    """Return who somebody is, for search engines: ``Jane Doe, Ph.D. student.``."""
    return stopped(in_series([person.name, person.role]))


# -- Sphinx ----------------------------------------------------------------------------------


def _wanted(app: Sphinx) -> Iterator[Wanted]:
    """Yield the people who have a page."""
    if is_site(app.config):
        people = library_of(app.env).profile.people.values()
        yield Wanted(KIND, tuple(person.slug for person in people if person.docname))


class PersonParser(DocumentParser):
    """Draws the page of a person."""

    supported: ClassVar[tuple[str, ...]] = ("person",)
    kind = KIND

    def drawn(self, env: BuildEnvironment, text: list[nodes.Node]) -> tuple[nodes.section, str]:
        """Return the page, and its description."""
        library = library_of(env)
        person = library.person_of(env.docname)
        if not person:
            raise LookupError
        papers = library.papers_by_person.get(person.name, ())
        named, topics = named_in(person, library.profile), library.topic_classes
        return page(person, papers, named, text, topics=topics), description(person)


def setup(app: Sphinx) -> None:
    """Register suffix and parser."""
    if is_site(app.config):  # in other projects, files of that name are the owner's
        app.add_source_suffix(KIND.suffix, "person")
        app.add_source_parser(PersonParser)
    app.connect(COLLECT_DOCUMENTS, _wanted)
