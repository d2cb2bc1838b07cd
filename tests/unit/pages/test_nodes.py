"""Pieces of pages: rich text, links and enumerations as docutils nodes."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.model import RichText, Span
from bibfolio.pages.nodes import enumeration, formula, inline, link, linked, paragraph, rich

from ..made import text_of


@pytest.mark.parametrize(
    ("style", "class_"),
    [
        ("text", nodes.Text),
        ("emphasis", nodes.emphasis),
        ("strong", nodes.strong),
        ("literal", nodes.literal),
        ("subscript", nodes.subscript),
        ("superscript", nodes.superscript),
        ("math", formula),
    ],
)
def test_every_style_has_its_node(style, class_):
    (node,) = rich(RichText((Span("x < y", style),)))
    assert (type(node), node.astext()) == (class_, "x < y")


def test_the_text_of_a_formula_is_what_it_says():
    (node,) = rich(RichText((Span(r"x \le y", "math", "x ≤ y"),)))
    assert (node.rawsource, node.astext()) == (r"x \le y", "x ≤ y")


def test_a_word_with_accents_is_one_node_so_that_search_finds_it():
    assert rich(RichText.of(Span("M"), Span("ü"), Span("ller"))) == [nodes.Text("Müller")]


@pytest.mark.parametrize("make", [inline, paragraph])
@pytest.mark.parametrize(("names", "classes"), [("a", ["a"]), ("a b", ["a", "b"]), ("", [])])
def test_classes_are_words(make, names, classes):
    node = make(names, "x", nodes.strong("", "y"))
    assert (node["classes"], node.astext(), len(node.children)) == (classes, "xy", 2)


def test_a_link_is_external_and_carries_its_address():
    node = link("text", "https://example.org/?a=1&b=2", "one", "two")
    assert (node["refuri"], node["internal"], node["classes"], node.astext()) == (
        "https://example.org/?a=1&b=2",
        False,
        ["one", "two"],
        "text",
    )


def test_text_is_a_link_only_if_there_is_an_address():
    assert linked("x", "") == nodes.Text("x")
    assert linked("x", "https://example.org/")["refuri"] == "https://example.org/"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "a", "a"], "a, a and a"),
    ],
)
def test_an_enumeration_reads_as_a_sentence_does(items, text):
    assert text_of(enumeration(items)) == text
