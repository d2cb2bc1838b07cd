"""The papers near another: those it is cited with, then those of its topics, authors and time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import nearness
from bibfolio.model.nearness import REACH, Nearness
from tests.unit.made import Author, paper


def made(key: str, topics: str = "", people: str = ""):
    authors = (Author("Doe", is_owner=True), *map(Author, people.split()))
    return paper(key, "2024", topics=tuple(topics.split()), authors=authors)


#: In the order of the list, the newest first.
PAPERS = [
    made("alone"),
    made("topics", "x y"),
    made("people", "", "Poe Roe"),
    made("both", "x y", "Poe"),
    made("it", "x y", "Poe Roe"),
    made("topic", "x"),
    made("person", "z", "Roe"),
    made("far", "x y", "Poe"),
]


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
    assert [p.key for p in Nearness(PAPERS).nearest(key, linked)] == expected


def by_comparing_all(papers, at: int, linked, reach: int) -> list[str]:
    """What is near by definition, each paper compared with every other."""
    facts = [({*p.topics}, {a.name for a in p.authors if not a.is_owner}) for p in papers]
    ranks = []
    for other, paper_ in enumerate(papers):
        topics, people = (len(a & b) for a, b in zip(facts[at], facts[other], strict=True))
        is_shared = (topics or people) and abs(other - at) <= reach
        if other != at and (paper_.key in linked or is_shared):
            ranks.append((paper_.key not in linked, -topics, -people, abs(other - at), other))
    return [papers[rank[-1]].key for rank in sorted(ranks)[:3]]


few = st.lists(st.sampled_from("abcd"), max_size=4).map(" ".join)


@given(facts=st.lists(st.tuples(few, few), min_size=1, max_size=12), data=st.data())
def test_it_is_the_same_as_if_each_paper_were_compared_with_every_other(facts, data):
    papers = [made(f"k{number}", *shared) for number, shared in enumerate(facts)]
    linked = data.draw(st.sets(st.sampled_from([*(p.key for p in papers), "gone"])))
    reach = data.draw(st.integers(1, 5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearness, "REACH", reach)
        found = Nearness(papers)
        for at, one in enumerate(papers):
            keys = [p.key for p in found.nearest(one.key, linked)]
            assert keys == by_comparing_all(papers, at, linked, reach)


def test_of_many_papers_only_those_of_about_the_same_time_that_share_something_are_compared():
    """So that a build of ten times the papers takes ten times as long."""
    many = [made(f"k{n}", "x" if n % 10 == 0 else f"x{n}", f"P{n}") for n in range(1000)]
    found = Nearness(many)
    shared = found.sharing(500)
    assert shared == {n: (1, 0) for n in range(500 - REACH, 500 + REACH + 1, 10) if n != 500}
    assert [p.key for p in found.nearest("k500", {"k1"})] == ["k1", "k490", "k510"]
