"""Pictures for link previews: which words stand on them, and that any words can be drawn."""

from __future__ import annotations

import pytest

from bibfolio.library import Library
from bibfolio.machines.head import IMAGE_SIZE
from bibfolio.model import Affiliation, Profile, Venue
from bibfolio.theme.social_card import CardText, card_text, draw_card
from tests.reading import png_size

from ..made import paper

JANE = Library(Profile("Jane Doe", Affiliation("UoX"), interests=("a", "b")))


@pytest.mark.parametrize(
    ("library", "is_home", "words"),
    [
        (JANE, False, CardText("", "Title", "Jane Doe")),
        (JANE, True, CardText("UoX", "Jane Doe", "a, b")),
        (Library(), False, CardText("", "Title", "The site")),
        (Library(), True, CardText("", "The site", "")),
    ],
)
def test_a_page_has_its_title_and_the_home_page_says_who_where_and_on_what(library, is_home, words):
    assert card_text(library, "page", "Title", is_home=is_home, site="The site") == words


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"venue": Venue("N", "NSDI 2024"), "date": "2024"}, "NSDI 2024"),
        ({"status": "prepublished", "date": "2024"}, "Preprint"),
        ({"date": "2024-05"}, "2024"),
        ({}, ""),
    ],
)
def test_a_paper_says_its_venue_or_else_its_year(values, label):
    library = Library(JANE.profile, (paper(title="Ditto", **values),))
    words = card_text(library, "papers/k", "k", is_home=False, site="")
    assert words == CardText(label, "Ditto", "Jane Doe · UoX", topic="0")


@pytest.mark.parametrize(
    "title",
    [
        "",
        "向量检索",
        "🚀 1\ufe0f\u20e3",
        "\u200fمرحبا",
        "W" * 500,
        "word " * 300,
        "\0\x85\ufeff\ufffe\n",
        '#panic() $x^2$ *a* _b_ @c <d> `e` // f /* g \\ "h"',
    ],
)
def test_any_words_are_drawn_in_their_size_and_twice_the_same(title):
    words = CardText(title[:30], title, title[:60])
    picture = draw_card(words)
    assert png_size(picture) == IMAGE_SIZE
    assert draw_card(words) == picture


@pytest.mark.parametrize(
    ("one", "other"),
    [("A Title", "Another"), ("*a*", "a"), ("#[a]", "a"), ("検" * 60, "検" * 61)],
    ids=["words", "no markup", "no code", "wrapped, not cut"],
)
def test_other_words_are_another_picture(one, other):
    assert draw_card(CardText("", one, "")) != draw_card(CardText("", other, ""))


def test_a_picture_is_small():
    title = "A Title of Nine Words, as Long as Most Are"
    assert len(draw_card(CardText("NSDI 2024", title, "Jane Doe"))) < 100_000
