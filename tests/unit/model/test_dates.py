"""Dates known in part: reading, order, and how people and machines are told."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import DateRange, PartialDate

from ..table import Table

TABLE = Table(__file__)

DAYS = st.dates(min_value=datetime.date(1, 1, 1)).map(lambda d: PartialDate(d.year, d.month, d.day))
ANY_DATE = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    DAYS,
)


def date(text: str) -> str:
    """A date for machines and for people, or why it is none."""
    try:
        return f"{PartialDate.parse(text).iso} | {PartialDate.parse(text).words}"
    except ValueError as error:
        return f"ValueError: {error}"


def span(text: str) -> str:
    try:
        found = DateRange.parse(text)
    except ValueError as error:
        return f"ValueError: {error}"
    return f"{found.start.iso} to {found.end.iso} | {found.words}"


def test_a_date_is_read_and_written_and_one_that_is_none_is_refused_and_says_why():
    TABLE.holds("dates", date)


def test_a_range_is_read_and_in_words_repeats_nothing():
    TABLE.holds("ranges", span)


@pytest.mark.parametrize("parts", [(0,), (10000,), (-1,), (2024, 13), (2024, -1), (2024, 0, 5)])
def test_no_impossible_date_can_be_made(parts):
    with pytest.raises(ValueError):
        PartialDate(*parts)


def test_dates_sort_by_time_and_the_vague_before_the_exact():
    texts = ["2024-04-16", "2023-12-31", "2024", "2024-04", "2024-05"]
    in_order = ["2023-12-31", "2024", "2024-04", "2024-04-16", "2024-05"]
    assert [date.iso for date in sorted(map(PartialDate.parse, texts))] == in_order


@given(ANY_DATE)
def test_what_is_written_is_read_back(date):
    assert PartialDate.parse(date.iso) == date


@given(st.text(max_size=12))
def test_parsing_raises_nothing_but_value_errors(text):
    try:
        parsed = PartialDate.parse(text)
    except ValueError:
        return
    assert 1 <= parsed.year <= 9999
