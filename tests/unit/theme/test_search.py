"""The words of the search index: accents do not matter, Chinese and DOIs are found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model.strings import without_accents
from bibfolio.theme.search import split


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "Muller"),
        ("Nguyễn", "Nguyen"),
        ("Ａ１", "A1"),
        ("李明", "李明"),
        ("ﬁ", "fi"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("Weißæ", "Weissae"),
    ],
)
def test_accents_and_widths_are_folded(text, folded):
    assert without_accents(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fast LLM serving", ["Fast", "LLM", "serving"]),
        ("Müller's", ["Muller", "s"]),
        ("李", ["李"]),
        ("李明", ["李明"]),
        ("分布式系统", ["分布", "布式", "式系", "系统"]),
        ("𠮷野家", ["𠮷野", "野家"]),  # its first character is beyond the Basic Multilingual Plane
        ("GPU集群", ["GPU", "集群"]),
        ("doi 10.1145/3767295.3769325.", ["doi", "10.1145/3767295.3769325"]),
        ("arXiv:2404.12457v2", ["arXiv", "2404.12457", "v2"]),
        ("MegaScale-MoE", ["MegaScale", "MoE"]),
        ("snake_case", ["snake_case"]),
        ("NSDI 2024, pp. 167-2183", ["NSDI", "y2024", "pp", "167", "2183"]),
        ("", []),
        (" ,.;! ", []),
    ],
)
def test_text_is_cut_into_words(text, words):
    assert split(text) == words


@given(st.text())
def test_words_have_no_accents_and_no_spaces(text):
    joined = "".join(split(text))
    assert [c for c in joined if unicodedata.category(c).startswith("M") or c.isspace()] == []


@given(st.text("аЯüé李明字𠮷abAB12 ", max_size=12))
def test_what_is_indexed_is_found_by_itself(text):
    for word in split(text):
        assert split(word) == [word]
