"""The two feeds: what a subscriber sees when the site changes, and what they never see twice."""

import json

import feedparser
import pytest


def atom(built):
    feed = feedparser.parse(built.files["feed.xml"])
    assert not feed.bozo
    return feed


def items(built) -> dict[str, str]:
    """Title → identifier, in the order of both feeds."""
    found = {item.title: item.id for item in atom(built).entries}
    again = {i["title"]: i["id"] for i in json.loads(built.files["feed.json"])["items"]}
    assert list(found.items()) == list(again.items())
    return found


@pytest.fixture(scope="module")
def citing(build_once):
    return build_once("citing")


def test_items_come_as_the_list_has_them_with_dates_and_addresses_of_their_own(citing):
    """And none from a clock."""
    assert list(items(citing)) == citing.titles("publications")
    assert len(set(items(citing).values())) == 3
    site = "https://jane.example.org/papers"
    expected = [
        ("2023-01-01", f"{site}/poe2023queue/", "https://wait.example.org/2023/queue"),
        ("2023-11-05", f"{site}/doe2023draftless/", "https://arxiv.org/abs/2311.00001"),
        ("2021-01-01", f"{site}/doe2021cache/", "https://doi.org/10.1000/cache"),
    ]
    found = [
        (item["date_published"], item["url"], item["external_url"])
        for item in json.loads(citing.files["feed.json"])["items"]
    ]
    assert found == [(f"{day}T00:00:00Z", *addresses) for day, *addresses in expected]
    dates = [(item.published, item.updated, item.link) for item in atom(citing).entries]
    assert dates == [(f"{day}T00:00:00Z",) * 2 + (page,) for day, page, _ in expected]
    assert atom(citing).feed.updated == "2023-11-05T00:00:00Z"


def test_every_page_tells_of_both(citing):
    for where in ("index", "publications", "papers/doe2021cache", "waiting", "404"):
        found = [
            (tag["type"], tag["href"])
            for tag in citing.soup(where).head.find_all("link", rel="alternate")
            if "feed" in tag["href"]
        ]
        assert found == [
            ("application/atom+xml", "https://jane.example.org/feed.xml"),
            ("application/feed+json", "https://jane.example.org/feed.json"),
        ]


def test_a_paper_keeps_its_identifier_whatever_becomes_of_it(build, citing):
    """A preprint that is published, under another title, on a site that has moved."""
    built = build("citing", html_baseurl="https://elsewhere.example.org/en")
    assert items(built) == items(citing)
    text = (built.src / "refs.bib").read_text(encoding="utf-8")
    text = text.replace("Writing without Drafts", "Drafts").replace("2023-11-05", "2024-01-02")
    text = text.replace("pubstate    = {prepublished}", "journal = {Journal of Quills}")
    built.write("refs.bib", text)
    again = built.rebuild()
    assert items(again)["Drafts"] == items(citing)["Writing without Drafts"]
    assert next(iter(items(again))) == "Drafts"
    assert atom(again).entries[0].published == "2024-01-02T00:00:00Z"


def test_without_dates_authors_or_papers_a_feed_is_still_one(build):
    built = build("minimal", {"refs.bib": "@misc{bare, title={Bare}}\n"})
    assert atom(built).entries == []  # nobody knows when it changed
    (item,) = json.loads(built.files["feed.json"])["items"]
    assert (item["title"], item["content_text"]) == ("Bare", "Bare.")
    assert "date_published" not in item
    built.write("refs.bib", "")
    assert items(built.rebuild()) == {}
