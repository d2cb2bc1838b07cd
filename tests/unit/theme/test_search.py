"""The words of the search index: accents do not matter, Chinese and DOIs are found."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model.strings import without_accents
from bibfolio.theme.search import split

from ..table import Table

TABLE = Table(__file__)


def test_accents_and_widths_are_folded_and_text_is_cut_into_words():
    TABLE.holds("accents and widths", without_accents)
    TABLE.holds("words", split)


@given(st.text())
def test_words_have_no_accents_and_no_spaces(text):
    joined = "".join(split(text))
    assert [c for c in joined if unicodedata.category(c).startswith("M") or c.isspace()] == []


@given(st.text("аЯüé李明字𠮷abAB12 ", max_size=12))
def test_what_is_indexed_is_found_by_itself(text):
    for word in split(text):
        assert split(word) == [word]
