"""Measurements → the text of ``RESULTS.md``."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks import scale
from benchmarks.compare import COLD, EDITED, JOBS, UNCHANGED, Pairs, memory, seconds
from benchmarks.figures import HEAD, Figure
from benchmarks.scale import Volume
from tools.markdown import table

#: Those that both sites are built with.
PACKAGES = ("sphinx", "pydata-sphinx-theme", "sphinxcontrib-bibtex", "myst-parser")

_TEXT = """\
# Results

Written by `make bench`; what it builds and how it counts is said in the modules of this folder.

{machine}

## Targets

{targets}
## Builds

*Ours* has a page, a card for previews and its exports for every paper, a feed, a CV and essays
that cite; *stock* is one page with `{{bibliography}}`, made of the same `refs.bib` with the same
Sphinx and theme. Both are built in turn, {runs} times each, with `-j {jobs}`; the one that comes
first changes from run to run. Seconds are medians of the time that passed, ratios are medians of
the ratios of two builds in a row: of time, and of processor time (user and system), which other
programs on the machine disturb less. Memory is the largest resident set that any process of any of
these builds had (`ru_maxrss`).

{builds}
## Growth

Of our site: memory of the process that builds, size of all files of the site; and after gzip the
page of a paper, the page with the complete list, and the search index. The last line is computed
from the two before it, as if all grew evenly.

{growth}
"""


@dataclass(frozen=True)
class Results:
    """Everything that was measured; what was left out is empty."""

    runs: int
    #: Number of papers → step → ours and stock.
    sizes: Mapping[int, Mapping[str, Pairs]]
    #: Number of papers → cold with two processes and with one.
    parallel: Mapping[int, Pairs]
    #: This repository's site, cold, ours and stock.
    real: Pairs | None = None
    pages: Sequence[Figure] = ()
    #: Number of papers → how large our site is.
    volumes: Mapping[int, Volume] = field(default_factory=dict)


def text(results: Results) -> str:
    """The whole document."""
    return (
        _TEXT.format(
            machine=machine(),
            targets=table(HEAD, (figure.row() for figure in targets(results))),
            runs=results.runs,
            jobs=JOBS,
            builds=table(_BUILDS_HEAD, _builds(results)),
            growth=table(scale.HEAD, scale.rows(results.volumes)),
        ).rstrip()
        + "\n"
    )


def targets(results: Results) -> Iterator[Figure]:
    """What was aimed at, as far as it was measured."""
    thousand, more = results.sizes.get(1000), results.sizes.get(5000)
    if thousand:
        cold, unchanged = thousand[COLD], thousand[UNCHANGED]
        yield Figure("1,000 papers cold, of stock's list", cold.ratio, "×", 1.0)
        yield Figure("1,000 papers unchanged, of stock's", unchanged.ratio, "×", 0.25)
        yield Figure("one entry edited among 1,000", seconds(thousand[EDITED].ours), "s", 1.2)
    if more:
        if thousand:
            growth = seconds(more[COLD].ours) / seconds(thousand[COLD].ours)
            yield Figure("5,000 papers cold, of 1,000", growth, "×", 5.5)
        most = max(memory(pairs.ours) for pairs in more.values())
        yield Figure("memory at 5,000 papers", most, "MB", 400)
    if results.real:
        what = "this repository's site cold, of the same pages with stock"
        yield Figure(what, results.real.ratio, "×", 1.5)
    for size, pairs in results.parallel.items():
        yield Figure(f"{size:,} papers cold with `-j 2`, of `-j 1`", pairs.ratio, "×", 1.0)
    yield from results.pages


def machine() -> str:
    """What it was measured on, without what is nobody's business."""
    cpu, total = platform.machine(), ""
    if (info := Path("/proc/cpuinfo")).is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        cpu = names[0] if names else cpu
    if hasattr(os, "sysconf"):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
        total = f", {size:.0f} GB of memory"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{cpu}, {os.cpu_count()} cores{total}; {platform.system()}, "
        f"Python {platform.python_version()}; {packages}."
    )


_BUILDS_HEAD = (
    "site", "build", "ours s", "stock s", "ratio", "of work", "ours MB", "stock MB",
)  # fmt: skip


def _builds(results: Results) -> Iterator[list[str]]:
    for size, steps in results.sizes.items():
        for step, pairs in steps.items():
            yield _row(f"{size:,} papers", step, pairs)
    for size, pairs in results.parallel.items():
        yield _row(f"{size:,} papers", "cold, ours `-j 2` and `-j 1`", pairs)
    if results.real:
        yield _row("this repository's", COLD, results.real)


def _row(site: str, step: str, pairs: Pairs) -> list[str]:
    return [
        site,
        step,
        f"{seconds(pairs.ours):.2f}",
        f"{seconds(pairs.other):.2f}",
        f"{pairs.ratio:.2f}",
        f"{pairs.cpu_ratio:.2f}",
        f"{memory(pairs.ours):.0f}",
        f"{memory(pairs.other):.0f}",
    ]
