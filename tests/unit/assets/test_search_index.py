"""The index that readers load is shorter than Sphinx's, and says the same."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.search import js_index

from bibfolio.assets.search_index import _Reduced, reduce, restore
from tests.reading import search_index

INDEX = {
    "docnames": ["a", "b/c", "d"],
    "filenames": ["a.md", "b/c.paper", "d"],
    "titles": ["A", "C", "A"],
    "terms": {"all": [0, 1, 2], "ends": [0, 2], "one": 1, "none": []},
    "titleterms": {"a": [0, 2], "c": 1},
    "alltitles": {"A": [(0, None), (1, "a"), (2, None)], "C": [(1, None)]},
    "envversion": 65,
}


def test_what_can_be_told_from_the_rest_is_left_out():
    reduced = reduce(INDEX)
    assert reduced["terms"] == {"all": [0, 1, 1], "ends": [0, 2], "one": 1, "none": []}
    assert reduced["titleterms"] == {"a": [0, 2], "c": 1}
    assert reduced["filenames"] == [".md", ".paper", ""]
    assert reduced["alltitles"] == {"A": [(1, "a")]}
    assert [reduced[part] for part in ("docnames", "titles", "envversion")] == [
        INDEX[part] for part in ("docnames", "titles", "envversion")
    ]


def test_it_is_restored_for_who_adds_pages_to_it():
    restored = restore(reduce(INDEX))
    assert restored == INDEX | {"alltitles": {"A": [(1, "a")]}}
    assert reduce(restored) == reduce(INDEX)


def test_an_index_that_is_not_reduced_is_taken_as_it_is():
    """As an earlier version of the package, or another theme, has left it."""
    assert restore(dict(INDEX)) == INDEX


@given(st.sets(st.integers(0, 5000)))
def test_no_page_of_a_word_is_lost(pages):
    index = INDEX | {"terms": {"word": sorted(pages)}}
    assert restore(reduce(index))["terms"] == index["terms"]


def test_it_is_written_and_read_as_sphinx_does():
    file = io.StringIO()
    _Reduced().dump(INDEX, file)
    assert search_index(file.getvalue())["terms"]["all"] == {0, 1, 2}
    file.seek(0)
    assert _Reduced().load(file)["terms"] == INDEX["terms"]
    with pytest.raises(ValueError):
        _Reduced().load(io.StringIO("nothing of the kind"))
    file = io.StringIO(js_index.dumps(INDEX))
    assert _Reduced().load(file)["filenames"] == INDEX["filenames"]
