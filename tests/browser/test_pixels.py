"""The sheet in every page is cut to what pages use: they look as with every rule of every sheet."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.building import MAKE_SITE
from tests.output import Output

#: Sphinx as usual, but for the cutting.
UNCUT = """
import sys
from bibfolio.assets import inline
from sphinx.cmd.build import main
inline.reduced = lambda sheet, used, memory: sheet
sys.exit(main())
"""
SCHEMES = ["light", "dark"]
WIDTHS = {375: 800, 1280: 800}

#: How many pixels differ, and the box around them.
DIFFERENCE = """async pictures => {
  const [one, other] = await Promise.all(pictures.map(async picture => {
    const bytes = Uint8Array.from(atob(picture), char => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
    const {width, height} = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return {width, height, data: context.getImageData(0, 0, width, height).data};
  }));
  if (one.width !== other.width || one.height !== other.height)
    return `${one.width}x${one.height} and ${other.width}x${other.height}`;
  let count = 0, left = Infinity, top = Infinity, right = 0, bottom = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    if ([0, 1, 2].every(byte => one.data[at + byte] === other.data[at + byte])) continue;
    const x = (at / 4) % one.width, y = Math.floor(at / 4 / one.width);
    count += 1;
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  return `${count} pixels in x ${left}-${right}, y ${top}-${bottom}`;
}"""


@pytest.fixture(scope="module")
def uncut(site, serve, tmp_path_factory) -> str:
    """Address of the same site with the sheets as they are, in their order."""
    out = tmp_path_factory.mktemp("uncut").resolve()
    doctrees = site.out.parent / "doctrees"
    done = subprocess.run(
        [sys.executable, "-c", UNCUT, *MAKE_SITE, "-d", doctrees, site.src, out],
        env={**os.environ, "PYTHONPATH": str(site.src)},
        cwd=site.src,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cut = sheet_of(site)
    assert len(sheet_of(Output(site.src, out))) > 5 * len(cut), "this sheet is cut as well"
    return serve(out)


def sheet_of(site: Output) -> str:
    return site.soup("index").find("style", id="site-style").string


class Pair:
    """The page with the cut sheet and the same page with the whole one, side by side."""

    def __init__(self, visitor: Any, servers: list[str], **options: Any) -> None:
        # Without the policy, which allows no font: if a rule calls for one, it shall be seen.
        options |= {"reduced_motion": "reduce", "bypass_csp": True}
        self.visitors = [visitor(**options) for _ in servers]
        self.found: dict[str, str] = {}
        for someone, server in zip(self.visitors, servers, strict=True):
            someone.server = server

    def open(self, path: str) -> None:
        for someone in self.visitors:
            someone.open(path)

    def each(self, action: Any) -> None:
        """Do the same to both."""
        for someone in self.visitors:
            action(someone)

    def compare(self, name: str, *, whole: bool = False) -> None:
        """Note what differs, of the window or of the whole page."""
        pictures = [
            someone.page.screenshot(animations="disabled", caret="hide", full_page=whole)
            for someone in self.visitors
        ]
        if pictures[0] != pictures[1]:
            texts = [base64.b64encode(picture).decode() for picture in pictures]
            self.found[name] = self.visitors[0].page.evaluate(DIFFERENCE, texts)


@pytest.fixture
def pair(visitor, server, uncut):
    """`pair(…)`: both, in windows with these options."""
    return lambda **options: Pair(visitor, [server, uncut], **options)


def use(someone: Any) -> None:
    """Move through the page with the Tab key, to a link of the text, and point at another."""
    someone.page.keyboard.press("Tab")
    links = someone.page.locator("main a, footer a")
    links.first.focus()
    links.nth(min(1, links.count() - 1)).hover()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_look_the_same_with_the_whole_sheet(pair, kinds, width, scheme):
    both = pair(color_scheme=scheme, viewport={"width": width, "height": WIDTHS[width]})
    for kind, path in kinds.items():
        both.open(path)
        both.compare(kind, whole=True)
        both.each(use)
        both.compare(f"{kind}, link in focus and under the mouse")
        if kind != "search":
            both.each(lambda someone: someone.search("publications"))
            both.each(lambda someone: someone.page.keyboard.press("ArrowDown"))
            both.compare(f"{kind}, search open")
    assert both.found == {}


def test_prints_look_the_same(pair, kinds):
    both = pair(color_scheme="dark", viewport={"width": 642, "height": 900})
    both.each(lambda someone: someone.page.emulate_media(media="print", color_scheme="dark"))
    for kind, path in kinds.items():
        both.open(path)
        both.compare(kind, whole=True)
    assert both.found == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_scripts_bring_about_looks_the_same(pair, kinds, site, scheme):
    both = pair(color_scheme=scheme, viewport={"width": 1280, "height": 800})

    def choose(someone: Any) -> None:
        form = someone.page.locator(".paper-filter")
        form.locator("select").first.select_option(index=1)
        form.get_by_role("searchbox").fill("e")
        form.get_by_role("button").hover()

    def copy(someone: Any) -> None:
        someone.page.locator(".paper-page-copy").click()
        someone.page.wait_for_function(
            "() => document.querySelector('.paper-page-copy').textContent !== 'Copy BibTeX'"
        )

    both.open(kinds["publications"])
    both.each(choose)
    both.compare("filter", whole=True)
    both.each(lambda someone: someone.page.locator(".paper-filter input").fill("qqqqqq"))
    both.compare("nothing fits", whole=True)
    both.open(kinds["paper"])
    both.each(copy)
    both.compare("copied", whole=True)
    both.open("/search/?query=publications")
    both.each(lambda someone: someone.page.locator("main li").first.wait_for())
    both.compare("search page", whole=True)
    both.open(f"/publications/#cite-{site.papers[-1].key}")
    both.compare("cited paper")
    both.open(kinds["home"])
    both.each(lambda someone: someone.page.locator(".site-header-mode").click())
    both.compare("light by choice")
    both.each(lambda someone: someone.page.locator(".site-header-mode").click())
    both.compare("dark by choice")
    both.each(lambda someone: someone.page.keyboard.press("Tab"))
    both.each(lambda someone: someone.page.locator(".site-skip").focus())
    both.compare("skip link")
    assert both.found == {}


def test_a_difference_of_one_pixel_is_seen(pair):
    """Else the tests above would prove nothing."""
    both = pair(viewport={"width": 375, "height": 400})
    both.open("/")
    both.visitors[1].page.evaluate("""() => {
      const dot = document.createElement('p');
      const place = 'position: fixed; inset: 9px auto auto 7px; width: 1px; height: 1px';
      dot.style.cssText = `${place}; background: red`;
      document.body.append(dot);
    }""")
    both.compare("dot")
    assert both.found == {"dot": "1 pixels in x 7-7, y 9-9"}
