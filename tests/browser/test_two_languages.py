"""A site in two languages, as its readers have it: pages, search, and the change of languages."""

import pytest

from tests.browser.test_right_to_left import faults
from tests.building import copy_root, run_sphinx, shared

PAGES = [
    "/zh/",
    "/zh/publications/",
    "/zh/cv/",
    "/papers/fan2024patience/",
    "/search/?query=walrus",
]


@pytest.fixture(scope="session")
def both(tmp_path_factory, serve) -> str:
    def make(folder):
        source = copy_root("../../examples/two-languages", {}, folder / "src").src
        run = run_sphinx(source, folder, "-b", "dirhtml")
        assert (run.returncode, run.stderr) == (0, "")
        return run

    return serve(shared(tmp_path_factory, "two-languages", make).out)


@pytest.fixture
def reader(visitor, both):
    def make(**options):
        someone = visitor(**options)
        someone.server = both
        return someone

    return make


@pytest.mark.every_page
def test_its_pages_have_no_fault_and_fit_the_window(reader):
    found = faults(reader(), PAGES)
    assert not found, found


def test_a_paper_is_found_by_both_titles_and_what_is_in_the_language_of_the_page_comes_first(
    reader,
):
    someone = reader()
    dialog = someone.page.locator("dialog.site-search")

    def search(start: str, words: str) -> list[tuple[str, str]]:
        someone.open(start)
        someone.page.keyboard.press("/")
        dialog.get_by_role("searchbox").fill(words)
        dialog.get_by_role("status").filter(has_text="2 ").wait_for()
        links = dialog.locator("li a").all()
        found = [(link.evaluate("a => new URL(a.href).pathname"), link) for link in links]
        return [(path, link.get_attribute("lang") or "") for path, link in found]

    for start, first in {"/zh/": "zh-Hans", "/": "en"}.items():
        for title in ("海象", "Walrus"):
            assert search(start, title)[0] == ("/papers/fan2026walrus/", "en")
        equals = {"zh-Hans": "/zh/cv/", "en": "/cv/"}
        order = sorted(equals, key=lambda language: language != first)
        assert search(start, "2022") == [(equals[language], language) for language in order]


def test_the_language_changes_by_keyboard_and_without_a_script(reader):
    someone = reader(java_script_enabled=False)
    someone.open("/zh/publications/")
    link = someone.page.get_by_role("link", name="English")
    for _stop in range(12):
        someone.page.keyboard.press("Tab")
        if someone.page.locator(":focus").get_attribute("hreflang") == "en":
            break
    assert link.get_attribute("lang") == "en"
    someone.page.keyboard.press("Enter")
    someone.page.wait_for_url(f"{someone.server}/publications/")
    assert someone.page.locator("html").get_attribute("lang") == "en"


def test_pages_in_chinese_load_no_font_and_english_ones_theirs_at_once(reader):
    fonts = {}
    for path in ("/zh/", "/"):
        someone, asked = reader(), []
        someone.page.on("request", lambda request, asked=asked: asked.append(request.url))
        someone.open(path)
        preloads = someone.page.locator("link[rel=preload]").count()
        fonts[path] = preloads, sum(url.endswith(".woff2") for url in asked)
    assert fonts == {"/zh/": (0, 0), "/": (2, 2)}
