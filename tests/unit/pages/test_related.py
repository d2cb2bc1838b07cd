"""The papers near another: those it is cited with, then those of its topics, authors and time."""

from __future__ import annotations

import pytest

from bibfolio.pages.related import REACH, nearest
from tests.unit.made import Author, paper


def made(key: str, topics: str = "", people: str = ""):
    authors = (Author("Doe", is_owner=True), *map(Author, people.split()))
    return paper(key, "2024", topics=tuple(topics.split()), authors=authors)


#: In the order of the list, the newest first.
PAPERS = {
    p.key: p
    for p in (
        made("alone"),
        made("topics", "x y"),
        made("people", "", "Poe Roe"),
        made("both", "x y", "Poe"),
        made("it", "x y", "Poe Roe"),
        made("topic", "x"),
        made("person", "z", "Roe"),
        made("far", "x y", "Poe"),
    )
}


def places(papers):
    return {key: place for place, key in enumerate(papers)}


@pytest.mark.parametrize(
    ("key", "linked", "expected"),
    [
        ("it", set(), ["both", "far", "topics"]),
        ("it", {"alone"}, ["alone", "both", "far"]),
        ("it", {"it", "gone"}, ["both", "far", "topics"]),
        ("person", set(), ["it", "people"]),
        ("alone", set(), []),
    ],
)
def test_what_is_shared_counts_then_the_distance_and_the_owner_never(key, linked, expected):
    assert [p.key for p in nearest(key, PAPERS, places(PAPERS), linked)] == expected


def test_of_many_papers_only_those_of_about_the_same_time_are_compared():
    """So that a build of ten times the papers takes ten times as long."""
    read: list[str] = []

    class Counting(dict):
        def __getitem__(self, key):
            read.append(key)
            return super().__getitem__(key)

    many = Counting({f"k{n}": made(f"k{n}", "x", "Poe") for n in range(1000)})
    assert [p.key for p in nearest("k500", many, places(many), {"k0"})] == ["k0", "k499", "k501"]
    assert len(read) <= 2 * REACH + 10
