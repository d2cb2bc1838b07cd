"""A sheet is reduced again if, and only if, something has changed that decides about it."""

from __future__ import annotations

import pytest

from bibfolio.assets.lean import reduce
from bibfolio.assets.reduced import reduced
from bibfolio.assets.used import Used
from tests.work import calls_of, name_of

SHEET = """
p { color: var(--a) }
:root { --a: red; --b: blue }
.x .y { left: 0 }
.z, em:is(.x, #here) { top: 0 }
.a\\.b { margin: 0 }
"""
USED = Used(frozenset({"p", "html"}), frozenset({"x", "y"}))


def is_made(sheet: str, used: Used, memory) -> bool:
    """Whether this takes a reduction; the result is right in any case."""
    with calls_of({reduce: lambda _: "sheet"}) as found:
        text = reduced(sheet, used, memory)
    assert text == reduce(sheet, used)
    return bool(found[name_of(reduce)])


def with_words(*words: str) -> Used:
    return Used(USED.tags, USED.words.union(words))


def test_the_same_is_not_made_twice(tmp_path):
    assert is_made(SHEET, USED, tmp_path / "m")
    assert not is_made(SHEET, USED, tmp_path / "m")


def test_names_that_no_rule_is_about_do_not_count(tmp_path):
    reduced(SHEET, USED, tmp_path / "m")
    assert not is_made(SHEET, with_words("another", "heading"), tmp_path / "m")


@pytest.mark.parametrize(
    "used",
    [
        with_words("z"),
        with_words("a.b"),
        with_words("--b"),
        Used(USED.tags, frozenset({"y"})),
        Used(USED.tags, frozenset()),
        Used(frozenset({"html"}), USED.words),
        Used(USED.tags | {"em"}, USED.words),
    ],
)
def test_a_name_that_decides_counts(tmp_path, used):
    reduced(SHEET, USED, tmp_path / "m")
    assert is_made(SHEET, used, tmp_path / "m")
    assert is_made(SHEET, USED, tmp_path / "m")


def test_another_sheet_is_reduced(tmp_path):
    reduced(SHEET, USED, tmp_path / "m")
    assert is_made(SHEET + "p { top: 0 }", USED, tmp_path / "m")


@pytest.mark.parametrize("data", [b"", b"no JSON", b"\xff", b"[]", b"null", b"{}", b"[" * 100_000])
def test_a_memory_that_cannot_be_read_counts_as_none(tmp_path, data):
    (tmp_path / "m").write_bytes(data)
    assert is_made(SHEET, USED, tmp_path / "m")
    assert not is_made(SHEET, USED, tmp_path / "m")
