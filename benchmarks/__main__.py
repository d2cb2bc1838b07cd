"""Measure builds and pages, and print what ``RESULTS.md`` keeps: ``python -m benchmarks``.

With options that leave something out, it is printed only: for a quick look.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import compare, generate, pages, real, report, scale
from benchmarks.clock import build, built_of
from benchmarks.figures import Figure
from tools.find_chromium import find_or_install

RESULTS = Path(__file__).parent / "RESULTS.md"
#: Git ignores it.
FOLDER = generate.ROOT / "_build" / "bench"
SIZES, RUNS = [10, 100, 1000, 5000], 5
#: With this many papers pages are measured, and builds with two processes.
MIDDLE = 1000


@contextmanager
def nothing_deleted() -> Iterator[None]:
    """Begin with an empty :data:`FOLDER`; delete at the end what is of no use: see ``forget``."""
    old = FOLDER.with_name(f"{FOLDER.name}-old")
    if FOLDER.exists():
        shutil.rmtree(old, ignore_errors=True)  # of a run that was killed
        FOLDER.rename(old)
    try:
        yield
    finally:
        for folder in (old, *FOLDER.glob(f"*/{compare.GONE}")):
            shutil.rmtree(folder, ignore_errors=True)


def say(text: str) -> None:
    """What is being done, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def index_growth(sizes: Sequence[int]) -> Figure:
    """Of the search index, from the smallest to the largest of the sites that were built."""
    small, large = (
        (FOLDER / str(size) / "own" / "refs.bib", site_of(size) / pages.INDEX)
        for size in (min(sizes), max(sizes))
    )
    return pages.index_growth(small, large)


def site_of(size: int) -> Path:
    """Where our site of so many papers is built."""
    return built_of(FOLDER / str(size) / "own") / "site"


def measure_pages() -> list[Figure]:
    """Build our site of :data:`MIDDLE` papers and use it; nothing without a Chromium."""
    if not (chromium := find_or_install()):
        say("there is no Chromium: pages are not measured")
        return []
    if not (npx := shutil.which("npx")):
        say("there is no npx: what Lighthouse would say is left out")
    build(FOLDER / str(MIDDLE) / "own")
    return pages.measure(site_of(MIDDLE), chromium, npx)


def measure(sizes: Sequence[int], runs: int, *, with_pages: bool) -> report.Results:
    """Everything, as far as it is asked for."""
    for size in sorted({*sizes, 10}):
        generate.generate(size, FOLDER / str(size))
    # Python compiles what it imports for the first time.
    for name in ("own", "stock"):
        build(FOLDER / "10" / name)
    found = {}
    for size in sizes:
        say(f"{size:,} papers")
        found[size] = compare.steps(FOLDER / str(size), size, runs)
    parallel = {}
    for size in (size for size in sizes if size >= MIDDLE):
        say(f"{size:,} papers with two processes and with one")
        site = FOLDER / str(size) / "own"
        parallel[size] = compare.cold(site, site, runs, other_jobs=1)
    say("this repository's site")
    real.generate(FOLDER / "real")
    ours = compare.cold(FOLDER / "real" / "own", FOLDER / "real" / "stock", runs)
    figures = []
    if with_pages and MIDDLE in sizes:
        say("pages")
        figures = measure_pages()
        # In less there is more of the site than of its papers.
        large = [size for size in sizes if size >= 100]
        figures += [index_growth(large)] if len(large) > 1 and figures else []
    volumes = {size: scale.volume(site_of(size), found[size][compare.COLD]) for size in sizes}
    return report.Results(runs, found, parallel, ours, figures, volumes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the results, and keep them if they are complete."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure builds and pages."
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of papers")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often everything is built")
    parser.add_argument("--no-pages", action="store_true", help="do not start Chromium")
    parser.add_argument("--output", type=Path, help="where to write what is printed, besides")
    given = parser.parse_args(arguments)
    with nothing_deleted():
        results = measure(given.sizes, given.runs, with_pages=not given.no_pages)
    text = report.text(results)
    print(text)
    complete = given.sizes == SIZES and given.runs >= RUNS and results.pages
    if output := given.output or (RESULTS if complete else None):
        output.write_text(text, encoding="utf-8")
    else:
        say("RESULTS.md stays as it is: something was left out")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
