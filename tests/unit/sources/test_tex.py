r"""TeX in bibliographies: what readers see is what TeX would print, and nothing is ever raised."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import RichText
from bibfolio.sources import tex

from ..table import Table

TABLE = Table(__file__)


def shown(source: str) -> list[str]:
    """The text, its spans if there are several or some in a style, and what is not understood."""
    decoded = tex.decode(source)
    spans = [f"{span.style}: {span.text!r}" for span in decoded.text.spans]
    if [span.style for span in decoded.text.spans] == ["text"]:
        spans = []
    unknown = [f"unknown: {name}, shown is its {what}" for name, what in decoded.unknown.items()]
    return [decoded.text.plain, *spans, *unknown]


@pytest.mark.parametrize("section", TABLE.sections)
def test_text_is_what_tex_would_print_and_what_is_not_understood_is_told(section):
    TABLE.holds(section, shown)


@pytest.mark.parametrize(
    "opening", ["{", r"\emph{", r"\"{", r"\foo{", r"\href{a}{", "${", r"\ensuremath{\text{"]
)
def test_nesting_does_not_exhaust_the_stack(opening):
    plain = tex.decode(opening * 5000 + "x").text.plain
    assert unicodedata.normalize("NFD", plain).count("x") == 1


TEXISH = st.lists(
    st.one_of(
        st.sampled_from(
            r"""{ } $ \ \emph \textbf \" \' \~ \^ \v \c \H \url \href \foo \i \ss \alpha _ ^ % &
            ~ -- --- `` '' # \& \% \$ \{ \} \\ \, \( \) \mathbf \frac \char \symbol""".split()
        ),
        st.text(max_size=3),
        st.sampled_from([" ", "\n", "a", "Ü", "李", "\u0301"]),
    ),
    max_size=14,
).map("".join)


def controls(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) == "Cc"}


@given(st.one_of(st.text(), TEXISH))
def test_decoding_never_raises_and_invents_no_control_character(source):
    decoded = tex.decode(source)
    assert controls(decoded.text.plain) - controls(source) == set()
    assert controls("".join(span.text for span in decoded.text.spans)) - controls(source) == set()


@given(st.text(st.characters(blacklist_characters="\\${}~-`'", blacklist_categories=["Cs"])))
def test_text_without_tex_is_only_normalised(text):
    assert tex.decode(text) == (RichText.from_plain(unicodedata.normalize("NFC", text)), {})


@given(TEXISH)
def test_decoding_leaves_no_mergeable_neighbours(source):
    styles = [span.style for span in tex.decode(source).text.spans]
    pairs = itertools.pairwise(styles)
    assert [pair for pair in pairs if pair[0] == pair[1] != "math"] == []


@given(st.lists(st.sampled_from('ABC xyz {} {GPU} {\\"u} \\&'.split()), max_size=8).map(" ".join))
def test_capitals_stay_as_written(source):
    written = [char for char in source if char.isupper()]
    assert [char for char in tex.plain(source) if char.isupper()] == written
