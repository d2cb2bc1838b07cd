"""Unified diffs: as difflib makes them, for any number of changed lines."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.lint.patch import unified


def test_a_change_stands_between_three_lines_each():
    before = "".join(f"{number}\n" for number in range(1, 13))
    after = before.replace("6\n", "six\n")
    assert list(unified(before, after, "refs.bib")) == [
        *("--- refs.bib", "+++ refs.bib", "@@ -3,7 +3,7 @@"),
        *(" 3", " 4", " 5", "-6", "+six", " 7", " 8", " 9"),
    ]


def test_equal_texts_have_no_diff():
    assert list(unified("a\nb\n", "a\nb\n", "x")) == []


def test_lines_are_only_changed():
    with pytest.raises(ValueError, match="shorter"):
        list(unified("a\nb\n", "a\n", "x"))


@given(st.lists(st.tuples(st.sampled_from("ab "), st.booleans()), max_size=40), st.booleans())
def test_it_is_what_difflib_says_where_lines_are_distinct(lines, ends):
    old = [f"{number}{text}" for number, (text, _) in enumerate(lines)]
    new = [line + "!" * changed for line, (_, changed) in zip(old, lines, strict=True)]
    end = "\n" if ends and lines else ""
    before, after = "\n".join(old) + end, "\n".join(new) + end
    expected = difflib.unified_diff(old, new, "x", "x", lineterm="")
    found = [line for line in unified(before, after, "x") if not line.startswith("\\")]
    found = [line.replace("\n\\ No newline at end of file", "") for line in found]
    # difflib leaves out the 1 of a part of one line.
    assert found == [line.replace("-1 +1 @@", "-1,1 +1,1 @@") for line in expected]


def test_a_last_line_without_an_end_is_marked():
    assert list(unified("a", "b", "x"))[3:] == [
        "-a\n\\ No newline at end of file",
        "+b\n\\ No newline at end of file",
    ]
