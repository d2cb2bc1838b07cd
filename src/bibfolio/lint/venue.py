"""Journals and conferences that are spelt differently in different entries."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.lint.item import Field, Item
from bibfolio.lint.phrase import also_in
from bibfolio.lint.spelling import fold

_FIELDS = ("journal", "booktitle", "eventtitle")
#: Words that abbreviations leave out.
_SMALL = frozenset(
    "a an and at by de der des di du et for für in la le of on the to und with".split()
)
#: What differs from year to year: numbers, ordinals, and the signs around them.
_NUMBER = re.compile(
    r"[\s,(\[]*(?<!\w)['’]?\d+(?:st|nd|rd|th)?(?!\w)[)\]]?,?|\b(?:twenty|thirty|forty)?-?(?:first|"
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)\b",
    re.IGNORECASE,
)


@dataclass
class _Venue:
    """One spelling of a venue, without what differs from year to year."""

    text: str
    uses: list[tuple[Item, Field]] = field(default_factory=list)

    @cached_property
    def words(self) -> list[str]:
        """Words that count, folded; an abbreviation keeps its dot."""
        found = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*\.?", self.text)
        words = [fold(word) + "." * word.endswith(".") for word in found]
        return [word for word in words if word.strip(".") not in _SMALL]

    @property
    def key(self) -> str:
        """The same for spellings that differ in capitals, accents, punctuation and small words."""
        return " ".join(word.rstrip(".") for word in self.words)


def venues(items: Sequence[Item]) -> Iterator[Problem]:
    """Venues of the same name in two spellings, at the first use of the lesser one."""
    for name in _FIELDS:
        found: dict[str, _Venue] = {}
        for item in items:
            for part in item.named(name):
                venue = _Venue(_text(part))
                if venue.words:
                    found.setdefault(venue.text, venue).uses.append((item, part))
        groups = defaultdict(list)
        for venue in found.values():
            groups[venue.key].append(venue)
        for group in groups.values():
            best = max(group, key=lambda venue: len(venue.uses))
            for venue in group:
                if venue is not best:
                    yield _told(venue, best)
        yield from _abbreviated([max(g, key=lambda v: len(v.uses)) for g in groups.values()])
    yield from _acronyms(items)


def _text(part: Field) -> str:
    plain = unicodedata.normalize("NFKC", tex.plain(part.value))
    if part.name != "journal":
        plain = _NUMBER.sub(" ", plain)
    return " ".join(plain.split()).strip(" ,")


def _told(venue: _Venue, best: _Venue) -> Problem:
    item, part = venue.uses[0]
    other, its_part = best.uses[0]
    right = tex.plain(its_part.value)
    also = also_in(list(dict.fromkeys(item.key for item, _part in venue.uses))[1:])
    message = f"{part.written} is spelt {right!r} in {other.key}; write it the same{also}"
    return item.problem(WarningKind.BIB_VENUE, message, part)


def _abbreviated(venues: Sequence[_Venue]) -> Iterator[Problem]:
    """Venues that are written out elsewhere, if it is clear what an abbreviation stands for."""
    by_initials = defaultdict(list)
    for venue in venues:
        by_initials["".join(word[0] for word in venue.words)].append(venue)
    for group in by_initials.values():
        for venue in (one for one in group if any(word[-1] == "." for word in one.words)):
            full = [other for other in group if other is not venue and _shortens(venue, other)]
            if len(full) == 1:
                yield _told(venue, full[0])


def _shortens(short: _Venue, full: _Venue) -> bool:
    """Whether every word of *short* is that of *full*, or its beginning with a dot."""
    pairs = list(zip(short.words, full.words, strict=True))
    return (
        all(a.rstrip(".") == b.rstrip(".") or _is_start(a, b) for a, b in pairs)
        and any(_is_start(a, b) for a, b in pairs)
        and len(pairs) > 1
    )


def _is_start(word: str, full: str) -> bool:
    return word[-1] == "." != full[-1] and len(word) <= len(full) and full.startswith(word[:-1])


def _acronyms(items: Sequence[Item]) -> Iterator[Problem]:
    """Journals called by what another entry says is their abbreviation."""
    journals: dict[str, tuple[str, Item]] = {}
    for item in items:
        if (short := tex.plain(item.get("shortjournal"))) and item.get("journal"):
            journals.setdefault(short, (tex.plain(item.get("journal")), item))
    for item in items:
        for part in item.named("journal"):
            full, other = journals.get(tex.plain(part.value), ("", item))
            if full and full != tex.plain(part.value) and other is not item:
                message = f"{part.written} is spelt {full!r} in {other.key}; write it the same"
                yield item.problem(WarningKind.BIB_VENUE, message, part)
