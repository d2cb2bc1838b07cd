"""Old addresses follow from the rules of the generator; redirects neither circle nor hide pages."""

from __future__ import annotations

from bibfolio.importing.addresses import (
    Addresses,
    of_document,
    of_page,
    page_of,
    read_listed,
    unanswered,
)
from bibfolio.importing.source import Page, read_yaml
from tests.unit.table import Table

TABLE = Table(__file__)


def page(path: str, front: str) -> Page:
    return Page(path, read_yaml(front) or {}, "")


def test_documents_are_where_jekyll_has_them():
    def address(given: tuple[str, str, str]) -> str:
        path, front, pattern = given
        return of_document(page(path, front), path[1:].partition("/")[0], pattern)

    TABLE.holds("where Jekyll serves a document of a collection", address)


def test_pages_are_where_jekyll_has_them():
    TABLE.holds(
        "where Jekyll serves a page", lambda given: of_page(page(given[0], given[1]), given[2])
    )


def test_what_is_no_address_below_the_site_is_no_page():
    TABLE.holds("which page of the new site an address is", page_of)


def test_the_first_file_that_claims_an_address_has_it():
    addresses = Addresses()
    assert addresses.add("/x/", "page", "x", "a.md")
    assert not addresses.add("/x/", "redirect", "index", "b.md")
    assert addresses.answers["/x/"].target == "x"
    assert [refused[0::2] for refused in addresses.refused] == [("/x/", "b.md")]


def test_redirects_lead_to_pages_and_are_none():
    addresses = Addresses()
    for address, how, target in (
        ("/x/", "redirect", "x"),
        ("/y", "page", "y"),
        ("/old/page.html", "redirect", "y"),
        ("/cv/", "redirect", "index"),
        ("/news/a b/", "redirect", "index"),
        ("/feed.xml", "none", ""),
        ("/x.pdf", "file", "x.pdf"),
    ):
        assert addresses.add(address, how, target)
    found = addresses.redirects(["x", "y"])
    assert found == {
        "y.html": "y",
        "old/page": "y",
        "old/page.html": "y",
        "news/a b": "index",
    }


def test_a_list_of_what_was_served_is_a_sitemap_or_what_git_prints():
    sitemap = "<urlset><url><loc>https://ann.example.org/base/x/</loc></url></urlset>"
    assert read_listed(sitemap, "/base") == ["/x/"]
    listed = (
        'x/index.html\nindex.html\nabout.html\n"a/\\303\\274.pdf"\n/y/\nhttps://z.example.org/w\n'
    )
    assert read_listed(listed, "") == ["/x/", "/", "/about.html", "/a/ü.pdf", "/y/", "/w"]


def test_what_nothing_answers_is_named_and_nothing_else():
    addresses = Addresses()
    addresses.add("/x/", "redirect", "index")
    addresses.add("/feed.xml", "none", "")
    listed = [
        "/x/",
        "/x",
        "/x.html",
        "/y/",
        "/a.pdf",
        "/gone.pdf",
        "/feed.xml",
        "/sitemap.xml",
        "/",
    ]
    found = unanswered(listed, addresses.answers, ["y"], ["a.pdf"])
    assert found == ["/gone.pdf", "/feed.xml"]
