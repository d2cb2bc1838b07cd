"""`sitemap.xml` and `robots.txt`: every page there is, in every build, at the right address."""

from xml.etree import ElementTree as ET

import pytest

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
PAGES = [
    "",
    "notes/memory",
    "papers/doe2021cache",
    "papers/doe2023draftless",
    "papers/poe2023queue",
    "publications",
    "waiting",
]


def locations(built) -> list[str]:
    return sorted(element.text for element in ET.fromstring(built.files["sitemap.xml"]).iter(LOC))


@pytest.mark.parametrize(
    ("builder", "url"),
    [
        ("dirhtml", "https://jane.example.org/{}/"),
        ("html", "https://jane.example.org/{}.html"),
    ],
)
def test_every_page_is_listed_at_the_address_it_names_itself(build_once, builder, url):
    built = build_once("citing", builder=builder)
    home = url.format("index") if builder == "html" else url.format("")[:-1]
    assert locations(built) == sorted([home, *(url.format(page) for page in PAGES if page)])
    root = url.split("{}", 1)[0]
    assert f"Sitemap: {root}sitemap.xml" in built.text("robots.txt").splitlines()
    canonical = {
        built.soup(page).find("link", rel="canonical")["href"]
        for page in built.pages
        if built.soup(page).find("meta", attrs={"name": "robots"}) is None
    }
    assert canonical == set(locations(built))
