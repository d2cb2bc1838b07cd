"""Large text, narrow windows, and what readers ask for: stillness, contrast, their own colours."""

import pytest

from tests.browser.conftest import SCHEMES
from tests.browser.looks import clipped, pale, sticking_out

#: Text at 200 %, the window as it is; and the whole page at 200 %, as browsers zoom.
ZOOMS = {
    "text on a tablet": ({"viewport": {"width": 768, "height": 1024}}, 32),
    "text on a laptop": ({"viewport": {"width": 1280, "height": 800}}, 32),
    "page on a laptop": ({"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}, 16),
    "phone": ({"viewport": {"width": 320, "height": 640}, "has_touch": True}, 16),
}
#: The first, which is the narrowest for its text, and in the long run all.
each_zoom = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.every_page] * bool(at))
        for at, name in enumerate(ZOOMS)
    ],
)
#: WCAG 2.2, 1.4.12: what readers may set without losing anything.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""

MOTION = """() => [...document.querySelectorAll('*')].flatMap(element =>
  [null, '::before', '::after', '::backdrop'].map(part => {
    const style = getComputedStyle(element, part);
    const moves = style.transitionDuration.split(', ').some(time => parseFloat(time) > 0.001)
      || style.animationName !== 'none' || style.scrollBehavior === 'smooth';
    return moves && `${element.localName}.${element.className} ${part ?? ''}`;
  }).filter(Boolean))"""

#: Controls without an edge that stands out: no border, drawing or ground in a visible colour.
EDGELESS = """() => {
  const chips = '.paper-filter label', fields = 'input:not([type=radio])';
  const all = `button, ${fields}, ${chips}, .site-header-search`;
  const controls = [...document.querySelectorAll(all)];
  return controls.filter(element => element.checkVisibility()).filter(element => {
    const style = getComputedStyle(element), drawing = element.querySelector('svg');
    const bordered = parseFloat(style.borderTopWidth) >= 1 && style.borderTopStyle !== 'none'
      && style.borderTopColor !== style.backgroundColor;
    const drawn = drawing?.checkVisibility()
      && getComputedStyle(drawing).color
        !== getComputedStyle(document.documentElement).backgroundColor;
    const page = getComputedStyle(document.documentElement).backgroundColor;
    const filled = ![page, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
    // It may look like a link.
    const underlined = style.textDecorationLine.includes('underline');
    return !bordered && !drawn && !filled && !underlined;
  }).map(element => element.outerHTML.slice(0, 80));
}"""
#: The line around what has the focus: a chip has it around its label, a paper of the time line
#: around its dot. Shadows are not drawn with forced colours.
OUTLINE = """() => {
  const at = document.activeElement, dot = at.querySelector('.paper-timeline-hit');
  const back = getComputedStyle(document.documentElement).backgroundColor;
  if (dot) return !['none', back].includes(getComputedStyle(dot).stroke);
  const style = getComputedStyle(at.type === 'radio' ? at.labels[0] : at);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && style.outlineColor !== back;
}"""


def set_text_size(page, size: int) -> None:
    """What readers choose in the settings of their browser; 16 is what they start with."""
    client = page.context.new_cdp_session(page)
    client.send("Page.enable")
    client.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size * 13 // 16}})


def test_text_starts_at_the_same_edge_on_every_page(visitor, kinds):
    """Nothing jumps on the way from one page to another."""
    someone = visitor()
    edges: dict[int, dict[str, tuple[float]]] = {1280: {}, 768: {}, 375: {}}
    for kind, path in kinds.items():
        someone.open(path)
        for width, found in edges.items():
            someone.page.set_viewport_size({"width": width, "height": 800})
            lefts = someone.page.evaluate(
                "['h1', '.site-header-name', '.site-footer p'].map("
                "name => document.querySelector(name).getBoundingClientRect().left)"
            )
            found[kind] = tuple(lefts)
    assert all(len(set(found.values())) == 1 for found in edges.values()), edges


def test_headings_of_lists_stand_in_the_margin_and_inside_their_section(visitor):
    """A section of a long list is not drawn outside its box (content-visibility)."""
    someone = visitor(viewport={"width": 1280, "height": 800})
    someone.open("/publications/")
    boxes = someone.page.locator("section:has(> .paper-card-list)").evaluate_all(
        """all => all.map(section => ['h2', 'ul'].map(name => section.querySelector(name))
          .concat(section).map(e => e.getBoundingClientRect()).map(({left, right, top, bottom}) =>
            ({left, right, top, bottom})))"""
    )
    assert len(boxes) > 1
    for heading, cards, section in boxes:
        assert section["left"] <= heading["left"] < heading["right"] < cards["left"]
        assert section["top"] <= heading["top"] == pytest.approx(cards["top"], abs=8)
        assert cards["right"] <= section["right"]


def test_the_header_has_two_lines_on_the_smallest_phone(visitor, kinds):
    someone = visitor(viewport={"width": 320, "height": 640})
    someone.open("/")
    tops = someone.page.locator(".site-header-pages a:visible").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1


@each_zoom
def test_zoomed_pages_need_no_sideways_scrolling_and_lose_no_text(visitor, some, name):
    options, size = ZOOMS[name]
    someone = visitor(**options)
    set_text_size(someone.page, size)
    someone.open("/")
    shown = someone.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert shown == size * 1.0625, "the text size of the browser does not count"
    found = {}
    for path in some:
        someone.open(path)
        complaints = [sticking_out(someone.page), *clipped(someone.page)]
        if any(complaints):
            found[path] = complaints
    assert found == {}


@each_zoom
def test_the_zoomed_search_fits_its_window(visitor, name):
    options, size = ZOOMS[name]
    someone = visitor(**options)
    set_text_size(someone.page, size)
    someone.open("/")
    assert someone.search("publications")
    assert sticking_out(someone.page) is None
    box = someone.page.get_by_role("dialog").bounding_box()
    window = options["viewport"]
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= window["width"]
    assert box["y"] + box["height"] <= window["height"]
    last = someone.page.get_by_role("dialog").get_by_role("link").last
    last.focus()
    place = last.bounding_box()
    assert place["y"] + place["height"] <= box["y"] + box["height"]


def test_readers_may_set_the_spacing_of_text(visitor, kinds):
    someone = visitor(bypass_csp=True)
    found = {}
    for kind, path in kinds.items():
        someone.open(path)
        someone.page.add_style_tag(content=SPACED)
        for width in (1280, 320):
            someone.page.set_viewport_size({"width": width, "height": 800})
            complaints = [sticking_out(someone.page), *clipped(someone.page)]
            if any(complaints):
                found[kind, width] = complaints
    assert found == {}


def test_nothing_moves_for_those_who_ask_for_less_motion(visitor, kinds):
    someone = visitor(reduced_motion="reduce")
    found = {}
    for kind, path in kinds.items():
        someone.open(path)
        if kind != "search":
            someone.search("publications")
        if moving := someone.page.evaluate(MOTION):
            found[kind] = moving
    assert found == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_more_contrast_is_given_to_those_who_ask_for_it(visitor, kinds, scheme):
    contrasts = []
    for contrast in ("no-preference", "more"):
        someone = visitor(color_scheme=scheme, contrast=contrast)
        someone.open(kinds["publications"])
        contrasts.append(
            someone.page.locator(".paper-filter-text").evaluate(
                "e => [getComputedStyle(e).borderTopColor, getComputedStyle(document.body).color]"
            )
        )
        assert someone.page.evaluate(EDGELESS) == []
        assert pale(someone.page, 7 if contrast == "more" else 4.5) == []
    (border, text), (more, same) = contrasts
    assert border != text
    assert more == same == text


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"forced_colors": "active"}, id="forced colours"),
        pytest.param({"contrast": "more"}, id="more contrast", marks=pytest.mark.every_page),
    ],
)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_controls_and_focus_stay_visible(visitor, kinds, options, scheme):
    someone = visitor(color_scheme=scheme, **options)
    page = someone.page
    found = {}
    for kind, path in kinds.items():
        someone.open(path)
        if edgeless := page.evaluate(EDGELESS):
            found[kind] = edgeless
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            if not page.evaluate(OUTLINE):
                found.setdefault(kind, []).append(
                    page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
                )
    # Neither a shadow nor a colour says it when colours are forced.
    look = """e => {
      const {textDecorationLine, borderBottomStyle, outlineStyle} = getComputedStyle(e);
      return [textDecorationLine, borderBottomStyle, outlineStyle].join(' ');
    }"""
    someone.open(kinds["publications"])
    current, other = (
        page.locator(f"header nav {name}").first.evaluate(look)
        for name in ("[aria-current]", "a:not([aria-current])")
    )
    assert current != other or "forced_colors" not in options
    someone.open(kinds["paper"])
    someone.search("publications")
    assert page.evaluate(EDGELESS) == []
    page.keyboard.press("ArrowDown")
    assert page.evaluate(OUTLINE)
    dialog = page.get_by_role("dialog").evaluate("e => getComputedStyle(e).borderTopStyle")
    assert dialog == "solid"
    assert found == {}
