"""Every page in Chromium: nothing in the console, nothing from elsewhere, nothing sticks out."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import SCHEMES
from tests.browser.looks import sticking_out

#: A phone held upright, at the width WCAG 1.4.10 asks for, and a laptop.
SIZES = {320: 640, 1280: 800}

LOOK = """() => {
  const looks = (selector, ...properties) => {
    const style = getComputedStyle(document.querySelector(selector));
    return properties.map(property => style.getPropertyValue(property));
  };
  return [
    ...looks('body', 'font-family', 'font-size', 'color', 'background-color'),
    ...looks('h1', 'font-size', 'font-weight', 'margin-bottom'),
    ...looks('main a', 'color'),
  ];
}"""

#: Words and address of every link to another page.
LINKS = """() => [...document.links]
  .filter(link => !/^#./.test(link.getAttribute('href')))
  .map(link => [link.textContent.trim(), link.href.split('#')[0]])"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_to_complain_about(visitor, some, kinds, scheme):
    someone = visitor(color_scheme=scheme)
    found = {}
    for path in some:
        someone.open(path)
        shown = someone.page.evaluate("document.documentElement.dataset.theme")
        complaints = [what for what in someone.complaints if kinds["404"] not in what]
        complaints += [] if shown == scheme else [f"is shown {shown}"]
        someone.complaints.clear()
        if complaints:
            found[path] = complaints
    assert found == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SIZES)
def test_no_sideways_scrolling(visitor, some, width, scheme):
    window = {"width": width, "height": SIZES[width]}
    someone = visitor(color_scheme=scheme, viewport=window, has_touch=width < 600)
    found = {}
    for path in some:
        someone.open(path)
        if complaint := sticking_out(someone.page):
            found[path] = complaint
    assert found == {}


def test_what_an_essay_may_hold_makes_no_page_scroll_sideways(visitor, tongues):
    someone = visitor(viewport={"width": 320, "height": 640})
    someone.server = tongues
    someone.open("/crafted/")
    assert someone.page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_wrong_address_shows_a_page_that_works_and_leads_on(visitor):
    someone = visitor()
    someone.open("/publications/")
    usual = someone.page.evaluate(LOOK)
    assert someone.complaints == []

    wrong = "/no/such/place/at/all"
    response = someone.open(wrong)

    assert response.status == 404
    assert [complaint for complaint in someone.complaints if wrong not in complaint] == []
    assert someone.page.evaluate(LOOK) == usual
    links = someone.page.evaluate(LINKS)
    inside = {address for _words, address in links if address.startswith(f"{someone.server}/")}
    get = someone.page.request.get
    dead = {address for address in inside if get(address).status != 200}
    assert [(words, address) for words, address in links if address in dead] == []
    assert {f"{someone.server}/", f"{someone.server}/publications/"} <= inside


def test_old_addresses_lead_home(page, server):
    page.goto(f"{server}/")
    home = page.title()
    for old in ("/about/", "/about", "/about.html"):
        page.goto(server + old)
        page.wait_for_url(lambda address: urlsplit(address).path in {"/", "/index.html"})
        page.wait_for_load_state()
        assert page.title() == home, old
