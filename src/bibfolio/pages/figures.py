"""The figure of a paper, small beside its title and large on its page, as each format can show it.

A drawing stands in the page and takes its colours; anything else is an image, in which no browser
runs scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size, guess_mimetype
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bibfolio.model import Paper
from bibfolio.pages.nodes import as_written
from bibfolio.sphinx_compat import app_of

Visitors = tuple[Callable[[HTML5Translator, Any], None], Callable[[HTML5Translator, Any], None]]
Form = Literal["small", "large"]


class drawing(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """A figure in HTML: its ``svg``, or an image; ``attributes`` are those of the element."""


class figure_box(nodes.container):  # noqa: N801
    """A large figure and its caption; unlike docutils' own, Sphinx gives it no number."""


class figure_caption(nodes.paragraph):  # noqa: N801
    """What is printed below a large figure."""


class figure_link(nodes.reference):  # noqa: N801
    """A link beside another one to the same place, which who cannot see it does not need."""


def figure(paper: Paper, topics: Mapping[str, str], form: Form) -> list[nodes.Node]:
    """Return the figure of a paper; nothing if it has none.

    Args:
        paper: the paper.
        topics: the class of each topic's colour; a figure has that of the first one.
        form: ``small`` is for the eyes alone, beside a title that says what it is about, and
            inline; ``large`` says in words what is seen, and has its caption below.
    """
    if not (found := paper.figure):
        return []
    colour = next((topics[topic] for topic in paper.topics), "topic-0")
    names = ["paper-figure", f"paper-figure-{form}", colour]
    # In the form that Sphinx collects and every builder knows; the root is that of the sources.
    image = nodes.image(uri=f"/{found.path}", alt=found.alt * (form == "large"), classes=names)
    image["paper_figure"], image["svg"] = form, found.svg
    if form == "small":
        return [image]
    caption = figure_caption("", found.caption, classes=["paper-figure-caption"])
    return as_written(figure_box("", image, *as_written(caption), classes=["paper-figure-box"]))


def figure_to_page(paper: Paper, topics: Mapping[str, str]) -> list[nodes.Node]:
    """Return the small figure as a link to the paper's page."""
    parts = figure(paper, topics, "small")
    return [figure_link("", "", *parts, internal=True, site_page=paper.page)] if parts else []


# -- Sphinx ------------------------------------------------------------------------------------


class Figures(SphinxPostTransform):
    """Show every figure as the builder can: in HTML as we like it, elsewhere as an image.

    Where that cannot be, a small figure is left out, and of a large one its caption stays.
    """

    # Behind whatever draws (6), before links get their addresses (8).
    default_priority = 7

    def run(self, **_kwargs: Any) -> None:
        """Replace the figures of the page that is being resolved."""
        builder = app_of(self.env).builder
        for image in [node for node in self.document.findall(nodes.image) if "svg" in node]:
            path = image["uri"].removeprefix("/")
            # In an EPUB, files with SVG in them have to be declared (EPUB 3.3, property ``svg``).
            if builder.format == "html" and builder.name != "epub":
                image.replace_self(self._drawing(builder, image, path))
            elif (
                image["paper_figure"] == "small"
                or guess_mimetype(path) not in builder.supported_image_types
            ):
                _remove(image)

    def _drawing(self, builder: Builder, image: nodes.image, path: str) -> drawing:
        alt, is_large = image["alt"], image["paper_figure"] == "large"
        if image["svg"]:
            said = {"role": "img", "aria-label": alt} if is_large else {"aria-hidden": "true"}
            return drawing(classes=image["classes"], svg=image["svg"], attributes=said)
        # What lists show is drawn after Sphinx has looked for images.
        self.env.images.add_file(self.env.docname, path)
        builder.images[path] = self.env.images[path][1]
        said = {"alt": alt, "loading": "lazy", "decoding": "async"}
        if size := get_image_size(builder.srcdir / path):
            said |= {"width": str(size[0]), "height": str(size[1])}
        names = [*image["classes"], "paper-figure-image"]
        return drawing(classes=names, image=builder.images[path], attributes=said)


def _remove(node: nodes.Element) -> None:
    """Remove a node, and what is around it and nothing else."""
    while len(node.parent) == 1 and isinstance(node.parent, nodes.reference | nodes.paragraph):
        node = node.parent
    node.parent.remove(node)


def _written_as(tag: str) -> Visitors:
    """Return what writes a node as an element of HTML."""

    def visit(translator: HTML5Translator, node: nodes.Element) -> None:
        translator.body.append(translator.starttag(node, tag, ""))

    def depart(translator: HTML5Translator, _node: nodes.Element) -> None:
        translator.body.append(f"</{tag}>\n")

    return visit, depart


def _draw(translator: HTML5Translator, node: drawing) -> None:
    said = node["attributes"]
    if svg := node.get("svg"):
        shown = translator.starttag(node, "svg", "", **said)[:-1] + svg.removeprefix("<svg")
    else:
        address = f"{translator.builder.imgpath}/{quote(node['image'])}"
        shown = translator.emptytag(node, "img", "", src=address, **said)
    translator.body.append(shown)
    raise nodes.SkipNode


def _visit_link(translator: HTML5Translator, node: figure_link) -> None:
    said = {"href": node["refuri"], "tabindex": "-1", "aria-hidden": "true"}
    translator.body.append(translator.starttag(node, "a", "", **said))


def _depart_link(translator: HTML5Translator, _node: figure_link) -> None:
    translator.body.append("</a>")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register nodes and transform."""
    app.add_node(drawing, html=(_draw, None))
    app.add_node(cast(type[nodes.Element], figure_box), html=_written_as("figure"))
    app.add_node(cast(type[nodes.Element], figure_caption), html=_written_as("figcaption"))
    app.add_node(cast(type[nodes.Element], figure_link), html=(_visit_link, _depart_link))
    app.add_post_transform(Figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
