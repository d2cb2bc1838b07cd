"""How a built site of 1,000 papers behaves in Chromium: ``python -m benchmarks.pages SITE``.

An interaction lasts from the key or click to the next frame that shows what came of it, as the
browser itself counts (Event Timing, https://www.w3.org/TR/event-timing/), in steps of 8 ms; what
takes less than 16 ms counts as 16. Paint is what Lighthouse computes for its slow 4G.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figures import HEAD, Figure
from tools import audit
from tools.find_chromium import find_or_install
from tools.markdown import table

#: How often everything is measured; the median counts.
RUNS = 5
#: How much slower than this machine's the processor of a reader's telephone is.
SLOWDOWN = 4
LIST, SEARCH, INDEX = "publications/", "search/?query=memory", "searchindex.js"
#: Typed letter by letter: the first leaves most papers in the list, the last few of them.
WORDS = "memory"
_SHORTEST = 16.0

_WATCH = """
window.benchDurations = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.benchDurations.push(entry.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
#: After two frames, and what is handed out after a frame has been shown.
_SETTLED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""


def measure(site: Path, chromium: str, npx: str | None) -> list[Figure]:
    """Every figure of the built *site*; without *npx*, none of Lighthouse."""
    found = [_compressed(site, "search index", INDEX, 150)]
    found.append(_compressed(site, "page with the complete list", f"{LIST}index.html"))
    with audit.served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for name, use in {
            "type": _type,
            "choose a year": _choose,
            "show all again": _reset,
        }.items():
            took = _worst(browser, root + LIST, SLOWDOWN, use)
            found.append(Figure(f"list: {name}, processor {SLOWDOWN}× slower", took, "ms", 200))
        for slowdown, limit in ((1, 100), (SLOWDOWN, None)):
            took = _worst(browser, root + SEARCH, slowdown, _search)
            slower = f", processor {slowdown}× slower" if slowdown > 1 else ""
            found.append(Figure(f"search: type{slower}", took, "ms", limit))
        browser.close()
        if npx:
            runs = [audit.run(npx, chromium, root + LIST) for _ in range(3)]
            paint = median(run.numbers["first-contentful-paint"] for run in runs)
            found.append(Figure("list: first contentful paint, slow 4G", paint, "s", 1.5))
    return found


def index_growth(small: tuple[Path, Path], large: tuple[Path, Path]) -> Figure:
    """How much faster the search index grows than what it is of; both as ``refs.bib``, index."""
    text, index = (compressed(b) / compressed(a) for a, b in zip(small, large, strict=True))
    return Figure("search index: growth, of the bibliography's", index / text, "×", 1.0)


def compressed(path: Path) -> float:
    """What a host sends of a file: kilobytes after gzip."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0)) / 1000


def _compressed(site: Path, what: str, name: str, limit: float | None = None) -> Figure:
    return Figure(f"{what}, compressed", compressed(site / name), "kB", limit)


def _worst(browser: Browser, url: str, slowdown: int, use: Callable[[Page], None]) -> float:
    """The longest interaction of *use* at *url*, in ms: median of so many new pages."""
    worst = []
    for _ in range(RUNS):
        with browser.new_context() as context:
            context.add_init_script(_WATCH)
            page = context.new_page()
            page.goto(url, wait_until="networkidle")
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
            use(page)
            page.evaluate(_SETTLED)
            worst.append(max(page.evaluate("window.benchDurations"), default=_SHORTEST))
    return median(worst)


def _keys(page: Page, keys: Sequence[str]) -> None:
    """Press *keys*, each after what the one before did is on the screen."""
    for key in keys:
        page.keyboard.press(key)
        page.evaluate(_SETTLED)


def _forget(page: Page) -> None:
    """What was done so far was preparation."""
    page.evaluate(_SETTLED)
    page.evaluate("window.benchDurations.length = 0")


def _type(page: Page) -> None:
    page.locator(".paper-filter input").focus()
    _forget(page)
    _keys(page, [*WORDS, *["Backspace"] * len(WORDS)])


def _choose(page: Page) -> None:
    page.locator(".paper-filter select[name=year]").focus()
    _forget(page)
    # Chooses the first year of this millennium, without opening the list, on every system.
    _keys(page, ["2"])
    if page.locator(".paper-filter select[name=year]").input_value() == "":
        raise RuntimeError("no year was chosen")


def _reset(page: Page) -> None:
    _type(page)
    _keys(page, list(WORDS))
    _forget(page)
    page.locator(".paper-filter button").click()
    page.evaluate(_SETTLED)


def _search(page: Page) -> None:
    page.wait_for_selector(".site-search-results a")
    page.locator(".site-search input").focus()
    _keys(page, ["End", *["Backspace"] * len(WORDS)])
    _forget(page)
    _keys(page, list(WORDS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if something is missing or a target is missed."""
    parser = argparse.ArgumentParser(description="Measure a built site in Chromium.")
    parser.add_argument("site", type=Path, help="folder of the built site")
    site = parser.parse_args(arguments).site
    if not (chromium := find_or_install()):
        print("pages: there is no Chromium; install one")
        return 1
    found = measure(site, chromium, shutil.which("npx"))
    print(table(HEAD, (figure.row() for figure in found)))
    return 0 if all(figure.met for figure in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
