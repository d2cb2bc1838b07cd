"""The frame of every page: header, navigation, footer; and which scripts a page loads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import library_of, list_page
from bibfolio.known import module_of

_THEME = Path(__file__).parents[1] / "theme"
#: Class of an element → script that gives it something to do.
_SCRIPTS = {"paper-page-bibtex": "copy.js", "paper-card-complete": "filter.js"}
_VIEWPORT = re.compile(r'<meta [^>]*name="viewport"[^>]*>\n?')


def navigation(env: BuildEnvironment, docname: str) -> list[tuple[str, str, str]]:
    """Title, page and ``aria-current`` of every page that the home page's toctrees name.

    Papers belong to the page that lists them.
    """
    parents = env.collect_relations()
    trail = {list_page(env)} if library_of(env).paper_of(docname) else set()
    name: str | None = docname
    while name and name not in trail:
        trail.add(name)
        name = parents.get(name, (None,))[0]
    return [(title, page, _current(page, docname, trail)) for title, page in _top_pages(env)]


def _top_pages(env: BuildEnvironment) -> list[tuple[str, str]]:
    """Entries of the home page's toctrees; a title given there (``CV <cv>``) goes first."""
    entries = [
        entry
        for toctree in env.tocs[env.config.root_doc].findall(addnodes.toctree)
        for entry in toctree["entries"]
    ]
    return [
        (title or env.titles[page].astext(), page) for title, page in entries if page in env.titles
    ]


def _current(page: str, docname: str, trail: set[str]) -> str:
    if page == docname:
        return "page"
    return "true" if page in trail else ""


def scripts(doctree: nodes.document | None) -> list[str]:
    """Scripts of a page, relative to the site's root: each only where it is of use."""
    used = {"site.js"}
    if doctree is not None:
        elements: Iterable[nodes.Element] = doctree.findall(nodes.Element)
        names: set[str] = set()
        for element in elements:
            names.update(element.get("classes", ()))
        used |= {script for name, script in _SCRIPTS.items() if name in names}
    return [f"_static/{name}" for name in sorted(used)]


def _fill_frame(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """``html-page-context``: what the templates need; touches nothing outside *context*."""
    home = app.builder.get_relative_uri(pagename, app.config.root_doc) or "./"
    # The 404 page is shown at any address: its links start at the root.
    context["site_home"] = app.config.notfound_urls_prefix if pagename == "404" else home
    context["site_pages"] = navigation(app.env, pagename)
    context["site_scripts"] = scripts(doctree)
    context["site_list"] = list_page(app.env)
    # docutils (0.22) writes one as well as Sphinx's layout.
    context["metatags"] = _VIEWPORT.sub("", context.get("metatags", ""))


def _leave_out_the_manual(app: Sphinx) -> None:
    """``builder-inited``: have nothing prepared for a frame that is not used.

    docutils looks for its own stylesheets three times for each page. And pydata-sphinx-theme (0.17)
    draws thirteen templates for each, to see which of them are empty, and the tree of all pages.
    One of its handlers stays: it mends an address.
    Delete when the theme does this only for the templates that are used.
    """
    theme = getattr(app.builder, "theme", None)
    if theme is None or theme.name != "bibfolio":
        return
    app.env.settings["stylesheet_path"] = ""
    for listener in list(app.events.listeners.get("html-page-context", [])):
        is_theme_s = module_of(listener.handler).startswith("pydata_sphinx_theme")
        if is_theme_s and listener.handler.__name__ != "_fix_canonical_url":
            app.disconnect(listener.id)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the theme ``bibfolio`` and fill its templates."""
    app.setup_extension("notfound.extension")
    app.add_html_theme("bibfolio", _THEME)
    app.connect("builder-inited", _leave_out_the_manual)
    app.connect("html-page-context", _fill_frame)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
