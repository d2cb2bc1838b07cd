"""What is said of a paper. (On pages: tests/unit/pages.)"""

from __future__ import annotations

import pytest

from bibfolio.model import (
    Author,
    DateRange,
    Mark,
    PartialDate,
    Venue,
    where_and_when,
)
from bibfolio.model.record import record_of
from bibfolio.model.sentence import sentence_text
from bibfolio.model.wording import (
    authors_line,
    described,
    description,
    in_a_sentence,
    titled,
    venue_line,
)

from ..made import field, paper

NSDI = Venue("Symposium", "NSDI 2024", "NSDI", "", "Santa Clara")
DAYS = Venue("Symposium", dates=DateRange.parse("2024-04-16/2024-04-18"))
TALK = {"type": "inproceedings", "date": "2024"}
TPDS = {"type": "article", "venue": Venue("Transactions", "TPDS 2024", "TPDS")}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"date": "2024"}, "2024."),
        ({"note": "To appear."}, "To appear."),
        (TALK | {"venue": NSDI, "date": ""}, "Symposium, Santa Clara."),
        (TALK | {"venue": NSDI, "pages": "1–9"}, "Symposium, Santa Clara, 2024, pp. 1–9."),
        (TALK | {"venue": DAYS}, "Symposium, April 16–18, 2024."),
        (TPDS | {"volume": "35", "number": "9", "pages": "1–9"}, "Transactions (TPDS), 35(9):1–9."),
        (
            {"eprint": "2504.1", "eprint_class": "cs.LG", "date": "2025-04-22"},
            "arXiv:2504.1 [cs.LG], April 2025.",
        ),
    ],
)
def test_it_reads_as_in_a_list_of_references(values, words):
    assert sentence_text(where_and_when(paper(**values))) == words


CHAPTER = {"type": "incollection", "date": "2020", "venue": Venue("A Handbook")}
ANN, BOB = Author("Jones", "Ann"), Author("Roe", "Bob")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"editors": (ANN,)}, "In Ann Jones, editor, A Handbook, 2020."),
        ({"editors": (ANN, BOB)}, "In Ann Jones and Bob Roe, editors, A Handbook, 2020."),
        (
            {"editors": (ANN,), "more_editors": True},
            "In Ann Jones and others, editors, A Handbook, 2020.",
        ),
        ({"translators": (BOB,)}, "A Handbook, translated by Bob Roe, 2020."),
        ({"edition": "3", "chapter": "4"}, "A Handbook, 3rd edition, chapter 4, 2020."),
        ({"edition": "2. Auflage"}, "A Handbook, 2. Auflage, 2020."),
        ({"series": "Lines", "number": "7"}, "A Handbook, Lines 7, 2020."),
        ({"series": "Lines", "volume": "7"}, "A Handbook, Lines vol. 7, 2020."),
        (
            {"volume": "2", "publisher": "P", "address": "Oslo"},
            "A Handbook, vol. 2, P, Oslo, 2020.",
        ),
        ({"pages": "S-3"}, "A Handbook, 2020, p. S-3."),
        ({"eid": "12"}, "A Handbook, 2020, article 12."),
        ({"language_note": "German"}, "A Handbook, in German, 2020."),
        ({"date_end": PartialDate(2021, 2)}, "A Handbook, 2020 – February 2021."),
        ({"type": "book", "editors": (ANN,)}, "A Handbook, edited by Ann Jones, 2020."),
        ({"type": "software", "version": "2.1"}, "A Handbook, version 2.1, 2020."),
        ({"type": "online", "accessed": PartialDate(2021)}, "A Handbook, 2020, visited on 2021."),
        ({"type": "article", "volume": "3", "eid": "e7"}, "A Handbook, 3:e7, 2020."),
        ({"type": "article", "editors": (ANN,)}, "A Handbook, edited by Ann Jones, 2020."),
    ],
)
def test_it_says_what_else_the_entry_says(values, words):
    assert sentence_text(where_and_when(paper(**CHAPTER | values))) == words


def test_a_patent_says_that_it_is_one_its_number_and_whose():
    source = "author = {Doe, J}, holder = {{Lines Inc.} and Poe, E.}, number = {US1}, year = 2020"
    words = sentence_text(where_and_when(field(source, "patent")[0]))
    assert words == "Patent, US1, Lines Inc., E. Poe, 2020."


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
    assert venue_line(paper(date="2024", **values)) == "J 2024. Journal, 2024. Best Paper."
    assert venue_line(paper()) == ""


LONG = f"It {'really ' * 30}works. Yes."


@pytest.mark.parametrize(
    ("values", "in_lists", "on_its_page", "in_feeds"),
    [
        ({"gist": "G.", "summary": "S. T.", "abstract": "A."}, "G.", "S. T.", "S. T."),
        ({"summary": "S. T.", "abstract": "A."}, "S.", "S. T.", "S. T."),
        ({"summary": LONG}, "", LONG, LONG),
        ({"gist": "G.", "abstract": "A."}, "G.", "G.", "A."),
        ({"gist": "G."}, "G.", "G.", "G."),
        ({"abstract": "A."}, "", "", "A."),
        ({"authors": (ANN,)}, "", "", "A Title, by Ann Jones."),
    ],
)
def test_a_paper_in_short_is_decided_once(values, in_lists, on_its_page, in_feeds):
    known = paper(**values)
    assert (in_a_sentence(known), described(known)) == (in_lists, on_its_page)
    assert description(known) == (on_its_page or titled(known))
    record = record_of(known)
    assert record.summary == in_feeds
    assert record.abstract == (known.abstract or known.summary)  # a gist is no abstract
