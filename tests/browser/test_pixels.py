"""What readers choose looks as what their system would have chosen: the same, pixel for pixel."""

from __future__ import annotations

import base64
from typing import Any

import pytest

pytestmark = pytest.mark.every_page
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
WINDOW = {"width": 375, "height": 800}


def difference(one: Any, other: Any) -> str:
    """What differs between what two visitors see of a whole page; empty if nothing does."""
    options = {"animations": "disabled", "caret": "hide", "full_page": True}
    pictures = [someone.page.screenshot(**options) for someone in (one, other)]
    if pictures[0] == pictures[1]:
        return ""
    texts = [base64.b64encode(picture).decode() for picture in pictures]
    # Where no policy forbids it to make pictures of texts.
    return one.page.context.new_page().evaluate(DIFFERENCE, texts)


@pytest.fixture
def viewer(visitor):
    """`viewer(…)`: a visitor who never gets the font of titles, be the machine fast or slow."""

    def make(**options: Any) -> Any:
        someone = visitor(viewport=WINDOW, **options)
        someone.page.route("**/*.woff2", lambda route: route.abort())
        return someone

    return make


@pytest.mark.parametrize(
    ("scheme", "other"),
    [("dark", "light"), ("light", "dark")],
)
def test_the_mode_by_choice_looks_as_that_of_the_system(viewer, some, scheme, other):
    by_system = viewer(color_scheme=scheme)
    by_choice = viewer(color_scheme=other)
    by_choice.page.add_init_script(f"localStorage.setItem('mode', '{scheme}')")
    found = {}
    for path in some:
        for someone in (by_system, by_choice):
            someone.open(path)
        if what := difference(by_system, by_choice):
            found[path] = what
    assert found == {}


def test_prints_look_the_same_whatever_the_screen_shows(viewer, some):
    light, dark = (viewer(color_scheme=scheme) for scheme in ("light", "dark"))
    found = {}
    for path in some:
        for someone in (light, dark):
            someone.page.emulate_media(media="print")
            someone.open(path)
        if what := difference(light, dark):
            found[path] = what
    assert found == {}


def test_a_difference_of_one_pixel_is_seen(viewer):
    """Else the tests above would prove nothing."""
    one, other = (viewer(bypass_csp=True) for _ in range(2))
    for someone in (one, other):
        someone.open("/search/")
    assert difference(one, other) == ""
    other.page.evaluate("""() => {
      const dot = document.createElement('p');
      const place = 'position: fixed; inset: 9px auto auto 7px; width: 1px; height: 1px';
      dot.style.cssText = `${place}; background: red`;
      document.body.append(dot);
    }""")
    assert difference(one, other) == "1 pixels in x 7-7, y 9-9"
