"""A card as one node until it is shown: a list of papers is a node for each, not forty.

Every transform looks at every node, and the same paper stands in several lists. The pages of a site
therefore keep that one node to the end, and its HTML is drawn once for all lists. Everywhere else,
and outside of our own lists, it is replaced by what it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bibfolio.domain import paper_domain
from bibfolio.library import library_of
from bibfolio.model import PAPERS
from bibfolio.output import makes_site
from bibfolio.pages.cards import card
from bibfolio.pages.cited_on import count
from bibfolio.pages.site_links import set_addresses

#: Stands in drawn links for the way to the site's root; no text has it.
_ROOT = "\0"
_LINKS = "paper-card-links"


class paper_card(nodes.Inline, nodes.Element):  # noqa: N801  docutils spells nodes so
    """The card of the paper called ``key``; where ``counted``, with how often it is cited."""


class paper_item(nodes.list_item):  # noqa: N801
    """A list item with further HTML ``attributes``; to other formats one like any other."""


def paragraphs(parts: Sequence[nodes.Node]) -> list[nodes.paragraph]:
    """A paragraph for each of the *parts* of a card, as lists show them."""
    return [
        nodes.paragraph("", "", *part.children, classes=part["classes"])
        for part in cast(Sequence[nodes.Element], parts)
    ]


def with_count(
    shown: list[nodes.paragraph], mentions: Sequence[nodes.Node]
) -> list[nodes.paragraph]:
    """The paragraphs of a card with *mentions* behind the links."""
    if not mentions:
        return shown
    if shown and _LINKS in shown[-1]["classes"]:
        shown[-1] += [nodes.Text(" "), *mentions]
        return shown
    return [*shown, nodes.paragraph("", "", *mentions, classes=[_LINKS])]


class Cards(SphinxPostTransform):
    """Draw the cards that no page of a site draws."""

    # After the lists are made (6), and before links get their addresses (8).
    default_priority = 7

    def run(self, **_kwargs: Any) -> None:
        """Replace each by its parts; in a list, by a paragraph for each of them."""
        kept = makes_site(self.env._app)
        for node in list(self.document.findall(paper_card)):
            in_list = isinstance(node.parent, paper_item)
            if in_list and kept:
                continue
            parts = card(library_of(self.env).by_key[node["key"]])
            if in_list:
                parts = [*with_count(paragraphs(parts), _mentions(self.env, node))]
            node.parent.replace(node, parts)


def _mentions(env: BuildEnvironment, node: paper_card) -> list[nodes.Node]:
    key = node["key"]
    return count(paper_domain(env).mentions(key), f"{PAPERS}/{key}") if node["counted"] else []


class _Drawing:
    """The cards of one application as HTML, with links from the root of the site."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._drawn: dict[str, str] = {}

    def visit(self, translator: HTML5Translator, node: paper_card) -> None:
        """Append the card to the page."""
        env, key = self._app.env, node["key"]
        paper = library_of(env).by_key[key]
        if key not in self._drawn:
            self._drawn[key] = self._html(translator, paragraphs(card(paper)))
        drawn = self._drawn[key]
        if mentions := _mentions(env, node):
            (last,) = with_count([], mentions)
            drawn = _joined(drawn, self._html(translator, [last]), have_links=bool(paper.links))
        translator.body.append(drawn.replace(_ROOT, self._root(translator.builder.current_docname)))
        raise nodes.SkipNode

    def _html(self, translator: HTML5Translator, shown: Sequence[nodes.Node]) -> str:
        """What *translator* makes of these nodes, which are on no page."""
        item = paper_item("", *shown)
        find = self._app.builder.get_target_uri
        set_addresses(item, lambda page: _ROOT + find(page), lambda path: _ROOT + path)
        start = len(translator.body)
        for child in item.children:
            child.walkabout(translator)
        drawn = "".join(translator.body[start:])
        del translator.body[start:]
        return drawn

    def _root(self, docname: str) -> str:
        """How links on a page lead to the root of the site."""
        if docname == "404":  # shown at any address, as in LinksFromTheRoot
            return str(self._app.config.notfound_urls_prefix)
        return "../" * self._app.builder.get_target_uri(docname).count("/")


def _joined(drawn: str, count: str, *, have_links: bool) -> str:
    """A card and the paragraph that says how often it is cited: one paragraph with the links."""
    if not have_links:
        return f"{drawn.rstrip()}\n{count}\n"
    return f"{drawn.rpartition('</p>')[0]} {count.partition('>')[2]}\n"


def _visit_item(translator: HTML5Translator, node: paper_item) -> None:
    translator.body.append(translator.starttag(node, "li", "", **node.get("attributes", {})))


def _depart_item(translator: HTML5Translator, _node: paper_item) -> None:
    translator.body.append("</li>\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register nodes and transform."""
    drawing = (_Drawing(app).visit, None)
    app.add_node(cast(type[nodes.Element], paper_card), html=drawing)
    app.add_node(cast(type[nodes.Element], paper_item), html=(_visit_item, _depart_item))
    app.add_post_transform(Cards)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
