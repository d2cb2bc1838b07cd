"""Invents a realistic bibliography of a given size; the same one every time.

Entry *n* depends on the seed and on *n* alone: a small bibliography is the beginning of a large
one, except for which entries are selected. All of it is invented: links lead to hosts that can
never exist (RFC 2606).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.words import (
    CONFERENCES,
    FORMULAS,
    JOURNALS,
    OWN_SCRIPT,
    PEOPLE,
    ROMANISED,
    TOPICS,
    TOWNS,
    prose,
    word,
)

SEED = 7
#: The owner of the site, who wrote every paper.
PERSON = "Sample, A."
#: Type → papers of a hundred.
_TYPES = {
    "inproceedings": 45,
    "article": 27,
    "misc": 17,
    "incollection": 4,
    "techreport": 3,
    "phdthesis": 2,
    "book": 2,
}
_FIRST_YEAR, _LAST_YEAR = 1996, 2025
#: Number of selected entries, in a bibliography of any size.
_SELECTED = 12


@dataclass(frozen=True)
class Entry:
    """An entry of the bibliography; its values are TeX."""

    type: str
    key: str
    fields: dict[str, str]

    def __str__(self) -> str:
        """Return the entry as BibTeX."""
        lines = "".join(f"  {name:<15} = {{{value}}},\n" for name, value in self.fields.items())
        return f"@{self.type}{{{self.key},\n{lines}}}\n"


def bibliography(size: int) -> list[Entry]:
    """Return *size* entries."""
    return [_entry(number, size) for number in range(size)]


def edited(text: str, key: str, revision: int) -> str:
    """Return the BibTeX *text* with another title of the entry *key* for each *revision*.

    Raises:
        ValueError: there is no such entry.
    """
    pattern = rf"(\{{{re.escape(key)},\s*title\s*= \{{)(?:Revision \d+: )?"
    result, count = re.subn(pattern, rf"\g<1>Revision {revision}: ", text)
    if count != 1:
        raise ValueError(f"{count} entries have the key {key}")
    return result


def _random(number: int, purpose: str = "") -> Random:
    return Random(f"{SEED}/{number}/{purpose}")


def _year(number: int) -> int:
    """Return a year: there are more new papers than old ones."""
    span = _LAST_YEAR - _FIRST_YEAR + 1
    return _LAST_YEAR - int(span * _random(number, "year").random() ** 1.7)


def _stem(number: int) -> str:
    return word(_random(number, "stem"))


def _entry(number: int, size: int) -> Entry:
    random = _random(number)
    (type_,) = random.choices(list(_TYPES), list(_TYPES.values()))
    fields = dict(_fields(random, number, type_))
    if number * _SELECTED // size != (number - 1) * _SELECTED // size:
        fields["keywords"] += ", selected"
    return Entry(type_, f"sample{_year(number)}{_stem(number)}{number}", fields)


def _fields(random: Random, number: int, type_: str) -> Iterator[tuple[str, str]]:
    year = _year(number)
    name = _stem(number).capitalize()
    yield "title", _title(random, name, number)
    if random.random() < 0.4:
        yield "shorttitle", name
    authors = _authors(random, alone=type_ == "phdthesis")
    yield "author", " and ".join(authors)
    if len(authors) > 3 and random.random() < 0.15:
        yield "author+an", "1=equal; 2=equal"
    yield from _venue(random, type_, year)
    yield from _addresses(random, number, type_, year)
    if random.random() < 0.05:
        yield "award", "Best Paper Award"
    if random.random() < 0.1:
        yield "note", "Extended version of a workshop paper"
    yield "keywords", ", ".join(random.sample(TOPICS, random.randint(1, 3)))
    if random.random() < 0.7:
        yield "annotation", prose(random, 2, 4)
    if random.random() < 0.5:
        yield "abstract", prose(random, 5, 9)


def _addresses(random: Random, number: int, type_: str, year: int) -> Iterator[tuple[str, str]]:
    if type_ != "misc" and random.random() < 0.75:
        yield "doi", f"10.5555/{year}.{number:05}"
    # Numbers of this form begin in April 2007, and have a digit more since 2015.
    if year >= 2008 and (type_ == "misc" or random.random() < 0.3):
        digits = f"{number:05}" if year >= 2015 else f"{number % 9999 + 1:04}"
        yield "eprint", f"{year % 100:02}{random.randint(1, 12):02}.{digits}"
        yield "eprinttype", "arxiv"
        yield "eprintclass", random.choice(("cs.DC", "cs.NI", "cs.LG", "cs.DB"))
    if type_ != "misc" and random.random() < 0.3:
        yield "url", f"https://papers.example.org/{year}/{number}"
    for field, share in {"file": 0.4, "slides": 0.2, "code": 0.25, "video": 0.08}.items():
        if random.random() < share:
            yield field, f"https://{field}.example.org/{number}"


def _title(random: Random, name: str, number: int) -> str:
    drawn = (word(random).capitalize() for _ in range(random.randint(4, 9)))
    words = list(dict.fromkeys(drawn))
    if random.random() < 0.1:
        words.insert(1, random.choice(FORMULAS))
    if random.random() < 0.1:
        words[-1] = rf"\emph{{{words[-1]}}}"
    if random.random() < 0.15:
        words[0] = rf"{{\"U}}ber-{words[0]}"
    # The number keeps titles apart in thousands of papers.
    return f"{{{name}-{number}}}: {' '.join(words)}"


def _authors(random: Random, *, alone: bool) -> list[str]:
    if alone:
        return [PERSON]
    # Most papers have a handful of authors, some have twenty.
    others = min(19, int(random.expovariate(1 / 4)))
    authors = [_author(random) for _ in range(others)]
    authors.insert(random.randint(0, len(authors)), PERSON)
    return list(dict.fromkeys(authors))


def _author(random: Random) -> str:
    (pool,) = random.choices((PEOPLE, ROMANISED, OWN_SCRIPT), (60, 35, 5))
    given, family = (random.choice(names) for names in pool)
    # A person has one spelling, or lint finds problems.
    habit = Random(f"{given} {family}")
    if pool is PEOPLE and habit.random() < 0.3:
        given += f" {habit.choice('ABCDEFGHJKLM')}."
    return f"{family}, {given}"


def _venue(random: Random, type_: str, year: int) -> Iterator[tuple[str, str]]:
    first = random.randint(1, 1500)
    pages = f"{first}--{first + random.randint(3, 24)}"
    short, journal = random.choice(JOURNALS)
    acronym, conference = random.choice(CONFERENCES)
    month, day = random.randint(1, 12), random.randint(1, 20)
    if type_ == "misc":
        yield "date", f"{year}-{month:02}-{day:02}"
        yield "pubstate", "prepublished"
        return
    yield "year", str(year)
    match type_:
        case "article":
            yield "journal", journal
            yield "shortjournal", short
            yield "volume", str(year - 1980)
            yield "number", str(month)
            yield "pages", pages
        case "inproceedings":
            yield "booktitle", f"Proceedings of the {year} {conference}"
            yield "eventtitle", conference
            yield "eventtitleaddon", f"{acronym} {year}"
            yield "eventdate", f"{year}-{month:02}-{day:02}/{year}-{month:02}-{day + 2:02}"
            yield "venue", random.choice(TOWNS)
            yield "pages", pages
        case "incollection":
            yield "booktitle", f"Handbook of {word(random).capitalize()} and {journal}"
            yield "publisher", "Invented Press"
            yield "pages", pages
        case "book":
            yield "publisher", "Invented Press"
        case "techreport":
            yield "institution", "Institute of Examples"
            yield "number", f"TR-{first}"
        case "phdthesis":
            yield "school", "University of Somewhere"
