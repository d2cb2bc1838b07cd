"""Lines and columns: of entries, fields and values, and of what the reader has to say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import decode, parse_bibliography
from bibfolio.sources.source_text import SourceText, cited

from .test_bib_parser import BIBISH

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


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("@misc{a,\n title = {A}\n  year = 2024\n}", [(3, 3)]),
        ("\n @misc{title = {A}}", [(2, 8)]),
        ("@misc{a,\n title = {A},\n", [(1, 1)]),
        ("@misc{a,\n title = {A\n}", [(2, 10)]),
        ("@misc{a,\n title = {A,\n year = 1\n}", [(2, 10)]),
        ("@misc{a,\n month = foo}", [(2, 10)]),
        ("@misc{a,\n year 2024\n}", [(2, 7)]),
        ("@misc{a, note = {A}},\n  year = {2024}\n}", [(1, 20)]),
        ("@misc{a, note = {A}}, year = {2024}}", [(1, 20)]),
        ("@misc{a,\n note = {\n@misc{b, x},\n}\n}", [(2, 9)]),
    ],
)
def test_a_syntax_error_is_told_with_its_column(text, places):
    assert [(p.line, p.column) for p in read_entries(text)[1]] == places


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("title = {Again}", "bib_duplicate_field"),
        ("author = {A, B, C, D, E}", "bib_name"),
        ("author+an = {9=equal}, author = {A}", "bib_field"),
        ("date = {2024-13}", "bib_field"),
        ("month = {foo}", "bib_field"),
        ("eventdate = {soon}", "bib_field"),
        ("note = {\\foo}", "bib_tex"),
        ("url = {ftp://a.org}", "bib_url"),
        ("code = {javascript:x}", "bib_url"),
        ("file = {../x.pdf}", "bib_url"),
    ],
)
def test_what_is_wrong_with_a_field_is_told_at_the_field(field, kind):
    text = f"@misc{{k,\n  title = {{T}},\n   {field},\n}}"
    told = [(p.kind.subtype, p.line, p.column) for p in parse_bibliography(text).problems]
    assert told == [(kind, 3, 4)]


@pytest.mark.parametrize("field", ["crossref", "xdata"])
def test_a_parent_that_is_not_there_is_told_where_it_is_named(field):
    text = f"@misc{{k, title = {{T}},\n  {field} = {{p}},\n}}"
    told = [(p.line, p.column) for p in parse_bibliography(text).problems]
    assert told == [(2, 3)]


def test_a_byte_of_another_encoding_is_told_with_its_column():
    _text, problems = decode("% é\n% été".encode() + b" \xe9\n")
    assert [(p.line, p.column) for p in problems] == [(2, 7)]


@pytest.mark.parametrize("text", ["@misc{k, year = 2024}", "@foo{k, title = {T}}"])
def test_what_is_wrong_with_an_entry_is_told_at_the_entry(text):
    told = [(p.line, p.column) for p in parse_bibliography(f"\n  {text}").problems]
    assert told == [(2, 3)]


def test_what_is_wrong_with_an_inherited_field_is_told_at_the_entry():
    text = "@xdata{x, url = {ftp://a.org}}\n\n @misc{k, title = {T}, xdata = {x}}"
    told = [(p.line, p.column) for p in parse_bibliography(text).problems]
    assert told == [(3, 2)]


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"C:\x", r"'C:\x'"),
        ('O\'Neill "x"', '“O\'Neill "x"”'),
        ("a\n  b", "'a b'"),
        ("a\u202eb", r"'a\u202eb'"),
        ("a" * 41, f"'{'a' * 37}...'"),
    ],
)
def test_what_is_cited_is_quoted_as_it_is_written_but_for_what_nobody_sees(text, shown):
    assert cited(text) == shown
