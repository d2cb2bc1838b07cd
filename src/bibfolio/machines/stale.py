"""Removes from the output what belongs to pages that are gone.

Sphinx never deletes output. Every file this package or Sphinx writes for a page has the page's name
in its path, so what a page leaves behind can be found when the page is purged; ``papers/`` belongs
to the package as a whole and holds nothing else.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.model import PAPERS
from bibfolio.output import Output, makes_site, page_files


def _remove_outputs(
    app: Sphinx, _env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: delete the files of removed pages; nothing else becomes outdated."""
    if makes_site(app):
        for docname in removed:
            for path in page_files(app, docname):
                Output(app).remove(path)
    return []


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: whatever is left in ``papers/`` by builds before this environment."""
    if makes_site(app, exception):
        pages = [name for name in app.env.all_docs if name.startswith(f"{PAPERS}/")]
        Output(app).keep_only(PAPERS, {path for page in pages for path in page_files(app, page)})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect both."""
    app.connect("env-get-outdated", _remove_outputs)
    app.connect("build-finished", _sweep, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
