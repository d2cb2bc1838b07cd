"""Spellings of one name: which can be one person's, and which authors are people that are known."""

from __future__ import annotations

from bibfolio.model.people import Person
from bibfolio.model.strings import fold
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.spelling import spelling_of, with_people

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
