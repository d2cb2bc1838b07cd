"""Take the pictures of README.md from a built site: ``python -m tools.pictures _build/site``.

The same site, Chromium and fonts give the same pictures: the screen, the scheme and the language
are fixed, nothing moves, and a picture is taken when the page says it is ready, not after a while.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tools.audit import served
from tools.find_chromium import find_or_install

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
#: Repositories are cloned: a picture that is larger than this has no place in one.
MOST_BYTES = 250_000


class Picture(NamedTuple):
    """What to open, and how."""

    address: str
    scheme: Literal["light", "dark"]
    width: int
    height: int
    scale: int


SHOTS = {
    "home-light.png": Picture("", "light", 1280, 800, 1),
    "home-dark.png": Picture("", "dark", 1280, 800, 1),
    "publications-phone.png": Picture("publications/", "light", 375, 800, 2),
}

#: True once everything the page draws with is there.
READY = """() => document.readyState === "complete"
  && document.fonts.status === "loaded"
  && [...document.images].every(image => image.complete)"""


def take(browser: Browser, root: str, shot: Picture) -> bytes:
    """Return a picture of the first screen, as PNG."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.scale,
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale="en-US",
    )
    with context:
        page = context.new_page()
        page.goto(root + shot.address, wait_until="networkidle")
        page.wait_for_function(READY)
        return page.screenshot(animations="disabled", caret="hide")


def main(arguments: Sequence[str] | None = None) -> int:
    """Take every picture; return 1 without a site or a Chromium, or if a picture is too large."""
    parser = argparse.ArgumentParser(description="Take the pictures of README.md.")
    parser.add_argument("site", type=Path, help="folder of the built site")
    site = parser.parse_args(arguments).site
    if not (site / "index.html").is_file():
        print(f"pictures: there is no site in {site}; run make site")
        return 1
    if not (chromium := find_or_install()):
        print("pictures: there is no Chromium; install one")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    large = []
    with sync_playwright() as playwright, served(site) as root:
        browser = playwright.chromium.launch(executable_path=chromium)
        for name, shot in SHOTS.items():
            data = take(browser, root, shot)
            (PICTURES / name).write_bytes(data)
            print(f"docs/pictures/{name}: {len(data) // 1000} kB")
            if len(data) > MOST_BYTES:
                large.append(name)
        browser.close()
    if large:
        print(f"pictures: more than {MOST_BYTES // 1000} kB: {', '.join(large)}")
    return 1 if large else 0


if __name__ == "__main__":
    raise SystemExit(main())
