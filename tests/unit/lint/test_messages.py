"""What is said of a field, to the letter: a table in `test_messages.txt`; and where it is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.identifiers import with_dashes

from ..table import Table
from .made import entry, said

TABLE = Table(__file__)


def of_field(field: str) -> list[str]:
    """What the rules say of a field in an entry that is sound but for it."""
    return [f"{kind}: {message.removeprefix('k: ')}" for kind, _, _, message in said(entry(field))]


@pytest.mark.parametrize("section", TABLE.sections)
def test_of_a_field_that_is_said_which_is_expected(section):
    TABLE.holds(section, of_field)


def test_a_number_is_told_where_its_field_begins():
    text = entry().replace("}\n", "\n  doi = {10.1145/}}\n")
    assert [place for _, *place, _ in said(text)] == [[2, 3]]


@pytest.mark.parametrize(
    "url", ["ftp://a/x", "www.a.org", "https://", "javascript:x", "https://a b"]
)
def test_what_is_no_address_is_left_to_the_reader(url):
    assert said(entry(f"url = {{{url}}}")) == []


@given(st.text("0123456789-–, ivx:e\n", max_size=20))
def test_dashes_put_in_twice_are_those_put_in_once(pages):
    once = with_dashes(pages, "--")
    assert with_dashes(once, "--") == once
