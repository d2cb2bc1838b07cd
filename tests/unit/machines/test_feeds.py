"""Feeds: valid, stable identifiers, dates from the papers and never from the clock."""

from __future__ import annotations

import dataclasses
import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.machines.feeds import Feed, atom, item_of, json_feed
from bibfolio.model import record_of

from ..made import first, paper

FEED = Feed(
    title="Publications of Jane",
    author="Jane",
    page_url="https://example.org/publications/",
    home_url="https://example.org/",
    namespace="https://example.org",
)
ATOM = "{http://www.w3.org/2005/Atom}"
ITEM = item_of(
    record_of(
        first(
            "@misc{k, title = {A \\& B}, author = {Jay, Chip and 李, 明}, date = {2024-04-16},"
            "doi = {10.1/x}, keywords = {A}, annotation = {In short.}}"
        )
    ),
    "https://example.org/papers/k/",
)


def entries(text: str) -> list[ET.Element]:
    return ET.fromstring(text).findall(f"{ATOM}entry")


def test_a_name_with_what_xml_cannot_hold_makes_a_feed_all_the_same():
    feed = dataclasses.replace(FEED, author="Ja\x07ne\x00 D\ufffeoe 李\U00020000")
    root = ET.fromstring(atom(feed, [ITEM], "https://example.org/feed.xml"))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Jane Doe 李\U00020000"


def test_an_atom_feed():
    root = ET.fromstring(atom(FEED, [ITEM], "https://example.org/feed.xml"))
    assert [child.tag.removeprefix(ATOM) for child in root] == [
        *"id title updated link link author entry".split()
    ]
    assert root.findtext(f"{ATOM}updated") == "2024-04-16T00:00:00Z"
    (entry,) = root.findall(f"{ATOM}entry")
    assert [(e.tag.removeprefix(ATOM), (e.text or "").strip()) for e in entry][1:] == [
        ("title", "A & B"),
        ("link", ""),
        ("updated", "2024-04-16T00:00:00Z"),
        ("published", "2024-04-16T00:00:00Z"),
        ("author", ""),
        ("author", ""),
        ("category", ""),
        ("summary", "In short."),
    ]
    assert [name.text for name in entry.iter(f"{ATOM}name")] == ["Chip Jay", "李明"]


def test_a_json_feed():
    document = json.loads(json_feed(FEED, [ITEM], "https://example.org/feed.json"))
    (item,) = document.pop("items")
    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Publications of Jane",
        "home_page_url": "https://example.org/publications/",
        "feed_url": "https://example.org/feed.json",
        "authors": [{"name": "Jane", "url": "https://example.org/"}],
    }
    identifier = item.pop("id")
    assert identifier == entries(atom(FEED, [ITEM], ""))[0].findtext(f"{ATOM}id")
    assert item == {
        "url": "https://example.org/papers/k/",
        "external_url": "https://doi.org/10.1/x",
        "title": "A & B",
        "content_text": "In short.",
        "date_published": "2024-04-16T00:00:00Z",
        "authors": [{"name": "Chip Jay"}, {"name": "李明"}],
        "tags": ["A"],
    }


def identifiers(feed: Feed, *keys: str) -> list[str]:
    items = [item_of(record_of(paper(key, "2024")), "") for key in keys]
    return [str(entry.findtext(f"{ATOM}id")) for entry in entries(atom(feed, items, ""))]


def test_identifiers_differ_by_paper_and_owner_and_by_nothing_else():
    other = Feed("x", "x", "x", "x", "https://other.example")
    moved = Feed("x", "x", "x", "x", FEED.namespace)
    assert len(set(identifiers(FEED, "a", "b") + identifiers(other, "a"))) == 3
    assert identifiers(moved, "a") == identifiers(FEED, "a")
    assert identifiers(FEED, "a")[0].startswith("urn:uuid:")


@pytest.mark.parametrize(
    ("date", "stamp"),
    [
        ("2024-04-16", "2024-04-16T00:00:00Z"),
        ("2024-04", "2024-04-01T00:00:00Z"),
        ("2024", "2024-01-01T00:00:00Z"),
    ],
)
def test_a_date_known_in_part_is_its_first_day(date, stamp):
    text = atom(FEED, [item_of(record_of(paper(date=date)), "")], "")
    assert entries(text)[0].findtext(f"{ATOM}published") == stamp


def test_a_paper_without_a_date_has_none_and_is_as_old_as_the_newest():
    items = [
        item_of(record_of(paper(key, date)), "") for key, date in [("a", "2023-05"), ("b", "")]
    ]
    undated = entries(atom(FEED, items, ""))[1]
    assert undated.findtext(f"{ATOM}published") is None
    assert undated.findtext(f"{ATOM}updated") == "2023-05-01T00:00:00Z"
    found = json.loads(json_feed(FEED, items, ""))["items"]
    assert ["date_published" in item for item in found] == [True, False]
    assert entries(atom(FEED, items[1:], "")) == []


@pytest.mark.parametrize(
    ("source", "names"),
    [("editor = {Doe, Jane}", ["Jane Doe (editor)"]), ("", ["unknown"])],
)
def test_an_entry_without_authors_is_not_by_the_owner(source, names):
    item = item_of(record_of(first(f"@book{{k, title = {{T}}, year = 2020, {source}}}")), "")
    (entry,) = entries(atom(FEED, [item], ""))
    assert [name.text for name in entry.iter(f"{ATOM}name")] == names
    (found,) = json.loads(json_feed(FEED, [item], ""))["items"]
    assert [author["name"] for author in found["authors"]] == names


def test_the_feed_is_as_new_as_its_newest_paper():
    items = [
        item_of(record_of(paper(key, date)), "") for key, date in [("a", "2023-05"), ("b", "2024")]
    ]
    assert ET.fromstring(atom(FEED, items, "")).findtext(f"{ATOM}updated") == "2024-01-01T00:00:00Z"


def test_a_feed_without_papers_is_a_feed():
    assert entries(atom(FEED, [], "")) == []
    assert json.loads(json_feed(FEED, [], ""))["items"] == []


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_any_title_is_well_formed_xml(title):
    text = atom(FEED, [item_of(record_of(paper(date="2024", title=title)), "")], "")
    assert (entries(text)[0].findtext(f"{ATOM}title") or "") == title


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1b", "\ufffe"])
def test_a_control_character_in_the_bibliography_does_not_break_the_feed(char):
    record = record_of(first(f"@misc{{k, year = 2024, title = {{A{char}B}}}}"))
    assert len(entries(atom(FEED, [item_of(record, "")], ""))) == 1
