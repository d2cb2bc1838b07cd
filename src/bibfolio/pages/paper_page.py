"""A page for every paper: a document without Markdown, drawn from the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bibfolio.config import has_paper_pages
from bibfolio.library import library_of
from bibfolio.model import EXPORT_FORMATS, PAPERS, Link, Paper, PartialDate, where_and_when
from bibfolio.model.grants import grants_of
from bibfolio.model.identifiers import NUMBERED, registrant
from bibfolio.model.notices import NOTICES
from bibfolio.model.paper import JOURNAL_KINDS, LINKS
from bibfolio.model.profile import Grant
from bibfolio.model.scripts import is_east_asian
from bibfolio.model.sentence import Entry, stopped, without_stop
from bibfolio.model.strings import capitalized
from bibfolio.model.wording import badge_in_short, description, facts_of_a_book, lead
from bibfolio.model.words import _, pieces
from bibfolio.output import Output, makes_site
from bibfolio.pages import cards
from bibfolio.pages.cited_on import ANCHOR, cited_on
from bibfolio.pages.documents import COLLECT_DOCUMENTS, DocumentParser, Kind, Wanted
from bibfolio.pages.entries import timeline
from bibfolio.pages.figures import colour, figure, results
from bibfolio.pages.nodes import (
    DISCLOSED,
    ONLY_HTML,
    as_written,
    disclosure,
    heading,
    inline,
    language_class,
    link,
    listed,
    paragraph,
    rich,
    script_class,
    skip,
    worded,
)
from bibfolio.pages.related import neighbours, related_papers
from bibfolio.pages.site_links import to_download
from bibfolio.pages.tables import named_grant, talks_about
from bibfolio.sources.folder import NOTES

KIND = Kind(PAPERS, ".paper", NOTES, "a paper's page")


class found_by(nodes.Invisible, nodes.Inline, nodes.TextElement):  # noqa: N801  docutils spells nodes so
    """Words that lead to the page when they are searched for, and are in its links only."""


# -- the page (pure) -------------------------------------------------------------------------


def page(
    paper: Paper,
    newer: Paper | None,
    older: Paper | None,
    notes: Sequence[nodes.Node] = (),
    *,
    topics: Mapping[str, str] | None = None,
    talks: Sequence[Entry] = (),
    grants: Iterable[Grant] = (),
) -> nodes.section:
    """Return the whole page: the paper, the owner's *notes*, how to cite it, its neighbours.

    *topics* gives the class of each topic's colour, *talks* are the lines of talks about it, and
    *grants* paid for it.
    """
    title = heading(paper.page, "", *rich(paper.title))
    title["classes"] += language_class(paper)
    id_ = nodes.make_id(paper.slug)
    # Other parts of the page are called so.
    if id_ in {"", ANCHOR, "abstract", "how-to-cite", "the-idea", "related", "talks"}:
        id_ = nodes.make_id(f"paper-{paper.slug}")
    body = nodes.section("", *as_written(title), ids=[id_], classes=["paper-page"])
    header: list[nodes.Element] = [
        *_notices(paper),
        # A label comes before its text, for eyes and keyboards.
        _label_of(paper),
        paragraph("paper-page-original", *cards.original_title(paper)),
        paragraph("paper-page-authors", *cards.authors(paper, is_linked=True, is_whole=True)),
        *(
            paragraph(" ".join(["paper-page-summary", *script_class(part, paper)]), part)
            for part in lead(paper)
        ),
        paragraph("paper-page-links no-search", *_links(paper)),
        _facts(paper, topics or {}, grants),
    ]
    # The links stay, even without any: there a script puts its button.
    body += [part for part in header if part.children or "paper-page-links" in part["classes"]]
    if idea := figure(paper, topics or {}, is_large=True):
        body += _section(paper, _("The idea"), "the-idea", *idea)
    if paper.abstract:
        names = " ".join(["paper-page-abstract", *language_class(paper, paper.abstract.plain)])
        parts = (paragraph(names, *rich(part)) for part in paper.abstract.paragraphs)
        body += _section(paper, _("Abstract"), "abstract", *parts)
    if talks:
        body += _section(paper, _("Talks"), "talks", *timeline(talks, table="talks"))
    body += found_by("", " ".join(_search_words(paper)))
    as_written(*body.children)
    body += notes
    body += _how_to_cite(paper)
    body += cited_on("", _label(ANCHOR, _("Cited on this site")), key=paper.key)
    body += related_papers("", _label("related", _("Related")), key=paper.key)
    if newer or older:
        body += as_written(neighbours(newer, older))
    return body


def _notices(paper: Paper) -> list[nodes.Element]:
    """Return what has to be known before all else, with links to the notices that say so."""
    found: list[nodes.Element] = []
    for name, kind in NOTICES.items():
        if links := [link(one.text, one.url) for one in paper.notices if one.kind == name]:
            word = nodes.strong("", stopped(_(kind.word)), classes=["paper-card-award"])
            where = pieces("See {notice}.", notice=nodes.inline("", "", *listed(links)))
            found.append(paragraph("paper-page-notice", word, " ", *where))
    return found


#: Kinds of links from the text of the paper to what only leads to it.
_BEST = ("pdf", "arxiv", "hal", "pubmed", "jstor", "doi", "page")
#: Kinds of publications that people call a paper.
_PAPERS = {*JOURNAL_KINDS, "conference", "preprint", "report"}


def _links(paper: Paper) -> list[nodes.Node]:
    """Return the links, the best way to the text first; that is named by what it opens."""
    kinds = [item.kind for item in paper.links]
    best = next((kind for kind in _BEST if kind in kinds), "")
    ordered = sorted(paper.links, key=lambda item: item.kind != best)
    if best and best != "pdf" and paper.kind in _PAPERS:
        ordered[0] = replace(ordered[0], name=_named(paper, ordered[0]))
    found = cards.links(replace(paper, links=tuple(ordered)))
    if best:
        cast(nodes.Element, found[0])["classes"].append("paper-page-text")
    return found


def _named(paper: Paper, item: Link) -> str:
    """Return ``Paper (ACM)``: what a link opens, and whose page that is, if it is known."""
    doi = paper.identifier("doi")
    place = registrant(doi.value) if doi and item.kind == "doi" else item.label
    is_known = place and place != _(LINKS["page"])
    return _("Paper ({place})", place=place) if is_known else _("Paper")


def _label_of(paper: Paper) -> nodes.paragraph:
    """Return the label in the margin: badge, month and city; what else there is, facts say."""
    venue = paper.venue
    start = venue.dates.start if venue.dates and not paper.is_preprint else paper.date
    month = PartialDate(start.year, start.month) if start and start.month else None
    badge = badge_in_short(paper)
    names = ["paper-card-badge", *["paper-card-preprint"] * paper.is_preprint]
    lines = [
        cards.badge_of(paper, badge, *names) if badge else None,
        inline("", month.words if month else paper.year if paper.year not in badge else ""),
        inline("", venue.place if not paper.is_preprint else ""),
        *(inline("paper-card-award", words) for words in paper.distinctions),
    ]
    shown = [line for line in lines if line and line.astext()]
    parts = [part for line in shown for part in (nodes.Text(" "), line)]
    return paragraph("paper-page-venue", *parts[1:])


def _facts(
    paper: Paper, topics: Mapping[str, str], grants: Iterable[Grant] = ()
) -> nodes.container:
    """Return what stands in the margin: where it appeared, what it is about, results, files."""
    words = [
        inline(f"paper-card-topic {topics.get(topic, '')}", capitalized(topic))
        for topic in paper.topics
    ]
    formats = listed(
        to_download(f"{paper.page}.{suffix}", label, media_type)
        for label, (suffix, media_type) in EXPORT_FORMATS.items()
    )
    where = () if paper.is_preprint else without_stop(where_and_when(paper))
    numbers = [one for one in map(paper.identifier, NUMBERED) if one]
    facts: list[tuple[str, str, list[nodes.Node]]] = [
        ("where", _("Venue"), worded(where, is_unbroken=True)),
        ("topics", _("Topics") if len(words) > 1 else _("Topic"), listed(words)),
        ("roles", _("Role"), listed(map(_, paper.roles))),
        ("book", _("Book"), listed(facts_of_a_book(paper))),
        ("grants", _("Grants"), listed(map(named_grant, grants))),
        ("free no-search", _("Free to read"), listed(cards.free(paper))),
        *((f"{n.kind} no-search", n.scheme.name, listed([link(n.value, n.url)])) for n in numbers),
        ("exports no-search", _("Export"), formats),
    ]
    rows = [_fact(names, term, parts) for names, term, parts in facts if parts]
    shown: list[nodes.Node] = [nodes.definition_list("", *rows)]
    if found := results(paper):
        names = f"paper-page-results {colour(paper, topics)}"
        shown.append(paragraph(names, *(part for one in found for part in (one, " "))))
    return nodes.container("", *shown, classes=["paper-page-facts", "side"])


def _fact(names: str, term: str, parts: Sequence[nodes.Node]) -> nodes.definition_list_item:
    classes = f"paper-page-{names}".split()
    value = nodes.definition("", paragraph("", *parts), classes=classes)
    # HTML has no element for the pair. Terms are on every page, so that a search should find none.
    label = nodes.term("", term, classes=[*classes, "no-search"])
    return nodes.definition_list_item("", label, value)


def _search_words(paper: Paper) -> Iterator[str]:
    """Yield what people look for and the page shows only in its links, or written together."""
    yield paper.short_title
    yield paper.key
    if doi := paper.identifier("doi"):
        yield doi.text
    if paper.eprint:
        yield f"{paper.eprint.kind} {paper.eprint.value}"
    for author in paper.authors:
        if is_east_asian(author.family):
            yield f"{author.family} {author.given}"


def _how_to_cite(paper: Paper) -> nodes.section:
    entry = nodes.literal_block(paper.bibtex, paper.bibtex.rstrip("\n"), language="none")
    entry["classes"].append("paper-page-bibtex")
    shown = disclosure("", entry, summary="BibTeX")
    reference = paragraph("paper-page-reference", *cards.reference(paper))
    section = _section(paper, _("How to cite"), "how-to-cite", reference, shown)
    section["classes"].append("no-search")
    return section


def _label(id_: str, words: str) -> nodes.Node:
    """Return the heading of a part that is there only if it has something to show."""
    return nodes.rubric("", words, ids=[id_], classes=["no-search"], **{"heading-level": 2})


def _section(paper: Paper, title: str, id_: str, *content: nodes.Node) -> nodes.section:
    result = nodes.section("", heading(paper.page, id_, title), *content, ids=[id_])
    # It is on every page: it would lead those who search to all of them.
    result[0]["classes"].append("no-search")  # type: ignore[index]
    return result


# -- Sphinx ----------------------------------------------------------------------------------


def _wanted(app: Sphinx) -> Iterator[Wanted]:
    """Yield the papers that have a page."""
    if has_paper_pages(app.config):
        library = library_of(app.env)
        slugs, drafts = ([paper.slug for paper in own] for own in (library.papers, library.drafts))
        yield Wanted(KIND, tuple(slugs), tuple(drafts))


def _remove_files(app: Sphinx, *_documents: object) -> list[str]:
    """Delete files that are named after papers which have become drafts."""
    for path in library_of(app.env).hidden_files if makes_site(app) else ():
        Output(app).remove(path)
    return []


class PaperParser(DocumentParser):
    """Draws the page of a paper."""

    supported: ClassVar[tuple[str, ...]] = ("paper",)
    kind = KIND

    def drawn(self, env: BuildEnvironment, text: list[nodes.Node]) -> tuple[nodes.section, str]:
        """Return the page, and its description."""
        library = library_of(env)
        paper = library.paper_of(env.docname)
        if not paper:
            raise LookupError
        topics, talks = library.topic_classes, talks_about(library, paper.key)
        grants, around = grants_of(library.profile, paper.key), library.neighbours(paper)
        content = page(paper, *around, text, topics=topics, talks=talks, grants=grants)
        return content, description(paper)


def setup(app: Sphinx) -> None:
    """Register suffix and parser."""
    app.add_node(found_by, html=(skip, None), **ONLY_HTML)
    app.add_node(cast(type[nodes.Element], disclosure), **DISCLOSED)
    if has_paper_pages(app.config):  # in other projects, files of that name are the owner's
        app.add_source_suffix(KIND.suffix, "paper")
        app.add_source_parser(PaperParser)
    app.connect(COLLECT_DOCUMENTS, _wanted)
    app.connect("env-get-outdated", _remove_files)
