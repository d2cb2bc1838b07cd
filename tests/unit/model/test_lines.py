"""What is said of the person, and of each item of a table. (On pages: tests/unit/pages.)"""

from __future__ import annotations

import dataclasses

import pytest

from bibfolio.model import Advisor, Affiliation, PartialDate, Profile, cv_document, lines
from bibfolio.model.sentence import Phrase, enumerated, sentence_text

from ..made import BARE, FULL


def test_the_head_says_what_where_and_advised_by_whom():
    assert [sentence_text(line) for line in lines.head(FULL)] == [
        "Second-year student",
        "Systems, School of CS, UoX",
        "Advised by Prof. Edgar Poe",
    ]
    assert [sentence_text(line) for line in lines.head(BARE)] == ["UoX"]
    head = lines.head(dataclasses.replace(FULL, position="head of Systems"))
    assert [sentence_text(line) for line in head[:2]] == ["Head of Systems", "School of CS, UoX"]


def test_of_nobody_nothing_is_said():
    nobody = Profile()
    assert (lines.head(nobody), lines.contacts(nobody), lines.interests(nobody)) == ((),) * 3
    assert cv_document(nobody, nobody.cv, [], str, str).sections == ()
    assert nobody.names == frozenset()


def test_contacts_are_labelled_and_addresses_are_short():
    assert [(label, phrase.text) for label, phrase in lines.contacts(FULL)] == [
        ("Location", "Oslo"),
        ("E-mail", "jane (at) example (dot) org"),
        ("Website", "jane.example"),
        ("GitHub", "jane"),
        ("Mastodon", "a.b/@c"),
    ]
    assert lines.contacts(BARE) == ()


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
    assert [sentence_text(line) for line in lines.interests(profile)] == said


@pytest.mark.parametrize("words", ["", "A", "A and B", "A, B and C", "A, B, C and D"])
def test_people_are_enumerated(words):
    people = [Phrase(name) for name in "ABCD" if name in words]
    assert sentence_text(enumerated(people)) == words


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
    assert lines.short_url(url) == short


def test_a_time_within_one_year_or_month_is_said_once():
    assert lines.period(PartialDate(2014), PartialDate(2014)) == "2014"
    assert lines.period(PartialDate(2014, 5), PartialDate(2014, 5, 9)) == "May 2014"
    assert lines.period(PartialDate(2014), PartialDate(2014, 5)) == "2014 – May 2014"
    assert lines.period(PartialDate(2014), None, open_end=True) == "since 2014"


def test_an_advisor_s_page_is_kept():
    profile = Profile("J", Affiliation("I"), advisor=Advisor("E", "https://e.example/"))
    assert Phrase("E", "https://e.example/") in lines.head(profile)[-1]
