"""Blocks of code and tables that a keyboard can scroll: they can have the focus.

Which of them are wider than the page is not known while building, so all can, but for the BibTeX of
a paper, whose lines are broken (WCAG 2.2, 2.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

_BROKEN = "paper-page-bibtex"
#: Around every table, by pydata-sphinx-theme, which leaves the rest to a script of its own.
_TABLE = '<div class="pst-scrollable-table-container"'


@contextmanager
def _focusable(translator: HTML5Translator, tag: str) -> Iterator[None]:
    """Give *tag* a ``tabindex`` in what is written meanwhile; text has no "<" any more."""
    start = len(translator.body)
    try:
        yield
    finally:  # after highlighted code comes an exception: there is nothing left to do
        parts = translator.body[start:]
        translator.body[start:] = [part.replace(tag, f'{tag} tabindex="0"') for part in parts]


def _visit_code(translator: HTML5Translator, node: nodes.literal_block) -> None:
    is_broken = _BROKEN in node["classes"]
    with nullcontext() if is_broken else _focusable(translator, "<pre"):
        type(translator).visit_literal_block(translator, node)


def _depart_code(translator: HTML5Translator, node: nodes.literal_block) -> None:
    type(translator).depart_literal_block(translator, node)


def _visit_table(translator: HTML5Translator, node: nodes.table) -> None:
    with _focusable(translator, _TABLE):
        type(translator).visit_table(translator, node)


def _depart_table(translator: HTML5Translator, node: nodes.table) -> None:
    type(translator).depart_table(translator, node)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Draw these nodes of docutils in HTML in this way."""
    app.add_node(nodes.literal_block, override=True, html=(_visit_code, _depart_code))
    app.add_node(nodes.table, override=True, html=(_visit_table, _depart_table))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
