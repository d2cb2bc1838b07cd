"""Which spellings can be one person's: accents, case, initials; but never two given names."""

from __future__ import annotations

import pytest

from bibfolio.lint.spelling import fold, spelling_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("O'Brien-Ruíz", "obrienruiz"),
        ("Łukasz Øster", "lukaszoster"),
        ("Æther Œuvre ß", "aetheroeuvress"),
        ("Nguyễn", "nguyen"),
        ("İstanbul ı", "istanbuli"),
        ("ＡＢ１", "ab1"),
        ("李 明", "李明"),
    ],
)
def test_folding_leaves_letters_and_digits(text, folded):
    assert fold(text) == folded


def spelling(name: str):
    found = spelling_of(name)
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ann Roe", "Roe, Ann"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("M{\\\"u}ller, Zo{\\'e}", "Müller, Zoé"),
        ("李, 明", "李明"),
        ("{OpenAI}", "OpenAI"),
    ],
)
def test_a_spelling_is_written_as_in_a_bibliography(name, text):
    assert spelling(name).text == text


@pytest.mark.parametrize("name", ["", "A, B, C, D", "and"])
def test_what_is_no_name_has_no_spelling(name):
    assert spelling_of(name) is None or spelling_of(name).text


SAME = [
    ("Roe, Ann", "ROE, Ann"),
    ("Roe, Ann", "Roe, A."),
    ("Roe, Ann", "Roe, A. B."),
    ("Roe, Ann B.", "Roe, Ann"),
    ("Roe, Ann Beth", "Roe, A. B."),
    ("Roe, Ann Beth", "Roe, AB"),
    ("Roe, Ann Beth", "Roe, A."),
    ("Roe, A.B.", "Roe, A. B."),
    ("Müller, Zoë", "Muller, Zoe"),
    ("Müller, Zoë", "Mueller, Zoe"),
    ("Li, Xiao-Ming", "Li, Xiaoming"),
    ("Li, Xiao Ming", "Li, X.-M."),
    ("van Gogh, Vincent", "Van Gogh, Vincent"),
    ("O'Brien, Pat", "O’Brien, Pat"),
    ("{OpenAI}", "{Open AI}"),
]
OTHERS = [
    ("Jin, Chao", "Jin, Xin"),
    ("Jin, Chao", "Jin, X."),
    ("Li, Wei", "Li, Wei Ming"),
    ("Li, Wei", "Li, Wen"),
    ("Li, Wei", "Liu, Wei"),
    ("Roe, Ann B.", "Roe, Ann C."),
    ("Roe, Ann", "Roe, Anna"),
    ("Roe, Jean", "Roe, Jean-Pierre"),
    ("Xu, Yu", "Xue, Yu"),
    ("Mueller, Zoe", "Muller, Zoe"),
    ("King, Jr., Martin", "King, Sr., Martin"),
    ("Roe", "Roe, Ann"),
    ("李, 明", "李, 梅"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_that_can_be_one_person(one, other):
    assert spelling(one).may_be(spelling(other))
    assert spelling(other).may_be(spelling(one))
    places = set(spelling(one).places) & set(spelling(other).near)
    assert places, "they are looked for in the same place"


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_spellings_that_are_two_people(one, other):
    assert not spelling(one).may_be(spelling(other))
    assert not spelling(other).may_be(spelling(one))


def test_two_initials_alone_prove_nothing():
    assert spelling("Roe, A.").may_be(spelling("Roe, A. B."))
    assert not spelling("Roe, A.").must_be(spelling("Roe, A. B."))
    assert spelling("Roe, A.").must_be(spelling("Roe, Ann"))
