"""Links back: from a paper's page to every sentence of this site that cites it.

Asked of sphinxcontrib-bibtex since 2020 (mcmtroffaes/sphinxcontrib-bibtex#194, #389).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bibfolio.domain import Mention, paper_domain
from bibfolio.pages.site_links import to_page
from bibfolio.pages.nodes import inline, paragraph

ANCHOR = "cited-on"


class cited_on(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Where the links back to ``key`` go; what is inside it goes too if there are none."""


def places(mentions: Sequence[Mention]) -> nodes.bullet_list:
    """A list of the pages and sections that cite a paper, each linked to the citation itself."""
    result = nodes.bullet_list(classes=["paper-page-places", "no-search"])
    seen: Counter[tuple[str, str]] = Counter()
    for mention in mentions:
        place = mention.place
        seen[place.docname, place.section] += 1
        again = seen[place.docname, place.section]
        children: list[nodes.Node] = [nodes.Text(mention.page_title)]
        if place.section:
            children.append(inline("paper-page-place", f", {place.section}"))
        if again > 1:
            children.append(nodes.Text(f" ({again})"))
        link = to_page(place.docname, children, anchor=place.anchor)
        result += nodes.list_item("", paragraph("", link))
    return result


def count(mentions: Sequence[Mention], page: str) -> list[nodes.Node]:
    """``Cited on 2 pages``, linked to the list of them; nothing if there are none."""
    pages = {mention.place.docname for mention in mentions}
    if not pages:
        return []
    text = f"Cited on {len(pages)} page{'s' if len(pages) > 1 else ''}"
    return [to_page(page, [nodes.Text(text)], "paper-card-cited", anchor=ANCHOR)]


class CitedOn(SphinxPostTransform):
    """Fill in the links back."""

    # Before SiteLinks (8) gives them their addresses.
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Replace every placeholder of the document."""
        domain = paper_domain(self.env)
        for node in list(self.document.findall(cited_on)):
            mentions = domain.mentions(node["key"])
            node.replace_self([*node.children, places(mentions)] if mentions else [])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node and transform."""
    app.add_node(cast(type[nodes.Element], cited_on))
    app.add_post_transform(CitedOn)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
