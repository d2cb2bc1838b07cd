"""The sitemap lists the pages there are, and robots may read them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from bibfolio.machines.sitemap import robots, sitemap

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_every_address_is_listed_in_order_and_escaped():
    urls = ["https://example.org/", "https://example.org/a?b=1&c=2"]
    root = ET.fromstring(sitemap({url: {} for url in urls}))
    assert root.tag == f"{NAMESPACE}urlset"
    assert [loc.text for loc in root.iter(f"{NAMESPACE}loc")] == urls


def test_a_site_without_pages_has_an_empty_sitemap():
    assert list(ET.fromstring(sitemap({}))) == []


def test_an_address_has_those_of_the_same_page_in_other_languages():
    others = {"en": "https://example.org/", "x-default": "https://example.org/"}
    (entry,) = ET.fromstring(sitemap({"https://example.org/": others}))
    links = [link.attrib for link in entry.findall("{http://www.w3.org/1999/xhtml}link")]
    assert links == [{"rel": "alternate", "hreflang": t, "href": u} for t, u in others.items()]


def test_robots_may_read_everything_and_are_told_of_the_sitemap():
    assert robots("https://example.org/sitemap.xml") == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"
    )
