"""Who has written with the owner since a date, for forms of funders and journals."""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bibfolio.model import Author, Paper, PartialDate, Profile
from bibfolio.model.people import Person
from bibfolio.model.strings import CONTROL, fold, markdown_text, number_of
from bibfolio.sources.spelling import (
    Spelling,
    alike,
    by_person,
    identified,
    names_of_others,
    spelling_of,
    spellings_of,
)

_PERIOD = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>months?|years?)", re.IGNORECASE)

#: What a form asks for.
HEADS = (
    *("Family name", "Given name", "Affiliation", "ORCID"),
    *("Date of last paper", "Last paper", "Papers"),
)
#: A person of the profile, or anyone else by one spelling of the name.
Who = Person | str


@dataclass(frozen=True)
class Coauthor:
    """A person who has written with the owner."""

    name: Author
    #: The common papers of the time that is asked for.
    papers: tuple[Paper, ...]
    #: Who it is, if the profile says.
    person: Person | None = None

    @property
    def last(self) -> Paper:
        """Return the newest of the common papers; one without a date only if none has one."""
        return max(self.papers, key=lambda paper: _end(paper) or PartialDate(1))

    @property
    def cells(self) -> tuple[str, ...]:
        """Return what stands under each of :data:`HEADS`, in one line each."""
        name, person, when = self.name, self.person, _end(self.last)
        cells = (
            f"{name.prefix} {name.family}",
            f"{name.given} {name.suffix}",
            person.affiliation if person else "",
            person.orcid if person else "",
            when.iso if when else "",
            self.last.title.plain,
            str(len(self.papers)),
        )
        return tuple(" ".join(CONTROL.sub(" ", text).split()) for text in cells)


@dataclass(frozen=True)
class Coauthors:
    """The co-authors of a time, sorted by family name, and what is not certain."""

    people: tuple[Coauthor, ...] = ()
    #: Papers that count although they have no date; that name only some of their authors; and that
    #: do not count, as they do not name the owner.
    undated: tuple[Paper, ...] = ()
    incomplete: tuple[Paper, ...] = ()
    without_owner: tuple[Paper, ...] = ()
    #: Name → other names that may be the same person's.
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def window_start(words: str, today: date) -> PartialDate:
    """Return the first day of a time that ends *today*: ``48months``, ``4years``, or a date.

    Raises:
        ValueError: the words are none of these.
    """
    found = _PERIOD.fullmatch(words.strip())
    if not found:
        return PartialDate.parse(words)
    months = int(found["count"]) * (12 if found["unit"].lower().startswith("y") else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1:
        raise ValueError(f"{words!r} is too long")
    return PartialDate(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _end(paper: Paper) -> PartialDate | None:
    """Return the last date of a paper."""
    return paper.date_end or paper.date


def coauthors(papers: Iterable[Paper], profile: Profile, since: PartialDate) -> Coauthors:
    """Return who has written with the owner of the *profile* since a date.

    A paper counts if any of the days that its date may mean does; so does one without a date.
    Organizations are nobody.

    Args:
        papers: all that there are, hidden ones as well.
        profile: who the owner is, and who others are.
        since: the first day that counts.
    """
    known = identified([*papers], profile)
    recent = [p for p in known if not ((end := _end(p)) and end.is_over_before(since))]
    common = [paper for paper in recent if any(author.is_owner for author in paper.authors)]
    crowd = _Crowd(known, profile)
    together: dict[Who, list[Paper]] = defaultdict(list)
    for paper in common:
        for who in dict.fromkeys(map(crowd.who, _others(paper))):
            together[who].append(paper)
    found = [
        Coauthor(crowd.name_of(who), tuple(shared), who if isinstance(who, Person) else None)
        for who, shared in together.items()
    ]
    names = {author.name for paper in common for author in _others(paper)}
    return Coauthors(
        tuple(sorted(found, key=_order)),
        undated=tuple(paper for paper in common if not paper.date),
        incomplete=tuple(paper for paper in common if paper.et_al),
        without_owner=tuple(p for p in recent if p.authors and p not in common),
        unclear=crowd.unclear(names),
    )


def _others(paper: Paper) -> list[Author]:
    return [one for one in paper.authors if not one.is_owner and not one.is_organization]


def _order(person: Coauthor) -> tuple[str, str, str]:
    family, given, *_rest = person.cells
    return fold(family), fold(given), family + given


class _Crowd:
    """All authors but the owner: who is who, and how each is called."""

    def __init__(self, papers: Sequence[Paper], profile: Profile) -> None:
        written = (author for paper in papers for author in _others(paper))
        # The same name may be 李明 and 李, 明; the one that is divided counts.
        authors = {author.name: author for author in sorted(written, key=lambda a: bool(a.given))}
        own = {name: Spelling.of(author) for name, author in authors.items()}
        self._who: dict[str, Who] = {name: a.person for name, a in authors.items() if a.person}
        unknown = [spelling for name, spelling in own.items() if name not in self._who]
        # People who wrote nothing yet: an author may be one of them all the same.
        others = names_of_others(profile.acquaintances, profile.names)
        named = [
            (spelling, person)
            for person in profile.acquaintances
            for name in (person.name, person.native, *person.aliases)
            if name in others
            and (spelling := spelling_of(name))
            and spelling.author.name not in own
        ]
        self._spellings = own | {spelling.author.name: spelling for spelling, _person in named}
        self._alike = alike(self._spellings.values())
        for spellings in by_person(unknown, self._alike):
            self._who |= dict.fromkeys((s.author.name for s in spellings), spellings[0].author.name)
        self._written: dict[Who, list[Spelling]] = defaultdict(list)
        for name, who in self._who.items():
            self._written[who].append(own[name])
        for spelling, person in named:
            self._who.setdefault(spelling.author.name, person)

    def who(self, author: Author) -> Who:
        """Return who an author is."""
        return self._who[author.name]

    def name_of(self, who: Who) -> Author:
        """Return how a person is called: as the profile says, or else by the fullest spelling.

        Where the family name begins, the bibliography says. Who has another name today is not
        called by an old one.
        """
        written = self._written[who]
        if isinstance(who, str):
            return max(written, key=_completeness).author
        families = {family for one in written for family in one.families}
        named = spellings_of(who.name)
        fitting = [one.author for one in named if one.families & families]
        native = [one.author for one in written if one.author.name == who.native]
        return next(iter((*fitting, *native, *(one.author for one in named))), Author(who.name))

    def unclear(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return those of *names* that may be those of others, who are called more fully."""
        found = {}
        for name in sorted(names):
            who, own = self._who[name], self._spellings[name]
            others = (self._spellings[other] for other in self._alike[name])
            fuller = {
                one.text
                for one in others
                if self._who[one.author.name] != who and _fullness(one) > _fullness(own)
            }
            if fuller and isinstance(who, str):
                found[own.text] = tuple(sorted(fuller))
        return found


def _fullness(spelling: Spelling) -> tuple[int, str]:
    return sum(map(len, spelling.given)), spelling.text


def _completeness(spelling: Spelling) -> tuple[bool, int, int]:
    """Return a value that is greater for a spelling that says more, and is not shouted."""
    family = spelling.author.family
    is_shouted = len(family) > 2 and family.isupper()
    accents = sum(not char.isascii() for char in spelling.text)
    return not is_shouted, sum(map(len, spelling.given)), accents


# -- forms -------------------------------------------------------------------------------------


def as_text(people: Sequence[Coauthor]) -> str:
    """Return a line for each person, for a letter."""
    return "".join(f"{_line(person)}\n" for person in people)


def _line(person: Coauthor) -> str:
    family, given, affiliation, orcid, when, title, _count = person.cells
    facts = [", ".join(filter(None, (family, given))), affiliation, orcid]
    papers = number_of(len(person.papers), "paper")
    last = f"{papers}, the last {when or 'without a date'}: {title}"
    return "; ".join(filter(None, [*facts, last]))


def as_markdown(people: Sequence[Coauthor]) -> str:
    """Return a table in Markdown."""
    rows = [HEADS, ("---",) * len(HEADS)]
    rows += [tuple(map(markdown_text, person.cells)) for person in people]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def as_csv(people: Sequence[Coauthor]) -> str:
    """Return a table for spreadsheets, in which no cell is a formula.

    It begins with a byte order mark: by that, Excel knows that it is UTF-8.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(map(_cell, person.cells) for person in people)
    return "\ufeff" + stream.getvalue()


def _cell(text: str) -> str:
    # CSV injection: a spreadsheet computes what begins so, whoever wrote it.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


FORMATS: dict[str, Callable[[Sequence[Coauthor]], str]] = {
    "text": as_text,
    "csv": as_csv,
    "markdown": as_markdown,
}
