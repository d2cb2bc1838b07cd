"""What is said of the person, line by line. (Lists on pages: tests/unit/pages/test_profile.py.)"""

from __future__ import annotations

import dataclasses

import pytest

from bibfolio.model import Advisor, Affiliation, Profile, wording

from ..cv.made import BARE, FULL


def test_the_head_says_what_where_and_advised_by_whom():
    assert [lines.plain(line) for line in lines.head(FULL)] == [
        "Second-year student",
        "Systems, School of CS, PKU",
        "Advised by Prof. Edgar Poe",
    ]
    assert [lines.plain(line) for line in lines.head(BARE)] == ["PKU"]


def test_contacts_are_labelled_and_addresses_are_short():
    assert [(label, words.text) for label, words in lines.contacts(FULL)] == [
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
    assert [lines.plain(line) for line in lines.interests(profile)] == said


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "A"), (2, "A and B"), (3, "A, B and C")],
)
def test_people_are_enumerated(count, words):
    people = [lines.Words(name) for name in "ABC"[:count]]
    assert lines.plain(lines.enumerated(people)) == words


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
    assert lines.bare(url) == short


def test_an_advisor_s_page_is_kept():
    profile = Profile("J", Affiliation("I"), advisor=Advisor("E", "https://e.example/"))
    assert lines.Words("E", "https://e.example/") in lines.head(profile)[-1]
