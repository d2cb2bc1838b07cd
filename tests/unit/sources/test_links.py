"""Links: only what a reader can open and what is safe to put into a page."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Link
from bibfolio.problems import WarningKind
from bibfolio.sources.identifiers import read_identifiers
from bibfolio.sources.links import FILES, derive_links, web_url

from ..table import Table

KEY = "jin2024"
TABLE = Table(__file__)


def links(case: object) -> list[str]:
    """Links of an entry with such fields, on a site with such files, and what was reported."""
    files, fields = case if isinstance(case, list) else ([], case)
    told: list[str] = []

    def tell(kind: WarningKind, message: str) -> None:
        told.append(f"{kind.subtype}: {message}")

    identifiers = read_identifiers(fields)

    def address_of(path: str) -> str:
        return path if path in files else ""

    found = derive_links(fields, identifiers, address_of, tell, KEY)
    return [*(f"{link.kind} {link.url}" for link in found), *told]


def refused(value: str) -> list[str]:
    """What is said in every field that takes a place, in which there must be no link."""
    said = {n: links([[value, value.removeprefix("/")], {n: value}]) for n in PLACES}
    is_private = value.startswith(("C:", "file:"))  # of which the linter tells
    for name, lines in said.items():
        other = [line.replace(": code", f": {name}", 1) for line in said["code"]]
        assert lines == ([] if is_private and name in FILES else other)
    return said["code"]


PLACES = ("file", "slides", "poster", "code", "video")


# -- addresses -------------------------------------------------------------------------------


def test_an_address_is_kept_and_made_safe_for_html():
    TABLE.holds("addresses, made safe for HTML", web_url)


def test_what_is_no_safe_address_is_refused():
    TABLE.holds("what is no safe address", lambda text: web_url(text) or None)


SAFE = set(string.ascii_letters + string.digits + "%/:=&?~#+!$,;'@()*[]-._")


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda rest: f"https://example.org/{rest}"),
        st.text(max_size=8).map(lambda host: f"http://{host}/x"),
        st.text("htps:/\\@.x\t\n\x00", max_size=20),
    )
)
def test_whatever_is_accepted_has_a_host_and_no_character_html_could_trip_over(text):
    url = web_url(text)
    assert set(url) - SAFE == set()
    parts = urlsplit(url)
    if url:
        assert parts.scheme in {"http", "https"}
        assert parts.hostname not in {None, ""}
        assert (parts.username, parts.password) == (None, None)


@given(st.text("abc/%?#&=ü李<>\"'{}|^`\\ _~", max_size=20))
def test_accepting_an_address_twice_changes_nothing(rest):
    once = web_url(f"https://example.org/{rest}")
    assert web_url(once) == once


# -- numbers and files -----------------------------------------------------------------------


def test_a_number_in_any_form_leads_to_its_page():
    TABLE.holds("DOIs", links)
    TABLE.holds("e-prints", links)


def test_the_first_available_place_wins():
    TABLE.holds("the first available place", links)


def test_what_leaves_the_site_or_is_no_web_address_is_refused_and_reported():
    TABLE.holds("what leaves the site or is no web address, though it is there", refused)
    TABLE.holds("a refused place, and the next one", links)


def test_links_come_in_the_order_in_which_readers_want_them_and_the_landing_page_last():
    """It is offered if nothing else leads there."""
    TABLE.holds("order and doubles", links)


@given(
    st.dictionaries(
        st.sampled_from("file slides poster code video doi eprint eprinttype url".split()),
        st.one_of(
            st.text(max_size=12),
            st.text("javscript:/\\.@;htp x", max_size=20),
            st.sampled_from(["https://example.org/", "a.pdf", "../a", "10.1/x", "2404.1"]),
        ),
    )
)
def test_every_link_is_a_web_address_or_a_path_that_stays_inside(fields):
    identifiers, told = read_identifiers(fields), list[str]()
    for link in derive_links(fields, identifiers, str, lambda _kind, m: told.append(m), KEY):
        assert isinstance(link, Link)
        if link.is_local:
            assert ".." not in link.url.split("/")
            assert "\\" not in link.url
            assert not link.url.startswith("/")
            assert urlsplit(link.url).scheme == ""
        else:
            assert web_url(link.url) == link.url
