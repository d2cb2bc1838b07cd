"""One build in a process of its own → how long it took, and how much memory at most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import ROOT


class BuildError(RuntimeError):
    """Sphinx gave up; carries what it said."""


@dataclass(frozen=True)
class Build:
    """What one run of Sphinx cost."""

    #: Seconds that passed, and seconds of work: user and system, of all its processes.
    wall: float
    cpu: float
    #: Resident memory in MB of the largest process of the build, at most.
    memory: float


def build(source: Path, *, jobs: int = 1) -> Build:
    """Run ``sphinx-build`` on *source*, into ``source.parent/NAME-built``, as ``make site`` does.

    The figures are what the system says of the finished process and of those it waited for
    (``getrusage(2)``): with several, times are sums, and memory is that of the largest one.

    Raises:
        BuildError: Sphinx returned an error.
    """
    built = built_of(source)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "dirhtml", "-j", str(jobs)]
    command += ["-d", str(built / "doctrees"), str(source), str(built / "site")]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("READTHEDOCS")}
    environment |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as log:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise BuildError(log.read().decode(errors="replace")[-2000:])
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Build(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def built_of(source: Path) -> Path:
    """The folder of what is built from *source*."""
    return source.parent / f"{source.name}-built"
