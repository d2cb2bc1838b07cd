"""Check digits: real numbers pass, and no single wrong digit does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.checksum import (
    isbn_digit,
    isbn_error,
    issn_digit,
    issn_error,
    orcid_digit,
    orcid_error,
)


@pytest.mark.parametrize(
    "isbn",
    [
        *("978-1-939133-39-7", "979-8-4007-0236-5", "9783161484100", "978 3 16 148410 0"),
        *("0-306-40615-2", "080442957X", "0-8044-2957-x", "978‑3‑16‑148410‑0"),
    ],
)
def test_an_isbn_may_be_spaced_at_will(isbn):
    assert isbn_error(isbn) == ""


@pytest.mark.parametrize(
    ("isbn", "error"),
    [
        ("978-1-939133-39-8", "has the check digit 8 where the others make 7; copy it again"),
        ("0-306-40615-X", "has the check digit X where the others make 2; copy it again"),
        ("0804429571", "has the check digit 1 where the others make X; copy it again"),
        ("978-1-939133-39", "has 12 digits; an ISBN has 10 or 13"),
        ("977-1-939133-39-0", "begins with neither 978 nor 979; copy it again"),
        ("1045-9219", "is an ISSN; write issn"),
        ("1045-9218", "has 8 digits; an ISBN has 10 or 13"),
        ("", "has 0 digits; an ISBN has 10 or 13"),
    ],
)
def test_what_is_wrong_with_an_isbn(isbn, error):
    assert isbn_error(isbn) == error


@pytest.mark.parametrize("issn", ["1045-9219", "10459219", "2998-4157", "2434-561X", "2434-561x"])
def test_an_issn_may_lack_its_hyphen(issn):
    assert issn_error(issn) == ""


@pytest.mark.parametrize(
    ("issn", "error"),
    [
        ("1045-9218", "has the check digit 8 where the others make 9; copy it again"),
        ("1045-921", "has 7 digits; an ISSN has 8"),
        ("978-1-939133-39-7", "is an ISBN; write isbn"),
    ],
)
def test_what_is_wrong_with_an_issn(issn, error):
    assert issn_error(issn) == error


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"]
)
def test_an_orcid_id(orcid):
    assert orcid_error(orcid) == ""


@pytest.mark.parametrize(
    ("orcid", "error"),
    [
        ("0000-0002-1825-0098", "has the check digit 8 where the others make 7; copy it again"),
        ("0000000218250097", "is not in groups of four; write 0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "is not in groups of four; write 0000-0002-1694-233X"),
        ("0000-0002-1825-009", "is no ORCID iD; write four groups of four digits"),
    ],
)
def test_what_is_wrong_with_an_orcid_id(orcid, error):
    assert orcid_error(orcid) == error


def numbers(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def _slip(number: str, place: int, digit: str) -> str:
    return number[:place] + digit + number[place + 1 :]


@given(numbers(9), st.integers(0, 8), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_isbn_is_noticed(digits, place, digit):
    number = digits + isbn_digit(digits)
    assert isbn_error(number) == ""
    assert (isbn_error(_slip(number, place, digit)) == "") == (digits[place] == digit)


@given(numbers(7), st.integers(0, 6), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_issn_is_noticed(digits, place, digit):
    number = digits + issn_digit(digits)
    assert issn_error(number) == ""
    assert (issn_error(_slip(number, place, digit)) == "") == (digits[place] == digit)


@given(numbers(15), st.integers(0, 14), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_orcid_id_is_noticed(digits, place, digit):
    number = "-".join((digits + orcid_digit(digits))[i : i + 4] for i in range(0, 16, 4))
    assert orcid_error(number) == ""
    at = place + place // 4
    assert (orcid_error(_slip(number, at, digit)) == "") == (digits[place] == digit)
