"""What a first visit costs: bytes, requests, and nothing that moves once it is drawn."""

from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Request

from bibfolio.doctor import BuiltSite
from bibfolio.doctor.pages import MOST_BYTES, MOST_REQUESTS, weigh
from tests.browser.conftest import Gate

#: Every shift from the first frame on, also those that a browser would excuse.
WATCH = """() => {
  window.shifts = [];
  const name = ({node}) => node?.localName + '.' + (node?.className ?? '');
  new PerformanceObserver(list => {
    for (const entry of list.getEntries())
      window.shifts.push([entry.value, ...entry.sources.map(name)]);
  }).observe({type: 'layout-shift', buffered: true});
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


@pytest.fixture(scope="module")
def compressed(site, serve) -> str:
    """Address of the site behind a host that compresses."""
    return serve(site.out, compress=True)


def size(request: Request) -> int:
    """Bytes of the answer on the wire, head and body."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def first_visit(visitor, server: str, path: str) -> dict[str, int]:
    """Address → bytes, for all that an empty cache makes a browser ask for, its icon as well."""
    someone = visitor()
    someone.server = server
    answered: list[tuple[str, Request]] = []
    context = someone.page.context
    context.on("requestfinished", lambda request: answered.append((request.url, request)))
    someone.open(path)
    cost = {url: size(request) for url, request in answered}
    assert len(cost) == len(answered), "something is asked for twice"
    icon = someone.page.locator("link[rel=icon]").get_attribute("href")
    address = urljoin(someone.page.url, icon)
    if address not in cost:
        response = someone.page.request.get(address)
        headers = sum(len(h["name"]) + len(h["value"]) + 4 for h in response.headers_array)
        cost[address] = headers + int(response.headers["content-length"])
    fonts = {url for url in cost if url.endswith(".woff2")}
    preloads = someone.page.locator("link[rel=preload]").evaluate_all("all => all.map(a => a.href)")
    assert fonts == {*preloads}, f"{path}: a face is used that is not loaded early, or not used"
    foreign = [complaint for complaint in someone.complaints if "another host" in complaint]
    assert foreign == [], path
    return cost


def test_a_first_visit_is_light_and_asks_for_what_the_doctor_counts(
    visitor, compressed, kinds, site
):
    """Nothing else: scripts ask for more when a reader does."""
    costs = {kind: first_visit(visitor, compressed, path) for kind, path in kinds.items()}
    table = "\n".join(
        f"{kind}: {sum(cost.values())} bytes in {len(cost)} requests: "
        + ", ".join(f"{url.removeprefix(compressed)} {size}" for url, size in cost.items())
        for kind, cost in costs.items()
    )
    assert max(sum(cost.values()) for cost in costs.values()) <= MOST_BYTES, table
    assert max(len(cost) for cost in costs.values()) <= MOST_REQUESTS, table
    built = BuiltSite(site.out, site.src, {})
    counted = weigh(built)

    def file(address: str) -> str:
        return built.file(urlsplit(address).path.lstrip("/")) or "404/index.html"

    for kind, path in kinds.items():
        assert {file(url) for url in costs[kind]} == counted[file(path)].keys(), kind


@pytest.mark.parametrize(
    "late",
    [
        pytest.param("**/*.js*", id="scripts"),
        pytest.param("**/*.woff2", id="fonts", marks=pytest.mark.every_page),
    ],
)
@pytest.mark.parametrize("width", [375, pytest.param(1280, marks=pytest.mark.every_page)])
def test_nothing_moves_when_scripts_or_fonts_arrive(visitor, kinds, width, late):
    """They are held back until the page is drawn without them: the slowest network there is."""
    someone = visitor(viewport={"width": width, "height": 800})
    page = someone.page
    page.add_init_script(f"({WATCH})()")
    gate = Gate(page, late)
    found = {}
    for kind, path in kinds.items():
        gate.close()
        page.goto(someone.server + path, wait_until="commit")
        page.wait_for_function(PAINTED)
        page.locator("footer").wait_for()
        assert gate.held, f"{kind} waits for {late} before it is drawn"
        gate.open()
        someone.settle()
        if shifts := page.evaluate("window.shifts"):
            found[kind] = shifts
    assert found == {}
