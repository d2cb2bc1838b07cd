"""`{news}`, the first news on the card, and their feed: the same lines everywhere."""

from __future__ import annotations

import feedparser
import pytest

from tests.output import Output, text_of

CARD = "# Home\n\n```{profile} card\n:latest: 2\n```\n\n```{toctree}\npublications\nwaiting\n"
HOME = CARD + "notes/memory\nnews\n```\n"
PAGE = "# News\n\n```{news}\n```\n"
PROFILE = """name = "Jane Doe"
[links]
website = "https://jane.example.org"
[[awards]]
title = "Prize for Standing"
year = 2022
[[talks]]
title = "On Queues"
date = "2023-06-07"
event = "Day of Lines"
kind = "invited"
paper = "poe2023queue"
[[news]]
date = "2023-12"
text = "Our *draftless* writing is out: {bib:paper}`doe2023draftless`"
papers = ["doe2023draftless"]
url = "https://news.example.org/"
"""
FILES = {"index.md": HOME, "news.md": PAGE, "profile.toml": PROFILE}
DRAFTLESS = "Dec 2023 Our draftless writing is out: Writing without Drafts"
TALK = "Jun 2023 Invited talk: On Queues, Day of Lines"
LINES = [
    DRAFTLESS,
    TALK + " Queue: Waiting in C++",
    "Apr 2023 Queue: Waiting in C++ in WAIT 2023",
    "2022 Prize for Standing",
    "2021 Caches that Remember in JSM",
]
FEED = {"rel": "alternate", "title": "News of Jane Doe"}


def lines(built: Output, page: str = "news") -> list[str]:
    return [text_of(item) for item in built.soup(page).select(".profile-list li")]


@pytest.fixture(scope="module")
def news(build_once):
    return build_once("citing", FILES)


def test_the_page_shows_all_and_names_lead_to_papers(news):
    assert lines(news) == LINES
    links = [(a["href"], text_of(a)) for a in news.soup("news").select(".profile-list a")]
    assert "https://news.example.org/" in dict(links)
    assert ("../papers/doe2021cache/", "Caches that Remember") in links
    assert ("../papers/doe2023draftless/", "Writing without Drafts") in links


def test_the_card_shows_the_first_and_leads_to_the_page(news):
    card = news.soup().select_one(".profile-card")
    assert [text_of(item) for item in card.select(".profile-news li")] == [DRAFTLESS, TALK]
    assert [(a["href"], text_of(a)) for a in card.select(".profile-news-all a")] == [
        ("news/", "All news")
    ]


def test_the_feed_holds_the_same_and_two_pages_name_it(news):
    feed = feedparser.parse(news.files["news.atom"])
    assert not feed.bozo
    said = [DRAFTLESS, TALK, *LINES[2:]]
    assert [item.title for item in feed.entries] == [line.partition("202")[2][2:] for line in said]
    site = "https://jane.example.org/"
    assert [item.link for item in feed.entries] == [
        "https://news.example.org/",
        f"{site}papers/poe2023queue/",
        f"{site}papers/poe2023queue/",
        f"{site}news/",
        f"{site}papers/doe2021cache/",
    ]
    papers = feedparser.parse(news.files["feed.xml"])
    ids = [feed.feed.id, papers.feed.id, *(item.id for item in (*feed.entries, *papers.entries))]
    assert len(set(ids)) == len(ids)
    for page, count in {"index": 1, "news": 1, "publications": 0, "papers/doe2021cache": 0}.items():
        assert len(news.soup(page).head.find_all("link", FEED)) == count


def test_options_choose_and_a_word_that_is_none_loses_nothing(build):
    page = PAGE + "".join(
        f"\n## {title}\n\n```{{bib:news}}\n{options}\n```\n"
        for title, options in {
            "Limited": ":limit: 2",
            "Own": ":derived: none",
            "Some": ":derived: talks,awards",
            "Wrong": ":derived: talks, prizes",
        }.items()
    )
    told = ":derived: does not know 'prizes'; write none, or papers, talks, awards"
    built = build("citing", FILES | {"news.md": page}, warnings=[told])
    parts = {id_: built.soup("news").find(id=id_) for id_ in ("limited", "own", "some", "wrong")}
    found = {id_: [text_of(item) for item in part.select("li")] for id_, part in parts.items()}
    assert found == {
        "limited": LINES[:2],
        "own": LINES[:1],
        "some": [LINES[0], LINES[1], LINES[3]],
        "wrong": LINES,
    }


def test_a_limited_list_is_no_page_of_all_news(build):
    built = build("citing", FILES | {"news.md": PAGE.replace("\n```\n", "\n:limit: 9\n```\n")})
    assert lines(built) == LINES
    assert not built.soup().select(".profile-news-all")
    assert built.soup().select(".profile-news")


def test_the_feed_holds_what_the_page_derives(build):
    built = build("citing", FILES | {"news.md": PAGE.replace("\n```\n", "\n:derived: none\n```\n")})
    assert [item.title for item in feedparser.parse(built.files["news.atom"]).entries] == [
        DRAFTLESS.removeprefix("Dec 2023 ")
    ]


@pytest.mark.parametrize(("count", "headings", "jumps"), [(14, 0, 0), (15, 4, 0), (25, 4, 4)])
def test_long_news_are_by_year(build, count, headings, jumps):
    """Of the lines, five are there already, in three years."""
    items = "".join(f'[[news]]\ndate = 2000\ntext = "Item {n}"\n' for n in range(count))
    page = build("citing", FILES | {"profile.toml": PROFILE + items}).soup("news")
    assert len(page.select("h2")) == headings
    assert len(page.select(".profile-list li")) == count + 5
    links = [(a["href"], text_of(a)) for a in page.select(".paper-card-jumps a")]
    years = [("#news-" + year, year) for year in ("2023", "2022", "2021", "2000")]
    assert links == years[:jumps]
    assert all(page.find(id=href[1:]) for href, _text in links)


def test_without_news_there_is_nothing(build):
    empty = {"profile.toml": 'name = "Jane Doe"\n[links]\nwebsite = "https://jane.example.org"\n'}
    page = {"news.md": "# Page\n\nText.\n\n## News\n\n```{news}\n```\n"}
    built = build(
        "citing", FILES | empty | page | {"refs.bib": "@misc{a, title = {A}}\n"}, warnings=True
    )
    assert "news.atom" not in built.files
    assert "Latest" not in built.text("index.html")
    assert not built.soup("news").find(id="news")
    assert not built.soup().head.find_all("link", FEED)


def test_when_the_last_news_are_gone_so_is_their_feed(build):
    bare = 'name = "Jane Doe"\n[links]\nwebsite = "https://jane.example.org"\n[[news]]\n'
    files = {"profile.toml": bare + 'date = 2024\ntext = "New"\n', "refs.bib": ""}
    built = build("minimal", files)
    assert "news.atom" in built.files
    built.write("profile.toml", bare.removesuffix("[[news]]\n"))
    assert "news.atom" not in built.rebuild().files
