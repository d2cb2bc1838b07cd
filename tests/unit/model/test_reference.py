"""Where and when a paper appeared, in words. (For every type: tests/unit/pages/test_cards.py.)"""

from __future__ import annotations

import pytest

from bibfolio.model import Author, DateRange, Mark, Venue, where_and_when
from bibfolio.model.reference import authors_line, venue_line

from ..made import paper

NSDI = Venue("Symposium", "NSDI 2024", "NSDI", "", "Santa Clara")
TPDS = Venue("Transactions", "TPDS 2024", "TPDS")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"date": "2024"}, "2024."),
        ({"note": "To appear."}, "To appear."),
        ({"type": "inproceedings", "venue": NSDI}, "Symposium, Santa Clara."),
        (
            {"type": "inproceedings", "venue": NSDI, "date": "2024", "pages": "1–9"},
            "Symposium, Santa Clara, 2024, pp. 1–9.",
        ),
        (
            {"type": "article", "venue": TPDS, "volume": "35", "number": "9", "pages": "1–9"},
            "Transactions (TPDS), 35(9):1–9.",
        ),
        (
            {"eprint": "2504.1", "eprint_class": "cs.LG", "date": "2025-04-22"},
            "arXiv:2504.1 [cs.LG], April 2025.",
        ),
    ],
)
def test_it_reads_as_in_a_list_of_references(values, words):
    assert where_and_when(paper(**values)) == words


def test_a_conference_says_its_days():
    venue = Venue("Symposium", dates=DateRange.parse("2024-04-16/2024-04-18"))
    assert where_and_when(paper(type="inproceedings", venue=venue, date="2024")) == (
        "Symposium, April 16–18, 2024."
    )


def test_authors_carry_their_marks_and_a_legend():
    marks = (Mark("*", "Equal contribution"), Mark("†", "Advisor"))
    authors = (Author("Poe", "E.", marks=marks), Author("Doe", "Jane", marks=marks[:1]))
    assert authors_line(paper(authors=authors)) == (
        "E. Poe*†, Jane Doe* (* Equal contribution; † Advisor)"
    )
    assert authors_line(paper(authors=authors[:1], et_al=True)).startswith("E. Poe*†, et al.")


def test_a_venue_ends_each_part_with_a_full_stop():
    values = {"type": "article", "venue": Venue("Journal", "J 2024"), "award": "Best Paper"}
    assert venue_line(paper(date="2024", **values)) == "J 2024. Journal, 2024. Best Paper."
    assert venue_line(paper()) == ""
