"""A script of the package that works in a process of its own, beside the build.

What is forked would carry all papers along, and threads that libraries have started would be
missing in it; so it is a new Python, told by its standard input what to do.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

from sphinx.errors import ExtensionError

#: Fewer pages or pictures are made faster than processes are started, and told what to make.
FEW = 50


class Worker:
    """One run of a *script*, which imports nothing of the package."""

    def __init__(self, script: Path, order: bytes) -> None:
        self._name = script.name
        # -P: what lies beside the script is not to be imported in place of the standard library.
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(script)], stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        assert self._process.stdin, "a pipe was asked for"
        with contextlib.suppress(OSError), self._process.stdin as pipe:
            pipe.write(order)  # one that has died says why when it is asked for the result
        self._process.stdin = None

    def result(self) -> bytes:
        """Wait for its end; what it has written to standard output.

        Raises:
            ExtensionError: it has failed; carries what it said.
        """
        output, errors = self._process.communicate()
        if self._process.returncode:
            said = errors.decode(errors="replace").strip()
            raise ExtensionError(f"{self._name} has failed: {said}")
        return output

    def end(self) -> None:
        """End it: nobody wants the result any more."""
        self._process.kill()
        self._process.communicate()
