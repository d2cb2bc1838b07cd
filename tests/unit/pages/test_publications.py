"""Which paper stands under which heading: none is lost, none is where it does not belong."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import KINDS, ROLES, Author, Mark, by_kind
from bibfolio.model.paper import PaperKind
from bibfolio.pages.publications import GROUPINGS, by_role, by_topic, by_year

from ..made import paper


def keys(groups) -> list[tuple[str, list[str]]]:
    return [(label, [paper.key for paper in papers]) for label, papers in groups]


def test_a_group_for_each_year_in_the_order_of_the_papers():
    papers = [paper("a", "2025"), paper("b", "2024-05"), paper("c", "2024"), paper("d")]
    assert keys(by_year(papers)) == [("2025", ["a"]), ("2024", ["b", "c"]), ("Undated", ["d"])]


def test_a_group_for_each_kind_in_one_order():
    papers = [
        paper("a", type="misc"),
        paper("b", type="phdthesis"),
        paper("c", type="misc", eprint="1"),
        paper("d", type="inproceedings"),
        paper("e", type="article"),
        paper("f", type="article"),
    ]
    assert keys(by_kind(papers)) == [
        ("Journal articles", ["e", "f"]),
        ("Conference papers", ["d"]),
        ("Preprints", ["c"]),
        ("Theses", ["b"]),
        ("Other publications", ["a"]),
    ]


def test_kinds_that_the_owner_names_come_first_and_the_rest_behind_them():
    types = ("article", "book", "inproceedings", "review", "misc")
    papers = [paper(type_, type=type_) for type_ in types]
    assert keys(by_kind(papers, ["book", "thesis", "journal"])) == [
        ("Books", ["book"]),
        ("Journal articles", ["article"]),
        ("Conference papers", ["inproceedings"]),
        ("Reviews", ["review"]),
        ("Other publications", ["misc"]),
    ]


def test_every_kind_can_be_named():
    assert get_args(PaperKind) == tuple(KINDS)


def test_a_group_for_each_topic_alphabetically_and_the_rest_last():
    papers = [
        paper("a", topics=("vector retrieval", "LLM systems")),
        paper("b"),
        paper("c", topics=("LLM systems",)),
        paper("d", topics=("AI",)),
    ]
    assert keys(by_topic(papers)) == [
        ("AI", ["d"]),
        ("LLM systems", ["a", "c"]),
        ("Vector retrieval", ["a"]),
        ("Other topics", ["b"]),
    ]


def test_without_any_topic_there_is_one_group():
    assert keys(by_topic([paper("a")])) == [("Other topics", ["a"])]


def owned(*meanings: str) -> Author:
    return Author("Jay", "Chip", marks=tuple(Mark("*", m) for m in meanings), is_owner=True)


def test_a_group_for_each_part_of_the_owner_and_the_rest_last():
    other = Author("Li", "Ming")
    papers = [
        paper("first", authors=(owned(), other)),
        paper("second", authors=(other, owned())),
        paper("alone", authors=(owned(),)),
        paper("and others", authors=(owned(),), et_al=True),
        paper("equal", authors=(other, owned("Equal contribution"))),
        paper("nobody's", authors=(other,)),
        paper("unsigned"),
    ]
    groups = dict(keys(by_role(papers)))
    assert groups["First author"] == ["first", "and others"]
    assert groups["Equal contribution"] == ["equal"]
    assert groups["Further papers"] == ["second", "alone", "nobody's", "unsigned"]
    assert list(groups) == [role for role in ROLES if role in groups] + ["Further papers"]


@pytest.mark.parametrize("name", GROUPINGS)
def test_no_papers_no_groups(name):
    assert GROUPINGS[name]([]) == []


PAPERS = st.lists(
    st.builds(
        lambda date, type_, topics, eprint: (date, type_, tuple(topics), eprint),
        st.sampled_from(["", "2020", "2024", "2024-05"]),
        st.sampled_from(["article", "inproceedings", "misc", "book", "thing"]),
        st.lists(st.sampled_from(["a", "B", "c"]), unique=True),
        st.sampled_from(["", "1"]),
    ),
    max_size=10,
).map(
    lambda values: [
        paper(str(i), date, type=type_, topics=topics, eprint=eprint)
        for i, (date, type_, topics, eprint) in enumerate(values)
    ]
)


@given(PAPERS, st.sampled_from(sorted(GROUPINGS)))
def test_every_paper_is_in_a_group_and_no_group_is_empty(papers, name):
    groups = GROUPINGS[name](papers)
    assert {p.key for _, members in groups for p in members} == {p.key for p in papers}
    assert [label for label, members in groups if not members] == []
    assert len({label for label, _ in groups}) == len(groups)


@given(PAPERS, st.sampled_from(["year", "type"]))
def test_every_paper_is_under_one_year_and_one_kind(papers, name):
    members = [p.key for _, group in GROUPINGS[name](papers) for p in group]
    assert sorted(members) == sorted(p.key for p in papers)


@given(PAPERS, st.sampled_from(sorted(GROUPINGS)))
def test_groups_keep_the_order_of_the_papers(papers, name):
    order = {p.key: i for i, p in enumerate(papers)}
    for _, members in GROUPINGS[name](papers):
        places = [order[p.key] for p in members]
        assert places == sorted(places)


def test_every_kind_can_be_a_heading():
    assert len(set(KINDS.values())) == len(KINDS)
