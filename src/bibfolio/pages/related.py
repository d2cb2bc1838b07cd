"""The papers near another, on its page: linked with it by citations, or by topic or authors."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from bibfolio.domain import bib_domain
from bibfolio.library import library_of
from bibfolio.model import Paper
from bibfolio.model.words import pieces
from bibfolio.pages.cards import flag
from bibfolio.pages.figures import figure
from bibfolio.pages.nodes import inline, listed, paragraph
from bibfolio.pages.site_links import to_paper


class related_papers(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Placeholder for the papers near ``key``; without any, its content goes as well."""


def neighbours(newer: Paper | None, older: Paper | None) -> nodes.paragraph:
    """Return links to the papers before and after this one in the list."""
    result = paragraph("paper-page-neighbours no-search")
    sides = [
        pieces("Newer: {paper}", paper=to_paper(newer)) if newer else [],
        pieces("Older: {paper}", paper=to_paper(older)) if older else [],
    ]
    for words in filter(None, sides):
        result += [inline("paper-page-neighbour", *words), nodes.Text(" ")]
    return result


def _near(env: BuildEnvironment, key: str) -> list[Paper]:
    """Return the papers near this one; all pages must have been read, since citations count."""
    domain, library = bib_domain(env), library_of(env)
    # A paper's page cites in what the owner has added to it.
    citations = domain.data["citations"].get(library.by_key[key].page, ())
    linked = {citation.key for citation in citations}
    citing = (library.paper_of(citation.docname) for citation in domain.citations_of(key))
    linked |= {paper.key for paper in citing if paper}
    return library.nearness.nearest(key, linked)


class RelatedPapers(SphinxPostTransform):
    """Fill in the papers."""

    # Before SiteLinks (8) gives links their addresses.
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Replace every placeholder of the document."""
        topics = library_of(self.env).topic_classes
        for node in list(self.document.findall(related_papers)):
            items = nodes.bullet_list(classes=["paper-related", "no-search"])
            for paper in _near(self.env, node["key"]):
                facts = listed([*flag(paper), paper.badge or paper.year])
                venue = paragraph("paper-related-venue", *facts)
                drawn = figure(paper, topics, is_large=False)
                title = paragraph("paper-related-title", to_paper(paper))
                items += nodes.list_item("", *drawn, title, venue)
            node.replace_self([*node.children, items] if items.children else [])


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(cast(type[nodes.Element], related_papers))
    app.add_post_transform(RelatedPapers)
