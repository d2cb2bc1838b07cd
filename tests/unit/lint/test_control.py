"""Characters nobody can see are named with their place and their number."""

from __future__ import annotations

import pytest

from bibfolio.lint.control import controls


def told(text: str) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.message) for p in controls(text)]


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
