"""Stylesheet and scripts of our components, on the pages that hold them, under any theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.typing import ExtensionMetadata

from bibfolio.output import Output
from bibfolio.theme.layout import is_ours

_STATIC = Path(__file__).parent / "static"
_SHEET = "bibfolio-components.css"
#: Class of an element → the script that gives it something to do.
_SCRIPTS = {
    "paper-page-bibtex": "bibfolio-copy.js",
    "paper-card-complete": "bibfolio-filter.js",
}
#: Classes of which every component holds one. Others of a page may begin in the same way.
_COMPONENTS = {
    *_SCRIPTS,
    *("paper-card-title", "paper-card-list", "paper-page"),
    *("profile-card", "profile-list", "profile-email", "cv-head"),
}


def needs(doctree: nodes.document | None) -> list[str]:
    """Return the files that the components of a page need, sorted; none without components."""
    if doctree is None:
        return []
    classes: set[str] = set()
    for element in doctree.findall(nodes.Element):
        classes.update(element.get("classes", ()))
    scripts = {script for name, script in _SCRIPTS.items() if name in classes}
    sheet = set() if _COMPONENTS.isdisjoint(classes) else {_SHEET}
    return sorted(scripts | sheet)


def _load(
    app: Sphinx,
    _pagename: str,
    _template: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load on this page, and on no other, what its components need."""
    # A book in EPUB runs no scripts.
    if not isinstance(app.builder, StandaloneHTMLBuilder) or app.builder.name == "epub":
        return
    for name in needs(doctree):
        has_own = any(
            Path(app.confdir, path, name).is_file() for path in app.config.html_static_path
        )
        if not is_ours(app) and not has_own:  # as a file of the theme, Sphinx copies it
            Output(app).write(f"_static/{name}", (_STATIC / name).read_bytes())
        if name.endswith(".js"):
            app.add_js_file(name, loading_method="defer")
        elif not is_ours(app):  # whose pages have it in themselves
            # Before what the owner adds (800), who so has the last word.
            app.add_css_file(name, priority=400)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handler."""
    app.connect("html-page-context", _load)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
