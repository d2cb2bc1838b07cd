"""Stylesheet and scripts of our components, on the pages that hold them, under any theme."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from bibfolio.config import palette_of
from bibfolio.library import spoken_tree
from bibfolio.model.words import _
from bibfolio.output import Output
from bibfolio.theme.colours import of_topics
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
    *("paper-timeline", "paper-coauthors", "paper-related"),
    *("profile-card", "profile-list", "profile-email", "cv-head", "essay-list"),
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


@cache
def _messages() -> list[str]:
    """Return what scripts say: the text in each ``word("…")``."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted(_STATIC.glob("*.js")))
    return re.findall(r'\bword\("(.*?)"\)', scripts)


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
    names = needs(doctree)
    words = {message: _(message) for message in _messages() if _(message) != message}
    if words and (is_ours(app) or any(name.endswith(".js") for name in names)):
        tree = spoken_tree(app.env)
        file = f"bibfolio-words{f'-{tree.folder}' if tree.folder else ''}.js"
        Output(app).write(f"_static/{file}", f"window.bibfolioWords = {json.dumps(words)};\n")
        app.add_js_file(file, loading_method="defer", priority=50)
    for name in names:
        has_own = any(
            Path(app.confdir, path, name).is_file() for path in app.config.html_static_path
        )
        if not is_ours(app) and not has_own:  # as a file of the theme, Sphinx copies it
            text = (_STATIC / name).read_text(encoding="utf-8")
            head = of_topics(palette_of(app.config)) if name == _SHEET else ""
            Output(app).write(f"_static/{name}", head + text)
        if name.endswith(".js"):
            app.add_js_file(name, loading_method="defer")
        elif not is_ours(app):  # whose pages have it in themselves
            # Before what the owner adds (800), who so has the last word.
            app.add_css_file(name, priority=400)


def setup(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("html-page-context", _load)
