"""Lines and columns: of entries, fields and values, and of what the reader has to say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import decode, parse_bibliography
from bibfolio.sources.source_text import SourceText, cited

from ..table import Table
from .test_bib_parser import BIBISH

TABLE = Table(__file__)

TEXT = """% a remark
  @misc{k,
    title = {A
      Title},
\tYear=2024, note = "x" # y #{z},
}
"""


def placed(text: str) -> list[tuple[str, int, int, list[str]]]:
    """Name, line, column and literal parts of each field of the first entry."""
    entry = read_entries(text)[0][0]
    return [
        (name, *place.name, [text[begin:end] for begin, end in place.literals])
        for (name, _), place in zip(entry.fields, entry.positions, strict=True)
    ]


def test_an_entry_is_where_its_sign_is():
    entry = read_entries(TEXT)[0][0]
    assert (entry.line, entry.column) == (2, 3)


def test_a_field_is_where_its_name_is_and_has_the_parts_in_braces_and_quotes():
    assert placed(TEXT) == [
        ("title", 3, 5, ["A\n      Title"]),
        ("Year", 5, 2, []),
        ("note", 5, 13, ["x", "z"]),
    ]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_places_count_the_characters_of_the_file(newline):
    text = "\x00" + TEXT.replace("\n", newline).replace("Title", "Ti\x07tle")
    assert [place[:3] for place in placed(text)] == [
        ("title", 3, 5),
        ("Year", 5, 2),
        ("note", 5, 13),
    ]
    assert placed(text)[0][3] == [f"A{newline}      Ti\x07tle"]


def test_a_comment_before_a_field_is_not_the_field():
    assert placed("@misc{k, % x = 1,\n  % y\n  title = {T}}") == [("title", 3, 3, ["T"])]


def places(text: str) -> list[str]:
    return [f"{p.line}:{p.column} {p.kind.subtype}" for p in parse_bibliography(text).problems]


def test_what_is_wrong_is_told_at_the_sign_the_field_or_the_entry():
    """What is wrong with an inherited field, at the entry."""
    TABLE.holds(
        "mistakes of syntax", lambda text: [f"{p.line}:{p.column}" for p in read_entries(text)[1]]
    )
    TABLE.holds("mistakes in fields, entries and parents", places)


def test_a_byte_of_another_encoding_is_told_with_its_column():
    _text, problems = decode("% é\n% été".encode() + b" \xe9\n")
    assert [(p.line, p.column) for p in problems] == [(2, 7)]


@given(st.text("ab\r\n\x00\x07\ud800é@", max_size=30))
def test_what_the_parser_sees_is_found_again_in_the_file(text):
    source = SourceText(text)
    lines = re.split("\r\n|\r|\n", text)
    for index, char in enumerate(source.parsed):
        offset = source.offset(index)
        assert text[offset] == char or (char, text[offset]) == ("\n", "\r")
        line, column = source.position(offset)
        assert char == "\n" or lines[line - 1][column - 1] == char
        assert line == source.parsed.count("\n", 0, index) + 1


@given(BIBISH)
def test_every_field_is_found_in_the_file_by_its_place(text):
    for entry in read_entries(text)[0]:
        assert len(entry.positions) == len(entry.fields)
        for (name, _), place in zip(entry.fields, entry.positions, strict=True):
            line, column = place.name
            rows = re.split("(?<=\n)|(?<=\r)(?!\n)", text)
            written = "".join(rows[line - 1 :])[column - 1 :].replace("\x07", "")
            assert SourceText(written).parsed.startswith(name)


def test_what_is_cited_is_quoted_as_it_is_written_but_for_what_nobody_sees():
    TABLE.holds("texts, as they are cited", cited)
