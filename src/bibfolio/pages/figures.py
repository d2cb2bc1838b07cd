"""The figure of a paper, small beside its title and large on its page; and there, its results.

A drawing stands in the page and takes its colours; anything else is an image, in which no browser
runs scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import guess_mimetype
from sphinx.writers.html5 import HTML5Translator

from bibfolio.model import Paper
from bibfolio.model.paper import Result
from bibfolio.model.wording import seen
from bibfolio.pages.nodes import as_written, inline, paragraph
from bibfolio.pages.pictures import attributes
from bibfolio.sphinx_compat import app_of

#: In how many pixels across a picture is made, and how wide it is shown: in lists, on its page.
_SMALL, _LARGE = ((320, 640), "16rem"), ((480, 960), "30rem")
#: Bytes up to which it is left as it is.
_LIGHT = 12_000


class figure_link(nodes.reference):  # noqa: N801  docutils spells nodes so
    """A second link to the same place, which screen readers pass over."""


def figure(paper: Paper, topics: Mapping[str, str], *, is_large: bool) -> list[nodes.Node]:
    """Return the figure of a paper, in the colour of its first topic; nothing if it has none.

    A small one is inline and for the eyes alone, beside a title that says what it is about. A large
    one says in words what is seen, or whose figure it is, and has its caption below.
    """
    if not (found := paper.figure):
        return []
    # As Sphinx collects it and every builder knows it; its root is that of the sources.
    image = nodes.image(uri=f"/{found.path}", alt=seen(paper) * is_large, svg=found.svg)
    size = f"paper-figure-{'large' if is_large else 'small'}"
    image["classes"] = ["paper-figure", size, colour(paper, topics)]
    caption = [paragraph("paper-figure-caption", found.caption)] if found.caption else []
    box = nodes.container("", image, *as_written(*caption), classes=["paper-figure-box"])
    return [box if is_large else image]


def results(paper: Paper) -> list[nodes.inline]:
    """Return the results, each with its number apart from the words around it."""
    return [_result(found) for found in paper.results]


def _result(found: Result) -> nodes.inline:
    parts = (("", found.before), ("paper-result-number", found.number), ("", found.after))
    line: list[nodes.Node | str] = []
    for name, part in parts:
        line += [*([" "] if line else []), inline(name, part)] if part else []
    return inline("paper-result", *line)


def colour(paper: Paper, topics: Mapping[str, str]) -> str:
    """Return the class of the colour of a paper, which is that of its first topic."""
    return next((topics.get(topic, "topic-0") for topic in paper.topics), "topic-0")


class Figures(SphinxPostTransform):
    """Show every figure as the builder can: drawn in HTML, as an image elsewhere.

    Where that cannot be, a small figure is left out, and of a large one its caption stays.
    """

    # Behind whatever draws (6), before links get their addresses (8).
    default_priority = 7

    def run(self, **_kwargs: Any) -> None:
        """Replace the figures of the page that is being resolved."""
        builder = app_of(self.env).builder
        for image in [node for node in self.document.findall(nodes.image) if "svg" in node]:
            path, node = image["uri"].removeprefix("/"), cast(nodes.Element, image)
            # In an EPUB, files with SVG in them have to be declared (EPUB 3.3, property ``svg``).
            if builder.format == "html" and builder.name != "epub":
                # Not `replace_self`, by which a new node has the classes of the old one.
                node.parent.replace(node, nodes.raw("", self._html(image, path), format="html"))
            elif not image["alt"] or guess_mimetype(path) not in builder.supported_image_types:
                while len(node.parent) == 1 and isinstance(node.parent, nodes.TextElement):
                    node = node.parent
                node.parent.remove(node)

    def _html(self, image: nodes.image, path: str) -> str:
        builder, names, alt = app_of(self.env).builder, " ".join(image["classes"]), image["alt"]
        if image["svg"]:
            said = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
            return f'<svg class="{names}" {said}{image["svg"].removeprefix("<svg")}'
        # What lists show is drawn after Sphinx has looked for images; JSON-LD names this one.
        self.env.images.add_file(self.env.docname, path)
        builder.images[path] = self.env.images[path][1]
        widths, sizes = _LARGE if alt else _SMALL
        source = builder.srcdir / path
        app, docname = app_of(self.env), self.env.docname
        img = attributes(app, docname, source, widths=widths, sizes=sizes, small=_LIGHT)
        img |= {"alt": alt, "loading": "lazy", "decoding": "async"}
        said = " ".join(f'{name}="{escape(value)}"' for name, value in img.items())
        # A JPEG has no transparent parts, which need a light ground to be seen in the dark.
        ground = "" if source.suffix.lower() in {".jpg", ".jpeg"} else " paper-light"
        return f'<img class="{names} paper-figure-image{ground}" {said}>'


def _visit_link(translator: HTML5Translator, node: figure_link) -> None:
    said = {"href": node["refuri"], "tabindex": "-1", "aria-hidden": "true"}
    translator.body.append(translator.starttag(node, "a", "", **said))


def _depart_link(translator: HTML5Translator, _node: figure_link) -> None:
    translator.body.append("</a>")


def setup(app: Sphinx) -> None:
    """Register node and transform."""
    app.add_node(cast(type[nodes.Element], figure_link), html=(_visit_link, _depart_link))
    app.add_post_transform(Figures)
