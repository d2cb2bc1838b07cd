"""The library: papers by key and by page, in the order of the lists, and each read once."""

from __future__ import annotations

from bibfolio.library import Library
from bibfolio.model import Profile

from .made import paper

A, B, C = (paper(key, "2024", title=key.upper()) for key in "abc")
LIBRARY = Library(Profile("Jane Doe"), (B, A, C))


def test_papers_are_found_by_key_and_by_page_in_their_order():
    assert list(LIBRARY.by_key) == ["b", "a", "c"]
    assert LIBRARY.paper_of("papers/a") is A
    assert LIBRARY.paper_of("index") is None


def test_a_paper_knows_its_neighbours_in_the_list():
    assert [LIBRARY.neighbours(p) for p in (B, A, C)] == [(None, A), (B, C), (A, None)]


def test_the_plain_form_of_a_paper_is_made_once():
    assert LIBRARY.record_of(A) is LIBRARY.record_of(A)
