"""With JavaScript switched off: all is there but filtering, searching and the mode switch."""

import re

import pytest

from tests.browser.looks import pale

SCHEMES = ["light", "dark"]
#: What only a script brings to life; readers without one need not see it.
ONLY_WITH_SCRIPTS = ".paper-filter, .site-search form"
#: What is opened by a click, is a text for those who do not see the picture, or is in its place.
ELSEWHERE = ".paper-timeline-bars, .paper-timeline details, svg desc, svg title"
#: The other orders of the list of publications.
VIEWS = ["by-kind", "by-topic", "by-role"]


@pytest.fixture
def plain(visitor):
    """`plain(…)`: a visitor without JavaScript."""
    return lambda **options: visitor(java_script_enabled=False, **options)


def letters(text: str) -> str:
    """Without white space, which depends on the layout."""
    return re.sub(r"\s+", "", text)


def background(page) -> int:
    """How light the page is, from 0 to 765."""
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return sum(int(value) for value in re.findall(r"\d+", colour)[:3])


def test_every_page_shows_all_it_says_and_nothing_that_would_do_nothing(plain, site, some):
    someone = plain()
    dead = "button, select, input:not([type=radio]), .paper-filter-status, .site-search form"
    found = {}
    for path in (path for path in some if path.endswith("/")):  # but for wrong addresses
        someone.open(path)
        shown = [tag for tag in someone.page.locator(dead).all() if tag.is_visible()]
        assert [tag.evaluate("e => e.outerHTML") for tag in shown] == [], path
        main = site.main(f"{path.strip('/') or '.'}/index.html")
        for tag in main.select(f"{ONLY_WITH_SCRIPTS}, {ELSEWHERE}, .headerlink"):
            tag.decompose()
        someone.page.evaluate("""for (const part of document.querySelectorAll('main details'))
          part.open = true; document.querySelector('.paper-filter')?.remove()""")
        said, shown = letters(main.get_text()), letters(someone.page.locator("main").inner_text())
        if said != shown:
            found[path] = (said, shown)
    assert found == {}
    assert someone.complaints == []


def test_every_page_of_the_header_is_a_click_away(plain):
    someone = plain()
    page = someone.page
    someone.open("/")
    links = "header nav a[href$='/'], header nav a[href='#']"
    count = page.locator(links).count()
    assert count >= 3
    for index in range(count):
        someone.open("/publications/")
        link = page.locator(links).nth(index)
        name = link.inner_text()
        link.click()
        someone.settle()
        current = page.locator("header nav [aria-current=page]").inner_text()
        assert current == name
    page.locator("header a").first.click()
    page.wait_for_url(f"{someone.server}/")
    assert someone.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_are_those_of_the_system_and_readable(plain, some, scheme):
    someone = plain(color_scheme=scheme)
    found = {}
    for path in some:
        someone.open(path)
        assert (background(someone.page) > 383) == (scheme == "light"), path
        if texts := pale(someone.page):
            found[path] = texts
    assert found == {}


@pytest.mark.every_page
def test_the_colours_without_scripts_are_those_with_them(plain, visitor, kinds):
    look = """[...document.body.querySelectorAll('*')].map(element => {
      const {color, backgroundColor, borderColor, colorScheme} = getComputedStyle(element);
      return [element.localName, color, backgroundColor, borderColor, colorScheme].join(' ');
    })"""
    ignore = "button.site-header-mode, .paper-page-copy, .paper-page-status"
    strip = f"document.querySelectorAll({ignore!r}).forEach(element => element.remove())"
    for scheme in SCHEMES:
        looks = []
        for someone in (plain(color_scheme=scheme), visitor(color_scheme=scheme)):
            someone.open(kinds["paper"])
            someone.page.evaluate(strip)
            looks.append(someone.page.evaluate(look))
        assert looks[0] == looks[1]


def test_the_list_in_another_order_is_a_plain_link_away(plain, site):
    someone = plain()
    titles = set(site.titles("publications"))
    for view in VIEWS:
        someone.open("/publications/")
        someone.page.locator(f"main a[href='{view}/']").click()
        someone.settle()
        groups = site.groups(f"publications/{view}")
        assert {title for shown in groups.values() for title in shown} == titles
        headings = someone.page.locator("main h2").all_inner_texts()
        assert [heading.rstrip("#") for heading in headings] == list(groups)
        assert len(groups) > 1


def test_one_group_of_chips_filters_and_the_other_chips_are_not_there(plain, site):
    """With rules of the page alone; years without a paper that fits have no heading."""
    someone = plain()
    page = someone.page
    someone.open("/publications/")
    assert page.locator(".paper-filter fieldset:visible").count() == 1
    topics = dict.fromkeys(topic for paper in site.papers for topic in paper.topics)
    assert len(topics) > 1
    for topic in topics:
        page.locator(".paper-filter label").filter(has_text=re.compile(topic, re.I)).click()
        expected = [paper for paper in site.papers if topic in paper.topics]
        shown = page.locator(".paper-card-complete > li:visible")
        ids = shown.evaluate_all("items => items.map(item => item.id)")
        assert ids == [f"cite-{paper.key}" for paper in expected]
        years = page.locator("section:has(> .paper-card-complete) > h2:visible").all_inner_texts()
        assert years == list(dict.fromkeys(paper.year for paper in expected))


def test_the_search_page_explains_itself_and_leads_on(plain):
    someone = plain()
    page = someone.page
    someone.open("/")
    page.locator(".site-header-search").click()
    someone.settle()
    assert "needs JavaScript" in page.locator("main").inner_text()
    page.locator("main a").click()
    page.wait_for_url("**/publications/")


def test_an_entry_in_bibtex_can_be_selected(plain, kinds):
    someone = plain()
    page = someone.page
    someone.open(kinds["paper"])
    page.locator("summary").click()
    entry = page.locator("pre.paper-page-bibtex")
    assert entry.evaluate("e => getComputedStyle(e).userSelect") != "none"
    entry.click(position={"x": 30, "y": 20})
    page.keyboard.press("Control+a")
    assert entry.inner_text() in page.evaluate("getSelection().toString()")
