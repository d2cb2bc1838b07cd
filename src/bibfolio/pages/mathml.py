"""Formulas as MathML, drawn while building: those of pages, and those in the titles of papers."""

from __future__ import annotations

import html
from contextlib import suppress
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

from bibfolio.config import set_defaults
from bibfolio.mode import THEME
from bibfolio.pages.nodes import formula
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.tex_math import latex, mathml


def boxed(source: str, shown: str, block: bool = False) -> str:
    """Return the HTML *shown* for a formula in a box with its TeX *source*, for Markdown twins."""
    # A block may be wider than the page, and is then scrolled; by keyboard as well.
    names = ' class="base-formula" tabindex="0"' if block else ""
    return f'<span{names} data-tex="{html.escape(source)}">{shown}</span>'


def _visit(translator: HTML5Translator, node: nodes.math | nodes.math_block) -> None:
    source, block = node.astext(), isinstance(node, nodes.math_block)
    try:
        shown = mathml(source, block)
    except ValueError as error:
        warn(WarningKind.MATH, f"formula {source!r}: {error}", node)
        shown = f"<code>{html.escape(source)}</code>"
    translator.body.append(boxed(source, shown, block))
    raise nodes.SkipNode


def _draw_formula(translator: HTML5Translator, node: formula) -> None:
    """Draw a formula of a title, whatever draws those of pages: it needs no script and no picture.

    The words of what cannot be drawn are shown; it is told by ``bibfolio check``. So are those of
    all in an EPUB, whose files must declare MathML (EPUB 3.3, property ``mathml``).
    """
    if translator.builder.name == "epub":
        return
    try:
        shown = mathml(node.rawsource, block=False)
    except ValueError:
        shown = html.escape(node.astext())
    translator.body.append(boxed(node.rawsource, shown))
    raise nodes.SkipNode


def _typeset_formula(translator: LaTeXTranslator, node: formula) -> None:
    """Leave the formula to LaTeX, unless it has a command that LaTeX may not have."""
    with suppress(ValueError):
        math = nodes.math("", latex(node.rawsource))
        math.parent = node.parent
        math.walkabout(translator)
        raise nodes.SkipNode


def _say_formula(_translator: nodes.NodeVisitor, _node: formula) -> None:
    """Write the plain text of the formula."""


def _choose(_app: Sphinx, config: Config) -> None:
    """Draw formulas as MathML, unless the owner has said what does; others ask for that later."""
    set_defaults(config, html_math_renderer="bibfolio")


def setup(app: Sphinx) -> None:
    """Register the node, and the renderer ``bibfolio`` where it is asked for.

    Our theme asks for it, unless the owner loads another. Sphinx takes a renderer that is only
    registered for the one to use.
    """
    draw, typeset = (_draw_formula, _say_formula), (_typeset_formula, _say_formula)
    say = (_say_formula, _say_formula)
    node = cast(type[nodes.Element], formula)
    app.add_node(node, html=draw, latex=typeset, text=say, man=say, texinfo=say)
    # Sphinx registers MathJax without being asked.
    others = {*app.registry.html_inline_math_renderers} - {"mathjax"}
    has_other = others or "sphinx.ext.mathjax" in app.config.extensions
    is_default = app.config.html_theme == THEME and not has_other
    if is_default:
        app.connect("config-inited", _choose, priority=150)
    if is_default or app.config.html_math_renderer == "bibfolio":
        app.add_html_math_renderer("bibfolio", (_visit, None), (_visit, None))
