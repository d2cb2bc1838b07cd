"""What is said of a person and of a paper. (On pages: tests/unit/pages.)"""

from __future__ import annotations

import dataclasses

import pytest

from bibfolio.model import (
    Advisor,
    Affiliation,
    Author,
    DateRange,
    Mark,
    Profile,
    Venue,
    cv_document,
    where_and_when,
    wording,
)
from bibfolio.model.wording import Phrase, authors_line, sentence_text, venue_line

from ..made import BARE, FULL, paper


def test_the_head_says_what_where_and_advised_by_whom():
    assert [sentence_text(line) for line in wording.head(FULL)] == [
        "Second-year student",
        "Systems, School of CS, UoX",
        "Advised by Prof. Edgar Poe",
    ]
    assert [sentence_text(line) for line in wording.head(BARE)] == ["UoX"]


def test_of_nobody_nothing_is_said():
    nobody = Profile()
    assert (wording.head(nobody), wording.contacts(nobody), wording.interests(nobody)) == ((),) * 3
    assert cv_document(nobody, [], str, str).sections == ()
    assert (nobody.names, nobody.initials) == (frozenset(), "")


def test_contacts_are_labelled_and_addresses_are_short():
    assert [(label, phrase.text) for label, phrase in wording.contacts(FULL)] == [
        ("Location", "Oslo"),
        ("E-mail", "jane (at) example (dot) org"),
        ("Website", "jane.example"),
        ("GitHub", "jane"),
        ("Mastodon", "a.b/@c"),
    ]
    assert wording.contacts(BARE) == ()


@pytest.mark.parametrize(
    ("interests", "focus", "said"),
    [
        ((), "", []),
        (("a", "b"), "", ["A, b."]),
        ((), "the c", ["Current focus: the c."]),
        (("a",), "why?", ["A.", "Current focus: why?"]),
    ],
)
def test_interests_are_whole_sentences(interests, focus, said):
    profile = dataclasses.replace(BARE, interests=interests, focus=focus)
    assert [sentence_text(line) for line in wording.interests(profile)] == said


@pytest.mark.parametrize("words", ["", "A", "A and B", "A, B and C", "A, B, C and D"])
def test_people_are_enumerated(words):
    people = [Phrase(name) for name in "ABCD" if name in words]
    assert sentence_text(wording.enumerated(people)) == words


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://example.org/", "example.org"),
        ("http://example.org/~a/b", "example.org/~a/b"),
        ("janedoe", "janedoe"),
        ("0000-0001", "0000-0001"),
    ],
)
def test_an_address_without_what_goes_without_saying(url, short):
    assert wording.short_url(url) == short


def test_an_advisor_s_page_is_kept():
    profile = Profile("J", Affiliation("I"), advisor=Advisor("E", "https://e.example/"))
    assert Phrase("E", "https://e.example/") in wording.head(profile)[-1]


# -- papers in a list of references (for every type: tests/unit/pages/test_cards.py) -------------

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
    assert where_and_when(paper(**values)) == words


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
