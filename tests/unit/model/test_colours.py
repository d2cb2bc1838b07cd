"""Colours that are made from an accent: what it may be, and that no two topics look alike."""

from __future__ import annotations

import pytest

from bibfolio.model.colours import PALETTE, Colour, accent_mistake, with_accent

from ..table import Table

TABLE = Table(__file__)
WINE = PALETTE.accent


def test_an_accent_that_is_no_colour_or_cannot_be_read_is_told_and_its_contrast_named():
    TABLE.holds("mistakes", accent_mistake)


def test_an_accent_is_the_colour_of_links_and_of_the_first_topic_with_tones_made_for_it():
    def shown(accent: str) -> list[str]:
        made = with_accent(accent)
        assert made.accent == made.topics[0]
        wine = [n for n, topic in enumerate(made.topics, start=1) if topic == WINE]
        pairs = (f"{one.light} {one.dark}" for one in (made.accent, made.underline))
        return [*pairs, f"wine: {wine}"]

    TABLE.holds("tones", shown)


@pytest.mark.parametrize("accent", ["", "purple", "#8C1D2F"])
def test_without_an_accent_the_colours_are_ours(accent):
    assert with_accent(accent) is PALETTE


def test_only_a_topic_that_looks_like_the_accent_takes_another_colour():
    made = with_accent("#5b3f9a")
    assert made.topics[0].light == "#5b3f9a"
    assert made.topics[1:] == (*PALETTE.topics[1:4], WINE, PALETTE.topics[5])
    assert len({topic.light for topic in made.topics}) == len(PALETTE.topics)
    assert isinstance(made.underline, Colour)
    assert made.paper == PALETTE.paper
