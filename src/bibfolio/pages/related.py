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
from bibfolio.model.strings import digest
from bibfolio.model.words import pieces
from bibfolio.pages.figures import figure
from bibfolio.pages.nodes import inline, paragraph
from bibfolio.pages.site_links import to_page


class related_papers(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Placeholder for the papers near ``key``; without any, its content goes as well."""


def neighbours(newer: Paper | None, older: Paper | None) -> nodes.paragraph:
    """Return links to the papers before and after this one in the list."""
    result = paragraph("paper-page-neighbours no-search")
    sides = [
        pieces("Newer: {paper}", paper=_named(newer)) if newer else [],
        pieces("Older: {paper}", paper=_named(older)) if older else [],
    ]
    for words in filter(None, sides):
        result += [inline("paper-page-neighbour", *words), nodes.Text(" ")]
    return result


def _named(paper: Paper) -> nodes.Node:
    return to_page(paper.page, [nodes.Text(paper.name)])


def _near(env: BuildEnvironment, key: str) -> list[Paper]:
    """Return the papers near one, as soon as it is known which of them cite each other."""
    domain, library = bib_domain(env), library_of(env)
    # A paper's page cites in what the owner has added to it.
    linked = {c.key for c in domain.data["citations"].get(library.by_key[key].page, ())}
    citing = (library.paper_of(c.docname) for c in domain.citations_of(key))
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
                link = to_page(paper.page, [nodes.Text(paper.name)])
                venue = paragraph("paper-related-venue", paper.badge or paper.year)
                drawn = figure(paper, topics, is_large=False)
                title = paragraph("paper-related-title", link)
                items += nodes.list_item("", *drawn, title, venue)
            node.replace_self([*node.children, items] if items.children else [])


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages written again near whose papers others are now, or look different."""
    library, near = library_of(env), bib_domain(env).data["near"]
    classes = library.classes_of
    now = {
        paper.page: digest(
            [(p.page, p.name, p.badge, p.year, p.figure, classes(p)) for p in _near(env, paper.key)]
        )
        for paper in library.papers
        if paper.page in env.all_docs
    }
    before, near[app.builder.name] = near.get(app.builder.name, {}), now
    return [page for page, state in now.items() if before.get(page) != state]


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(cast(type[nodes.Element], related_papers))
    app.add_post_transform(RelatedPapers)
    app.connect(
        "env-updated", _write_again, priority=600
    )  # when the domain knows of citations: 500
