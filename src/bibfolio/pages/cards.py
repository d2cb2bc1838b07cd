"""Paper → the card that lists show: title, authors, venue, links. Pure: a paper in, nodes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal, cast

from docutils import nodes

from bibfolio.model import Author, Link, Paper, where_and_when
from bibfolio.model.strings import capitalized
from bibfolio.model.wording import authors_in_short, badge_in_short, in_a_sentence, where_in_short
from bibfolio.model.words import _
from bibfolio.pages.figures import colour, figure, figure_link, results
from bibfolio.pages.nodes import (
    in_language,
    inline,
    language_class,
    link,
    linked,
    marked,
    rich,
    script_class,
    worded,
)
from bibfolio.pages.site_links import to_file, to_paper, to_person

Form = Literal["card", "row", "full"]
#: A list of more papers has rows in place of cards.
MOST_CARDS = 40
#: Facts, in the margin where there is no figure: parts of a card from this one on.
_FACTS = ("paper-card-results", "paper-card-venue", "paper-card-links")
#: A longer name may be broken.
_LONGEST_NAME = 24
#: Between facts in a line, at the end of which it stays.
_BETWEEN = "\N{NO-BREAK SPACE}· "


class author_name(nodes.inline):  # noqa: N801  docutils spells nodes so
    """A name that no line breaks: ``<bdi>``, which also keeps its letters apart from others'."""


def card(
    paper: Paper,
    topics: Mapping[str, str],
    form: Form = "card",
    number: str = "",
    *,
    has_page: bool = True,
    about: str = "",
) -> list[nodes.Node]:
    """Return the parts of a card, each an inline node of its own class.

    Read without any style they are a reference as people write it; lists make a paragraph of each.

    Args:
        paper: the paper.
        topics: the class of each topic's colour.
        form: a ``card`` is taken in at a glance, a ``row`` of a long list has less, and in ``full``
            everything is said, as a CV needs it.
        number: that of the paper in a list that counts down. It is text: Markdown knows no such
            list.
        has_page: whether what a card leaves out is said elsewhere; all authors and the whole
            reference stand on one that has no page behind it.
        about: the name of the person whom the list is about.
    """
    is_short = has_page and form != "full"
    named = authors_in_short(paper, about) if is_short else None
    gist = in_a_sentence(paper) if form == "card" else ""
    drawn = _figure(paper, topics) if form == "card" else []
    facts = _short_venue(paper) if is_short else [inline("", *venue(paper))]
    facts += _topics(paper, topics) if form != "full" else []
    found = results(paper) if form == "card" and not drawn else []
    parts: list[nodes.Node] = [
        inline("paper-card-title", *_number(number), *title(paper)),
        *original_title(paper),
        *([_gist(gist, paper)] if gist else []),
        inline("paper-card-authors", *authors(paper, named, is_whole=True)),
        inline(f"paper-card-results {colour(paper, topics)}", *_separated(found)),
        inline("paper-card-venue", *_separated(fact for fact in facts if fact.children)),
        inline("paper-card-links", *links(paper)),
        inline("paper-card-figure", *drawn),
    ]
    return [part for part in parts if part.children]


def _number(number: str) -> list[nodes.Node]:
    return [inline("paper-card-number", f"{number}."), nodes.Text(" ")] if number else []


def original_title(paper: Paper) -> list[nodes.inline]:
    """Return what a paper is called in its own language, if it is shown under another title."""
    original = paper.original
    if not original or not paper.is_translated:
        return []
    names = ["paper-card-original", *language_class(original)]
    return [inline(" ".join(names), *rich(original.title))]


def _gist(gist: str, paper: Paper) -> nodes.inline:
    return inline(" ".join(["paper-card-gist", *script_class(gist, paper)]), gist)


def card_classes(parts: Sequence[nodes.Node], form: Form) -> list[str]:
    """Return what styles a card needs to know: whether it is a row, and whether it has a figure."""
    if form == "full":
        return []
    is_plain = "paper-card-figure" not in cast(nodes.Element, parts[-1])["classes"]
    return ["paper-card-row"] * (form == "row") + ["paper-card-plain"] * is_plain


def _separated(facts: Iterable[nodes.inline]) -> list[nodes.Node]:
    """Return *facts* with a sign between each two, which is left out where they are set apart."""
    parts: list[nodes.Node] = []
    for fact in facts:
        parts += [*([inline("paper-card-separator", _BETWEEN)] if parts else []), fact]
    return parts


class card_title(nodes.paragraph):  # noqa: N801
    """The title on a card: in HTML a heading of its ``level``, elsewhere a paragraph."""


def card_paragraphs(
    parts: Sequence[nodes.Node], level: int, form: Form = "card"
) -> list[nodes.Element]:
    """Return a paragraph for each part of a card; its facts are in a container, but in a CV."""
    shown: list[nodes.Element] = []
    facts = nodes.container("", classes=["paper-card-facts"])
    for part in cast(list[nodes.Element], parts):
        names = part["classes"]
        kind, more = (card_title, {"level": level}) if not shown else (nodes.paragraph, {})
        is_fact = form != "full" and names[0] in _FACTS
        if is_fact and not facts.children:
            shown.append(facts)
        (facts if is_fact else shown).append(kind("", "", *part.children, classes=names, **more))
    return shown


def title(paper: Paper) -> list[nodes.Node]:
    """Return the title, linked to the paper's page."""
    return [to_paper(paper, rich(paper.title))]


def authors(
    paper: Paper,
    named: Iterable[Author | int] | None = None,
    *,
    is_linked: bool = False,
    is_whole: bool = False,
) -> list[nodes.Node]:
    """Return the names in printed order with their marks, the owner's in bold, and the legend.

    *named* are those to name, and numbers of those who are not; with *is_linked*, each name leads
    to where that person is found, and with *is_whole*, no line breaks it if it is short.
    """
    parts: list[nodes.Node | str] = []
    comma = paper.comma
    for author in paper.authors if named is None else named:
        if parts:
            parts.append(comma)
        if isinstance(author, int):
            parts.append(_("{people} more", people=author))
        else:
            name = _author(author, is_linked)
            foreign = script_class(author.name, paper)
            is_apart = is_whole or foreign
            parts += [_whole(_joined(name), foreign, is_whole)] if is_apart else name
    for words in filter(None, (paper.others, paper.part)):
        parts += [comma] if parts else []
        parts += in_language(paper.joining, words) if paper.joining else [words]
    if paper.legend:
        legend = inline("paper-card-legend", f"({paper.legend})")
        parts += [" ", _whole([legend]) if is_whole else legend]
    return _joined(parts)


def _whole(
    name: list[nodes.Node], classes: Sequence[str] = (), is_whole: bool = True
) -> nodes.Node:
    """Return a name that no line breaks if it is short and *is_whole*."""
    is_short = is_whole and len("".join(node.astext() for node in name)) <= _LONGEST_NAME
    kind = author_name if is_short else nodes.inline
    return kind("", "", *name, classes=list(classes))


def _author(author: Author, is_linked: bool) -> list[nodes.Node | str]:
    name: nodes.Node | str = author.name
    if author.is_owner:
        name = nodes.strong("", author.name, classes=["paper-card-owner"])
    elif is_linked and (person := author.person) and person.docname:
        name = to_person(person, author.name)
    elif is_linked and (person := author.person) and person.best_url:
        page = _("Home page of {name}", name=person.name)
        title = page if person.url else _("ORCID record of {name}", name=person.name)
        name = link(author.name, person.best_url, rel="author", reftitle=title)
    signs = "".join(mark.sign for mark in author.marks)
    return [name, nodes.superscript("", signs)] if signs else [name]


def _joined(parts: Iterable[nodes.Node | str]) -> list[nodes.Node]:
    """Join neighbouring words into one text node, so that a name can be found as a whole."""
    result: list[nodes.Node] = []
    for is_text, group in groupby(parts, lambda part: isinstance(part, str)):
        if is_text:
            result.append(nodes.Text("".join(map(str, group))))
        else:
            result += cast(Iterable[nodes.Node], group)
    return result


def reference(paper: Paper, *, is_linked: bool = False) -> list[nodes.Node]:
    """Return authors, title, where and when it appeared and its DOI, as others cite it.

    With *is_linked*, the title leads to the paper's page.
    """
    badge = "".join(f"{words}. " for words in (paper.flag, paper.badge) if words)
    where = worded(where_and_when(paper))
    names = [marked(script_class(author.name, paper), author.name) for author in paper.authors]
    names += [in_language(paper.joining, words) for words in (paper.others, paper.part) if words]
    authors = [node for name in names for node in (nodes.Text(paper.comma), *name)][1:]
    doi = paper.identifier("doi")
    end = "" if paper.title.plain.endswith((".", "?", "!")) else "."
    parts = [
        *authors,
        *([nodes.Text(". ")] if authors else []),
        *(title(paper) if is_linked else marked(language_class(paper), *rich(paper.title))),
        nodes.Text(f"{end} {badge}" if where else f"{end} {badge}".rstrip()),
        *where,
    ]
    return [*parts, *([nodes.Text(" "), link(doi.url, doi.url)] if doi else [])]


def venue(paper: Paper) -> list[nodes.Node]:
    """Return flag, badge, place and date, and distinctions, each ending with a full stop."""
    return sentences(venue_parts(paper))


def sentences(parts: Iterable[Sequence[nodes.Node]]) -> list[nodes.Node]:
    """Return *parts* one after the other, with a full stop behind each that has none."""
    result: list[nodes.Node] = []
    for part in filter(None, parts):
        is_closed = part[-1].astext().rstrip()[-1:] in {".", "?", "!"}
        result += [*part, nodes.Text(" " if is_closed else ". ")]
    return [*result[:-1], *(nodes.Text(last.astext().rstrip()) for last in result[-1:])]


def venue_parts(paper: Paper) -> list[list[nodes.Node]]:
    """Return flag, badge, place and date, and distinctions, each as nodes."""
    parts: list[list[nodes.Node]] = [
        flag(paper),
        [badge_of(paper, paper.badge, "paper-card-badge")] if paper.badge else [],
        worded(where_and_when(paper), is_unbroken=True),
    ]
    parts += [[inline("paper-card-award", words)] for words in paper.distinctions]
    return [part for part in parts if part]


def flag(paper: Paper) -> list[nodes.Node]:
    """Return what a notice says of a paper, if there is one; it looks like an award."""
    return [inline("paper-card-award paper-card-flag", paper.flag)] if paper.flag else []


def badge_of(paper: Paper, words: str, *names: str) -> nodes.inline:
    """Return a badge, which leads to the venue."""
    classes = [*names, *script_class(words, paper)]
    return inline(" ".join(classes), linked(words, paper.venue.url))


def _short_venue(paper: Paper) -> list[nodes.inline]:
    """Return flag, badge, place and award."""
    result = cast(list[nodes.inline], flag(paper))
    if badge := badge_in_short(paper):
        names = ["paper-card-badge", *["paper-card-preprint"] * paper.is_preprint]
        result.append(badge_of(paper, badge, *names))
    if where := where_in_short(paper):
        result.append(inline("paper-card-place", *worded(where)))
    for words in paper.distinctions:
        names = ["paper-card-award", *script_class(words, paper)]
        result.append(inline(" ".join(names), words))
    return result


def _topics(paper: Paper, classes: Mapping[str, str]) -> list[nodes.inline]:
    """Return the topics in words, each with the colour that it has everywhere."""
    return [
        inline(f"paper-card-topic {classes[topic]}", capitalized(topic)) for topic in paper.topics
    ]


def _figure(paper: Paper, topics: Mapping[str, str]) -> list[nodes.Node]:
    parts = figure(paper, topics, is_large=False)
    return [figure_link("", "", *parts, internal=True, site_page=paper.page)] if parts else []


def links(paper: Paper) -> list[nodes.Node]:
    """Return a linked word for everything that can be opened, separated by spaces."""
    result: list[nodes.Node] = []
    for item in paper.links:
        if result:
            result.append(nodes.Text(" "))
        result.append(_button(item, paper))
    return result


def free(paper: Paper) -> list[nodes.Node]:
    """Return where a paper is free, and its licence, each as a link."""
    found: list[nodes.Node] = [
        to_file(one.url, one.label) if one.is_local else link(one.label, one.url)
        for one in paper.free_at
    ]
    return [*found, *([link(one.name, one.url, rel="license")] if (one := paper.license) else [])]


def _button(item: Link, paper: Paper) -> nodes.reference:
    name = f"paper-card-{item.kind}"
    make = to_file if item.is_local else _to_elsewhere
    button = make(item.url, item.label, name)
    # Out of context a list of ten links called "PDF" says nothing.
    button["reftitle"] = f"{item.label}: {paper.title.plain}"
    return button


def _to_elsewhere(url: str, label: str, name: str) -> nodes.reference:
    return link(label, url, name)
