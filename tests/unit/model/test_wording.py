"""What is said of a paper. (Where it appeared, and on pages: tests/unit/pages/test_cards.py.)"""

from __future__ import annotations

import pytest

from bibfolio.model import (
    Author,
    Mark,
    RichText,
    Venue,
)
from bibfolio.model.record import record_of
from bibfolio.model.wording import (
    authors_line,
    described,
    description,
    in_a_sentence,
    titled,
    venue_line,
)

from ..made import paper

ANN, BOB = Author("Jones", "Ann"), Author("Roe", "Bob")


def test_who_edited_a_book_is_called_its_editor():
    values = {"type": "book", "is_edited": True}
    assert authors_line(paper(authors=(ANN,), **values)) == "Ann Jones, editor"
    assert authors_line(paper(authors=(ANN, BOB), **values)) == "Ann Jones, Bob Roe, editors"
    line = authors_line(paper(authors=(ANN,), et_al=True, **values))
    assert line == "Ann Jones, et al., editors"


def test_authors_carry_their_marks_and_a_legend():
    marks = (Mark("*", "Equal contribution"), Mark("†", "Advisor"))
    authors = (Author("Poe", "E.", marks=marks), Author("Doe", "Jane", marks=marks[:1]))
    assert authors_line(paper(authors=authors)) == (
        "E. Poe*†, Jane Doe* (* Equal contribution; † Advisor)"
    )
    assert authors_line(paper(authors=authors[:1], et_al=True)).startswith("E. Poe*†, et al.")


def test_a_venue_ends_each_part_with_a_full_stop():
    values = {"type": "article", "venue": Venue("Journal", "J 2024"), "award": "Best Paper"}
    assert venue_line(paper(date="2024", **values)) == "J 2024. Journal. Best Paper."
    assert venue_line(paper()) == ""


ABSTRACT = RichText.from_plain("A.")
LONG = f"It {'really ' * 30}works. Yes."


@pytest.mark.parametrize(
    ("values", "in_lists", "on_its_page", "in_feeds"),
    [
        (
            {"gist": "G.", "summary": "S. T.", "abstract": ABSTRACT},
            "G.",
            "S. T.",
            "S. T.",
        ),
        ({"summary": "S. T.", "abstract": ABSTRACT}, "S.", "S. T.", "S. T."),
        ({"summary": "是。不是。"}, "是。", "是。不是。", "是。不是。"),
        ({"summary": LONG}, "", LONG, LONG),
        ({"gist": "G.", "abstract": ABSTRACT}, "G.", "G.", "A."),
        ({"gist": "G."}, "G.", "G.", "G."),
        ({"abstract": ABSTRACT}, "", "", "A."),
        ({"authors": (ANN,)}, "", "", "A Title, by Ann Jones."),
    ],
)
def test_a_paper_in_short_is_decided_once(values, in_lists, on_its_page, in_feeds):
    known = paper(**values)
    assert (in_a_sentence(known), described(known)) == (in_lists, on_its_page)
    assert description(known) == (on_its_page or titled(known))
    record = record_of(known)
    assert record.summary == in_feeds
    assert record.abstract == (known.abstract.plain or known.summary)  # a gist is no abstract
