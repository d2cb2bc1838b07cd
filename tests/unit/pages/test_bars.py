"""The picture of numbers of papers: every bar in its year and row, as high as it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.pages.bars import HIGHEST, NUMBERED, ROW, YEAR, layout

_BAR = re.compile(r"M(\d+) (\d+)v-(\d+)h(\d+)v\3z")
_TABLES = st.integers(2, 70).flatmap(
    lambda years: st.lists(
        st.lists(st.integers(0, 90), min_size=years, max_size=years), min_size=1, max_size=12
    )
)


@given(_TABLES)
def test_every_bar_stands_in_its_row_and_year_and_a_higher_one_has_more_papers(counts):
    drawn = layout(counts, 1990)
    assert drawn.size == (YEAR * len(counts[0]), ROW * len(counts))
    found = {}
    for row, path in enumerate(drawn.paths):
        assert _BAR.sub("", path) == ""
        for left, foot, high, width in (map(int, bar) for bar in _BAR.findall(path)):
            assert ROW * row < foot - high < foot < ROW * (row + 1)
            assert left // YEAR == (left + width - 1) // YEAR
            found[row, left // YEAR] = high
    expected = {
        (row, place): number
        for row, numbers in enumerate(counts) for place, number in enumerate(numbers) if number
    }  # fmt: skip
    assert found.keys() == expected.keys()
    assert max(found.values(), default=0) <= HIGHEST
    by_height = sorted(found, key=lambda cell: (expected[cell], found[cell]))
    assert [found[cell] for cell in by_height] == sorted(found.values())
    said = [number for _right, _down, number in drawn.numbers]
    assert said == ([*expected.values()] if len(counts[0]) <= NUMBERED else [])


@pytest.mark.parametrize(
    ("length", "named"),
    [
        (2, [1998, 1999]),
        (8, [1998, 2000, 2002, 2004]),
        (28, [2000, 2005, 2010, 2015, 2020, 2025]),
        (40, [2000, 2010, 2020, 2030]),
    ],
)
def test_as_many_years_are_named_as_there_is_room_for(length, named):
    years = layout([[1] * length], 1998).years
    assert [year for _right, year in years] == named
    assert years[0][0] == pytest.approx(100 * (named[0] - 1998 + 0.5) / length, abs=0.1)
