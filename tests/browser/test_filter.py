"""The list of publications shortened in place: by text, year, kind, topic and role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from bibfolio.model import KINDS

#: What a visitor could type to do harm, or to confuse.
HOSTILE = [
    "<img src=x onerror=window.hit=1>",
    '"><script>window.hit=1</script>',
    "javascript:window.hit=1",
    "' or 1=1 --",
    ".*",
    "([{\\",
    "%00%ff",
    "&year=2000#x",
]


@dataclass
class List:
    """The list and its controls, as a visitor sees them."""

    page: Any

    @property
    def keys(self) -> list[str]:
        """The papers that are shown, in order."""
        shown = self.page.locator(".paper-card-complete > li:visible")
        return shown.evaluate_all("items => items.map(item => item.id.replace('cite-', ''))")

    @property
    def headings(self) -> list[str]:
        """The years that are shown."""
        years = "section:has(> .paper-card-complete) > h2:visible"
        shown = self.page.locator(years).all_inner_texts()
        return [heading.rstrip("#") for heading in shown]

    @property
    def status(self) -> str:
        """What a screen reader announces."""
        return self.page.locator("main").get_by_role("status").inner_text()

    @property
    def url(self) -> str:
        """The address, as of now; Playwright's own notion of it may come later."""
        return self.page.evaluate("location.href")

    @property
    def query(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.url).query, strict_parsing="?" in self.url)

    @property
    def state(self) -> dict[str, str]:
        """What the controls say, as far as they say something."""
        return self.page.locator(".paper-filter").evaluate(
            """form => Object.fromEntries([...new FormData(form)].filter(([, value]) => value))"""
        )

    @property
    def field(self) -> Any:
        return self.page.get_by_role("searchbox", name="Find in these papers")

    def chips(self, name: str) -> Any:
        """The radio buttons of a group, each of which is the label that is seen."""
        return self.page.locator(f'.paper-filter input[name="{name.lower()}"]')

    def choose(self, name: str, value: str) -> None:
        chips = self.chips(name)
        if not chips.first.is_visible():
            self.page.locator(".paper-filter summary").click()
        place = chips.evaluate_all("(all, value) => all.findIndex(e => e.value === value)", value)
        self.page.locator(
            f'.paper-filter label[for="{chips.nth(place).get_attribute("id")}"]'
        ).click()

    def type(self, text: str) -> None:
        self.field.fill(text)

    def reset(self) -> None:
        self.page.get_by_role("button", name="Show all").click()


@pytest.fixture
def open_list(visitor) -> Callable[..., List]:
    """`open_list("?year=2024")`: the list of publications in a window of its own."""

    def make(query: str = "", server: str = "") -> List:
        someone = visitor()
        someone.server = server or someone.server
        someone.open(f"/publications/{query}" if not server else f"/{query}")
        return List(someone.page)

    return make


def values(papers) -> dict[str, list[tuple[str, list[str]]]]:
    """Control → each of its values with the papers it should leave, in order."""
    of: dict[str, Callable[[Any], Any]] = {
        "Year": lambda paper: [paper.year],
        "Kind": lambda paper: [KINDS[paper.kind].heading],
        "Topic": lambda paper: [topic[:1].upper() + topic[1:] for topic in paper.topics],
        "Role": lambda paper: paper.roles,
    }
    return {
        name: [
            (value, [paper.key for paper in papers if value in get(paper)])
            for value in dict.fromkeys(value for paper in papers for value in get(paper))
        ]
        for name, get in of.items()
    }


# -- what is shown -----------------------------------------------------------------------------


def test_a_choice_shows_the_papers_it_fits_and_says_how_many(open_list, site):
    """And the years in which there are some."""
    shown = open_list()
    years = {paper.key: paper.year for paper in site.papers}
    assert shown.headings == list(dict.fromkeys(years.values()))
    for name, expected in values(site.papers).items():
        chips = shown.chips(name).evaluate_all("all => all.map(e => e.labels[0].textContent)")
        counted = [f"{value} {len(keys)}" for value, keys in expected]
        assert sorted(chips) == sorted(["All", *counted])
        for value, keys in expected:
            shown.choose(name, value)
            assert shown.keys == keys, value
            assert shown.headings == list(dict.fromkeys(years[key] for key in keys))
            assert shown.status == f"{len(keys)} of {len(years)} papers"
            assert shown.query == {name.lower(): [value]}
        shown.choose(name, "")


def test_choices_narrow_each_other(open_list, site):
    by = values(site.papers)
    shown = open_list()
    for year, in_year in by["Year"]:
        shown.choose("Year", year)
        for topic, on_topic in by["Topic"]:
            shown.choose("Topic", topic)
            assert shown.keys == [key for key in in_year if key in on_topic]


def test_text_finds_words_of_title_names_and_venue(open_list, site):
    shown = open_list()
    for paper in site.papers[:3]:
        shown.type(paper.title.plain)
        assert shown.keys == [paper.key]
    author = site.papers[0].authors[-1]
    shown.type(f"{author.given} {author.family}".upper())
    assert shown.keys == [paper.key for paper in site.papers if author in paper.authors]


def test_every_word_has_to_be_there_in_any_order(open_list, site):
    title = site.papers[-1].title.plain
    shown = open_list()
    shown.type("  " + " ".join(reversed(title.split())) + "  ")
    assert shown.keys == [site.papers[-1].key]
    shown.type(title + " qqqqqq")
    assert (shown.keys, shown.headings, shown.status) == ([], [], "No paper matches")
    shown.reset()
    assert (shown.state, shown.query) == ({}, {})
    assert shown.status == f"{len(shown.keys)} papers" == f"{len(site.papers)} papers"
    assert shown.field.evaluate("e => e === document.activeElement")


def test_accents_width_and_case_do_not_matter(open_list, tongues):
    expected = {
        "müller": "muller2021cache",
        "MULLER": "muller2021cache",
        "Mu\u0308ller zoe": "muller2021cache",
        "nguyen": "nguyen2023queue",
        "sorensen lucja": "doe2024clocks",
        "ŁUCJA": "doe2024clocks",
        "consistency": "li2022storage",
        "10.1000/cache.2021": "muller2021cache",
        "https://doi.org/10.1000/Cache.2021-03": "muller2021cache",
        "https://arxiv.org/abs/2311.00001": "nguyen2023queue",
        "NGUYỄN": "nguyen2023queue",
        "存储": "li2022storage",
        "Ｃａｃｈｅｓ": "muller2021cache",
        "c++": "nguyen2023queue",
        "<img src=x": "doe2023locks",
    }
    shown = open_list(server=tongues)
    found = {}
    for words in expected:
        shown.type(words)
        found[words] = shown.keys
    assert found == {words: [key] for words, key in expected.items()}


def test_words_on_buttons_and_links_back_are_not_found(open_list):
    shown = open_list()
    for words in ("cited on", "pdf", "publisher"):
        shown.type(words)
        assert shown.keys == [], words


def test_show_all_is_there_only_when_there_is_something_to_show_and_nothing_moves(open_list):
    shown = open_list()
    button = shown.page.get_by_role("button", name="Show all")
    # A live region has to be in the page before its text changes, to be announced.
    region = shown.page.locator("main").get_by_role("status")
    region.evaluate("e => { window.region = e; }")
    top = "e => e.getBoundingClientRect().top"
    before = shown.page.locator("main h2").first.evaluate(top)
    assert not button.is_visible()
    shown.type("a")
    assert button.is_visible()
    assert shown.page.locator("main h2").first.evaluate(top) == before
    assert region.evaluate("e => e === window.region && e.isConnected")
    shown.reset()
    assert not button.is_visible()


def test_chips_are_large_enough_for_a_finger_and_stay_in_the_page(open_list):
    shown = open_list()
    shown.page.locator(".paper-filter summary").click()
    for width in (1280, 375, 320):
        shown.page.set_viewport_size({"width": width, "height": 800})
        boxes = shown.page.locator(".paper-filter label").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(e => [e.right, e.height])"
        )
        assert all(right <= width and height >= 24 for right, height in boxes), width


def test_a_group_is_one_stop_of_the_keyboard_and_arrows_choose(open_list, site):
    shown = open_list()
    (topic, keys), *_rest = sorted(values(site.papers)["Topic"], key=lambda v: v[0].casefold())
    shown.field.focus()
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("ArrowRight")
    assert (shown.state, shown.keys) == ({"topic": topic}, keys)
    shown.page.keyboard.press("Escape")
    assert shown.state == {}


# -- the address -------------------------------------------------------------------------------


def test_a_shared_address_shows_the_same_view(open_list, site):
    first = open_list()
    year, _ = values(site.papers)["Year"][0]
    topic, _ = values(site.papers)["Topic"][0]
    first.choose("Year", year)
    first.choose("Topic", topic)
    first.type("e")
    second = open_list("?" + urlsplit(first.url).query)
    assert second.state == {"year": year, "topic": topic, "text": "e"}
    assert (second.keys, second.status) == (first.keys, first.status)


def test_an_address_that_fits_no_choice_shows_everything(open_list, site):
    query = urlencode({"year": "1066", "kind": "<b>", "topic": "", "other": "x", "role": "First"})
    shown = open_list("?" + query)
    assert shown.state == {}
    assert len(shown.keys) == len(site.papers)
    assert shown.url.endswith("/publications/")
    shown.choose("Kind", values(site.papers)["Kind"][0][0])
    shown.choose("Kind", "")
    assert shown.url.endswith("/publications/")


def test_a_link_to_a_paper_shows_it_whatever_else_the_address_says(open_list, site):
    paper = site.papers[-1]
    for query in ("?text=qqqqqq", f"?year={paper.year}", ""):
        shown = open_list(f"{query}#cite-{paper.key}")
        assert paper.key in shown.keys
        shown.page.wait_for_function(
            "e => e.getBoundingClientRect().top < innerHeight && e.matches(':target')",
            arg=shown.page.locator(f"#cite-{paper.key}").element_handle(),
        )
        assert shown.url.endswith(f"#cite-{paper.key}")
        assert ("text" in shown.query, "year" in shown.query) == (False, "year" in query)


def test_back_and_forward_go_through_the_views(open_list, site):
    shown = open_list()
    year = values(site.papers)["Year"][0][0]
    kind = values(site.papers)["Kind"][0][0]
    shown.choose("Year", year)
    shown.choose("Kind", kind)
    both = shown.keys
    shown.page.go_back()
    assert shown.state == {"year": year}
    assert shown.query == {"year": [year]}
    shown.page.go_back()
    assert shown.state == {}
    assert len(shown.keys) == len(site.papers)
    shown.page.go_forward()
    shown.page.go_forward()
    assert shown.state == {"year": year, "kind": kind}
    assert shown.keys == both


def test_typing_is_one_step_back(open_list):
    """Also after having gone back once."""
    shown = open_list()
    for _ in range(2):
        shown.field.press_sequentially("serverless")
        assert shown.query == {"text": ["serverless"]}
        shown.page.go_back()
        assert urlsplit(shown.url).path == "/publications/"
        assert (shown.state, shown.query) == ({}, {})


def test_back_from_a_paper_shows_the_view_again(open_list, site):
    shown = open_list()
    year, keys = values(site.papers)["Year"][-1]
    shown.choose("Year", year)
    shown.page.locator(".paper-card-complete > li:visible .paper-card-title a").first.click()
    shown.page.wait_for_url(f"**/papers/{keys[0]}/")
    shown.page.go_back()
    shown.page.wait_for_url("**/publications/**")
    assert shown.state == {"year": year}
    assert shown.keys == keys


# -- what could go wrong -----------------------------------------------------------------------


@pytest.mark.every_page
def test_hostile_text_is_only_text(visitor):
    someone = visitor()
    shown = List(someone.page)

    def check(text: str) -> None:
        assert shown.field.input_value() == text
        assert shown.query == {"text": [text]}
        assert shown.status == "No paper matches"
        assert shown.page.locator("*").count() == elements
        assert shown.page.evaluate("window.hit === undefined")

    someone.open("/publications/")
    shown.page.evaluate("window.stays = true")
    elements = shown.page.locator("*").count()
    for text in HOSTILE:
        shown.field.fill(text)
        shown.page.keyboard.press("Enter")
        check(text)
    assert shown.page.evaluate("window.stays"), "Enter loads the page again"
    for text in HOSTILE:
        someone.open("/publications/?text=" + quote(text, safe=""))
        check(text)
    assert someone.complaints == []
