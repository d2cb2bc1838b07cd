"""Spellings of one name: which can be one person's, and which authors are people that are known."""

from __future__ import annotations

import pytest

from bibfolio.model.people import Person
from bibfolio.model.strings import fold
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.spelling import spelling_of, with_people

# -- which spellings can be one person's ---------------------------------------------------------


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
    ("李, 明", "李明"),
]
OTHERS = [
    ("Jay, Chip", "Jay, Xin"),
    ("Jay, Chip", "Jay, X."),
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


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_spellings_that_are_two_people(one, other):
    assert not spelling(one).may_be(spelling(other))
    assert not spelling(other).may_be(spelling(one))


def test_two_initials_alone_prove_nothing():
    assert spelling("Roe, A.").may_be(spelling("Roe, A. B."))
    assert not spelling("Roe, A.").must_be(spelling("Roe, A. B."))
    assert spelling("Roe, A.").must_be(spelling("Roe, Ann"))


# -- authors who are known -----------------------------------------------------------------------


def known(authors: str, *people: Person, owner: str = "Zoë Núñez") -> dict[str, str]:
    """Author → who of the *people* that is, for the authors of one paper each."""
    papers = "".join(
        f"@misc{{k{i}, title = {{T}}, year = 2024, author = {{{names}}}}}\n"
        for i, names in enumerate(authors.split("; "))
    )
    found = with_people(parse_bibliography(papers, frozenset({owner})).papers, people)
    return {one.name: one.person.name for paper in found for one in paper.authors if one.person}


JANE, JOHN = Person("Jane Doe"), Person("John Doe")


@pytest.mark.parametrize(
    ("authors", "people", "found"),
    [
        ("Doe, Jane and Roe, Ann", [JANE], {"Jane Doe": "Jane Doe"}),
        # Initials, where nobody else can be meant.
        ("Doe, J.; Doe, Jane", [JANE], {"J. Doe": "Jane Doe", "Jane Doe": "Jane Doe"}),
        ("Doe, J.; Doe, Jane; Doe, John", [JANE], {"Jane Doe": "Jane Doe"}),
        ("Doe, J.", [JANE, JOHN], {}),
        ("Doe, J.", [Person("J. B. Doe")], {}),
        ("Doe, Jane; Doe, John", [Person("J. Doe")], {}),
        ("Doe, Jane", [Person("J. Doe")], {"Jane Doe": "J. Doe"}),
        ("Doe, J.", [Person("Jane Doe", aliases=("J. Doe",)), JOHN], {"J. Doe": "Jane Doe"}),
        ("Doe, J.", [Person("A", aliases=("J. Doe",)), Person("B", aliases=("J. Doe",))], {}),
        # Accents, and what they are written as.
        ("M{\\\"u}ller, Zo{\\'e}", [Person("Zoe Muller")], {"Zoé Müller": "Zoe Muller"}),
        ("Mueller, Z.", [Person("Zoé Müller")], {"Z. Mueller": "Zoé Müller"}),
        (
            "Müller, Zoe",
            [Person("Zoe Muller"), Person("Ann Mueller")],
            {"Zoe Müller": "Zoe Muller"},
        ),
        ("Müller, Zoe", [Person("Zoe Muller"), Person("Zoe Mueller")], {}),
        ("Müller, Z.; Mueller, Zora", [Person("Zoe Muller")], {}),
        # Other spellings, in any order, and the name in its own script.
        ("Poe, Janet", [Person("Jane Doe", aliases=("Poe, Janet",))], {"Janet Poe": "Jane Doe"}),
        ("金, 鑫", [Person("Xin Jin", native="金鑫")], {"金鑫": "Xin Jin"}),
        ("金鑫; 金, 明", [Person("Xin Jin", native="金鑫")], {"金鑫": "Xin Jin"}),
        ("Doe, Jr., Jane", [JANE], {}),
        # The owner stands out anyway, and an organization is nobody.
        ("Núñez, Zoë", [Person("Zoë Núñez")], {}),
        ("{Doe Group}", [Person("Doe Group"), Person("D. Group")], {}),
        ("Doe, Jane", [], {}),
        ("Doe, Jane", [Person("and"), Person("A, B, C, D")], {}),
    ],
)
def test_an_author_is_who_it_can_only_be(authors, people, found):
    assert known(authors, *people) == found


def test_an_author_who_may_be_the_owner_is_nobody_else():
    person = Person("Chen Example", url="https://example.org")
    assert known("Example, C.", person) == {"C. Example": "Chen Example"}
    authors = "Example, C.; Example, Chi; Example, Chen"
    assert known(authors, person, owner="Chi Example") == {"Chen Example": "Chen Example"}
