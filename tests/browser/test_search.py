"""The search finds what people type, loads when it is opened, and runs nothing that is typed."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bibfolio.theme.search import split
from tests.browser.conftest import Gate

MULLER = "Caches that Remember"
LI = "分布式存储系统的一致性"
NGUYEN = "Waiting with C++"
LOCKS = 'Locks <img src=x onerror=alert(1)> & "Quotes"'
CLOCKS = "Clocks and 时钟"

#: What is typed → the pages found, in order. Papers are found by their own pages: not by the lists
#: they stand in, nor by those of their neighbours.
FOUND = {
    "müller": [MULLER],
    "muller": [MULLER],
    "MÜLLER": [MULLER],
    "Mu\u0308ller": [MULLER],
    "zoë müller": [MULLER],
    "nguyễn": [NGUYEN],
    "nguyen": [NGUYEN],
    "存储": [LI],
    "分布式存储系统": [LI],
    "一致性": [LI],
    "李": [LI],
    "李明": [LI],
    "10.1000/Cache.2021-03": [MULLER],
    "10.1000/cache.2021-03": [MULLER],
    "doi:10.1000/Cache.2021-03": [MULLER],
    "https://doi.org/10.1000/Cache.2021-03": [MULLER],
    "10.1016/S0140-6736(20)30183-5": [LI],
    "2311.00001": [NGUYEN],
    "arXiv:2311.00001": [NGUYEN],
    "arxiv 2311.00001": [NGUYEN],
    "https://arxiv.org/abs/2311.00001": [NGUYEN],
    "Zili Zhang": [LOCKS, NGUYEN],
    "zhang": [LOCKS, NGUYEN],
    "Zhang Nguyen": [NGUYEN],
    "remember": [MULLER],
    "remembering": [MULLER],
    "时钟": [CLOCKS],
    "2024": [CLOCKS],
    "Sørensen": [CLOCKS],
    "sorensen": [CLOCKS],
    "lucja": [CLOCKS],
    "qqqqqq": [],
    "时间": [],
    "10.1000/Cache.2021-04": [],
    "2311.00002": [],
}
#: What belongs to the search, and is of no use without it.
PART = re.compile(r"/(bibfolio-search|searchtools|searchindex|language_data|doctools)\w*\.js")
HOSTILE = [
    "<img src=x onerror=window.hit=1>",
    "<script>window.hit=1</script>",
    "\"quotes\" 'single' `back`",
    ".* + ? ^ $ { } ( ) | [ ] \\",
    "(((",
    "[",
    "\\",
    "-cache",
    "a" * 5000,
    "%",
    "&amp;",
    "constructor",
    "__proto__ hasOwnProperty toString",
    "\u202e\ufeff\u0000",
    "🙂",
]


@pytest.fixture
def reader(visitor, tongues):
    """A visitor of the small site."""
    someone = visitor()
    someone.server = tongues
    return someone


# -- what is found -----------------------------------------------------------------------------


def test_it_finds_what_people_type(reader):
    reader.open("/")
    found = {words: reader.search(words) for words in FOUND}
    assert found == FOUND


def test_papers_of_this_site_are_found_and_come_first(visitor, site):
    """By title, number and co-author; the words of a paper do not lead to its neighbours."""
    someone = visitor()
    someone.open("/")
    for paper in site.papers:
        numbers = [number for number in map(paper.value_of, ("doi", "arxiv")) if number]
        for words in [paper.title.plain, *numbers]:
            assert someone.search(words)[0] == paper.title.plain, words
    authors = {author.name: author for paper in site.papers for author in paper.authors}
    for name, author in list(authors.items())[:12]:
        papers = {paper.title.plain for paper in site.papers if author in paper.authors}
        found = someone.search(name)
        assert papers <= set(found), name
    named = [paper for paper in site.papers if paper.short_title]
    assert named
    for paper in named[:4]:
        found = someone.search(paper.short_title)
        text = site.main(f"papers/{paper.key}").get_text()
        assert paper.title.plain in found or paper.short_title not in text
        for other in site.papers:
            body = site.main(f"papers/{other.key}")
            for part in body.select(".paper-page-neighbours"):
                part.decompose()
            if other.title.plain in found:
                assert paper.short_title.casefold() in body.get_text().casefold()


def test_the_dialog_has_a_button_to_close_it(reader):
    reader.open("/")
    reader.search("müller")
    button = reader.page.get_by_role("dialog").get_by_role("button", name="Close")
    box = button.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    reader.page.keyboard.press("Tab")
    assert button.evaluate("e => e === document.activeElement")
    button.press("Enter")
    reader.page.wait_for_function("() => !document.querySelector('dialog').open")


def test_what_was_asked_for_is_there_again_after_going_back(reader):
    reader.open("/search/")
    reader.page.get_by_role("searchbox").fill("müller")
    link = reader.page.locator("main li a").first
    link.click()
    reader.page.wait_for_url("**/papers/**")
    reader.page.go_back()
    reader.page.locator("main li a").first.wait_for()
    assert reader.page.get_by_role("searchbox").input_value() == "müller"
    assert reader.page.evaluate("location.search") == "?query=m%C3%BCller"


def test_what_is_found_leads_there(reader):
    reader.open("/papers/li2022storage/")
    for words in ("müller", "存储"):
        reader.search(words)
        for link in reader.page.get_by_role("dialog").locator("li a").all():
            response = reader.page.request.get(link.evaluate("a => a.href"))
            assert response.status == 200
            title = link.locator(".site-search-title").inner_text()
            assert title.split("<")[0] in response.text()


#: What is typed → what is marked in title and context of the first hit; accents and Han as well.
MARKED = {
    "muller": (MULLER, [], ["Müller"]),
    "remembering": (MULLER, ["Remember"], []),
    "一致": (LI, ["一致"], []),
    "Cách remember": (MULLER, ["Caches", "Remember"], []),
    "2021": (MULLER, [], ["2021"]),
    "zz (nothing": None,
}


def test_a_hit_says_what_it_is_and_shows_the_words_where_they_stand(reader):
    reader.open("/")
    for words, wanted in MARKED.items():
        found = reader.search(words)
        if wanted is None:
            assert found == []
            continue
        title, in_title, in_context = wanted
        hit = reader.page.get_by_role("dialog").locator("li").first
        hit.locator(".site-search-context:not(:empty)").wait_for()
        assert hit.locator(".site-search-kind").inner_text() == "Paper"
        assert found[0] == title
        assert hit.locator(".site-search-title mark").all_inner_texts() == in_title, words
        context = hit.locator(".site-search-context")
        assert set(in_context) <= set(context.locator("mark").all_inner_texts()), words
        assert 0 < len(context.inner_text()) <= 125


def test_a_line_of_the_page_comes_into_a_place_that_is_kept_for_it(visitor, site):
    someone = visitor()
    someone.open("/search/")
    field = someone.page.get_by_role("searchbox")
    gate = Gate(someone.page, "**/papers/**")
    field.fill("serverless")
    hits = someone.page.locator("main li")
    hits.first.wait_for()
    before = [hit.bounding_box() for hit in hits.all()]
    assert len(gate.held) <= 3
    gate.open()
    someone.page.wait_for_function(
        "() => [...document.querySelectorAll('.site-search-context')].every(e => e.textContent)"
    )
    assert [hit.bounding_box() for hit in hits.all()] == before
    papers = sum(hit.inner_text().startswith("Paper") for hit in hits.all())
    status = someone.page.locator("main").get_by_role("status").inner_text()
    assert status == f"Found: {papers} papers, {len(before) - papers} pages"


def test_a_page_that_cannot_be_read_is_still_found(reader):
    reader.open("/")
    reader.page.route("**/papers/**", lambda route: route.abort())
    assert reader.search("müller") == [MULLER]
    reader.settle()
    assert reader.page.locator("dialog .site-search-context").inner_text() == ""


def test_it_works_at_a_wrong_address(visitor, kinds, site):
    """The page for wrong addresses is shown at any depth, and offers the likeliest pages."""
    someone = visitor()
    paper = site.papers[0]
    someone.open(f"/paper/of/{paper.key.swapcase()}s.html")
    found = someone.page.locator("main .site-search-title")
    found.first.wait_for()
    assert found.first.inner_text() == paper.title.plain
    assert found.count() <= 3
    someone.open(kinds["404"])
    assert found.count() == 0
    someone.page.keyboard.press("/")
    someone.page.keyboard.type(paper.title.plain)
    found.first.wait_for()
    assert found.first.inner_text() == paper.title.plain
    someone.page.keyboard.press("Enter")
    someone.page.wait_for_url(f"{someone.server}/papers/{paper.key}/")


def test_the_search_page_answers_an_address_with_a_query(reader):
    reader.open("/search/?q=m%C3%BCller")
    reader.open("/search/?query=m%C3%BCller")
    status = reader.page.locator("main").get_by_role("status")
    status.filter(has_text="Found: 1 paper").wait_for()
    assert reader.page.locator("main .site-search-title").all_inner_texts() == [MULLER]
    assert reader.complaints == []


# -- when it loads -----------------------------------------------------------------------------


def test_nothing_of_it_loads_before_it_is_opened(visitor, kinds):
    someone = visitor()
    asked: list[str] = []
    someone.page.context.on("request", lambda request: asked.append(request.url))
    for kind, path in kinds.items():
        if kind != "404":  # which looks for the likeliest pages
            someone.open(path)
    assert [url for url in asked if PART.search(url)] == []
    someone.page.get_by_role("searchbox").focus()
    someone.settle()
    assert f"{someone.server}/searchindex.js" in asked


def test_it_loads_once(reader):
    reader.open("/")
    asked: list[str] = []
    reader.page.context.on("request", lambda request: asked.append(request.url))
    for words in ("müller", "存储", "qqqqqq"):
        reader.search(words)
        reader.close_search()
    reader.settle()
    assert len(asked) == len(set(asked))
    assert len([url for url in asked if url.endswith(".js")]) == 6


def test_what_is_typed_while_it_loads_is_answered(reader):
    reader.open("/")
    gate = Gate(reader.page, "**/searchindex.js")
    dialog = reader.page.get_by_role("dialog")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("muller")
    dialog.get_by_role("status").filter(has_text="Loading").wait_for()
    gate.open()
    dialog.get_by_role("link").first.wait_for()
    assert dialog.locator(".site-search-title").all_inner_texts() == [MULLER]


def test_it_says_so_when_it_cannot_be_loaded(reader):
    for part in ("bibfolio-search.js", "language_data.js", "searchindex.js"):
        reader.page.route(f"**/{part}", lambda route: route.abort())
        for path, place in {"/": "dialog", "/search/": "main"}.items():
            reader.open(path)
            reader.page.keyboard.press("/")
            status = reader.page.locator(place).get_by_role("status")
            status.filter(has_text="could not be loaded").wait_for()
        reader.page.unroute(f"**/{part}")


# -- what is said and shown --------------------------------------------------------------------


def test_how_many_are_found_is_announced(reader):
    reader.open("/")
    reader.search("zhang")
    status = reader.page.get_by_role("dialog").get_by_role("status")
    assert status.inner_text() == "Found: 2 papers"
    reader.search("10.1000/Cache.2021-03")
    assert status.inner_text() == "Found: 1 paper"
    reader.search("qqqqqq")
    assert status.inner_text().startswith("Nothing found")
    reader.page.get_by_role("dialog").get_by_role("searchbox").fill("")
    assert status.inner_text() == ""
    assert reader.page.get_by_role("dialog").get_by_role("link").count() == 0


def test_hostile_text_is_only_text(reader):
    reader.open("/")
    reader.search("qqqqqq")
    elements = reader.page.locator("*").count()
    for words in HOSTILE:
        for title in reader.search(words):
            assert title in {*FOUND["zhang"], MULLER, LI, CLOCKS}, words
        reader.search("qqqqqq")
        assert reader.page.locator("*").count() == elements, words
    assert reader.search("locks")[0] == LOCKS  # a title that looks like HTML
    assert reader.page.locator("dialog img").count() == 0
    assert reader.page.evaluate("window.hit === undefined")
    assert reader.complaints == []


# -- the words of the index --------------------------------------------------------------------

#: What makes a difference to where a text is cut.
PIECES = [
    "𠮷野家",
    "10.1145/3603269.3604816",
    "10.1016/S0140-6736(20)30183-5",
    "10.12/",
    "2404.12457v2",
    "12345.67890",
    "٢٤٠٤.١٢٣٤٥",
    "10.1000/a\u00a0b\u2028c",
    "10.1000/a\ufeffb\x1cc\x85d",
    "10.٣٤٣٤/a",
    "分布式",
    "系",
    "カタカナ",
    "한국어",
    "Müller",
    "e\u0301",
    "ﬁ",
    "Ａ１",
    "½",
    "²",
    "٣٤",
    "snake_case",
    "C++",
    "𝒳",
    "👩‍🔬",
    "İ",
    "ß",
    "’",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\x1c",
    "\x85",
    ".",
    "/",
    ",",
]
#: Letters that a newer Unicode than Python's knows are words to the browser alone.
ASSIGNED = st.characters(exclude_categories=["Cs", "Cn", "Co"])
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(ASSIGNED, max_size=3), max_size=6).map("".join)


@pytest.fixture(scope="module")
def split_in_browser(browser, tongues):
    """The function that cuts what is typed, of the script that the build has written."""
    page = browser.new_page()
    page.goto(f"{tongues}/search/")
    page.add_script_tag(url=f"{tongues}/_static/language_data.js")
    yield lambda text: page.evaluate("text => splitQuery(text)", text)
    page.close()


def test_browser_and_build_cut_a_text_alike(split_in_browser):
    texts = [*PIECES, *FOUND, *HOSTILE, "".join(PIECES), " ".join(PIECES)]
    assert {text: split_in_browser(text) for text in texts} == {text: split(text) for text in texts}


@given(TEXTS)
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_browser_and_build_cut_any_text_alike(split_in_browser, text):
    names = [unicodedata.name(char, hex(ord(char))) for char in text]
    assert split_in_browser(text) == split(text), json.dumps(names)
