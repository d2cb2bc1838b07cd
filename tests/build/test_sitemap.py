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
    ("builder", "base", "url"),
    [
        ("dirhtml", "", "https://jane.example.org/{}/"),
        (
            "dirhtml",
            "https://docs.example.org/en/latest/",
            "https://docs.example.org/en/latest/{}/",
        ),
        ("html", "https://docs.example.org/en", "https://docs.example.org/en/{}.html"),
    ],
)
def test_every_page_is_listed_at_the_address_it_names_itself(build, builder, base, url):
    built = build("citing", builder=builder, **({"html_baseurl": base} if base else {}))
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


def test_an_incremental_build_lists_the_pages_it_did_not_write(build):
    built = build("citing")
    before = locations(built)
    built.write("new.md", "---\norphan: true\n---\n\n# New\n")
    built = built.rebuild()
    assert built.read == {"new"}
    assert locations(built) == sorted([*before, "https://jane.example.org/new/"])
    built.delete("new.md")
    assert locations(built.rebuild()) == before
