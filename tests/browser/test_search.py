"""The search finds what people type, is there at once when it is used, and runs nothing typed."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bibfolio.theme.search import BibfolioSearch, split
from bibfolio.theme.search_index import FILE, records_of
from tests.browser.conftest import Gate
from tests.browser.test_weight import WATCH
from tests.reading import search_index

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
    "2311.00001v2": [NGUYEN],
    "Zili Zhang": [NGUYEN, LOCKS],
    "zhang": [NGUYEN, LOCKS],
    "Zhang Nguyen": [NGUYEN],
    "remember": [MULLER],
    "remembering": [MULLER],
    "caching": [MULLER],
    "how the cache remembers": [],
    "the cache that remembers": [MULLER],
    "ache": [MULLER],
    "waited with": [NGUYEN],
    "lock": [LOCKS, CLOCKS, "Crafted"],  # which has a block
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
PART = re.compile(
    r"/(bibfolio-(search|index)|searchtools|searchindex|language_data|doctools|translations"
    r"|documentation_options|sphinx_highlight|\w*stemmer)\.(js|css)"
)
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


def test_each_form_of_a_word_finds_what_sphinx_finds_by_its_stem(visitor, site):
    """Of every word of this site: Porter's stemmer cuts what is said, ours what is asked for."""
    index, language = search_index(site.text("searchindex.js")), BibfolioSearch({})
    records = records_of(site.text(FILE))
    said = [
        (one.title, one.people, one.text, *(head for _id, head in one.headings)) for one in records
    ]
    words = {word.lower() for parts in said for word in split(" ".join(parts))}
    pages = {name: f"{name}/".replace("index/", "") for name in index["docnames"]}
    addresses = [pages[name] for name in index["docnames"]]
    wanted = {}
    for word in sorted(words):
        stem = language.stem(word)
        if language.word_filter(stem) and language.word_filter(word):
            numbers = {n for part in ("terms", "titleterms") for n in index[part].get(stem, ())}
            wanted[re.sub(r"^y(?=\d{4}$)", "", word)] = {addresses[n] for n in numbers}
    assert len(wanted) > 300
    someone = visitor(bypass_csp=True)
    someone.open("/search/")
    someone.search("serverless")
    find = "words => Object.fromEntries(words.map(word => [word, siteSearch.find(word)]))"
    found = someone.page.evaluate(find, list(wanted))
    missed = {word: pages - {*found[word]} - {"404/"} for word, pages in wanted.items()}
    assert {word: pages for word, pages in missed.items() if pages} == {}


def test_papers_come_before_pages_and_titles_before_people_before_text(visitor, site):
    someone = visitor()
    someone.open("/")
    for words in ("serverless", "vector", "jin", "models"):
        someone.search(words)
        kinds = someone.page.locator("dialog .site-search-kind").all_inner_texts()
        assert kinds == sorted(kinds, key=["Paper", "Page"].index), words
    papers = {paper.title.plain for paper in site.papers}
    for words in ("serverless", "vector"):
        titles = someone.search(words)
        has = [words in title.lower() for title in titles if title in papers]
        assert has == sorted(has, reverse=True), words
    # What a page is called leads to the page.
    assert someone.search("curriculum vitae")[0] == "Curriculum vitae"


def test_before_anything_is_typed_the_newest_papers_and_the_pages_are_there(visitor, site):
    someone = visitor()
    someone.open("/cv/")
    someone.page.keyboard.press("/")
    dialog = someone.page.get_by_role("dialog")
    dialog.get_by_role("link").first.wait_for()
    found = dialog.locator(".site-search-title").all_inner_texts()
    newest = [paper.title.plain for paper in site.papers[:4]]
    assert found[: len(newest)] == newest
    top = someone.page.locator(".site-header-pages a:not(.cv-header-file)").all_inner_texts()
    assert {"Publications", "Research"} <= {*top} & {*found}
    someone.page.keyboard.press("Enter")  # nothing has been asked for
    assert dialog.is_visible()
    assert dialog.locator("kbd").all_inner_texts() == ["↑", "↓", "↵", "esc"]
    assert dialog.get_by_role("button").count() == 0


def test_it_works_in_files_that_nobody_serves(browser, site):
    page = browser.new_page()
    page.goto(f"file://{quote(str(site.out))}/search/index.html?query=serverless")
    page.locator("main .site-search-title").first.wait_for()
    link = page.locator("main li a").first.evaluate("a => a.href")
    assert link.startswith(f"file://{quote(str(site.out))}/papers/")
    page.close()


def test_where_there_may_be_no_keyboard_the_dialog_has_a_button_to_close_it(visitor, tongues):
    reader = visitor(viewport={"width": 375, "height": 700}, has_touch=True)
    reader.server = tongues
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


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_when_what_is_found_comes(visitor, site, width):
    """However late the index is: on the page of the search, at a wrong address, in the dialog."""
    someone = visitor(viewport={"width": width, "height": 800})
    page = someone.page
    page.add_init_script(f"({WATCH})()")
    gate = Gate(page, f"**/{FILE}")
    moved = {}
    for path in ("/search/?query=serverless", f"/paper/{site.papers[0].key}s", "/"):
        gate.close()
        page.goto(someone.server + path, wait_until="domcontentloaded")
        if "query" not in path:
            page.keyboard.press("/")
        page.get_by_role("status").filter(has_text="Loading").wait_for()
        gate.open()
        page.locator(".site-search-results a").first.wait_for()
        someone.settle()
        if shifts := page.evaluate("window.shifts"):
            moved[path] = shifts
    assert moved == {}


def test_a_hit_is_drawn_on_one_line_of_context_and_says_how_many_there_are(visitor, site):
    someone = visitor()
    someone.open("/search/?query=serverless")
    hits = someone.page.locator("main li")
    hits.first.wait_for()
    papers = sum(hit.inner_text().startswith("Paper") for hit in hits.all())
    status = someone.page.locator("main").get_by_role("status").inner_text()
    assert status == f"Found: {papers} papers, {hits.count() - papers} pages"
    lines = someone.page.locator("main .site-search-context")
    assert lines.count() == hits.count()
    heights = lines.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert max(heights) < 30
    badges = {paper.title.plain: paper.badge for paper in site.papers}
    for hit in hits.all()[:papers]:
        title = hit.locator(".site-search-title").inner_text()
        assert hit.locator(".site-search-venue").inner_text() == badges[title]


def test_it_works_at_a_wrong_address(visitor, kinds, site):
    """The page for wrong addresses is shown at any depth, and offers the likeliest pages."""
    someone = visitor()
    paper = site.papers[0]
    someone.open(f"/paper/of/{paper.key.swapcase()}s.html")
    found = someone.page.locator("main .site-search-title")
    someone.page.get_by_role("searchbox").focus()
    found.first.wait_for()
    assert found.first.inner_text() == paper.title.plain
    assert found.count() <= 3
    field, links = (someone.page.locator(f"main .site-search-lost > {e}") for e in ("form", "ul"))
    assert field.bounding_box()["y"] < links.bounding_box()["y"]
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
    for path in kinds.values():
        someone.open(path)
    assert [url for url in asked if PART.search(url)] == []
    someone.page.get_by_role("searchbox").focus()
    someone.settle()
    loaded = {url.rpartition("/")[2] for url in asked if PART.search(url)}
    assert loaded == {"bibfolio-search.js", "bibfolio-search.css", "bibfolio-index.js"}


def test_a_search_with_a_query_asks_for_few_files_and_a_wrong_address_for_fewer(visitor, kinds):
    for path, most in {"/search/?query=scheduling": 8, kinds["404"]: 6}.items():
        someone = visitor()
        asked: list[str] = []
        someone.page.context.on("request", lambda request, asked=asked: asked.append(request.url))
        someone.open(path)
        if "query" in path:
            someone.page.locator("main li").first.wait_for()
        icon = 1  # which Chromium asks for when it likes
        assert len({url for url in asked if "favicon" not in url}) + icon <= most, asked


def test_the_index_of_this_site_is_small(site):
    assert len(gzip.compress(site.files[FILE], 6)) <= 12_000


def test_it_loads_once(reader):
    reader.open("/")
    asked: list[str] = []
    reader.page.context.on("request", lambda request: asked.append(request.url))
    for words in ("müller", "存储", "qqqqqq"):
        reader.search(words)
        reader.close_search()
    reader.settle()
    assert len(asked) == len(set(asked))
    assert len([url for url in asked if url.endswith(".js")]) == 2


def test_what_is_typed_while_it_loads_is_answered(reader):
    reader.open("/")
    gate = Gate(reader.page, f"**/{FILE}")
    dialog = reader.page.get_by_role("dialog")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("muller")
    dialog.get_by_role("status").filter(has_text="Loading").wait_for()
    gate.open()
    dialog.get_by_role("link").first.wait_for()
    assert dialog.locator(".site-search-title").all_inner_texts() == [MULLER]


def test_it_says_so_when_it_cannot_be_loaded(reader):
    for part in ("bibfolio-search.js", "bibfolio-search.css", "bibfolio-index.js"):
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
    assert status.inner_text() == "The newest papers, and pages"


@pytest.mark.every_page
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
