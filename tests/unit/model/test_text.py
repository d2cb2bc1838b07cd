"""Spans: neighbours of one style are one node, and every span can be said without style."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import RichText, Span

STYLES = ["text", "emphasis", "strong", "literal", "subscript", "superscript", "math"]
SPANS = st.lists(st.builds(Span, st.text(max_size=5), st.sampled_from(STYLES)), max_size=8)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ([], []),
        ([Span("")], []),
        ([Span("M"), Span("ü"), Span("ller")], [Span("Müller")]),
        ([Span("a"), Span(""), Span("b")], [Span("ab")]),
        ([Span("a", "emphasis"), Span("b", "emphasis")], [Span("ab", "emphasis")]),
        ([Span("a"), Span("b", "strong"), Span("c")], [Span("a"), Span("b", "strong"), Span("c")]),
        (
            [Span("x", "math", "x"), Span("y", "math", "y")],
            [Span("x", "math", "x"), Span("y", "math", "y")],
        ),
    ],
)
def test_neighbours_of_one_style_are_merged(given_, kept):
    assert RichText.of(*given_).spans == tuple(kept)


@pytest.mark.parametrize("text", ["", " ", "A <b>"])
def test_plain_text_is_one_span_and_no_text_is_none(text):
    assert RichText.from_plain(text).spans == ((Span(text),) if text else ())
    assert bool(RichText.from_plain(text)) is bool(text)


def test_plain_says_a_formula_in_words():
    text = RichText.of(Span("About "), Span(r"\alpha", "math", "α"), Span("!"))
    assert text.plain == "About α!"


def test_a_formula_without_words_says_its_source():
    assert RichText.of(Span(r"\le", "math")).plain == r"\le"


@given(SPANS)
def test_merging_loses_no_character(spans):
    merged = RichText.of(*spans)
    assert "".join(span.text for span in merged.spans) == "".join(span.text for span in spans)


@given(SPANS)
def test_merging_leaves_no_mergeable_neighbours(spans):
    merged = RichText.of(*spans).spans
    pairs = itertools.pairwise(merged)
    assert [a for a, b in pairs if a.style == b.style != "math"] == []
