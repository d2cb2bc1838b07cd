"""What is said of a field, to the letter: a table in `messages.txt`; and where it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.identifiers import with_dashes

from .made import entry, said


def table() -> dict[str, list[str]]:
    """Field → what is said of it."""
    cases: dict[str, list[str]] = {}
    text = Path(__file__).with_name("messages.txt").read_text(encoding="utf-8")
    for line in filter(None, text.splitlines()):
        if line.startswith("    "):
            cases[list(cases)[-1]].append(line.strip())
        elif line[0] != "#":
            cases[line] = []
    return cases


MESSAGES = table()


@pytest.mark.parametrize("field", MESSAGES)
def test_of_a_field_that_is_said_which_is_expected(field):
    told = [f"{kind}: {message.removeprefix('k: ')}" for kind, _, _, message in said(entry(field))]
    assert told == MESSAGES[field]


def test_right_fields_and_wrong_ones_are_in_the_table():
    right = [field for field, messages in MESSAGES.items() if not messages]
    assert (len(right) > 90, len(MESSAGES) - len(right) > 90) == (True, True)


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
