"""Addresses in the built site, and writing files into it beside Sphinx's own."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import is_site
from bibfolio.problems import WarningKind, stop
from bibfolio.sources.folder import is_served

#: Builders that make a site; others with HTML inside (epub, singlehtml, help files) make a book.
_SITE_BUILDERS = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})

#: Pages that are not for search engines, link previews or feeds.
NOT_INDEXED = frozenset({"404", "search", "genindex"})


def makes_html(app: Sphinx, exception: Exception | None = None) -> bool:
    """Return whether this build makes a folder of HTML pages, and has not failed."""
    return exception is None and app.builder.name in _SITE_BUILDERS


def makes_site(app: Sphinx, exception: Exception | None = None) -> bool:
    """Return whether this build makes a scholar's site, and has not failed."""
    return makes_html(app, exception) and is_site(app.config)


class Output:
    """The output of an HTML build, as seen by what is written beside Sphinx's own pages."""

    def __init__(self, app: Sphinx) -> None:
        self._builder = app.builder
        self._folder = Path(app.outdir)
        #: Absolute address of the site, with a slash at the end; ``/`` if it has none.
        self.base: str = app.config.html_baseurl.rstrip("/") + "/"
        #: Whether the site says where it is; without that, whatever needs addresses is left out.
        self.has_address = bool(app.config.html_baseurl)
        self._home: str = app.config.root_doc

    @property
    def home_url(self) -> str:
        """Absolute address of the home page."""
        return self.page_url(self._home)

    def url(self, path: str) -> str:
        """Return the absolute address of *path*, which is relative to the site's root."""
        return self.base + quote(path, safe="/#.-_~+")

    def page_url(self, docname: str) -> str:
        """Return the absolute address of a page, as the builder spells it."""
        return self.base + str(self._builder.get_target_uri(docname))

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file unless it holds *content* already: unchanged files keep their time."""
        target = self._folder / path
        data = content.encode("utf-8") if isinstance(content, str) else content
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def remove(self, path: str) -> None:
        """Delete a file, if it is there, and the folders that it leaves empty."""
        (self._folder / path).unlink(missing_ok=True)
        for folder in Path(path).parents[:-1]:
            if not (self._folder / folder).is_dir() or any((self._folder / folder).iterdir()):
                return
            (self._folder / folder).rmdir()


# -- the owner's files -------------------------------------------------------------------------


def copy_files(source: Path, target: Path, but: Collection[Path] = ()) -> None:
    """Copy every file of *source* that is for readers to *target*, unless it is there already.

    Hidden files and those in *but* stay behind, and links are not followed out of *source*. Nothing
    is deleted.
    """
    root = source.resolve()
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        is_inside = path.is_file() and path.resolve().is_relative_to(root)
        if is_inside and is_served(name) and path not in but:
            copy = target / name
            if not copy.is_file() or copy.read_bytes() != path.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


# -- what cannot be written ----------------------------------------------------------------------

_ADVICE = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "free some space, or build into a folder on another disk",
    ),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "let your user write there, or build into another folder",
    ),
    **dict.fromkeys(
        (errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENOTEMPTY),
        "a file is where a folder has to be, or a folder where a file has to be: move it away",
    ),
    errno.ENAMETOOLONG: "build into a folder with a shorter path",
}


def describe_failure(error: BaseException) -> str:
    """Return one line on the file that could not be written; empty if that is not what happened.

    Args:
        error: What ended the build; its causes are looked at as well.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _ADVICE and cause.filename:
            what = f"{cause.filename}: cannot be written: {os.strerror(cause.errno)}"
            return f"{what}; {_ADVICE[cause.errno]} [bibfolio.{WarningKind.OUTPUT.subtype}]"
        cause = cause.__cause__ or cause.__context__
    return ""


def _explain_failure(app: Sphinx, exception: Exception | None) -> None:
    """End a build that cannot write with one readable line instead of a traceback."""
    if exception and is_site(app.config) and (line := describe_failure(exception)):
        stop([line])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Explain a build that failed."""
    app.connect("build-finished", _explain_failure, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
