"""DOIs, arXiv numbers and addresses: what is meant is shown; check digits: no slip goes unseen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.identifiers import (
    bare_arxiv,
    bare_doi,
    check_digit,
    isbn_error,
    issn_error,
    orcid_error,
    read_doi,
    ror_error,
    ror_of,
    without_tex,
)

from ..table import Table

TABLE = Table(__file__)


def test_what_is_meant_is_shown():
    TABLE.holds("addresses without TeX", without_tex)
    TABLE.holds("the DOI that is meant", read_doi)
    TABLE.holds("the arXiv number that is meant", bare_arxiv)
    # A DOI in the middle of a word is no prefix.
    assert bare_doi("https://doi-org.example.edu/x") == "https://doi-org.example.edu/x"


def test_numbers_may_be_spaced_at_will_and_what_is_wrong_with_them_is_told():
    TABLE.holds("ISBN", lambda number: isbn_error(number) or None)
    TABLE.holds("ISSN", lambda number: issn_error(number) or None)
    TABLE.holds("ORCID iD", lambda number: orcid_error(number) or None)


def numbers(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


@pytest.mark.parametrize(("length", "error"), [(9, isbn_error), (7, issn_error), (15, orcid_error)])
@given(data=st.data())
def test_one_wrong_digit_is_noticed(length, error, data):
    digits = data.draw(numbers(length))
    place, digit = data.draw(st.integers(0, length - 1)), data.draw(st.sampled_from("0123456789"))
    number = digits + check_digit(digits)
    other = number[:place] + digit + number[place + 1 :]
    if length == 15:
        number, other = ("-".join(re.findall("....", n)) for n in (number, other))
    assert error(number) == ""
    assert (error(other) == "") == (digit == digits[place])


#: Of organizations, as ROR has them.
ROR_IDS = "05gq02987 042nb2s44 00f54p054 03vek6s52 05a28rw58 052gg0110 013meh722 02mhbdp94".split()


@pytest.mark.parametrize("number", ROR_IDS)
def test_a_ror_id_proves_itself_and_no_slip_does(number):
    assert ror_error(f"https://ror.org/{number}") == ror_error(number.upper()) == ""
    assert ror_of(f"ror.org/{number}/") == f"https://ror.org/{number}"
    signs = "0123456789abcdefghjkmnpqrstvwxyz"
    slips = {
        number[:at] + sign + number[at + 1 :]
        for at in range(1, 9)
        for sign in (signs if at < 7 else signs[:10])
    }
    swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(1, 6)}
    assert [slip for slip in (slips | swapped) - {number} if not ror_error(slip)] == []


@pytest.mark.parametrize(
    "text",
    ["", "02mhbdp9", "12mhbdp94", "02mhbdp9４", "https://ror.org.evil.example/02mhbdp94", "<b>"],
)
def test_what_is_no_ror_id_is_told(text):
    assert ror_of(text) == ""
    assert "is no ROR iD" in ror_error(text)
