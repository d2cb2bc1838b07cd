"""Has builds keep their journal, and acts on what it says: what is written, and what goes.

An incremental build is right only if the last one came to its end, and if nothing that decides
about all pages has changed since. If the journal does not know, every page is written again; after
a build that was killed, or failed, every page is read again as well, for any file may be half
written, whatever its time says.

Sphinx never deletes output. What no page is sure to own (copies of static files, redirects) is put
aside when all pages are written again, before Sphinx and the extensions copy and write it anew; a
build that fails puts it back. A build that has nothing to write leaves all as it is.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import settings_of
from bibfolio.domain import paper_domain
from bibfolio.failure import Writing
from bibfolio.journal import Journal, files_below
from bibfolio.output import OWN_FOLDERS, Output, makes_site, page_files
from bibfolio.standstill import Remarks, Standstill, beside

logger = getLogger(__name__)


def plain(value: Any) -> str:
    """A setting as text that is the same in every process: no order of a set, no address."""
    if isinstance(value, dict):
        return repr(sorted((plain(key), plain(item)) for key, item in value.items()))
    if isinstance(value, set | frozenset):
        return repr(sorted(map(plain, value)))
    if isinstance(value, list | tuple):
        return repr([plain(item) for item in value])
    if value is None or isinstance(value, str | bytes | int | float):
        return repr(value)
    return getattr(value, "__qualname__", type(value).__qualname__)


# -- Sphinx ----------------------------------------------------------------------------------


class _Keeper:
    """Keeps the journal of a build; one for each application."""

    def __init__(self, remarks: Remarks) -> None:
        self._settings = ""
        self._is_current = False
        self._beside = ""
        self._remarks = remarks
        self._standstill: Standstill | None = None

    def distrust(self, app: Sphinx, _config: Config) -> None:
        """``config-inited``: after a build that has not ended, what it has read is not used."""
        if self._mark(app).exists():
            logger.info("the last build did not come to its end: everything is made anew")
            (Path(app.doctreedir) / ENV_PICKLE_FILENAME).unlink(missing_ok=True)

    def begin(self, app: Sphinx) -> None:
        """``builder-inited``, the last event before anything is written."""
        self._settings = _settings(app)
        self._journal = Journal(app)
        self._is_current = self._journal.agrees(self._recipe(app.env))
        try:
            self._journal.begin()
            self._mark(app).touch()
        except OSError as error:
            Writing(app).stop_on(error)
            raise
        if makes_site(app) and not self._is_current:
            # It may be half written, of which Sphinx warns. Without it, no page is left out.
            Output(app).remove(".buildinfo")
        self._standstill = Standstill(app, self._is_as_left) if makes_site(app) else None

    def _is_as_left(self, app: Sphinx) -> bool:
        return self._is_current and self._journal.is_as_left(beside(app))

    def write_all(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """``env-updated``: every page, if the output is not known to be what was read before."""
        return [] if self._is_current else sorted(env.all_docs)

    def sweep(self, app: Sphinx, _builder: Builder) -> None:
        """``write-started``: what is not of a page goes before all is written anew."""
        self._remarks.are_some = False
        if not makes_site(app):
            return
        self._beside = beside(app)
        if self._is_current:
            return
        pages = {path for page in app.env.all_docs for path in page_files(app, page)}
        kept = {*pages, *_copies(app.env), "searchindex.js"}
        # These hold exactly what they should at the end of every build, and are slow to fill.
        folders = {*OWN_FOLDERS, PurePosixPath(settings_of(app.config).files).parts[0]}
        self._journal.put_aside(self._journal.sweepings(kept, folders))

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``, after all others."""
        standstill = self._standstill
        if standstill:
            standstill.end()
        if exception is not None:
            self._journal.put_back()
            return
        if standstill and standstill.has_come:
            self._journal.leave()
            self._mark(app).unlink(missing_ok=True)
            return
        copies = _copies(app.env)
        if makes_site(app):
            for path in self._journal.forgotten(copies):
                Output(app).remove(path)
        is_partial = standstill is not None and standstill.is_partial
        self._journal.end(
            "" if is_partial else self._recipe(app.env),
            copies,
            self._beside if standstill and not self._remarks.are_some else None,
        )
        self._mark(app).unlink(missing_ok=True)

    def _recipe(self, env: BuildEnvironment) -> str:
        """What decides about all pages, and the state of what was read."""
        papers = paper_domain(env).data
        state = (self._settings, sorted(env.all_docs.items()), papers["shown"], papers["frame"])
        return hashlib.sha256(repr(state).encode("utf-8", "replace")).hexdigest()

    @staticmethod
    def _mark(app: Sphinx) -> Path:
        return Path(app.doctreedir) / "unfinished"


#: Settings of sphinxext-rediraffe (0.3) that may name files; it does not notice when those change.
_NAMED_FILES = ("rediraffe_template", "rediraffe_redirects")


def _settings(app: Sphinx) -> str:
    """All settings, extensions, names of files to copy, and templates."""
    values = [(item.name, plain(item.value)) for item in app.config]
    extensions = sorted((name, part.version) for name, part in app.extensions.items())
    assets = [*app.config.html_static_path, *app.config.html_extra_path]
    files = [sorted(files_below(Path(app.confdir) / folder)) for folder in assets]
    named = [str(app.config[name]) for name in _NAMED_FILES if name in app.config]
    for folder in app.config.templates_path:
        named += sorted(f"{folder}/{name}" for name in files_below(Path(app.confdir) / folder))
    paths = (Path(app.confdir) / name for name in named)
    texts = [(path.name, path.read_bytes()) for path in paths if path.is_file()]
    return repr((sorted(values), extensions, files, texts, sorted(app.tags)))


def _copies(env: BuildEnvironment) -> set[str]:
    """Pictures and downloads of all pages, where Sphinx's HTML builders put them."""
    images = {f"_images/{name}" for _, name in env.images.values()}
    return images | {f"_downloads/{name}" for _, name in env.dlfiles.values()}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect around everything else."""
    remarks = Remarks()
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(remarks)
    keeper = _Keeper(remarks)
    app.connect("config-inited", keeper.distrust)
    app.connect("builder-inited", keeper.begin, priority=900)
    app.connect("env-updated", keeper.write_all)
    app.connect("write-started", keeper.sweep)
    app.connect("build-finished", keeper.end, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
