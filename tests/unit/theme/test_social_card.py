"""Pictures for link previews: which words stand on them. (They are drawn in tests/build.)"""

from __future__ import annotations

import pytest

from bibfolio.theme.social_card import CardText, page_cards, paper_cards
from bibfolio.library import Library
from bibfolio.model import Affiliation, Profile, Venue

from ..made import paper

PROFILE = Profile("Jane Doe", Affiliation("PKU"), interests=("a", "b"))


def test_every_public_page_has_its_title_and_the_name():
    texts = page_cards(Library(PROFILE), {"cv": "CV", "research/x": "X"}, "index")
    assert texts == {
        "cv": CardText("", "CV", "Jane Doe"),
        "research/x": CardText("", "X", "Jane Doe"),
    }


def test_the_home_page_says_who_where_and_on_what():
    texts = page_cards(Library(PROFILE), {"index": "Welcome"}, "index")
    assert texts == {"index": CardText("PKU", "Jane Doe", "a, b")}


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
    folio = Library(PROFILE, (paper(title="Ditto", **values),))
    assert paper_cards(folio) == {"papers/k": CardText(label, "Ditto", "Jane Doe")}
