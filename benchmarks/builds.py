"""Builds all sites in turn, under the same load of the machine, and measures each build."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.bibliography import Entry, edited
from benchmarks.sites import cited

ROOT = Path(__file__).parent.parent
CLEAN, PLAIN, STOCK = "clean", "clean, without pictures", "stock"
EDITED, UNCHANGED = "one entry edited", "unchanged"


class BuildError(RuntimeError):
    """Sphinx failed; the text is its output."""


@dataclass(frozen=True)
class Build:
    """Time and memory of one run of Sphinx."""

    #: Seconds of time, and seconds of work (user and system) of all processes.
    seconds: float
    work: float
    #: Peak of memory in MB.
    memory: float


def build(site: Path) -> Build:
    """Run ``sphinx-build`` on *site*, into a folder beside it, with all processors.

    Memory is the largest resident set of any process of the build (``ru_maxrss``).

    Raises:
        BuildError: Sphinx returned an error.
    """
    if not hasattr(os, "wait4"):
        raise BuildError("builds are measured with wait4, which Windows does not have")
    built = built_of(site)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "dirhtml", "-j", "auto"]
    command += ["-d", str(built / "doctrees"), str(site), str(built / "site")]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("READTHEDOCS")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as log:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise BuildError(log.read().decode(errors="replace")[-2000:])
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Build(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def built_of(site: Path) -> Path:
    """Return the output folder of *site*."""
    return site.with_name(f"{site.name}-built")


@dataclass
class Measured:
    """All builds of the sites of one size: for each kind, one per run."""

    builds: dict[str, list[Build]] = field(
        default_factory=lambda: {kind: [] for kind in (CLEAN, PLAIN, STOCK, EDITED, UNCHANGED)}
    )

    def seconds(self, kind: str) -> float:
        """Return the median of the seconds of a kind of build."""
        return median(build.seconds for build in self.builds[kind])

    def memory(self, kind: str) -> float:
        """Return the peak of memory of builds of this kind, in MB."""
        return max(build.memory for build in self.builds[kind])

    def ratio(self, kind: str, other: str) -> float:
        """Return the median of the ratios of two builds of the same run."""
        pairs = zip(self.builds[kind], self.builds[other], strict=True)
        return median(build.seconds / other.seconds for build, other in pairs)

    def work_ratio(self, kind: str, other: str) -> float:
        """Return the same for work, which other programs on the machine disturb less."""
        pairs = zip(self.builds[kind], self.builds[other], strict=True)
        return median(build.work / other.work for build, other in pairs)


def measure(folder: Path, entries: Sequence[Entry], runs: int) -> Measured:
    """Build the sites in *folder* *runs* times.

    Each run builds all from nothing, ours and stock first in turn, then ours after an edit of an
    entry in the middle that the essay cites, then ours as it is.
    """
    found = Measured()
    ours = folder / "ours"
    papers = cited(entries)
    key = papers[len(papers) // 2].key
    for run in range(runs):
        steps = [(CLEAN, ours), (PLAIN, folder / "plain"), (STOCK, folder / "stock")]
        for kind, site in steps if run % 2 == 0 else reversed(steps):
            _set_aside(built_of(site))
            found.builds[kind].append(build(site))
        bibliography = ours / "refs.bib"
        text = bibliography.read_text(encoding="utf-8")
        bibliography.write_text(edited(text, key, run + 1), encoding="utf-8", newline="\n")
        found.builds[EDITED].append(build(ours))
        found.builds[UNCHANGED].append(build(ours))
    return found


def _set_aside(folder: Path) -> None:
    """Rename *folder*, so that the next build starts clean.

    It is not deleted here: ext4 without a journal passes over every inode freed within the last
    minute whenever a file is made (``recently_deleted`` in ``fs/ext4/ialloc.c``), which makes a
    build of thousands of files half as slow again.
    """
    if folder.exists():
        gone = folder.parent / "gone"
        gone.mkdir(exist_ok=True)
        folder.rename(gone / str(len(list(gone.iterdir()))))
