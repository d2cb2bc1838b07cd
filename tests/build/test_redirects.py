"""Old addresses lead on, and say to search engines where the page is now."""

from __future__ import annotations

import pytest

BASE = "https://jane.example.org/here"
CONF = """extensions = ["bibfolio"]
html_theme = "basic"
rediraffe_redirects = {
    "about": "index.md",
    "/research/cache/": "papers/doe2021cache",
    "last": "about",
}
"""
WRONG = """
rediraffe_redirects |= {
    "gone": "indx",
    "files/x.pdf": "index",
    "round": "round",
    "after": "index",
}
"""
#: Old page → new one.
LEADS = {"about": "index", "research/cache": "papers/doe2021cache", "last": "index"}


def canonical(built, page: str) -> str:
    (link,) = built.soup(page).find_all("link", rel="canonical")
    return link["href"]


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
def test_a_redirect_names_the_address_of_its_page_as_the_page_does(build, builder):
    built = build("minimal", {"conf.py": CONF}, builder=builder, html_baseurl=BASE)
    # A line for each of them would hide what else a build says.
    assert "3 old addresses lead to pages of today" in built.status
    assert "(good)" not in built.status
    for old, new in LEADS.items():
        assert canonical(built, old) == canonical(built, new)
    assert ("index.html" in canonical(built, "about")) == (builder == "html")


def test_a_redirect_of_a_site_without_an_address_names_its_page_from_where_it_is(build):
    built = build("minimal", {"conf.py": CONF, "profile.toml": None})
    assert canonical(built, "research/cache") == "../../papers/doe2021cache/"


def test_one_wrong_line_is_told_at_its_place_and_stops_none_of_the_others(build):
    files = {"conf.py": CONF + WRONG, "files/x.pdf": b"%PDF"}
    told = [
        "conf.py:11: ERROR: something else is at files/x.pdf",
        "conf.py:10: ERROR: gone leads to indx, which is not there; did you mean index?",
        "conf.py:12: ERROR: round → round: this is a circle",
    ]
    built = build("minimal", files, warnings=told)
    assert built.statuscode == 1
    for page in (*LEADS, "after"):
        assert built.soup(page).find("meta", attrs={"http-equiv": "refresh"})
    assert not built.page("gone").exists()
