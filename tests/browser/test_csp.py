"""The policy in every page: nothing but the page's own code runs, nothing is kept of a visit."""

import re

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from tests.browser.conftest import SCHEMES
from tests.photographs import photograph

#: What a directive may allow: nothing, this site, one text by its digest, pictures in the page.
ALLOWED = re.compile(r"'none'|'self'|'sha(?:256|384|512)-[A-Za-z0-9+/]+=*'|data:")
#: Scripts that are data to a browser: https://html.spec.whatwg.org/multipage/scripting.html
DATA = {"application/ld+json"}
#: Something that is found.
WORD = "publications"

WATCH = """document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) =>
  window.reportViolation(`${violatedDirective} ${blockedURI} on ${location.pathname}`));"""
STORED = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({name}) => name),
  cookies: document.cookie,
  workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
})"""

#: Name → HTML that says its name to `window.ran` if it can, as an attacker would write it.
ATTACKS = {
    "script": "<script>ran.push('script')</script>",
    "module": "<script type=module>ran.push('module')</script>",
    "picture": "<img src=missing.png onerror=\"ran.push('picture')\">",
    "drawing": "<svg onload=\"ran.push('drawing')\"><circle r=1 /></svg>",
    "data": "<script src=\"data:text/javascript,ran.push('data')\"></script>",
    "frame": "<iframe srcdoc=\"<script>parent.ran.push('frame')</script>\"></iframe>",
    "link": "<p><a id=trap href=\"javascript:ran.push('link')\">trap</a></p>",
}


@pytest.fixture
def watched(visitor):
    """`watched(…)`: a visitor as usual, and the list of violations their browser reports."""

    def make(**options):
        someone = visitor(**options)
        found: list[str] = []
        # Playwright takes no method of a list.
        someone.page.expose_function("reportViolation", lambda what: found.append(f"{what}"))
        someone.page.add_init_script(WATCH)
        return someone, found

    return make


def policy_of(soup) -> dict[str, list[str]]:
    """Directive → what it allows."""
    (meta,) = soup.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    parts = (part.split() for part in meta["content"].split(";"))
    return {words[0]: words[1:] for words in parts}


@pytest.fixture(scope="module")
def soups(site, pages):
    """Page → what of it runs code, says how it looks, or what is allowed."""
    only = SoupStrainer(["meta", "script", "style", "link"])
    return {
        path: BeautifulSoup(site.text(f"{path[1:]}index.html"), "html.parser", parse_only=only)
        for path in pages
    }


# -- what it says ------------------------------------------------------------------------------


def test_every_page_has_the_policy_before_any_script_and_style(soups):
    for path, soup in soups.items():
        order = [
            tag.name
            for tag in soup.find_all(["meta", "script", "style", "link"])
            if (tag.name == "script" and tag.get("type") not in DATA)
            or tag.name == "style"
            or (tag.name == "link" and "stylesheet" in tag.get("rel", ()))
            or tag.get("http-equiv") == "Content-Security-Policy"
        ]
        assert order[0] == "meta", path
        assert order.count("meta") == 1, path


def test_the_policy_allows_no_inline_code_and_no_other_host(soups):
    """What each directive says is in tests/unit/theme/test_csp.py."""
    for path, soup in soups.items():
        assert policy_of(soup)["default-src"] == ["'none'"], path
        words = [word for allowed in policy_of(soup).values() for word in allowed]
        assert [word for word in words if not ALLOWED.fullmatch(word)] == [], path
        assert "data:" not in policy_of(soup)["script-src"], path


# -- what it does ------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_breaks_its_own_policy_whatever_is_done_with_it(watched, some, kinds, scheme):
    someone, violations = watched(color_scheme=scheme)
    page = someone.page
    for path in some:
        someone.open(path)
        if path != "/search/":
            someone.search(WORD)
            page.keyboard.press("Escape")
        page.locator(".site-header-mode").click(click_count=3)
        if page.locator(".paper-filter").count():
            page.locator(".paper-filter [name=text]").fill("a")
            page.locator(".paper-filter label").nth(1).click()
            page.get_by_role("button", name="Show all").click()
        if page.locator(".paper-page-copy").count():
            page.locator(".paper-page-copy").click()
        someone.settle()
    assert violations == []
    assert [what for what in someone.complaints if kinds["404"] not in what] == []


def test_the_search_page_does_not_break_it_either(watched):
    someone, violations = watched()
    someone.open(f"/search/?query={WORD}")
    someone.page.locator(".site-search-results a").first.wait_for()
    assert (violations, someone.complaints) == ([], [])


def hostile(someone, html: str) -> None:
    """Open the home page with *html* in it, as if it had come with a title or a name."""

    def add(route):
        body = route.fetch().text()
        assert "</main>" in body
        route.fulfill(body=body.replace("</main>", f"{html}</main>"), content_type="text/html")

    someone.page.add_init_script("window.ran ??= []")
    someone.page.route(f"{someone.server}/", add)
    someone.open("/")


def attack(someone) -> None:
    """Open the home page with all attacks in it, and follow the link."""
    hostile(someone, "\n".join(ATTACKS.values()))
    someone.page.locator("#trap").click()


def test_code_that_got_into_a_page_does_not_run(watched):
    someone, violations = watched()
    attack(someone)
    someone.settle()
    assert someone.page.evaluate("window.ran") == []
    assert len(violations) == len(ATTACKS)
    assert all(violation.startswith(("script-src", "frame-src")) for violation in violations)


def test_without_the_policy_it_would_run(visitor):
    """Else the test above would prove nothing. A frame asks `window.parent`, which is another's."""
    someone = visitor(bypass_csp=True)
    attack(someone)
    someone.page.wait_for_function("most => window.ran.length >= most", arg=len(ATTACKS) - 1)
    assert {*someone.page.evaluate("window.ran")} >= ATTACKS.keys() - {"frame"}


def test_code_of_another_host_does_not_run(watched, serve, tmp_path):
    (tmp_path / "evil.js").write_text("window.ran.push('foreign')")
    someone, violations = watched()
    hostile(someone, f'<script src="{serve(tmp_path)}/evil.js"></script>')
    assert someone.page.evaluate("window.ran") == []
    assert [violation.split()[0] for violation in violations] == ["script-src-elem"]


def test_styles_that_got_into_a_page_do_nothing(watched):
    someone, violations = watched()
    hostile(someone, "<style>main { display: none }</style><p style='position: fixed'>over all</p>")
    assert someone.page.locator("main").is_visible()
    assert someone.page.locator("text=over all").evaluate("p => getComputedStyle(p).position") == (
        "static"
    )
    assert sorted(v.split()[0] for v in violations) == ["style-src-attr", "style-src-elem"]


def test_a_picture_and_a_column_have_their_size_all_the_same(watched, tongues):
    someone, violations = watched(viewport={"width": 1280, "height": 800})
    someone.server = tongues
    someone.open("/crafted/")
    width = "e => e.getBoundingClientRect().width"
    assert someone.page.locator("#wide img").evaluate(width) == 300
    share = someone.page.get_by_alt_text("share of the width").evaluate(width)
    column = someone.page.locator("h1").evaluate(width)
    assert share / column == pytest.approx(0.3, abs=0.01)
    narrow, wide = (
        someone.page.locator("main table")
        .first.locator("th")
        .evaluate_all(f"all => all.map({width})")
    )
    assert wide / narrow == pytest.approx(4, abs=0.2)
    assert someone.page.locator("main math").count() == 3
    assert "$" not in someone.page.locator("main").inner_text()
    assert (violations, someone.complaints) == ([], [])


# -- what the build says of it ------------------------------------------------------------------

#: As owners write it, and as the build tells them to.
BLOCKED = """# CV

<iframe src="{there}/a.html"></iframe>

<script src="{there}/a.js"></script>

<script>window.own = 1</script>

<style>p {{ color: red }}</style>

<img src="{there}/a.png" alt="A">

<video src="{there}/a.mp4"></video>

<object data="../_static/a.png"></object>
"""
WORKS = """# CV

[![Title](a.png)]({there}/a.html)

![A]({there}/a.png)

<video src="../_static/a.mp4"></video>
"""


def test_the_build_tells_what_is_blocked_and_what_it_offers_works(
    watched, serve, build, tmp_path_factory
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.js").write_text("window.foreign = 1")
    (elsewhere / "a.png").write_bytes(photograph(9, 9, "PNG"))
    there = serve(elsewhere)
    someone, violations = watched()

    built = build("owner", {"cv.md": BLOCKED.format(there=there)}, warnings=True)
    someone.page.goto(f"{serve(built.out)}/cv/")
    someone.settle()
    assert len(violations) == sum("bibfolio.csp" in line for line in built.warnings) == 7

    violations.clear()
    files = {
        "cv.md": WORKS.format(there=there),
        "a.png": photograph(9, 9, "PNG"),
        "_static/own.js": "window.own = 1",
        "_static/own.css": "p { color: red }",
        "_static/a.mp4": b"no video",
    }
    scripts = [f"{there}/a.js", "own.js"]
    built = build("owner", files, html_js_files=scripts, html_css_files=["own.css"])
    someone.page.goto(f"{serve(built.out)}/cv/")
    someone.settle()
    assert violations == []
    assert someone.page.evaluate("[own, foreign]") == [1, 1]
    widths = "[...document.querySelectorAll('main img')].map((img) => img.naturalWidth)"
    assert someone.page.evaluate(widths) == [9, 9]
    link = someone.page.locator("main a:has(img)")
    assert link.get_attribute("href") == f"{there}/a.html"


# -- what is kept ------------------------------------------------------------------------------


def test_nothing_is_stored_but_the_choice_of_the_mode(visitor, some):
    someone = visitor()
    page = someone.page
    for path in some:
        someone.open(path)
        assert not any(page.evaluate(STORED).values()), path
    someone.open("/publications/?text=a&q=a&highlight=a")
    someone.search(WORD)
    page.keyboard.press("Escape")
    page.locator(".site-header-mode").click()
    page.locator(".paper-filter [name=text]").fill("b")
    kept = page.evaluate(STORED)
    assert kept.pop("local") == ["mode"]
    assert not any(kept.values())
    assert page.context.cookies() == []
    for _ in range(2):  # the automatic mode is stored by storing nothing
        page.locator(".site-header-mode").click()
    assert page.evaluate("Object.keys(localStorage)") == []
