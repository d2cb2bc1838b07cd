"""What a build compares with the one before: exactly the papers that changed."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from bibfolio.folio import Folio
from bibfolio.model import Affiliation, Author, Link, Profile
from bibfolio.reading import states_of
from bibfolio.sources.bib import parse_bibliography

from .made import paper

PROFILE = Profile("Jane Doe", Affiliation("PKU"))
A, B, C = (paper(key, "2024", title=key.upper()) for key in "abc")


def folio(*papers, profile=PROFILE) -> Folio:
    return Folio(profile, papers, states_of(papers))


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
def test_changed_keys(before, after, changed):
    earlier = None if before is None else folio(*before)
    assert folio(*after).changed_keys(earlier) == changed


def test_the_profile_alone_changes_no_paper():
    other = folio(A, profile=replace(PROFILE, position="Professor"))
    assert other.changed_keys(folio(A)) == set()


def test_another_spelling_of_the_owner_changes_the_papers_it_occurs_in():
    text = "@misc{a, title = {A}, author = {Doe, J.}}\n@misc{b, title = {B}, author = {Li, Ming}}"
    before = folio(*parse_bibliography(text, frozenset({"Jane Doe"})).papers)
    after = folio(*parse_bibliography(text, frozenset({"J. Doe"})).papers)
    assert after.changed_keys(before) == {"a"}


def test_what_the_environment_keeps_of_a_folio_tells_what_has_changed():
    before = pickle.loads(pickle.dumps(folio(A, B)))
    assert before.papers == ()
    assert folio(A, B).changed_keys(before) == set()
    assert folio(A).changed_keys(before) == {"b"}
    assert folio(replace(A, note="other"), B).changed_keys(before) == {"a"}
