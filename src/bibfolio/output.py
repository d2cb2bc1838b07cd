"""Addresses in the built site, and writing files into it beside Sphinx's own.

Files of the owner and of other extensions take precedence over ours. A file that the owner has in
``html_extra_path`` is never written by us. Files about the whole site are written before the first
page, so that other extensions, which write theirs later, replace them. What is in the output from
an earlier build is written over, whoever wrote it, and then again by whoever writes it now: every
build ends in the same files as a clean one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging

from bibfolio.config import is_site, owners_file
from bibfolio.hosting import address_mismatch
from bibfolio.model.sentence import Phrase
from bibfolio.problems import NO_ADDRESS, WarningKind, stop
from bibfolio.sources.folder import is_served

#: Builders that make a site; others with HTML inside (epub, singlehtml, help files) make a book.
_SITE_BUILDERS = frozenset({"html", "dirhtml", "readthedocs", "readthedocsdirhtml"})

#: Asks for files about the whole site: a handler takes the application and returns pairs of a path
#: and what the file holds. It is called when all pages are read and none is written.
COLLECT_FILES = "bibfolio-collect-files"
#: Pages that are not for search engines, link previews or feeds.
NOT_INDEXED = frozenset({"404", "search", "genindex"})


_logger = logging.getLogger(__name__)


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
        self._app = app
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

    def addressed(self, phrase: Phrase) -> Phrase:
        """Return a phrase with the absolute address of the page or file to which it leads.

        It leads nowhere if the site has no address.
        """
        if not (phrase.page or phrase.is_local):
            return phrase
        docname, sign, anchor = phrase.page.partition("#")
        url = self.page_url(docname) + sign + anchor if docname else self.url(phrase.url)
        return replace(phrase, url=url if self.has_address else "")

    def write(self, path: str, content: str | bytes) -> bool:
        """Write a file unless the owner has one; unchanged files keep their time.

        Returns:
            Whether the file is ours.
        """
        if own := owners_file(self._app, path):
            _logger.info("%s is the owner's %s, so bibfolio writes none", path, own)
            return False
        write_file(self._folder / path, content)
        return True

    def remove(self, path: str) -> None:
        """Delete a file, if it is there, and the folders that it leaves empty."""
        (self._folder / path).unlink(missing_ok=True)
        for folder in Path(path).parents[:-1]:
            if not (self._folder / folder).is_dir() or any((self._folder / folder).iterdir()):
                return
            (self._folder / folder).rmdir()


def write_file(target: Path, content: str | bytes) -> None:
    """Write a file unless it is there already; unchanged files keep their time."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if not target.is_file() or target.read_bytes() != data:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


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


# -- files about the whole site -----------------------------------------------------------------


class _SiteFiles:
    """Writes what parts of the package make, and tells at the end what others have made of it."""

    def __init__(self) -> None:
        self._written: dict[Path, bytes] = {}

    def write(self, app: Sphinx, _builder: Builder) -> None:
        """Write all files before Sphinx copies the owner's and other extensions write theirs."""
        if not makes_html(app):
            return
        output = Output(app)
        if is_site(app.config) and not output.has_address:
            _logger.info(NO_ADDRESS)
        if message := address_mismatch(output.base) if is_site(app.config) else "":
            _logger.info(message)
        for path, content in chain.from_iterable(app.emit(COLLECT_FILES)):
            if output.write(path, content):
                file = Path(app.outdir, path)
                self._written[file] = file.read_bytes()

    def tell(self, _app: Sphinx, _exception: Exception | None) -> None:
        """Say which files another extension has written."""
        for file, data in self._written.items():
            if not file.is_file() or file.read_bytes() != data:
                _logger.info("%s is another extension's, not bibfolio's", file.name)


# -- what cannot be written ----------------------------------------------------------------------

_ADVICE = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "free some space, or build into a folder on another disk",
    ),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS),
        "let your user write there, or work in a folder where it may",
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
            # Windows calls writing over a folder not allowed, and no more.
            is_folder = os.name == "nt" and Path(cause.filename).is_dir()
            number = errno.EISDIR if is_folder else cause.errno
            what = f"{cause.filename}: cannot be written: {os.strerror(number)}"
            return f"{what}; {_ADVICE[number]} [bibfolio.{WarningKind.OUTPUT.subtype}]"
        cause = cause.__cause__ or cause.__context__
    return ""


def _explain_failure(app: Sphinx, exception: Exception | None) -> None:
    """End a build that cannot write with one readable line instead of a traceback."""
    if exception and is_site(app.config) and (line := describe_failure(exception)):
        stop([line])


def setup(app: Sphinx) -> None:
    """Write files about the whole site, and explain a build that failed."""
    files = _SiteFiles()
    app.add_event(COLLECT_FILES)
    app.connect("write-started", files.write, priority=100)
    app.connect("build-finished", files.tell, priority=980)
    app.connect("build-finished", _explain_failure, priority=990)
