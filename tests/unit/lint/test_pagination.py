"""Page ranges: a single hyphen is told and mended, whatever else has a hyphen is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.pagination import with_dashes

from .made import entry, of, said

#: As written → as it should be.
RANGES = {
    "12-34": "12--34",
    "12 - 34": "12--34",
    "1-1": "1--1",
    "e12-e34": "e12--e34",
    "S12-S34": "S12--S34",
    "iv-xii": "iv--xii",
    "4:1-4:20": "4:1--4:20",
    "123-45": "123--45",
    "1-10, 12-20": "1--10, 12--20",
    "1-10, 15, 17--20": "1--10, 15, 17--20",
    "12\u201034": "12--34",
    "12\u221234": "12--34",
}
RIGHT = [
    *("12--34", "12–34", "12---34", "12", "e1002", "12+", "1--10, 12--20", "4:1--4:20", ""),
    # Articles and their pages, chapters and theirs, ids, reversed and open ranges.
    *("034102-4", "123-2", "3-1--3-20", "S-12", "2005-1-2", "34-12", "12-", "-12", "1-a", "ACL-12"),
]


@pytest.mark.parametrize(("written", "right"), RANGES.items())
def test_a_range_with_a_hyphen_is_told(written, right):
    expected = [f"the pages {written} have a hyphen; write {right}"]
    assert of(f"pages = {{{written}}}", "bib_pages") == expected


def test_braces_too_many_hide_nothing():
    assert of("pages = {{12-34}}", "bib_pages") == ["the pages 12-34 have a hyphen; write 12--34"]


@pytest.mark.parametrize("pages", RIGHT)
def test_everything_else_is_let_be(pages):
    assert with_dashes(pages) == pages
    assert said(entry(f"pages = {{{pages}}}")) == []


@given(st.text("0123456789-–, ivx:e\n", max_size=20))
def test_mending_twice_is_mending_once(pages):
    once = with_dashes(pages)
    assert with_dashes(once) == once
