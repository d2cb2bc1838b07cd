"""Removes from the output what belongs to pages that are gone.

Sphinx never deletes output. Every file this package or Sphinx writes for a page has the page's name
in its path, so what a page leaves behind can be found when the page is purged; ``papers/`` belongs
to the package as a whole and holds nothing else.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.model import EXPORT_FORMATS
from bibfolio.output import Output, makes_site

_SUFFIXES = ("md", *(suffix for suffix, _ in EXPORT_FORMATS.values()))


def _remove_outputs(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: delete the files of removed pages; nothing else becomes outdated."""
    if makes_site(app):
        for docname in removed:
            page = Path(app.builder.get_output_path(docname))  # type: ignore[attr-defined]
            twins = [Path(app.outdir) / f"{docname}.{suffix}" for suffix in _SUFFIXES]
            sources = Path(app.outdir) / "_sources"
            copies = [sources / f"{docname}{suffix}.txt" for suffix in app.config.source_suffix]
            for path in (page, *twins, *copies):
                path.unlink(missing_ok=True)
    return []


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: whatever is left in ``papers/`` by builds before this environment."""
    if makes_site(app, exception):
        pages = {name for name in app.env.all_docs if name.startswith("papers/")}
        wanted = {f"{name}.{suffix}" for name in pages for suffix in _SUFFIXES}
        outdir = Path(app.outdir)
        for name in pages:
            page = Path(app.builder.get_output_path(name))  # type: ignore[attr-defined]
            wanted.add(page.relative_to(outdir).as_posix())
        Output(app).keep_only("papers", wanted)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect both."""
    app.connect("env-get-outdated", _remove_outputs)
    app.connect("build-finished", _sweep, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
