"""Spellings of one name: which of them can be the same person's."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bibfolio.model import Author, Paper, Profile
from bibfolio.model.people import Person
from bibfolio.model.scripts import is_east_asian
from bibfolio.model.strings import fold
from bibfolio.problems import WarningKind
from bibfolio.sources.names import read_authors

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


def _folds(text: str) -> frozenset[str]:
    """Return *text* as :func:`fold` does, and with umlauts written out as German does."""
    written = unicodedata.normalize("NFC", text).casefold()
    for letter, pair in _UMLAUTS.items():
        written = written.replace(letter, pair)
    return frozenset((fold(text), fold(written)))


@dataclass(frozen=True)
class Spelling:
    """A name as one or more entries write it, and its parts as they are compared."""

    author: Author
    #: ``Family, Given``, as it is written in a bibliography.
    text: str
    families: frozenset[str]
    #: ``Jr.``.
    suffix: str
    #: All given names as one word.
    whole_given: frozenset[str]
    #: Given names, each folded; an initial is one letter.
    given: tuple[str, ...]

    @classmethod
    def of(cls, author: Author) -> Spelling:
        """Return the spelling of an author's name."""
        family = " ".join(part for part in (author.prefix, author.family) if part)
        parts = (family, author.suffix, author.given)
        is_one_word = is_east_asian(family + author.given)
        given = "" if is_one_word else author.given
        return cls(
            author,
            author.name if is_one_word else ", ".join(part for part in parts if part),
            _folds(author.name if is_one_word else author.prefix + author.family),
            fold(author.suffix),
            _folds(given),
            _given_names(given),
        )

    def may_be(self, other: Spelling) -> bool:
        """Return whether both can be one person: same family name, no given name that differs."""
        if self.suffix != other.suffix or not self.families & other.families:
            return False
        if self.whole_given & other.whole_given:
            return True
        if not self.given or not other.given:
            return False
        shorter, longer = sorted((self.given, other.given), key=len)
        # A second given name only if the first is an initial: Wei and Wei Ming are two people.
        are_initials = (
            max(map(len, words), default=1) == 1 for words in (shorter, longer[len(shorter) :])
        )
        return all(map(_fits, shorter, longer)) and any(are_initials)

    def may_be_owners(self, other: Spelling) -> bool:
        """Return whether *other* can be a spelling of the owner, whose own name this is.

        To :meth:`may_be` that adds a further given name that is written out: ``Doe, Jane Mary``.
        Of any other two authors, Wei and Wei Ming are two people.
        """
        if self.may_be(other):
            return True
        is_same = self.suffix == other.suffix and bool(self.families & other.families)
        return (
            is_same
            and bool(self.given and other.given)
            and all(map(_fits, self.given, other.given))
        )

    def must_be(self, other: Spelling) -> bool:
        """Return whether two names that may be one person are: one of them is written out."""
        full = [s for s in (self, other) if s.given and len(s.given[0]) > 1]
        return bool(full or self.whole_given & other.whole_given)


def _given_names(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in re.split(r"[\s.\u2010-]+", text):
        is_initials = word.isupper() and 1 < len(word) <= 3 and word.isascii()
        found += [fold(letter) for letter in word] if is_initials else [fold(word)]
    return tuple(filter(None, found))


def _fits(one: str, two: str) -> bool:
    """Return whether two given names can be one: the same, or an initial of the other."""
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


@lru_cache(maxsize=50_000)  # most names occur often
def spelling_of(name: str) -> Spelling | None:
    """Return the spelling of *name*, which is one name in TeX; None if it is none."""
    problems: set[WarningKind] = set()
    report = lambda kind, _message: problems.add(kind)  # noqa: E731
    authors, _et_al = read_authors({"author": name}, frozenset(), report)
    is_one = len(authors) == 1 and problems <= {WarningKind.BIB_TEX}
    return Spelling.of(authors[0]) if is_one else None


@lru_cache(maxsize=10_000)
def spellings_of(name: str) -> tuple[Spelling, ...]:
    """Return a whole *name* with its family name beginning at each of its words.

    BibTeX takes the last word for the family name of Bryan Van Scoy and of Lucía García López;
    where their family names begin, the bibliography says.
    """
    found = spelling_of(name)
    words = name.split()
    if not found or "," in name or len(words) < 3 or not found.given:
        return (found,) if found else ()
    splits = (
        Spelling.of(Author(" ".join(words[at:]), " ".join(words[:at])))
        for at in range(1, len(words) - 1)
    )
    return (found, *splits)


# -- the owner ---------------------------------------------------------------------------------


def may_be_anyone(names: Iterable[str], spelling: Spelling) -> bool:
    """Return whether a *spelling* can be that of one of these *names*."""
    return any(own.may_be(spelling) for name in names for own in spellings_of(name))


def owners_among(
    spellings: Sequence[Spelling], owner: Iterable[str], others: Collection[str]
) -> list[int]:
    """Return the places of the authors of one paper who can be the owner.

    Args:
        spellings: the authors.
        owner: every spelling of the owner's name that is known.
        others: names of people who are somebody else: J. Doe is nobody in particular beside John.
    """
    own = [spelling for name in owner for spelling in spellings_of(name)]
    return [
        place
        for place, spelling in enumerate(spellings)
        if any(name.may_be_owners(spelling) for name in own) and not may_be_anyone(others, spelling)
    ]


def names_of_others(people: Iterable[Person], owner: Collection[str]) -> frozenset[str]:
    """Return the names of *people* who are not the owner."""
    own = {fold(name) for name in owner}
    names = {person.name: {person.name, person.native, *person.aliases} - {""} for person in people}
    return frozenset(
        name for person in names.values() if not own & {*map(fold, person)} for name in person
    )


def with_owner(papers: Sequence[Paper], profile: Profile) -> list[Paper]:
    """Return *papers*, of each with the one author marked who can be the owner.

    Whom the entry names exactly, or by ``author+an = {1=owner}``, is marked already. If two
    authors can be the owner, none is.
    """
    others = names_of_others(profile.acquaintances, profile.names)

    def marked(paper: Paper) -> Paper:
        people = [author for author in paper.authors if not author.is_organization]
        if not profile.names or any(author.is_owner for author in people):
            return paper
        found = owners_among([*map(Spelling.of, people)], profile.names, others)
        if len(found) != 1:
            return paper
        owner = people[found[0]]
        authors = (replace(a, is_owner=True) if a is owner else a for a in paper.authors)
        return replace(paper, authors=tuple(authors))

    return [marked(paper) for paper in papers]


# -- people ------------------------------------------------------------------------------------


def identified(papers: Sequence[Paper], profile: Profile) -> list[Paper]:
    """Return *papers* whose authors are known as the owner and as the people of the *profile*."""
    return with_people(with_owner(papers, profile), profile.acquaintances)


def with_people(papers: Sequence[Paper], people: Iterable[Person]) -> list[Paper]:
    """Return *papers* whose authors are the *people* that they can only be.

    An author is who bears the name, with or without accents. A name with initials is whose name it
    may be, unless it may be that of another author as well: J. Doe is nobody in particular if there
    are Jane and John.
    """
    known: dict[str, list[tuple[Spelling, Person]]] = defaultdict(list)
    for person in people:
        for name in filter(None, (person.name, person.native, *person.aliases)):
            for spelling in spellings_of(name):
                for family in spelling.families:
                    known[family].append((spelling, person))
    if not known:
        return list(papers)
    every = {one.name: one for paper in papers for one in paper.authors if not one.is_organization}
    spellings = list(map(Spelling.of, every.values()))
    alike: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        for family in spelling.families:
            alike[family].append(spelling)
    found = {}
    for spelling in spellings:
        # Müller is also Mueller.
        families = sorted(spelling.families)
        own = [one for family in families for one in known.get(family, ())]
        others = [one for family in families for one in alike[family]]
        found[spelling.author.name] = _person(spelling, own, others) if own else None

    def known_as(author: Author) -> Author:
        person = None if author.is_owner else found.get(author.name)
        return replace(author, person=person) if person else author

    return [replace(paper, authors=tuple(map(known_as, paper.authors))) for paper in papers]


def _person(
    spelling: Spelling, known: Sequence[tuple[Spelling, Person]], others: Sequence[Spelling]
) -> Person | None:
    """Return who of the people *known* has a name; *others* are authors of that family name."""
    fitting = [(own, person) for own, person in known if own.may_be(spelling)]
    same = [person for own, person in fitting if own.whole_given & spelling.whole_given]
    if not same and all(
        any(own.may_be(other) for own, _person in fitting)
        for other in others
        if other.may_be(spelling)
    ):
        same = [
            person
            for own, person in fitting
            if own.must_be(spelling)
            and all(other.may_be(spelling) for other in others if own.may_be(other))
        ]
    named = {person.name: person for person in same}
    return next(iter(named.values())) if len(named) == 1 else None


# -- people of whom nobody has said who they are -------------------------------------------------


def alike(spellings: Iterable[Spelling]) -> dict[str, frozenset[str]]:
    """Return each name → the names that may be the same person's, itself among them."""
    by_family: dict[str, list[Spelling]] = defaultdict(list)
    own = list(spellings)
    for spelling in own:
        for family in spelling.families:
            by_family[family].append(spelling)
    return {
        one.author.name: frozenset(
            other.author.name
            for family in one.families
            for other in by_family[family]
            if other is one or other.may_be(one)
        )
        for one in own
    }


def by_person(
    spellings: Iterable[Spelling], near: Mapping[str, frozenset[str]]
) -> list[list[Spelling]]:
    """Return the spellings of each person together.

    Two are one person's if one of them is written out, and no third name can belong to one of them
    alone: J. Doe is Jane Doe, but nobody in particular if there is John.

    Args:
        spellings: all that are to be told apart.
        near: what :func:`alike` says of these and of all other names that are known.
    """
    people: list[list[Spelling]] = []
    # First those that are written out: initials go to them, and not to each other.
    for spelling in sorted(spellings, key=lambda one: -len(next(iter(one.given), ""))):
        around = near[spelling.author.name]
        for person in people:
            if near[person[0].author.name] == around and any(map(spelling.must_be, person)):
                person.append(spelling)
                break
        else:
            people.append([spelling])
    return people
