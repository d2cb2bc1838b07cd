"""Small rules about words that several forms of a site share."""

from __future__ import annotations

import pytest

from bibfolio.model.strings import without_stop


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A title.", "A title"),
        ("A title", "A title"),
        ("Why?", "Why?"),
        ("Life in the U.S.", "Life in the U.S."),
        ("And so on...", "And so on..."),
        ("And so on…", "And so on…"),
        (".", ""),
        ("", ""),
    ],
)
def test_one_full_stop_at_the_end_of_a_title_goes(text, shown):
    assert without_stop(text) == shown


def test_a_venue_of_abbreviations_keeps_its_stops():
    names = ["Phys. Rev. Lett.", "Ann. of Ice."]
    assert [without_stop(name, is_name=True) for name in names] == names
    assert without_stop("Conference on Ice.", is_name=True) == "Conference on Ice"
