"""The papers near another, on its page: linked with it by citations, or by topic or authors."""

from __future__ import annotations

from collections.abc import Mapping, Set
from itertools import islice
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bibfolio.domain import bib_domain
from bibfolio.library import library_of
from bibfolio.model import Paper
from bibfolio.pages.figures import figure
from bibfolio.pages.nodes import paragraph
from bibfolio.pages.site_links import to_page

#: So many are named, of so many before and after: a thousand papers would be a million pairs.
_COUNT, REACH = 3, 100


class related_papers(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Placeholder for the papers near ``key``; without any, its content goes as well."""


def nearest(
    key: str, papers: Mapping[str, Paper], places: Mapping[str, int], linked: Set[str]
) -> list[Paper]:
    """Return those that are *linked*, share topics, then authors, and are nearest in the list.

    *places* are those of the *papers* in their list. The owner is an author of all, so that does
    not count; what shares nothing is not near.
    """
    at, facts = places[key], _facts(papers[key])
    window = islice(papers, max(at - REACH, 0), at + REACH + 1)
    ranks = []
    for other in {*window, *(name for name in linked if name in papers)} - {key}:
        shared = [len(one & its) for one, its in zip(facts, _facts(papers[other]), strict=True)]
        if other in linked or any(shared):
            distance = abs(places[other] - at), places[other]
            ranks.append((other not in linked, -shared[0], -shared[1], *distance, other))
    return [papers[rank[-1]] for rank in sorted(ranks)[:_COUNT]]


def _facts(paper: Paper) -> tuple[set[str], set[str]]:
    people = {author.name for author in paper.authors if not author.is_owner}
    return set(paper.topics), people


class RelatedPapers(SphinxPostTransform):
    """Fill in the papers: which of them cite each other is known when all pages are read."""

    # Before SiteLinks (8) gives links their addresses.
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Replace every placeholder of the document."""
        domain, library = bib_domain(self.env), library_of(self.env)
        for node in list(self.document.findall(related_papers)):
            # A paper's page cites in what the owner has added to it.
            linked = {c.key for c in domain.data["citations"].get(self.env.docname, ())}
            citing = (library.paper_of(c.docname) for c in domain.citations_of(node["key"]))
            linked |= {paper.key for paper in citing if paper}
            items = nodes.bullet_list(classes=["paper-related", "no-search"])
            for paper in nearest(node["key"], library.by_key, library.places, linked):
                link = to_page(paper.page, [nodes.Text(paper.name)])
                venue = paragraph("paper-related-venue", paper.badge or paper.year)
                drawn = figure(paper, library.topic_classes, is_large=False)
                title = paragraph("paper-related-title", link)
                items += nodes.list_item("", *drawn, title, venue)
            node.replace_self([*node.children, items] if items.children else [])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node and transform."""
    app.add_node(cast(type[nodes.Element], related_papers))
    app.add_post_transform(RelatedPapers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
