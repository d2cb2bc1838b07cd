"""Inline Markdown of the profile: emphasis, code, links and papers; what else there is, is text."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model.sentence import sentence_text
from bibfolio.sources.prose import ProseError, sentence

from ..made import short
from ..table import Table

TABLE = Table(__file__)


def phrases(text: str) -> list[str]:
    """What a text becomes, phrase by phrase, or what is told of it."""
    try:
        return [short(phrase) for phrase in sentence(text)]
    except ProseError as error:
        return [f"ProseError: {error}"]


def test_a_sentence_is_what_its_markdown_says_and_what_it_has_no_place_for_is_told():
    TABLE.holds("sentences", phrases)


@given(st.text("ab1 *_`[](){}<>:/&;#!\\\n\"'é", max_size=40))
def test_any_text_becomes_phrases_whose_links_lead_to_sites_or_below_this_one(text):
    with contextlib.suppress(ProseError):
        found = sentence(text)
        local = [p.page or p.url for p in found if p.url[:7] not in {"http://", "https:/"}]
        assert [path for path in local if path[:1] == "/" or {":", "\\"} & {*path}] == []
        assert [path for path in local if ".." in path.split("/")] == []
        assert len(sentence_text(found)) <= len(text)


@pytest.mark.parametrize("piece", ["[", "*", "`", "{", "a", "_", "<", "![", "[a](", "**a*b_c", "&"])
def test_a_long_text_is_read_at_once(piece):
    with contextlib.suppress(ProseError):
        sentence(piece * (10_000 // len(piece)))
