"""A sentence that cites: where it begins and ends, how long it may be, and whom it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Author, Paper, PartialDate, RichText
from bibfolio.model.quotation import citation_in_text, citation_labels, sentence_at
from bibfolio.model.sentence import Phrase, with_names

from ..table import Table

TABLE = Table(__file__)


def quoted(line: str) -> str:
    before, sentence, after = line.split(" / ")
    text, place = before + sentence.replace("|", "") + after, len(before) + sentence.index("|")
    return sentence_at(text, place)


def test_a_sentence_ends_where_another_begins():
    TABLE.holds("sentences at the bar, between others", quoted)


@pytest.mark.parametrize("text", ["", ".", "  \n", "… – !"])
def test_without_a_word_nothing_is_quoted(text):
    assert sentence_at(text, 0) == ""


@given(st.text(alphabet="ab .A?。\n", max_size=600), st.integers(0, 600))
def test_what_is_quoted_is_in_the_text_and_short(text, place):
    found = sentence_at(text, place)
    assert len(found) <= 240
    assert found.removesuffix("…") in " ".join(text.split())


def test_a_long_sentence_is_cut_at_a_word():
    words = [f"w{n}" for n in range(200)]
    quoted = sentence_at(" ".join(words), 900)
    assert quoted.endswith("…")
    assert quoted[:-1].split() == words[: len(quoted.split())]
    assert 230 < len(quoted) <= 240
    assert sentence_at("字" * 300, 0) == "字" * 239 + "…"


def paper(*families: str, et_al: bool = False) -> Paper:
    authors = tuple(Author(family) for family in families)
    title = RichText.from_plain("On Words")
    return Paper("k", "k", "misc", title, authors=authors, et_al=et_al, date=PartialDate(2021))


@pytest.mark.parametrize(
    ("cited", "names"),
    [
        (paper("Doe"), "Doe"),
        (paper("Doe", "Poe"), "Doe and Poe"),
        (paper("Doe", "Poe", "Roe"), "Doe et al."),
        (paper("Doe", et_al=True), "Doe et al."),
        (paper("Li [x]", "Doe]"), "Li [x] and Doe]"),
        (paper(), "On Words"),
    ],
)
def test_in_a_sentence_a_citation_is_names_and_year(cited, names):
    for role in ("t", "ts", "ct", "cts"):
        assert citation_in_text(cited, role) == f"{names} [2021]"
    (named,) = with_names((Phrase("", key="k", role="p"),), {"k": cited})
    assert named.text == f"[{names}, 2021]"
    assert citation_in_text(cited, "authors") == names
    assert [citation_in_text(cited, role) for role in ("p", "ps", "cite", "label", "alp")] == [
        ""
    ] * 5


def test_labels_are_what_the_text_says_and_no_two_are_the_same():
    keys = [f"k{number}" for number in range(30)]
    many = [replace(paper("Doe"), key=key) for key in keys]
    labels = citation_labels([replace(paper("Doe", "Poe"), key="other"), *many])
    assert labels["other"] == "Doe and Poe, 2021"
    # Papers are listed newest first: the oldest keeps its letter when another comes.
    assert (labels["k29"], labels["k28"], labels["k0"]) == (
        "Doe, 2021a",
        "Doe, 2021b",
        "Doe, 2021-30",
    )
    assert len(set(labels.values())) == 31
