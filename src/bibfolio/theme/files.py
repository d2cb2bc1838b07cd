"""The owner's PDFs and slides, served under the address of their folder."""

from __future__ import annotations

import filecmp
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import settings_of
from bibfolio.output import is_served, makes_site, replace_file


def mirror(source: Path, target: Path) -> None:
    """Make *target* hold exactly the files of *source*; touch nothing that is the same.

    Hidden files stay behind, and links are not followed out of *source*.
    """
    root = source.resolve()
    wanted = {
        path.relative_to(source)
        for path in source.rglob("*")
        if path.is_file()
        and is_served(path.relative_to(source).as_posix(), "")
        and path.resolve().is_relative_to(root)
    }
    present = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
    for stale in present - wanted:
        (target / stale).unlink()
    for folder in sorted((path for path in target.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    for name in sorted(wanted):
        if not (target / name).is_file() or not filecmp.cmp(source / name, target / name):
            replace_file(target / name, source / name)


def _serve_files(app: Sphinx, exception: Exception | None) -> None:
    if makes_site(app, exception):
        folder = settings_of(app.config).files
        mirror(app.srcdir / folder, app.outdir / folder)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Copy when everything else has been written."""
    app.connect("build-finished", _serve_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
