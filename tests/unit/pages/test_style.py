"""The pybtex style: formatted entries draw themselves, can be pickled and read as plain text."""

from __future__ import annotations

import pickle

import pytest
from pybtex.backends.plaintext import Backend as PlainText
from pybtex_docutils import Backend as Docutils

from bibfolio.model import Author
from bibfolio.pages.style import Card, Style
from bibfolio.sources.bibliography import parse_bibliography

from ..made import OWNER, paper

BIB = """
@misc{old, title = {Old}, year = 2020}
@misc{undated, title = {Undated}}
@misc{new, title = {New}, year = 2024, month = jan}
@misc{newer, title = {Newer}, year = 2024, month = dec}
"""


def test_docutils_gets_the_parts_of_the_card_with_spaces_between_them():
    card = Card(paper("k", "2024", title="A", authors=(Author("Doe", "Jane"),)))
    assert "".join(node.astext() for node in card.render(Docutils())) == "A Jane Doe 2024."


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (
            {"authors": (Author("Jay", "Chip"), Author("李", "明")), "date": "2024"},
            "Chip Jay, 李明. Ditto. 2024.",
        ),
        ({"date": "2024-04"}, "Ditto. April 2024."),
        ({"status": "prepublished"}, "Ditto. Preprint"),
        ({}, "Ditto."),
    ],
)
def test_other_backends_get_one_line_of_text(values, text):
    subject = Card(paper(title="Ditto", **values))
    assert subject.render(PlainText()) == str(subject) == text


@pytest.mark.parametrize("values", [{}, {"status": "prepublished"}])
def test_the_line_of_text_does_not_end_in_a_space(values):
    text = str(Card(paper(title="Ditto", **values)))
    assert text == text.rstrip()


def test_a_card_survives_the_pickle_of_the_environment():
    subject = Card(paper("k", title="Ditto", date="2024"))
    assert pickle.loads(pickle.dumps(subject)) == subject


def test_cards_are_equal_if_their_papers_are():
    assert Card(paper("a")) == Card(paper("a"))
    assert hash(Card(paper("a"))) == hash(Card(paper("a")))
    assert Card(paper("a")) != Card(paper("b"))
    assert Card(paper("a")) != "a"


def test_a_card_is_text_to_pybtex():
    subject = Card(paper(title="Ditto", date="2024"))
    assert (len(subject), "tto" in subject, "x" in subject, subject[:5], subject[0]) == (
        12,
        True,
        False,
        "Ditto",
        "D",
    )


def test_the_newest_year_comes_first_and_labels_are_keys():
    entries = parse_bibliography(BIB, OWNER).entries
    formatted = list(Style().format_bibliography(entries, list(entries.entries)))
    assert [(entry.key, entry.label) for entry in formatted] == [
        ("new", "new"),
        ("newer", "newer"),
        ("old", "old"),
        ("undated", "undated"),
    ]
    assert next(str(entry.text) for entry in formatted) == "New. January 2024."


def test_the_style_formats_only_what_is_cited():
    entries = parse_bibliography(BIB, OWNER).entries
    assert [entry.key for entry in Style().format_bibliography(entries, ["old"])] == ["old"]


def test_the_style_needs_to_know_no_type():
    entries = parse_bibliography("@thing{k, title = {A}, year = 2024}").entries
    assert [str(e.text) for e in Style().format_bibliography(entries, ["k"])] == ["A. 2024."]
