"""Measures how fast the filter of a long list answers in Chromium.

An answer lasts from the key to the next frame that shows what came of it, as the browser itself
counts (Event Timing, https://www.w3.org/TR/event-timing/), in steps of 8 ms.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tools.audit import served

#: Factor by which Chromium slows down, to the speed of a telephone.
SLOWDOWN = 4
#: Typed letter by letter: the first letter leaves most papers in the list, the last one few.
_WORD = "memory"
_RUNS = 3

_WATCH = """
window.answers = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.answers.push(entry.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
#: Waits for two frames, and for tasks after the second.
_SETTLED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""


def filter_answer(site: Path, chromium: str) -> float:
    """Return the time of the slowest answer of the filter in ms: the median of new pages."""
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        found = [_slowest(browser, f"{root}publications/") for _ in range(_RUNS)]
        browser.close()
    return median(found)


def _slowest(browser: Browser, url: str) -> float:
    """Return the slowest answer when a word is typed and deleted, and a topic chosen."""
    with browser.new_context() as context:
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.locator(".paper-filter-text").focus()
        page.evaluate(_SETTLED)
        page.evaluate("window.answers.length = 0")
        _press(page, [*_WORD, *["Backspace"] * len(_WORD)])
        everything = page.locator(".paper-filter input[type=radio]").first
        everything.focus()
        _press(page, ["ArrowRight"])
        if everything.is_checked():
            raise RuntimeError("no topic was chosen")
        # Chromium reports nothing below 16 ms.
        return float(max(page.evaluate("window.answers"), default=16.0))


def _press(page: Page, keys: list[str]) -> None:
    """Press *keys*; wait for the effect of each on the screen."""
    for key in keys:
        page.keyboard.press(key)
        page.evaluate(_SETTLED)
