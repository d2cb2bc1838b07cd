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
    without_tex,
)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (r"\url{https://example.org/a_b}", "https://example.org/a_b"),
        (r"\href{https://example.org/}{here}", "https://example.org/"),
        (r"https://example.org/a\_b{\_}c\%20{\#}d\&e", "https://example.org/a_b_c%20#d&e"),
        (r"https://example.org/\~{}jane", "https://example.org/~jane"),
        (r"https://example.org/{\textasciitilde}jane", "https://example.org/~jane"),
        (r"https://example.org/$\sim$jane", "https://example.org/~jane"),
        ("{https://example.org/}", "https://example.org/"),
    ],
)
def test_tex_is_taken_out(text, bare):
    assert without_tex(text) == bare


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("{10.1000/182}", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1016/S0010-8650%2880%2980003-2", "10.1016/S0010-8650(80)80003-2"),
        ("10.1016/a%20b", "10.1016/a%20b"),
        (r"10.1007/978-3-540{\_}4", "10.1007/978-3-540_4"),
        ("https://doi-org.proxy.example.edu/10.1000/182", "10.1000/182"),
        ("10.1000/182.", "10.1000/182"),
        ("10.1000/182, 10.1000/183", "10.1000/182"),
        ("10.1000 / 182", "10.1000/182"),
        ("10.1/x", "10.1/x"),
        *((text, "") for text in ("none", "n/a", "in 2010 press", "10", "https://example.org/a")),
    ],
)
def test_the_doi_that_is_meant(text, doi):
    assert read_doi(text) == doi


def test_a_doi_in_the_middle_of_a_word_is_no_prefix():
    assert bare_doi("https://doi-org.example.edu/x") == "https://doi-org.example.edu/x"


@pytest.mark.parametrize(
    "text",
    [
        *("2504.02263", "{2504.02263}", "arXiv:2504.02263"),
        *("https://www.arxiv.org/abs/2504.02263", "https://arxiv.org/pdf/2504.02263.pdf"),
        "2504.02263 [cs.DC]",
    ],
)
def test_the_arxiv_number_that_is_meant(text):
    assert bare_arxiv(text) == "2504.02263"


# -- check digits ------------------------------------------------------------------------------


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
