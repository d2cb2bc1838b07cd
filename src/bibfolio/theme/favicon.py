"""The mark of a site in the tab of a browser: the newest papers, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sphinx.application import Sphinx

from bibfolio.config import palette_of
from bibfolio.library import library_of
from bibfolio.model.mark import MOST_IN_ICON, as_file
from bibfolio.output import COLLECT_FILES, Output, makes_site

_NAME = "bibfolio-mark.svg"
_PATH = f"_static/{_NAME}"


def _icon(app: Sphinx) -> str:
    """Return the file; nothing without a mark, or where the owner has chosen another picture."""
    options = app.config.html_theme_options
    if not makes_site(app) or app.config.html_favicon or options.get("favicons"):
        return ""
    dots = library_of(app.env).mark(MOST_IN_ICON)
    return as_file(dots, palette_of(app.config), is_icon=True) if dots else ""


def _collect(app: Sphinx) -> Iterable[tuple[str, str]]:
    """Write it, or delete that of an earlier build."""
    if text := _icon(app):
        return [(_PATH, text)]
    if makes_site(app):
        Output(app).remove(_PATH)
    return []


def _show(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Name the mark to the page, as Sphinx names the owner's: from the folder of static files."""
    if _icon(app):
        context["favicon_url"] = _NAME


def setup(app: Sphinx) -> None:
    """Write the file, and name it before Sphinx makes an address of the name (500)."""
    app.connect(COLLECT_FILES, _collect)
    app.connect("html-page-context", _show, priority=400)
