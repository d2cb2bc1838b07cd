"""What axe finds fault with: nothing, on no page, in no state a reader brings it into."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import SCHEMES

#: A laptop, and the width WCAG 1.4.10 asks for. Each page is loaded once and then made narrow.
SIZES = [(1280, 800), (320, 640)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = f"axe.run({json.dumps({'runOnly': TAGS, 'resultTypes': ['violations']})})"


def violations(page) -> list[str]:
    """Rule, impact and where, for each violation; a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{found['id']} ({found['impact']}): {' '.join(map(str, node['target']))}"
        for found in page.evaluate(RUN)["violations"]
        for node in found["nodes"]
    ]


def told(found: dict[str, list[str]]) -> str:
    """A line for each fault, and where it is; empty without faults."""
    return "\n".join(f"{where}: {line}" for where, lines in found.items() for line in lines)


@pytest.fixture
def judge(visitor):
    """`judge(SCHEME)`: a visitor, and a function that collects faults of both sizes."""

    def make(scheme: str):
        someone = visitor(color_scheme=scheme)
        found: dict[str, list[str]] = {}

        def look(where: str) -> None:
            for width, height in SIZES:
                someone.page.set_viewport_size({"width": width, "height": height})
                found[f"{where} at {width} px"] = violations(someone.page)

        return someone, look, found

    return make


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_has_a_fault(judge, some, scheme):
    someone, look, found = judge(scheme)
    for path in some:
        someone.open(path)
        look(path)
    assert not told(found), told(found)


@pytest.mark.every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_a_reader_brings_a_page_into_has_a_fault(judge, kinds, site, scheme):
    """The search, open and with results; the filter in use; what was copied and what was cited."""
    someone, look, found = judge(scheme)
    page = someone.page
    for kind in ("home", "404"):
        someone.open(kinds[kind])
        someone.search("publications")
        look(f"{kind}, results")
        someone.search("qqqqqq")
        look(f"{kind}, nothing found")
    someone.open("/search/?query=publications")
    page.locator(".site-search-results a").first.wait_for()
    look("search page, results")
    someone.open("/publications/")
    form = page.locator(".paper-filter")
    form.locator("label").nth(1).click()
    form.locator("summary").click()
    look("filter, a topic")
    form.get_by_role("searchbox").fill("qqqqqq")
    look("filter, nothing fits")
    someone.open(kinds["paper"])
    page.get_by_role("button", name="BibTeX").click()
    look("copied")
    page.locator("summary").click()
    look("BibTeX opened")
    someone.open(f"/publications/#cite-{site.papers[0].key}")
    look("cited")
    assert not told(found), told(found)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_an_essay_may_hold_has_no_fault(judge, tongues, scheme):
    """A code block that is wider than the page, a figure, a table, notes, formulas."""
    someone, look, found = judge(scheme)
    someone.server = tongues
    someone.open("/crafted/")
    look("crafted")
    assert not told(found), told(found)


@pytest.mark.every_page
def test_axe_finds_what_is_wrong(judge):
    """Else the tests above would prove nothing."""
    someone, look, found = judge("light")
    someone.open("/")
    someone.page.locator("main p").last.evaluate("p => p.setAttribute('role', 'nonsense')")
    someone.page.locator("h1").evaluate("h => h.insertAdjacentHTML('afterend', '<img src=x>')")
    look("spoiled")
    assert "aria-roles (critical): " in told(found)
    assert "image-alt (critical): img" in told(found)
