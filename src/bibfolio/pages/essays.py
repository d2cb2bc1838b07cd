"""The ``{essays}`` directive: the pages below a page as cards, with the papers that they cite.

Which pages these are, and their order, is said by the ``toctree`` of the page, as everywhere in
Sphinx. What a card says is known when all pages have been read; Sphinx writes a page again when one
of its toctree has been.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from bibfolio.domain import bib_domain, essays_of
from bibfolio.library import ESSAYS, library_of, note_table
from bibfolio.model import Paper
from bibfolio.model.words import counted
from bibfolio.pages.cards import card_title
from bibfolio.pages.figures import figure, figure_link
from bibfolio.pages.nodes import as_written, level_at, paragraph
from bibfolio.pages.site_links import to_page
from bibfolio.problems import WarningKind, warn

#: So many figures stand beside an essay.
_FIGURES = 3


class Essay(NamedTuple):
    """What a card says of a page."""

    page: str
    title: Sequence[nodes.Node]
    #: Its first sentence.
    opening: str
    #: The papers that it cites, in the order in which it does first.
    papers: Sequence[Paper]


# -- cards (pure) ----------------------------------------------------------------------------


def essay_card(essay: Essay, topics: Mapping[str, str], level: int) -> nodes.list_item:
    """Return title, first sentence, number of papers and small figures of an essay.

    *topics* gives the class of each topic's colour; the title is a heading of this *level*.
    """
    link = to_page(essay.page, essay.title)
    item = nodes.list_item("", card_title("", "", link, level=level, classes=["essay-title"]))
    if essay.opening:
        item += as_written(paragraph("essay-opening", essay.opening))
    if essay.papers:
        item += paragraph("essay-count", paper_count(essay.papers))
    drawn = [paper for paper in essay.papers if paper.figure][:_FIGURES]
    images = [node for paper in drawn for node in figure(paper, topics, is_large=False)]
    if images:
        second = figure_link("", "", *images, internal=True, site_page=essay.page)
        item += paragraph("essay-figures", second)
    return item


def paper_count(papers: Sequence[object]) -> str:
    """Return ``4 papers``."""
    return counted("{count} paper", "{count} papers", len(papers))


# -- Sphinx ----------------------------------------------------------------------------------


class essay_list(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Placeholder for the cards of the pages below this one."""


class EssaysDirective(SphinxDirective):
    """``{essays}``: the pages in the toctree of this page, as cards."""

    def run(self) -> list[nodes.Node]:
        """Return a placeholder."""
        note_table(self.env, ESSAYS)
        found = essay_list()
        self.set_source_info(found)
        return [found]


class Essays(SphinxPostTransform):
    """Draw the cards."""

    # Before figures are drawn (7) and links get their addresses (8).
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Replace every placeholder of the document."""
        classes = library_of(self.env).topic_classes
        for place in list(self.document.findall(essay_list)):
            pages = essays_of(self.env, self.env.docname)
            if not pages:
                message = "essays: no toctree of this page names a page; write one, with :hidden:"
                warn(WarningKind.DIRECTIVE, message, place)
            level = level_at(place)
            cards = [essay_card(_essay(self.env, page), classes, level) for page in pages]
            shown = nodes.bullet_list("", *cards, classes=["essay-list", "no-search"])
            place.replace_self([shown] if cards else [])


def _essay(env: BuildEnvironment, page: str) -> Essay:
    domain, papers = bib_domain(env), library_of(env).by_key
    keys = dict.fromkeys(citation.key for citation in domain.citations_on(page))
    title = [part.deepcopy() for part in env.titles[page].children]
    opening = domain.first_sentence(env.get_doctree(page))
    return Essay(page, title, opening, [papers[key] for key in keys if key in papers])


def setup(app: Sphinx) -> None:
    """Register directive, node and transform."""
    app.add_node(cast(type[nodes.Element], essay_list))
    app.add_directive("essays", EssaysDirective)
    app.add_post_transform(Essays)
