"""The pybtex style: formatted entries draw themselves, can be pickled and read as plain text."""

from __future__ import annotations

import pickle

import pytest
from pybtex.backends.plaintext import Backend as PlainText
from pybtex_docutils import Backend as Docutils

from bibfolio.model import Author, Link
from bibfolio.pages.style import Reference, Style
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.pybtex_entries import read_entry, with_inherited_fields

from ..made import OWNER, paper

BIB = """
@misc{old, title = {Old}, year = 2020}
@misc{undated, title = {Undated}}
@misc{new, title = {New}, year = 2024, month = jan}
@misc{newer, title = {Newer}, year = 2024, month = dec}
"""


def entries_of(text: str):
    """The entries as the style gets them."""
    read = parse_bibliography(text, OWNER)
    raw = read.entries
    return [
        with_inherited_fields(read_entry(raw[p.key], p.key), p, raw[p.key]) for p in read.papers
    ]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"authors": (Author("Doe", "Jane"),), "date": "2024"}, "Jane Doe. A Title. 2024."),
        ({"title": "Why?", "authors": (Author("Doe", "Jr."),)}, "Jr. Doe. Why?"),
        (
            {
                "doi": "10.1/x",
                "links": (Link("doi", "https://doi.org/10.1/x"), Link("pdf", "a.pdf")),
            },
            "A Title. doi:10.1/x PDF",
        ),
        ({}, "A Title."),
    ],
)
def test_docutils_gets_a_reference_whose_parts_are_sentences(values, text):
    nodes = Reference(paper(**values)).render(Docutils())
    assert "".join(node.astext() for node in nodes) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (
            {"authors": (Author("Jay", "Chip"), Author("李", "明")), "date": "2024"},
            "Chip Jay, 李明. Ditto. 2024.",
        ),
        ({"date": "2024-04"}, "Ditto. April 2024."),
        ({"status": "prepublished"}, "Ditto. Preprint."),
        ({}, "Ditto."),
    ],
)
def test_other_backends_get_one_line_of_text(values, text):
    subject = Reference(paper(title="Ditto", **values))
    assert subject.render(PlainText()) == str(subject) == text


@pytest.mark.parametrize("values", [{}, {"status": "prepublished"}])
def test_the_line_of_text_does_not_end_in_a_space(values):
    text = str(Reference(paper(title="Ditto", **values)))
    assert text == text.rstrip()


def test_a_reference_survives_the_pickle_of_the_environment():
    subject = Reference(paper("k", title="Ditto", date="2024"))
    assert pickle.loads(pickle.dumps(subject)) == subject


def test_references_are_equal_if_their_papers_are():
    assert Reference(paper("a")) == Reference(paper("a"))
    assert hash(Reference(paper("a"))) == hash(Reference(paper("a")))
    assert Reference(paper("a")) != Reference(paper("b"))
    assert Reference(paper("a")) != "a"


def test_a_reference_is_text_to_pybtex():
    subject = Reference(paper(title="Ditto", date="2024"))
    assert (len(subject), "tto" in subject, "x" in subject, subject[:5], subject[0]) == (
        12,
        True,
        False,
        "Ditto",
        "D",
    )


def test_the_newest_year_comes_first_and_labels_are_keys():
    formatted = list(Style().format_entries(entries_of(BIB)))
    assert [(entry.key, entry.label) for entry in formatted] == [
        ("new", "new"),
        ("newer", "newer"),
        ("old", "old"),
        ("undated", "undated"),
    ]
    assert next(str(entry.text) for entry in formatted) == "New. January 2024."


def test_the_style_needs_to_know_no_type():
    entries = entries_of("@thing{k, title = {A}, year = 2024}")
    assert [str(entry.text) for entry in Style().format_entries(entries)] == ["A. 2024."]
