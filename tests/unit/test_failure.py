"""What an error of writing is in one line, however it was wrapped."""

import errno
import os

import pytest
from sphinx.errors import ExtensionError, SphinxParallelError

from bibfolio.failure import ADVICE, Failure, failures, worded

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/site/index.html")


def wrapped(error: BaseException) -> BaseException:
    outer = ExtensionError("Handler threw an exception", error)
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    "error",
    [
        FULL,
        wrapped(FULL),
        wrapped(wrapped(FULL)),
        SphinxParallelError(f"OSError: {FULL}", "Traceback …"),
        ExtensionError(f"pictures for link previews failed: Traceback …\nOSError: {FULL}"),
        OSError(errno.ENOSPC, "full", "/source.png", None, "/site/index.html"),
    ],
)
def test_the_file_is_found_however_deep_the_error_lies(error):
    assert list(failures(error)) == [Failure(errno.ENOSPC, "/site/index.html")]


@pytest.mark.parametrize(
    "error", [ValueError("[Errno 28]"), FileNotFoundError(errno.ENOENT, "not there", "/site/a")]
)
def test_other_errors_are_left_to_sphinx(error):
    assert list(failures(error)) == []


def test_words_without_a_path_are_understood():
    (found,) = worded(f"error writing file /a/b: {OSError(errno.EDQUOT, 'Quota exceeded')}")
    assert found == Failure(errno.EDQUOT, "")
    assert found.line("/site").startswith("/site: cannot be written: ")


@pytest.mark.parametrize("number", ADVICE)
def test_a_line_names_the_path_the_reason_what_to_do_and_the_kind(number):
    line = Failure(number, "/site/a").line("/site")
    assert line.startswith(f"/site/a: cannot be written: {os.strerror(number)}; ")
    assert ADVICE[number] in line
    assert line.endswith(" [bibfolio.output]")
    assert "\n" not in line
