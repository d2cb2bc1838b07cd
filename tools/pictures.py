"""Takes the pictures of the documents from built sites: ``python -m tools.pictures _build/site``.

Those of README.md show the site that is named, those of the documentation the sites of the gallery,
which are built here. The same site, Chromium and fonts give the same pictures: the screen, the
scheme and the language are fixed, nothing moves, and a picture is taken when the page says it is
ready, not after a while.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple, cast

from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import Browser, sync_playwright

from tools import examples
from tools.audit import served
from tools.find_chromium import find_or_install

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
#: Size limit of a picture, as every clone of the repository has it.
MOST_BYTES = 150_000


class Picture(NamedTuple):
    """The page of a picture, and how to open it."""

    address: str
    scheme: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 800
    scale: int = 1
    #: Name in the gallery; without, it is the site of the command line.
    site: str = ""
    #: Identifier of the section to show; without, the first screen.
    section: str = ""


#: Table → page and section of the group's site that show it.
TABLES = {
    "news": ("", "news"),
    **{name: ("activities/", name) for name in ("talks", "service", "grants", "software")},
    "mentoring": ("activities/", "students"),
    "sections": ("activities/", "press"),
    "people": ("people/", "members"),
    "coauthors": ("publications/", "written-with"),
}
SHOTS = {
    "home-light.png": Picture(""),
    "home-dark.png": Picture("", "dark"),
    "publications-phone.png": Picture("publications/", "light", 375, 800, 2),
    "gallery-two-languages.png": Picture("zh/", height=640, site="two-languages"),
    "gallery-group.png": Picture("people/", height=640, site="group"),
    **{
        f"table-{name}.png": Picture(address, site="group", section=section)
        for name, (address, section) in TABLES.items()
    },
    "gallery-many-papers.png": Picture("publications/", site="many-papers"),
    "gallery-one-paper.png": Picture("", site="one-paper"),
    "gallery-humanities.png": Picture("publications/", site="humanities"),
    "gallery-without-drawings.png": Picture("", site="without-drawings"),
    "gallery-cv.png": Picture("cv/", site="without-drawings"),
}

#: True when the page has loaded fonts and images.
READY = """() => document.readyState === "complete"
  && document.fonts.status === "loaded"
  && [...document.images].every(image => image.complete)"""


def take(browser: Browser, root: str, shot: Picture) -> bytes:
    """Return a picture of the first screen or of one section, as PNG."""
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
        page.reload(wait_until="networkidle")  # a font that was late is there at the second visit
        page.wait_for_function(READY)
        view = page.locator(f"section#{shot.section}") if shot.section else page
        data = view.screenshot(animations="disabled", caret="hide")
        image = Image.open(BytesIO(data)).convert("RGB")
        return _small(_trimmed(image) if shot.section else image)


def _trimmed(image: Image.Image) -> Image.Image:
    """Return an *image* cut to its content, with a margin."""
    ground = cast(tuple[int, ...], image.getpixel((0, 0)))
    box = ImageChops.difference(image, Image.new("RGB", image.size, ground)).getbbox()
    return ImageOps.expand(image.crop(box), 24, ground)


def _small(image: Image.Image) -> bytes:
    """Return a PNG with a palette of 256 colours; a page has hardly more."""
    with BytesIO() as file:
        image.quantize(256, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
        return file.getvalue()


def built(name: str, folder: Path) -> Path:
    """Write a site of the gallery into *folder*, build it, and return its folder."""
    source = examples.write(name, folder)
    subprocess.run([sys.executable, "-m", "bibfolio", "build", source], check=True)
    return source / "_build" / "site"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take every picture; return 1 without a site or a Chromium, or if a picture is too large."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documents.")
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
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium)
        for example, shots in groupby(SHOTS.items(), lambda item: item[1].site):
            with served(built(example, Path(folder)) if example else site) as root:
                for name, shot in shots:
                    data = take(browser, root, shot)
                    (PICTURES / name).write_bytes(data)
                    print(f"docs/pictures/{name}: {len(data) // 1000} kB")
                    large += [name] * (len(data) > MOST_BYTES)
        browser.close()
    if large:
        print(f"pictures: more than {MOST_BYTES // 1000} kB: {', '.join(large)}")
    return 1 if large else 0


if __name__ == "__main__":
    raise SystemExit(main())
