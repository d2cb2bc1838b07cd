"""Lines of keys: where a message about the profile has to point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.toml_lines import lines_of_keys


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", {}),
        ("a = 1\nb = 2", {("a",): 1, ("b",): 2}),
        ("\n# b = 1\n  a=1", {("a",): 3}),
        ("\"a b\" = 1\n'c' = 2", {("a b",): 1, ("c",): 2}),
        ("a.b = 1\na . c = 2", {("a", "b"): 1, ("a", "c"): 2}),
        ("[t]\na = 1\n[u]\na = 2", {("t",): 1, ("t", "a"): 2, ("u",): 3, ("u", "a"): 4}),
        ("[ t ] # x\na = 1", {("t",): 1, ("t", "a"): 2}),
        ("[t.u]\na = 1", {("t", "u"): 1, ("t", "u", "a"): 2}),
        (
            "[[t]]\na = 1\n[[t]]\na = 2",
            {("t",): 1, ("t", 0): 1, ("t", 0, "a"): 2, ("t", 1): 3, ("t", 1, "a"): 4},
        ),
        (
            "[[t]]\n[[t.u]]\na = 1",
            {("t",): 1, ("t", 0): 1, ("t", 0, "u"): 2, ("t", 0, "u", 0): 2}
            | {("t", 0, "u", 0, "a"): 3},
        ),
        ("[[t]]\n[t.u]\na = 1", {("t",): 1, ("t", 0): 1, ("t", 0, "u"): 2, ("t", 0, "u", "a"): 3}),
        ('a = """\nb = 1\n[t]\n"""\nb = 2', {("a",): 1, ("b",): 5}),
        ("a = [\n  {b = 1},\n]\nc = 2", {("a",): 1, ("c",): 4}),
    ],
)
def test_every_key_and_table_has_its_line(text, lines):
    assert lines_of_keys(text) == lines


def test_an_array_within_an_array_begins_anew_in_each_item():
    text = "[[t]]\n[[t.u]]\n[[t]]\n[[t.u]]\na = 1"
    assert lines_of_keys(text)["t", 1, "u", 0, "a"] == 5


@given(st.text())
def test_no_text_raises_and_every_line_is_in_it(text):
    lines = set(lines_of_keys(text).values())
    assert lines - set(range(1, len(text.splitlines()) + 1)) == set()
