"""Without a mouse: all is reached in the order it is seen in, and seen when it is reached."""

import itertools
import re

import pytest

from tests.browser.conftest import Gate

#: A laptop; in the long run also a phone, or a page at 400 %.
WIDTHS = [1280, pytest.param(320, marks=pytest.mark.every_page)]
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"

#: Everything the Tab key should reach, in the order of the document, as it is before it is reached.
#: Scrollable parts, which Chromium lets the Tab key reach as well, are not asked for, and of a
#: group of radio buttons only the chosen one is a stop.
CONTROLS = """root => {
  const selector = 'a[href], button, input, select, textarea, summary, [tabindex]';
  window.controls = [...(root ?? document).querySelectorAll(selector)].filter(element =>
    element.tabIndex >= 0 && !element.disabled && (element.type !== 'radio' || element.checked)
    && element.checkVisibility({visibilityProperty: true}));
  window.before = controls.map(element => window.look(element));
  return controls.map(element => element.outerHTML.slice(0, 90));
}"""
#: The marks of focus that WCAG counts on: a line around it, or a shadow. A chip has it around its
#: label, and a paper in the picture of the time line around its dot.
LOOK = """window.seen = element => element.querySelector('.paper-timeline-hit')
  ?? (element.type === 'radio' ? element.labels[0] : element);
window.look = element => {
  const seen = window.seen(element), style = getComputedStyle(seen);
  const {outlineStyle, outlineWidth, outlineColor, boxShadow} = style;
  if (seen.localName === 'circle')
    return {line: style.stroke === 'none' ? 0 : parseFloat(style.strokeWidth), boxShadow: 'none'};
  const line = outlineStyle === 'none' ? 0 : parseFloat(outlineWidth);
  return {line, outlineColor, boxShadow};
};"""
#: The element in focus: which of the controls it is, where, and whether that can be seen.
FOCUSED = """() => {
  const element = document.activeElement, [box] = window.seen(element).getClientRects();
  const index = window.controls.indexOf(element);
  const look = window.look(element), before = window.before[index];
  const marked = (look.line >= 2 && look.line !== before?.line)
    || (look.boxShadow !== 'none' && look.boxShadow !== before?.boxShadow);
  const hit = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  let {scrollX: x, scrollY: y} = window;
  for (let at = element; at !== document.body; at = at.parentElement) x += at.scrollLeft;
  return {
    index, marked, name: element.outerHTML.slice(0, 90),
    onTop: window.seen(element).contains(hit) || element.contains(hit),
    inTime: element.matches('.paper-timeline-picture a'),
    box: box && {
      left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y,
    },
  };
}"""


def walk(page, key: str = "Tab") -> list[dict]:
    """Press *key* until the browser has been through the page; what was in focus, in order."""
    seen: list[dict] = []
    most = page.evaluate("window.controls.length") + 20
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            return seen
        focused = page.evaluate(FOCUSED)
        if focused["index"] >= 0 and focused["index"] in [step["index"] for step in seen]:
            return seen
        seen.append(focused)
    raise AssertionError(f"a trap: {[step['name'] for step in seen[-3:]]}")


def goes_back(before: dict, after: dict) -> bool:
    """Whether a reader would look for what comes *after* first: above, or to its left in a line.

    A column to the right of another is read after it, and may begin higher. Time goes to the right.
    """
    one, other = before["box"], after["box"]
    if before["inTime"] and after["inTime"]:
        return other["left"] < one["left"]
    middle = (other["top"] + other["bottom"]) / 2
    if one["top"] <= middle <= one["bottom"]:
        return other["right"] <= one["left"]
    return other["bottom"] <= one["top"] + 1 and other["left"] < one["right"]


# -- the page ----------------------------------------------------------------------------------


def test_the_first_stop_leads_past_the_navigation(visitor, kinds):
    someone = visitor()
    page = someone.page
    for kind, path in kinds.items():
        someone.open(path)
        assert page.locator(".site-skip").evaluate("e => e.getBoundingClientRect().bottom") < 0
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text() == "Skip to content", kind
        assert skip.bounding_box()["y"] >= 0, kind
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.localName") == "main", kind
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), kind
        someone.settle()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_control_is_reached_in_the_order_it_is_seen_in(visitor, kinds, width):
    someone = visitor(
        viewport={"width": width, "height": 800 if width > 600 else 640}, reduced_motion="reduce"
    )
    page = someone.page
    page.add_init_script(LOOK)
    found: dict[str, object] = {}
    for kind, path in kinds.items():
        someone.open(path)
        controls = page.evaluate(CONTROLS)
        steps = walk(page)
        reached = [step["index"] for step in steps if step["index"] >= 0]
        missed = [controls[index] for index in set(range(len(controls))) - set(reached)]
        pairs = list(itertools.pairwise(steps))
        back = [(a["name"], b["name"]) for a, b in pairs if goes_back(a, b)]
        unmarked = [step["name"] for step in steps if not step["marked"]]
        covered = [step["name"] for step in steps if not step["onTop"]]
        complaints = {"missed": missed, "back": back, "unmarked": unmarked, "covered": covered}
        if any(complaints.values()):
            found[kind] = {what: names for what, names in complaints.items() if names}
        if kind == "publications":  # the way back is the same
            someone.open(path)
            page.evaluate(CONTROLS)
            back = [step["index"] for step in walk(page, "Shift+Tab")]
            assert back == [step["index"] for step in steps][::-1]
    assert found == {}


# -- the search --------------------------------------------------------------------------------


def test_a_key_opens_the_search_with_its_field_in_focus(visitor, kinds):
    someone = visitor()
    dialog = someone.page.get_by_role("dialog", name="Search")
    for key, kind in {"/": "home", "Control+k": "paper", "Meta+k": "publications"}.items():
        someone.open(kinds[kind])
        someone.page.keyboard.press(key)
        assert dialog.is_visible()
        assert dialog.get_by_role("searchbox").evaluate("e => e === document.activeElement")


def test_a_key_moves_to_the_field_of_the_search_page(visitor, kinds):
    someone = visitor()
    for kind in ("search", "404"):
        someone.open(kinds[kind])
        someone.page.keyboard.press("/")
        assert someone.page.get_by_role("searchbox").evaluate("e => e === document.activeElement")
        assert someone.page.locator("dialog").count() == 0


def test_a_slash_in_a_field_is_a_slash(visitor):
    someone = visitor()
    someone.open("/publications/")
    field = someone.page.locator(".paper-filter").get_by_role("searchbox")
    field.focus()
    someone.page.keyboard.type("a/b")
    assert field.input_value() == "a/b"
    someone.page.locator(".paper-filter [type=radio]").first.focus()
    someone.page.keyboard.press("/")
    assert someone.page.locator("dialog").count() == 0
    someone.page.keyboard.press("Control+k")
    someone.search("c/d")
    someone.page.keyboard.type("/")
    assert someone.page.get_by_role("dialog").get_by_role("searchbox").input_value() == "c/d/"


def test_escape_closes_the_search_and_leads_back(visitor):
    someone = visitor()
    page = someone.page
    someone.open("/publications/")
    field = page.locator(".paper-filter").get_by_role("searchbox")
    field.fill("e")
    link = page.locator("main li a:visible").nth(1)
    for words, key, origin in (
        ("", "/", link),
        ("qqqqqq", "Control+k", field),
        ("publications", "/", link),
    ):
        origin.focus()
        page.keyboard.press(key)
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("searchbox").fill(words)
        if words:
            dialog.get_by_role("status").filter(has_text="Found").wait_for()
        page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")
        assert origin.evaluate("e => e === document.activeElement")
    assert field.input_value() == "e"


def test_arrow_keys_move_through_what_is_found(visitor):
    someone = visitor()
    page = someone.page
    someone.open("/")
    found = someone.search("publications")
    assert len(found) > 2
    where = """(e => e.localName + ' ' + (e.querySelector('.site-search-title')?.textContent ?? ''))
        (document.activeElement)"""

    def press(key: str) -> str:
        page.keyboard.press(key)
        return page.evaluate(where)

    down = [f"a {title}" for title in found]
    assert [press("ArrowDown") for _ in found] == down
    assert press("ArrowDown") == down[-1]
    assert [press("ArrowUp") for _ in found] == [*down[-2::-1], "input "]
    assert press("ArrowUp") == "input "


def test_enter_opens_the_first_of_what_is_found_or_the_one_that_was_moved_to(visitor, site):
    paper = site.papers[-1]
    someone = visitor()
    page = someone.page
    someone.open("/")
    title = paper.title.plain
    assert someone.search(title)[0] == title
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/papers/{paper.key}/")
    title = someone.search("publications")[1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.sub(r"#$", "", page.locator("h1").inner_text()) == title


def test_the_open_search_holds_the_focus_and_marks_it(visitor):
    someone = visitor()
    page = someone.page
    page.add_init_script(LOOK)
    someone.open("/")
    found = someone.search("publications")
    controls = page.evaluate(f"({CONTROLS})(document.querySelector('dialog'))")
    assert len(controls) == len(found) + 1  # the field
    steps = walk(page)
    page.keyboard.press("Tab")
    reached = {step["index"] for step in steps} | {page.evaluate(FOCUSED)["index"]}
    assert reached == set(range(len(controls)))
    assert [step["name"] for step in steps if step["index"] >= 0 and not step["marked"]] == []


# -- the mode ----------------------------------------------------------------------------------


def theme(page) -> tuple[str, str]:
    """What is shown: the attribute, and what the reader sees of it."""
    return page.evaluate(
        """[document.documentElement.dataset.theme,
            getComputedStyle(document.documentElement).colorScheme]"""
    )


@pytest.mark.parametrize(
    ("scheme", "other"),
    [("light", "dark"), pytest.param("dark", "light", marks=pytest.mark.every_page)],
)
def test_the_switch_goes_round_and_says_where_it_is(visitor, scheme, other):
    someone = visitor(color_scheme=scheme)
    someone.open("/")
    switch = someone.page.locator(".site-header-mode")
    switch.focus()
    shown = []
    for _ in range(4):
        label = switch.inner_text()
        assert switch.get_attribute("title") == label
        shown.append((label, theme(someone.page)[0]))
        someone.page.keyboard.press("Enter")
    assert [re.sub(r"Colours: (\w+); switch to (\w+)", r"\1 \2", label) for label, _ in shown] == [
        "automatic light",
        "light dark",
        "dark automatic",
        "automatic light",
    ]
    assert [mode for _, mode in shown] == [scheme, "light", "dark", scheme]
    for _ in range(2):
        someone.page.keyboard.press("Enter")
    someone.page.emulate_media(color_scheme=other)  # the automatic mode follows the system
    someone.page.wait_for_function(f"() => document.documentElement.dataset.theme === '{other}'")
    assert theme(someone.page) == [other, "light dark"]


@pytest.mark.parametrize(
    ("scheme", "presses", "mode"),
    [("light", 2, "dark"), pytest.param("dark", 1, "light", marks=pytest.mark.every_page)],
)
def test_the_choice_holds_on_the_next_page_from_its_first_frame(visitor, scheme, presses, mode):
    """The page is drawn while its scripts are held back: nothing is there to flash."""
    someone = visitor(color_scheme=scheme)
    page = someone.page
    someone.open("/")
    for _ in range(presses):
        page.locator(".site-header-mode").click()
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.add_init_script("""new MutationObserver((_, me) => {
      if (!document.body) return;
      window.first = document.documentElement.dataset.theme;
      me.disconnect();
    }).observe(document, {childList: true, subtree: true});""")
    gate = Gate(page, "**/*.js*")
    page.goto(f"{someone.server}/publications/", wait_until="commit")
    page.wait_for_function(PAINTED)
    assert page.evaluate("window.first") == mode
    assert theme(page) == [mode, mode]
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
    gate.open()
    someone.settle()
    assert theme(page) == [mode, mode]


def test_the_switch_works_where_nothing_can_be_stored(visitor):
    someone = visitor(color_scheme="light")
    page = someone.page
    page.add_init_script("""Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('no', 'SecurityError'); }
    });""")
    someone.open("/")
    page.locator(".site-header-mode").click(click_count=2)
    assert theme(page)[0] == "dark"
    assert someone.complaints == []
