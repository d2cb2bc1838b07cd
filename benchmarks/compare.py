"""Builds of two sites in turn → pairs of measurements, so that both see the same machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bibliography import edited, key
from benchmarks.clock import Build, build, built_of
from benchmarks.generate import cited

#: As `make site` builds on a machine with two processors (``-j auto``).
JOBS = 2
#: Where to, beside the sites.
GONE = "gone"
COLD, UNCHANGED, EDITED = "cold", "unchanged", "one entry edited"


@dataclass(frozen=True)
class Pairs:
    """The same step on two sites, several times."""

    ours: tuple[Build, ...]
    other: tuple[Build, ...]

    @property
    def ratio(self) -> float:
        """Median of the ratios of the time that passed, each of two builds in a row."""
        return median(a.wall / b.wall for a, b in zip(self.ours, self.other, strict=True))

    @property
    def cpu_ratio(self) -> float:
        """The same of the work, which other programs on the machine disturb less."""
        return median(a.cpu / b.cpu for a, b in zip(self.ours, self.other, strict=True))


def seconds(builds: Iterable[Build]) -> float:
    """Median of the time that passed."""
    return median(b.wall for b in builds)


def memory(builds: Iterable[Build]) -> float:
    """The most that any of them took, in MB."""
    return max(b.memory for b in builds)


def steps(folder: Path, size: int, runs: int) -> dict[str, Pairs]:
    """Every step on ``folder/own`` and ``folder/stock`` of *size* papers, *runs* times.

    A run builds both from nothing, then both once more, then both after an edit of one entry: one
    in the middle of the file that an essay cites, so that more pages show it than most. All with
    :data:`JOBS` processes.
    """
    own, stock = folder / "own", folder / "stock"
    name = key(cited(1, size)[-1])
    found: dict[str, list[tuple[Build, Build]]] = {COLD: [], UNCHANGED: [], EDITED: []}
    for run in range(runs):
        for site in (own, stock):
            forget(site)
        found[COLD].append(_both(run, own, stock))
        found[UNCHANGED].append(_both(run, own, stock))
        for site in (own, stock):
            edit(site, name, run + 1)
        found[EDITED].append(_both(run, own, stock))
    return {step: _pairs(builds) for step, builds in found.items()}


def cold(ours: Path, other: Path, runs: int, *, jobs: int = JOBS, other_jobs: int = JOBS) -> Pairs:
    """Builds from nothing, *runs* times; both may be the same site with more processes."""

    def fresh(site: Path, jobs: int) -> Build:
        forget(site)
        return build(site, jobs=jobs)

    return _pairs(
        _in_turn(run, lambda: fresh(ours, jobs), lambda: fresh(other, other_jobs))
        for run in range(runs)
    )


def edit(site: Path, name: str, revision: int) -> None:
    """Change the title of one entry."""
    path = site / "refs.bib"
    text = path.read_text(encoding="utf-8")
    path.write_text(edited(text, name, revision), encoding="utf-8")


def forget(site: Path) -> None:
    """Move what was built of *site* out of the way; :func:`benchmarks.__main__.main` deletes it.

    Not here: a file system may take its time with what was deleted just now. Where there is no
    journal, ext4 gives no inode away again for a minute, and passes over all of them whenever a
    file is made (``recently_deleted`` in ``fs/ext4/ialloc.c``). A build of thousands of files that
    follows a deletion takes half as long again.
    """
    gone = site.parent / GONE
    gone.mkdir(exist_ok=True)
    number = len(list(gone.iterdir()))
    for count, folder in enumerate((built_of(site), site / "papers"), start=number):
        if folder.exists():
            folder.rename(gone / str(count))


def _both(run: int, own: Path, stock: Path) -> tuple[Build, Build]:
    return _in_turn(run, lambda: build(own, jobs=JOBS), lambda: build(stock, jobs=JOBS))


def _in_turn(
    run: int, ours: Callable[[], Build], other: Callable[[], Build]
) -> tuple[Build, Build]:
    """Both, the one that comes first changing with every *run*."""
    if run % 2:
        second = other()
        return ours(), second
    return ours(), other()


def _pairs(builds: Iterable[tuple[Build, Build]]) -> Pairs:
    ours, other = zip(*builds, strict=True)
    return Pairs(ours, other)
