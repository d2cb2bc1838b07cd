"""The package's own scripts, each only on pages that have a use for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

_STATIC = Path(__file__).with_name("static")


def _add_static_path(_app: Sphinx, config: Config) -> None:
    config.html_static_path = [*config.html_static_path, str(_STATIC)]


def _add_scripts(
    app: Sphinx,
    _pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """``html-page-context``: Sphinx keeps files added here to the page being written."""
    if doctree is None:
        return
    if any(
        "paper-page-bibtex" in block["classes"] for block in doctree.findall(nodes.literal_block)
    ):
        app.add_js_file("copy.js", loading_method="defer")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect both."""
    app.connect("config-inited", _add_static_path)
    app.connect("html-page-context", _add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
