"""A file that cannot be written ends the build with one line: which, why, and what to do.

Sphinx empties each page that does not fit on a full disk, warns of it and goes on to the next;
anything else it meets with a traceback, and asks for a bug report.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxParallelError
from sphinx.util.typing import ExtensionMetadata

from bibfolio.model import PAPERS
from bibfolio.output import WholePath, makes_site
from bibfolio.problems import WarningKind
from bibfolio.warn import stop

_SPACE = "free some space, or build into a folder on another disk"
_RIGHTS = "let your user write there, or build into another folder"
_IN_THE_WAY = "a file is where a folder has to be, or a folder where a file has to be: move it away"
#: What is wrong with a disk, a folder or a name → what to do about it.
ADVICE = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.EEXIST: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.ENAMETOOLONG: "build into a folder with a shorter path",
}
#: An error in the words of Python; the path may be missing.
_WORDED = re.compile(r"\[Errno (\d+)\][^:]*(?:: '([^']*)')?")


class Failure(NamedTuple):
    """What could not be written and why; *path* is empty if that is not known."""

    number: int
    path: str

    def line(self, fallback: str) -> str:
        """What to tell the author, in one line."""
        return (
            f"{self.path or fallback}: cannot be written: {os.strerror(self.number)}; "
            f"{ADVICE[self.number]} [bibfolio.{WarningKind.OUTPUT.subtype}]"
        )


def failures(error: BaseException) -> Iterator[Failure]:
    """The failures among an error and what has caused it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError):
            if cause.errno in ADVICE:
                yield Failure(cause.errno, str(cause.filename2 or cause.filename or ""))
        elif isinstance(cause, ExtensionError | SphinxParallelError) and not cause.__cause__:
            # What another process has met, in words.
            yield from worded(str(cause))
        cause = cause.__cause__


def worded(text: str) -> Iterator[Failure]:
    """The failures that a text speaks of."""
    for number, path in _WORDED.findall(text):
        if int(number) in ADVICE:
            yield Failure(int(number), path)


# -- Sphinx ----------------------------------------------------------------------------------


class Writing:
    """Knows where a build writes: what cannot be read elsewhere is not for this module."""

    def __init__(self, app: Sphinx) -> None:
        self._out = Path(app.outdir)
        self._folders = (self._out, Path(app.doctreedir), Path(app.srcdir) / PAPERS)

    def concerns(self, failure: Failure) -> bool:
        """Whether it is about a file of the build's, or about one that has no name."""
        path = Path(failure.path or self._out)
        return any(path.is_relative_to(f) or f.is_relative_to(path) for f in self._folders)

    def stop_on(self, error: BaseException) -> None:
        """End the build if a file that it writes has caused the error."""
        for failure in filter(self.concerns, failures(error)):
            stop([failure.line(str(self._out))])


class _AtFirst(logging.Filter):
    """Makes an error of the first file that Sphinx could not write, of which it only warns."""

    def __init__(self, writing: Writing) -> None:
        super().__init__()
        self._writing = writing

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything else through."""
        errors = [part for part in record.args or () if isinstance(part, OSError)]
        if errors or str(record.msg).startswith(_SPOILT):  # from a worker process: words only
            text = record.getMessage()
            page = text.removeprefix(_SPOILT).partition(": ")[0] if _SPOILT in text else ""
            found = [failure for error in errors for failure in failures(error)] or worded(text)
            for failure in filter(self._writing.concerns, found):
                raise OSError(failure.number, os.strerror(failure.number), failure.path or page)
        return True


#: How Sphinx (9.0) begins its warning about a page.
_SPOILT = "error writing file "


def _explain(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        Writing(app).stop_on(exception)


def _write_whole(app: Sphinx) -> None:
    """``builder-inited``: have Sphinx (9.0) replace pages, which it would write in place.

    Delete when it does so itself, as it does with the search index.
    """
    if makes_site(app):
        builder: Any = app.builder
        find: Callable[[str], Path] = builder.get_output_path
        builder.get_output_path = lambda page: WholePath(find(page))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect; make the folders here, as Sphinx does it without an event."""
    writing = Writing(app)
    for folder in (app.outdir, app.doctreedir):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            writing.stop_on(error)
            raise
    for handler in logging.getLogger("sphinx").handlers:
        handler.addFilter(_AtFirst(writing))
    app.connect("builder-inited", _write_whole)
    # When the others have put things in order.
    app.connect("build-finished", _explain, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
