"""Ends a build where nothing is left to be written, for all is as the last one has left it.

Sphinx prepares for writing, copies static files, makes its indices and writes the pages that are no
documents whatever has changed, and so do extensions at the end of a build. For a thousand papers
that is the half of a build that changes nothing. Which pages have changed is still found out by
Sphinx; of all other files, those of the same size and time count as the same.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from sphinx.application import Sphinx
from sphinx.util.logging import getLogger

from bibfolio.config import settings_of
from bibfolio.known import are_known, listeners_are_known, module_of
from bibfolio.problems import WarningKind
from bibfolio.recall import program

logger = getLogger(__name__)

#: When something is written that is of no page.
_EVENTS = ("write-started", "html-collect-pages", "html-page-context", "build-finished")
#: Who is told at the end all the same.
_KEEPERS = ("bibfolio.upkeep", "bibfolio.garbage")


class Remarks(logging.Filter):
    """Notes whether there were warnings that only a build that writes can give again."""

    def __init__(self) -> None:
        super().__init__()
        self.are_some = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through."""
        # A missing font is told by every build (cv/fonts.py).
        kind = (getattr(record, "type", None), getattr(record, "subtype", None))
        if record.levelno >= logging.WARNING and kind != ("bibfolio", WarningKind.FONT.subtype):
            self.are_some = True
        return True


class Standstill:
    """Answers for an HTML builder when it is to write.

    Sphinx (9.0) goes on where it has nothing to write, because a static file may have changed
    (https://github.com/sphinx-doc/sphinx/pull/13236). Delete when it looks whether one has.
    """

    def __init__(self, app: Sphinx, is_as_left: Callable[[Sphinx], bool]) -> None:
        """*is_as_left* tells whether all is as the last build has left it, but for documents."""
        self._app, self._is_as_left = app, is_as_left
        #: Whether it has come: nothing was written.
        self.has_come = False
        #: Whether only pages that somebody has named were written, whatever else has changed.
        self.is_partial = False
        self._pages = set(app.env.all_docs)
        self._listeners = app.events.listeners["build-finished"]
        # Typed so, the builder can be given answers.
        builder: Any = app.builder
        self._write, self._finish = builder.write, builder.finish
        builder.write, builder.finish = self.write, self.finish

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Iterable[str],
        method: Literal["all", "specific", "update"] = "update",
    ) -> None:
        """In place of ``Builder.write``: write these pages, and what is of none."""
        self.is_partial = method == "specific"
        has_pages = bool(build_docnames or updated_docnames or method != "update")
        # Sphinx does not count pages that are gone.
        has_pages |= self._pages != self._app.env.all_docs.keys()
        self.has_come = not has_pages and self._all_are_known() and self._is_as_left(self._app)
        if not self.has_come:
            self._write(build_docnames, updated_docnames, method)
            return
        logger.info("nothing has changed since the last build")
        self._app.events.listeners["build-finished"] = [
            one for one in self._listeners if module_of(one.handler) in _KEEPERS
        ]

    def _all_are_known(self) -> bool:
        """Whether nobody unknown writes anything: neither the builder nor who listens to it."""
        builders = type(self._app.builder).__mro__[:-1]
        return listeners_are_known(self._app, *_EVENTS) and are_known(
            builder.__module__ for builder in builders
        )

    def finish(self) -> None:
        """In place of ``Builder.finish``: write what is made of all pages."""
        if not self.has_come:
            self._finish()

    def end(self) -> None:
        """Have everybody be told at the end of the next build."""
        if self.has_come:
            self._app.events.listeners["build-finished"] = self._listeners


def beside(app: Sphinx) -> str:
    """All that decides about what is of no page, beside settings: programs, and files to copy."""
    config, root = app.config, Path(app.confdir)
    names = [*config.html_static_path, *config.html_extra_path, *config.templates_path]
    names += [*config.locale_dirs, settings_of(config).files]
    names += [config.html_logo, config.html_favicon, config.html_search_scorer]
    places = [root / name for name in names if name]
    places += app.builder.theme.get_theme_dirs()  # type: ignore[attr-defined]
    states = [sorted(_states(str(place))) for place in places]
    return repr((program(), sorted(_installed()), states))


def _installed() -> Iterator[str]:
    """What is installed, with its version: whichever package makes what is of no page."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (path.name for path in folder.glob("*.*-info"))


def _states(place: str) -> Iterator[tuple[str, int, int]]:
    """Each file at or below *place*: its path, its size in bytes, when it was changed (ns)."""
    # Sphinx follows links to folders, too.
    walk = os.walk(place, followlinks=True)
    below = (f"{parent}/{name}" for parent, _, names in walk for name in names)
    for path in map(Path, below if Path(place).is_dir() else [place]):
        try:
            found = path.stat()
        except OSError:
            continue
        yield str(path), found.st_size, found.st_mtime_ns
