"""Signs without a backslash, braces without a partner, and what cannot be seen: told in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.texts import TEXTS, invisible_characters, scan

from .made import entry, messages, of, said

# -- TeX -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(TEXTS - {"title", "author", "journal", "booktitle"}))
def test_every_text_is_looked_at(name):
    assert of(f"{name} = {{{{a_b}}}}", "bib_escape") == [
        f"_ in {name} needs a backslash; write \\_"
    ]


@pytest.mark.parametrize(
    "name",
    "url doi file slides code keywords eprintclass isbn crossref abstract_ usera verba".split(),
)
def test_addresses_numbers_and_lists_of_words_are_not(name):
    assert [m for kind, *_, m in said(entry(f"{name} = {{a_b & c}}")) if kind == "bib_escape"] == []


def test_an_ampersand_between_names_is_an_and():
    text = entry("author = {Roe, Ann & Doe, Jane}")
    assert messages(text, "bib_escape") == ["k: & stands between names in author; write and"]
    text = entry("author = {{Johnson & Johnson} and Doe, Jane}")
    assert messages(text, "bib_escape") == ["k: & in author needs a backslash; write \\&"]


def test_a_brace_that_the_reader_has_told_is_not_told_again():
    assert said("@misc{k,\n title = {A {B},\n year = {2024}\n}\n") == []


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("{a & b}", (3, 13)),
        ("{a\n  & b}", (4, 3)),
        ('"a & b"', (3, 13)),
        ("{a } # {& b}", (3, 3)),
        ("dec # { & b}", (3, 3)),
    ],
)
def test_a_sign_is_told_where_it_stands_or_at_the_field_if_the_value_is_joined(value, place):
    text = f"@misc{{k, title = {{T}},\n  year = 2024,\n  note = {value},\n}}\n"
    assert [(line, column) for _, line, column, _ in said(text)] == [place]


def test_control_characters_and_crlf_do_not_move_the_place():
    text = "@misc{k, title = {T},\r\n year = 2024,\r\n\x07 note = {a\x07 & b},\r\n}\r\n"
    assert [(kind, *place) for kind, *place, _ in said(text)] == [
        ("bib_control", 3, 1),
        ("bib_escape", 3, 3),
    ]


def test_an_abbreviation_is_not_judged_where_it_is_used():
    text = '@string{p = "A & B"}\n' + entry("publisher = p")
    assert [line for _, line, *_ in said(text)] == [2]


@given(st.text("ab\\${}&%_#()[]; amp", max_size=30))
def test_scanning_any_text_finds_places_in_it(text):
    found = scan(text)
    for at, sign, depth in found.signs:
        assert text[at] == sign
        assert depth >= 0
    if found.lonely:
        at, sign = found.lonely
        assert text.startswith(sign, at)


# -- characters nobody can see -------------------------------------------------------------------


def told(text: str) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.message) for p in invisible_characters(text)]


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "U+0000, a control character"),
        ("\x1b", "U+001B, a control character"),
        ("\x85", "U+0085, a control character"),
        ("\u00ad", "U+00AD, soft hyphen"),
        ("\u200b", "U+200B, zero width space"),
        ("\ufeff", "U+FEFF, zero width no break space"),
        ("\u202e", "U+202E, right to left override"),
        ("\u2066", "U+2066, left to right isolate"),
    ],
)
def test_a_character_is_named(char, name):
    assert told(f"ab\ncd{char}e") == [(2, 3, f"{name}, cannot be seen; delete it")]


def test_each_character_is_told_once_with_how_often_it_stands_there():
    assert told("a\u200bb\u200b\x07") == [
        (1, 2, "U+200B, zero width space, cannot be seen; delete it here and in one more place"),
        (1, 5, "U+0007, a control character, cannot be seen; delete it"),
    ]
    assert [m[-24:] for _, _, m in told("\x07" * 533)] == [
        "here and in 532 more places".rjust(24)[-24:]
    ]


def test_it_is_told_only_once_however_often():
    assert len(told("\x07" * 533)) == 1


@pytest.mark.parametrize(
    "text",
    ["", "a\tb\r\nc\rd", "می\u200cخواهم", "क्\u200dष", "\u200fעברית", "李明 — “x” café\u00a0"],
)
def test_what_scripts_and_typography_need_is_let_be(text):
    assert told(text) == []
