"""Dates known in part: reading, order, and how people and machines are told."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import DateRange, PartialDate

DAYS = st.dates(min_value=datetime.date(1, 1, 1)).map(lambda d: PartialDate(d.year, d.month, d.day))
ANY_DATE = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    DAYS,
)


@pytest.mark.parametrize(
    ("text", "date", "iso", "words"),
    [
        ("2024", PartialDate(2024), "2024", "2024"),
        ("2024-04", PartialDate(2024, 4), "2024-04", "April 2024"),
        ("2024-04-16", PartialDate(2024, 4, 16), "2024-04-16", "April 16, 2024"),
        ("2024-4-6", PartialDate(2024, 4, 6), "2024-04-06", "April 6, 2024"),
        (" 2024 ", PartialDate(2024), "2024", "2024"),
        ("0987", PartialDate(987), "0987", "987"),
        ("2024-02-29", PartialDate(2024, 2, 29), "2024-02-29", "February 29, 2024"),
    ],
)
def test_a_date_is_read_and_written(text, date, iso, words):
    assert (PartialDate.parse(text), date.iso, date.words) == (date, iso, words)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("soon", "'soon' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("24", "'24' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("20244", "'20244' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("2024/04", "'2024/04' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("2024-04-16T08:00", "'2024-04-16T08:00' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("2024-13", "2024-13 is not a date"),
        ("0000", "0000 is not a date"),
        ("2023-02-29", "day is out of range for month"),
        ("2024-04-31", "day is out of range for month"),
    ],
)
def test_a_date_that_is_none_is_refused_and_says_why(text, message):
    with pytest.raises(ValueError) as error:
        PartialDate.parse(text)
    assert str(error.value) == message


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


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-04-16", "2024-04-16", "2024-04-16"),
        ("2024-04-16/2024-04-18", "2024-04-16", "2024-04-18"),
        ("2024/2025", "2024", "2025"),
        ("2024-04/", "2024-04", "2024-04"),
        (" 2024-04-16 / 2024-04-18 ", "2024-04-16", "2024-04-18"),
        ("2024-04-16/2024-04-16", "2024-04-16", "2024-04-16"),
    ],
)
def test_a_range_is_read(text, start, end):
    parsed = DateRange.parse(text)
    assert (parsed.start.iso, parsed.end.iso) == (start, end)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-04-18/2024-04-16", "'2024-04-18/2024-04-16' ends before it starts"),
        ("2024-04-16/18", "'18' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("/2024", "'' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("2024/2025/2026", "'2025/2026' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ],
)
def test_a_bad_range_is_refused_and_says_why(text, message):
    with pytest.raises(ValueError) as error:
        DateRange.parse(text)
    assert str(error.value) == message


def test_a_range_may_end_in_the_month_it_starts_in():
    parsed = DateRange.parse("2024-04-16/2024-04")
    assert (parsed.start.iso, parsed.end.iso) == ("2024-04-16", "2024-04")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-04-16", "April 16, 2024"),
        ("2024-04-16/2024-04-18", "April 16–18, 2024"),
        ("2024-04-30/2024-05-02", "April 30–May 2, 2024"),
        ("2024-12-30/2025-01-02", "December 30, 2024 – January 2, 2025"),
        ("2024-04/2024-06", "April 2024 – June 2024"),
        ("2024/2025", "2024 – 2025"),
        ("2024-04-16/2024-06", "April 16, 2024 – June 2024"),
        ("2024-04", "April 2024"),
    ],
)
def test_a_range_in_words_repeats_nothing(text, words):
    assert DateRange.parse(text).words == words
