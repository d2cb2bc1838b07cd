"""Formulas as MathML, drawn while building: those of pages, and those in the titles of papers."""

from __future__ import annotations

import html
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bibfolio.config import THEME, set_defaults
from bibfolio.pages.nodes import formula
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.tex_math import mathml


def _visit(translator: HTML5Translator, node: nodes.math | nodes.math_block) -> None:
    block = isinstance(node, nodes.math_block)
    try:
        formula = mathml(node.astext(), block)
        # It may be wider than the page, and is then scrolled; by keyboard as well.
        box = f'<span class="base-formula" tabindex="0">{formula}</span>'
        translator.body.append(box if block else formula)
    except ValueError as error:
        if "is_of_paper" not in node:  # it was told when the bibliography was read, and where
            warn(WarningKind.MATH, f"formula {node.astext()!r}: {error}", node)
        translator.body.append(f"<code>{html.escape(node.astext())}</code>")
    raise nodes.SkipNode


def _visit_formula(translator: nodes.NodeVisitor, node: formula) -> None:
    """Draw its source as what draws maths does."""
    math = nodes.math(node.rawsource, node.rawsource, is_of_paper=True)
    math.parent = node.parent
    math.walkabout(translator)
    raise nodes.SkipNode


def _visit_words(_translator: nodes.NodeVisitor, _node: formula) -> None:
    """Where no maths is drawn, the text is what the formula says."""


def _choose(_app: Sphinx, config: Config) -> None:
    """Draw formulas as MathML, unless the owner has said what does; others ask for that later."""
    set_defaults(config, html_math_renderer="bibfolio")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node, and the renderer ``bibfolio`` where it is asked for.

    Our theme asks for it, unless the owner loads another. Sphinx takes a renderer that is only
    registered for the one to use.
    """
    draw, say = (_visit_formula, None), (_visit_words, _visit_words)
    app.add_node(
        cast(type[nodes.Element], formula), html=draw, latex=draw, text=say, man=say, texinfo=say
    )
    # Sphinx registers MathJax without being asked.
    others = {*app.registry.html_inline_math_renderers} - {"mathjax"}
    has_other = others or "sphinx.ext.mathjax" in app.config.extensions
    is_default = app.config.html_theme == THEME and not has_other
    if is_default:
        app.connect("config-inited", _choose, priority=150)
    if is_default or app.config.html_math_renderer == "bibfolio":
        app.add_html_math_renderer("bibfolio", (_visit, None), (_visit, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
