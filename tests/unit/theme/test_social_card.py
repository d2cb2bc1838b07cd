"""Pictures for link previews: which words stand on them, and that any words can be drawn."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bibfolio.library import Library
from bibfolio.machines.head import IMAGE_SIZE
from bibfolio.model import Affiliation, Figure, Profile, Venue
from bibfolio.model.colours import PALETTE, with_accent
from bibfolio.model.mark import Dot, as_file
from bibfolio.theme.social_card import CardText, card_text, draw_card
from tests.building import REPOSITORY
from tests.reading import png_size

from ..made import paper
from ..table import Table

TABLE = Table(__file__)

JANE = Library(Profile("Jane Doe", Affiliation("UoX"), interests=("a", "b")))


@pytest.mark.parametrize(
    ("library", "is_home", "words"),
    [
        (JANE, False, CardText("", "Title", "The site")),
        (JANE, True, CardText("UoX", "The site", "a, b")),
        (Library(), True, CardText("", "The site", "")),
    ],
)
def test_a_page_has_its_title_and_the_home_page_says_who_where_and_on_what(library, is_home, words):
    assert card_text(library, "page", "Title", is_home=is_home, name="The site") == words


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"venue": Venue("N", "NSDI 2024"), "date": "2024"}, "NSDI 2024"),
        ({"status": "prepublished", "date": "2024"}, "Preprint"),
        ({"date": "2024-05"}, "2024"),
        ({"type": "article", "venue": Venue("Acta"), "date": "2024-05"}, "Acta, 2024"),
        ({"type": "article", "venue": Venue("Acta", "A 2024"), "date": "2024"}, "A 2024"),
        ({}, ""),
    ],
)
def test_a_paper_says_its_venue_or_else_its_year(values, label):
    library = Library(JANE.profile, (paper(title="Ditto", **values),))
    words = card_text(library, "papers/k", "k", is_home=False, name="Jane Doe")
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


THEME = REPOSITORY / "src" / "bibfolio" / "theme"
DRAWING = (
    '<svg viewBox="0 0 160 100"><g fill="none" stroke="currentColor">'
    '<path class="f" d="M0 0h90v40z"/>'
    '<rect class="b" x="9" y="9" width="90" height="80"/>'
    '<path class="d" d="M0 99h160"/></g></svg>'
)


def test_a_short_title_stands_out_of_the_title_that_begins_with_it():
    def words(line: str) -> list[str]:
        title, short = line.split(" | ")
        library = Library(JANE.profile, (paper(title=title, short_title=short),))
        found = card_text(library, "papers/k", "k", is_home=False, name="Jane Doe")
        return [part for part in (found.title, found.rest) if part]

    TABLE.holds("titles, and short ones", words)


def test_the_drawing_of_a_paper_is_on_its_picture_in_the_colour_of_its_first_topic():
    one = paper(topics=("b", "a"), figure=Figure("f.svg", "A", "A", DRAWING))
    words = card_text(Library(JANE.profile, (one,)), one.page, "k", is_home=False, name="Jane Doe")
    assert (words.drawing, words.topic) == (DRAWING, "2")
    pictures = {draw_card(CardText("", "T", "", "", DRAWING, str(topic))) for topic in range(7)}
    assert len(pictures | {draw_card(CardText("", "T", ""))}) == 8


def test_a_picture_without_a_drawing_has_the_mark_and_all_have_the_colours_of_the_site():
    dots = [Dot("topic-1"), Dot("topic-2"), Dot("topic-1", is_ring=True), Dot("topic-2")]
    violet = with_accent("#5b3f9a")
    text = CardText("L", "T", "")
    with_mark = replace(text, mark=as_file(dots, PALETTE))
    drawn = replace(with_mark, drawing=DRAWING)
    pictures = [text, with_mark, drawn, replace(text, colours=violet)]
    pictures.append(replace(text, mark=as_file(dots, violet)))
    assert len({draw_card(words) for words in pictures}) == len(pictures)
    assert draw_card(drawn) == draw_card(replace(text, drawing=DRAWING))
    assert not re.search(r"#[0-9a-f]{6}", (THEME / "social_card.typ").read_text("utf-8"))


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<g transform="scale(9999)">' * 20 + '<circle r="9999"/>' + "</g>" * 20,
        '<path class="d" d="M' + "-9999 0 9999 0 " * 200 + '"/>',
        '<path d="M.-.,, zz a1"/><rect width="" height="--"/>',
    ],
    ids=["empty", "huge", "dashes", "nonsense"],
)
def test_any_drawing_is_a_picture(inside):
    svg = f'<svg viewBox="0 0 160 100">{inside}</svg>'
    assert png_size(draw_card(CardText("a", "b", "c", "", svg))) == IMAGE_SIZE


def test_a_picture_is_small():
    title = "A Title of Nine Words, as Long as Most Are"
    for drawing in ("", DRAWING):
        words = CardText("NSDI 2024", "Ditto", "Jane Doe", title, drawing)
        assert len(draw_card(words)) < 100_000
