"""What a build compares with the one before: exactly the papers that changed."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from bibfolio.library import Library
from bibfolio.model import Affiliation, Author, Link, Profile
from bibfolio.reading import states_of
from bibfolio.sources.bibliography import parse_bibliography

from .made import paper

PROFILE = Profile("Jane Doe", Affiliation("PKU"))
A, B, C = (paper(key, "2024", title=key.upper()) for key in "abc")


def folio(*papers, profile=PROFILE, before=None) -> Library:
    return Library(profile, papers, states_of(papers), before)


def test_papers_are_found_by_their_key_in_their_order():
    assert folio(B, A).by_key == {"b": B, "a": A}
    assert list(folio(B, A).by_key) == ["b", "a"]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        pytest.param(None, (), set(), id="first build, no papers"),
        pytest.param(None, (A, B), {"a", "b"}, id="first build"),
        pytest.param((A, B), (A, B), set(), id="nothing"),
        pytest.param((A,), (A, B), {"b"}, id="new"),
        pytest.param((A, B), (A,), {"b"}, id="gone"),
        pytest.param((A, B), (A, replace(B, note="x")), {"b"}, id="a field"),
        pytest.param((A,), (replace(A, links=(Link("pdf", "f"),)),), {"a"}, id="a link"),
        pytest.param((A,), (replace(A, authors=(Author("X"),)),), {"a"}, id="an author"),
        pytest.param((A,), (replace(A, bibtex="x"),), {"a"}, id="the exported entry"),
        pytest.param((A, B), (B, A), set(), id="only the order"),
        pytest.param((A,), (replace(A, line=99),), set(), id="only the line"),
        pytest.param((A,), (replace(A, key="z"),), {"a", "z"}, id="the key"),
        pytest.param((A, B), (C,), {"a", "b", "c"}, id="everything"),
    ],
)
def test_changed_papers(before, after, changed):
    earlier = None if before is None else folio(*before)
    assert folio(*after, before=earlier).changed == changed


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        pytest.param((A, B), set(), id="nothing"),
        pytest.param((A, replace(B, note="x")), {"b"}, id="a field"),
        pytest.param((A, replace(B, summary="x")), set(), id="the summary"),
        pytest.param((A, replace(B, abstract="x")), set(), id="the abstract"),
        pytest.param((A, replace(B, bibtex="x")), set(), id="the exported entry"),
        pytest.param((A, replace(B, isbn="1", issn="2")), set(), id="the numbers of the volume"),
        pytest.param((A, B, C), {"c"}, id="new"),
        pytest.param((A,), {"b"}, id="gone"),
    ],
)
def test_papers_that_lists_show_otherwise(after, changed):
    assert folio(*after, before=folio(A, B)).changed_in_lists == changed


def test_the_order_of_the_files_is_known():
    assert folio(A, B, before=folio(A, B)).is_in_order
    assert not folio(B, A, before=folio(A, B)).is_in_order
    assert not folio(A, B, C, before=folio(A, B)).is_in_order
    assert not folio(A).is_in_order


def test_the_profile_alone_changes_no_paper():
    other = replace(PROFILE, position="Professor")
    assert folio(A, profile=other, before=folio(A)).changed == set()


def test_another_spelling_of_the_owner_changes_the_papers_it_occurs_in():
    text = "@misc{a, title = {A}, author = {Doe, J.}}\n@misc{b, title = {B}, author = {Li, Ming}}"
    before = folio(*parse_bibliography(text, frozenset({"Jane Doe"})).papers)
    after = parse_bibliography(text, frozenset({"J. Doe"})).papers
    assert folio(*after, before=before).changed == {"a"}


def test_what_the_environment_keeps_of_a_folio_tells_what_has_changed():
    before = pickle.loads(pickle.dumps(folio(A, B, before=folio(C))))
    assert (before.papers, before.before) == ((), None)
    assert folio(A, B, before=before).changed == set()
    assert folio(A, before=before).changed == {"b"}
    assert folio(replace(A, note="other"), B, before=before).changed == {"a"}
    assert folio(A, B, before=before).is_in_order
