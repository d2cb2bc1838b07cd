"""Spellings of one name: which can be one person's, and which authors are people that are known."""

from __future__ import annotations

import pytest

from bibfolio.model import Profile
from bibfolio.model.people import Person
from bibfolio.model.strings import fold
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.spelling import identified, spelling_of, with_people

from ..table import Table

TABLE = Table(__file__)


def spelling(name: str):
    found = spelling_of(name)
    assert found
    return found


def may_be_one(line: str) -> bool:
    one, other = map(spelling, line.split(" | "))
    assert one.may_be(other) == other.may_be(one)
    return one.may_be(other)


# -- which spellings can be one person's ---------------------------------------------------------


def test_folding_leaves_letters_and_digits():
    TABLE.holds("folded to letters and digits", fold)


def test_a_spelling_is_written_as_in_a_bibliography():
    TABLE.holds("spellings, as in a bibliography", lambda name: spelling(name).text)
    for name in ("", "A, B, C, D", "and"):
        assert spelling_of(name) is None or spelling_of(name).text


def test_spellings_that_can_be_one_person_are_told_from_those_of_two():
    TABLE.holds("one person", may_be_one)
    TABLE.holds("two people", may_be_one)


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


def people_in(line: str) -> list[str]:
    """Who is found, of `AUTHORS | PERSON = ALIAS / NATIVE NAME | PERSON`."""
    authors, _, people = line.partition(" | ")
    acquaintances = []
    for words in people.split(" | "):
        rest, _, native = words.partition(" / ")
        name, *aliases = rest.split(" = ")
        acquaintances.append(Person(name, aliases=(*aliases,), native=native))
    return [f"{name}: {person}" for name, person in known(authors, *acquaintances).items()]


def test_an_author_is_who_it_can_only_be():
    TABLE.holds("authors, and people who are known", people_in)
    assert known("Doe, Jane") == {}


def test_an_author_who_may_be_the_owner_is_nobody_else():
    person = Person("Chen Example", url="https://example.org")
    assert known("Example, C.", person) == {"C. Example": "Chen Example"}
    authors = "Example, C.; Example, Chi; Example, Chen"
    assert known(authors, person, owner="Chi Example") == {"Chen Example": "Chen Example"}


# -- the owner ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "owner"),
    [
        ("Doe, Jane and Roe, Ann", ["Jane Doe"]),
        ("Doe, J. and Roe, Ann", ["J. Doe"]),
        ("Roe, Ann and Doe, Jane Mary", ["Jane Mary Doe"]),  # a co-author of that name were another
        ("DOE, J M and Roe, Ann", ["J M DOE"]),
        ("Doe, Janet and Roe, Ann", []),
        ("Doe, J. and Doe, Jane", ["Jane Doe"]),
        ("Doe, J. A. and Doe, J. B.", []),
        ("Doe, Jo.", []),
        ("{Doe, J.}", []),
    ],
)
def test_the_owner_is_the_one_author_who_can_be(authors, owner):
    """Initials, more or fewer of them; a further given name; not if two authors can be."""
    profile = Profile("Jane Doe")
    papers = parse_bibliography(f"@misc{{k, author = {{{authors}}}}}", profile.names).papers
    (paper,) = identified(papers, profile)
    assert [author.name for author in paper.authors if author.is_owner] == owner
    john = Profile("Jane Doe", people={"John Doe": Person("John Doe")})  # J. Doe may be either
    found = [author.name for author in identified(papers, john)[0].authors if author.is_owner]
    assert found == [name for name in owner if "Jane" in name]


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Bryan Van Scoy", "Van Scoy, Bryan"),
        ("Etienne de Klerk", "de Klerk, E."),
        ("Lucía Fernández Ortega", "Fernandez-Ortega, Lucia"),
        ("Ann Berg Thomsen", "Berg Thomsen, A."),
    ],
)
def test_a_name_is_the_same_wherever_its_family_name_begins(name, author):
    papers = parse_bibliography(f"@misc{{k, author = {{{author}}}}}").papers
    assert identified(papers, Profile(name))[0].authors[0].is_owner
    (known,) = with_people(papers, [Person(name)])
    assert known.authors[0].person == Person(name)


def test_an_annotation_says_who_is_the_owner_and_leaves_no_sign():
    text = "@misc{k, author = {Doe, J. A. and Doe, J. B.}, author+an = {2=owner, equal; 1=equal}}"
    (paper,) = identified(
        parse_bibliography(text, frozenset({"Jane Doe"})).papers, Profile("Jane Doe")
    )
    assert [(author.is_owner, len(author.marks)) for author in paper.authors] == [
        (False, 1),
        (True, 1),
    ]
    assert "owner" not in paper.bibtex + paper.legend
    assert "author+an = {2=equal; 1=equal}" in paper.bibtex
