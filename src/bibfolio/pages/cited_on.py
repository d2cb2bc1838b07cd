"""Links back: from a paper's page to every page of this site that cites it, with what it says.

Asked of sphinxcontrib-bibtex since 2020 (mcmtroffaes/sphinxcontrib-bibtex#194, #389).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from bibfolio.domain import Citation, bib_domain
from bibfolio.library import tree_of_page
from bibfolio.pages.nodes import paragraph, text_class
from bibfolio.pages.site_links import to_page

ANCHOR = "cited-on"


class cited_on(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Placeholder for the links back to ``key``; without any, its content goes as well."""


def citing_places(
    citations: Sequence[Citation], languages: Mapping[str, str] = MappingProxyType({})
) -> nodes.bullet_list:
    """Return for each page the sentence that first cites a paper, and where it stands.

    *languages* are those of the pages, where a site has several.
    """
    result = nodes.bullet_list(classes=["paper-page-places", "no-search"])
    first = {citation.docname: citation for citation in reversed(citations)}
    for citation in reversed(first.values()):
        item, language = nodes.list_item(), languages.get(citation.docname, "")
        if citation.sentence:
            names = " ".join(text_class(citation.sentence, language))
            item += nodes.block_quote("", paragraph(names, citation.sentence))
        title = citation.page_title
        classes = text_class(title, language)
        page = to_page(citation.docname, [nodes.Text(title)], *classes, anchor=citation.anchor)
        section = f", {citation.section}" if citation.section else ""
        item += paragraph("paper-page-place", page, section)
        result += item
    return result


class CitedOn(SphinxPostTransform):
    """Fill in the links back."""

    # Before SiteLinks (8) gives them their addresses.
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Replace every placeholder of the document."""
        domain = bib_domain(self.env)
        for node in list(self.document.findall(cited_on)):
            citations = domain.citations_of(node["key"])
            pages = {citation.docname for citation in citations}
            languages = {page: tree_of_page(self.env, page).tag for page in pages}
            places = citing_places(citations, languages)
            node.replace_self([*node.children, places] if citations else [])


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(cast(type[nodes.Element], cited_on))
    app.add_post_transform(CitedOn)
