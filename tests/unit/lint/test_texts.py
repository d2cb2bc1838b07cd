"""Signs without a backslash, braces without a partner, and what cannot be seen: told in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.texts import TEXTS, invisible_characters, scan

from ..table import Table
from .made import entry, lines, of, said

TABLE = Table(__file__)

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


def test_a_sign_is_told_where_it_stands_or_at_the_field_if_the_value_is_joined():
    TABLE.holds("where a sign is told", lines)


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


def told(text: str) -> list[str]:
    return [f"{p.line}:{p.column} {p.message}" for p in invisible_characters(text)]


def test_characters_are_named_once_and_what_scripts_and_typography_need_is_let_be():
    TABLE.holds("characters that cannot be seen", told)
