"""Measure builds and the filter, and write ``RESULTS.md``: ``python -m benchmarks``.

With options that leave something out, the results are only printed: for a quick look.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.builds import CLEAN, PLAIN, ROOT, STOCK, Measured, built_of, measure
from benchmarks.pages import SLOWDOWN, filter_answer
from benchmarks.sites import generate
from bibfolio.theme.search_index import FILE
from tools.find_chromium import find_or_install
from tools.markdown import table

RESULTS = Path(__file__).parent / "RESULTS.md"
#: Git ignores it.
FOLDER = ROOT / "_build" / "bench"
#: Number of papers → number of runs.
RUNS = {10: 5, 100: 5, 1000: 3, 5000: 1}
PACKAGES = ("sphinx", "pydata-sphinx-theme", "sphinxcontrib-bibtex", "myst-parser")
_TEXT = """\
# Results

Written by `make bench`. Seconds depend on the machine; ratios are the result.

{machine}

## Targets

{targets}
## Builds

*Ours* has a list of all papers, and for each a page, its exports and a picture for link previews;
*stock* is Sphinx with sphinxcontrib-bibtex and pydata-sphinx-theme, the same list, and a Markdown
page for each paper that was written by hand. All are built in turn on the same machine, with
`-j auto`. Seconds are medians; a ratio is the median of the ratios within each run: of the time
that passed, and of the work (user and system), which other programs disturb less. Memory is the
largest resident set of any process of a build.

{builds}
## Sizes

Of our site: number of files, size of all of them; and after gzip the page of a paper, the page
with the complete list, and the search index.

{sizes}"""


def targets(found: Mapping[int, Measured], answer: float | None) -> Iterator[list[str]]:
    """Yield a row for each measured figure that has a limit."""
    measured: list[tuple[str, float, float, str]] = []
    if 1000 in found:
        for kind, limit in ((CLEAN, 1.4), (PLAIN, 1.0)):
            ratio = found[1000].ratio(kind, STOCK)
            measured.append((f"1,000 papers, {kind}, of stock's", ratio, limit, "×"))
        if 5000 in found:
            growth = found[5000].seconds(CLEAN) / found[1000].seconds(CLEAN)
            measured.append(("5,000 papers, clean, of 1,000", growth, 5.5, "×"))
    if answer is not None:
        what = f"filter of 1,000 papers, slowest answer, processor {SLOWDOWN}× slower"
        measured.append((what, answer, 200, " ms"))
    for what, value, limit, unit in measured:
        verdict = "met" if value <= limit else "**missed**"
        yield [what, f"{value:.3g}{unit}", f"≤ {limit:g}{unit}", verdict]


def builds(found: Mapping[int, Measured]) -> Iterator[list[str]]:
    """Yield a row for each size and kind of build: seconds, ratios and memory."""
    for size, measured in found.items():
        for kind in measured.builds:
            yield [
                f"{size:,}",
                "stock, clean" if kind == STOCK else f"ours, {kind}",
                f"{measured.seconds(kind):.2f} s",
                f"{measured.ratio(kind, STOCK):.2f}×",
                f"{measured.work_ratio(kind, STOCK):.2f}×",
                f"{measured.ratio(kind, CLEAN):.2f}×",
                f"{measured.memory(kind):.0f} MB",
            ]


def sizes(site: Path) -> list[str]:
    """Return the size of a built site of ours."""
    files = [path for path in site.rglob("*") if path.is_file()]
    paper = sorted(site.glob("papers/*/index.html"))[0]
    parts = (paper, site / "publications" / "index.html", site / FILE)
    compressed = (len(gzip.compress(path.read_bytes(), 9)) / 1000 for path in parts)
    total = sum(path.stat().st_size for path in files) / 1e6
    return [
        f"{len(files):,}",
        f"{total:,.0f} MB",
        *(f"{kilobytes:,.0f} kB" for kilobytes in compressed),
    ]


def machine() -> str:
    """Describe the machine, without names."""
    cpu = platform.machine()
    if platform.system() == "Linux" and (info := Path("/proc/cpuinfo")).is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        cpu = names[0] if names else cpu
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = platform.python_version()
    return f"{cpu}, {os.cpu_count()} cores; {platform.system()}, Python {python}; {packages}."


def report(runs: Mapping[int, int], chromium: str | None) -> str:
    """Generate, build and measure everything; return the text of the results."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    # The first run compiles the modules of Python, which is not to be measured.
    measure(FOLDER / "warm", generate(10, FOLDER / "warm"), 1)
    found, volumes, answer = {}, [], None
    for size, times in runs.items():
        print(f"{size:,} papers", file=sys.stderr, flush=True)
        folder = FOLDER / str(size)
        found[size] = measure(folder, generate(size, folder), times)
        site = built_of(folder / "ours") / "site"
        volumes.append([f"{size:,}", *sizes(site)])
        if size == 1000 and chromium:
            answer = filter_answer(site, chromium)
    heads = (
        ("what", "measured", "target", "verdict"),
        ("papers", "build", "time", "of stock", "of its work", "of ours, clean", "memory"),
        ("papers", "files", "all files", "page", "list", "search index"),
    )
    rows = (targets(found, answer), builds(found), volumes)
    made = [table(head, lines) for head, lines in zip(heads, rows, strict=True)]
    return _TEXT.format(machine=machine(), targets=made[0], builds=made[1], sizes=made[2])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the results, and write them to a file if they are complete."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Compare build times with stock Sphinx."
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[*RUNS], help="numbers of papers")
    parser.add_argument("--runs", type=int, help="how often everything is built")
    given = parser.parse_args(arguments)
    chromium = find_or_install()
    runs = {size: given.runs or RUNS.get(size, 1) for size in given.sizes}
    text = report(runs, chromium)
    print(text)
    if runs == RUNS and chromium:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")
    else:
        print("RESULTS.md stays as it is: something was left out", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
