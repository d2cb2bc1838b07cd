"""Entries that do not fit the others: venues in two spellings, papers twice, an example left."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bibfolio.lint.item import Field, Item, also_in
from bibfolio.lint.people import authors_of
from bibfolio.model.strings import fold, nearest
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources import tex
from bibfolio.sources.fields import PREPRINT_SERVERS, state_of
from bibfolio.sources.inheritance import NO_PAPERS
from bibfolio.sources.keywords import SELECTED, split_keywords
from bibfolio.sources.notices import read_notices
from bibfolio.sources.spelling import spelling_of

# -- journals and conferences -------------------------------------------------------------------

#: Fields with the name of a venue.
_FIELDS = ("journal", "booktitle", "eventtitle")
#: Words that abbreviations omit.
_SMALL = frozenset(
    "a an and at by de der des di du et for für in la le of on the to und with".split()
)
#: Parts of a name that differ from year to year: numbers, ordinals, and signs around them.
_NUMBER = re.compile(
    r"[\s,(\[]*(?<!\w)['’]?\d+(?:st|nd|rd|th)?(?!\w)[)\]]?,?|\b(?:twenty|thirty|forty)?-?(?:first|"
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)\b",
    re.IGNORECASE,
)


@dataclass
class _Venue:
    """One spelling of a venue, without the parts that differ from year to year."""

    text: str
    uses: list[tuple[Item, Field]] = field(default_factory=list)

    @cached_property
    def words(self) -> list[str]:
        """Return the folded words without small ones; an abbreviation keeps its dot."""
        found = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*\.?", self.text)
        words = [fold(word) + "." * word.endswith(".") for word in found]
        return [word for word in words if word.strip(".") not in _SMALL]

    @property
    def key(self) -> str:
        """Return what spellings share that differ in case, accents, punctuation and small words."""
        return " ".join(word.rstrip(".") for word in self.words)


def venues(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield the rarer of two spellings of a venue, at its first use."""
    for name in _FIELDS:
        found: dict[str, _Venue] = {}
        for item in items:
            for part in item.named(name):
                venue = _Venue(_venue_name(part))
                if venue.words:
                    found.setdefault(venue.text, venue).uses.append((item, part))
        groups = defaultdict(list)
        for venue in found.values():
            groups[venue.key].append(venue)
        best = {key: max(group, key=lambda venue: len(venue.uses)) for key, group in groups.items()}
        for venue in found.values():
            if venue is not best[venue.key]:
                yield _venue_problem(venue, best[venue.key])
        yield from _abbreviated(list(best.values()))
    yield from _acronyms(items)


def _venue_name(part: Field) -> str:
    plain = unicodedata.normalize("NFKC", tex.plain(part.value))
    if part.name != "journal":
        plain = _NUMBER.sub(" ", plain)
    return " ".join(plain.split()).strip(" ,")


def _venue_problem(venue: _Venue, best: _Venue) -> Problem:
    item, part = venue.uses[0]
    other, right = best.uses[0]
    also = also_in(item for item, _part in venue.uses)
    return _spelt(item, part, tex.plain(right.value), other, also)


def _spelt(item: Item, part: Field, right: str, other: Item, also: str = "") -> Problem:
    but = " but for numbers" * (part.name != "journal" and bool(re.search(r"\d", right)))
    message = f"{part.written} is spelt {right!r} in {other.key}; write it the same{but}{also}"
    return item.problem(WarningKind.BIB_VENUE, message, part)


def _abbreviated(venues: Sequence[_Venue]) -> Iterator[Problem]:
    """Yield abbreviated venues of which exactly one full name occurs."""
    by_initials = defaultdict(list)
    for venue in venues:
        by_initials["".join(word[0] for word in venue.words)].append(venue)
    for group in by_initials.values():
        for venue in group:
            if not any(word[-1] == "." for word in venue.words):
                continue
            full = [other for other in group if other is not venue and _shortens(venue, other)]
            if len(full) == 1:
                yield _venue_problem(venue, full[0])


def _shortens(short: _Venue, full: _Venue) -> bool:
    """Return whether each word of *short* is one of *full*, or abbreviates it with a dot."""
    pairs = list(zip(short.words, full.words, strict=True))
    return (
        all(a.rstrip(".") == b.rstrip(".") or _is_start(a, b) for a, b in pairs)
        and any(_is_start(a, b) for a, b in pairs)
        and len(pairs) > 1
    )


def _is_start(word: str, full: str) -> bool:
    return word[-1] == "." != full[-1] and len(word) <= len(full) and full.startswith(word[:-1])


def _acronyms(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield journals with a name that another entry gives in ``shortjournal``."""
    journals: dict[str, tuple[str, Item]] = {}
    for item in items:
        if (short := tex.plain(item.get("shortjournal"))) and item.get("journal"):
            journals.setdefault(short, (tex.plain(item.get("journal")), item))
    for item in items:
        for part in item.named("journal"):
            name = tex.plain(part.value)
            full, other = journals.get(name, (name, item))
            if full not in {name, ""} and other is not item:
                yield _spelt(item, part, full, other)


# -- preprints, repeated papers, drafts ----------------------------------------------------------

#: Different papers share shorter titles: Editorial, Introduction.
_MIN_LETTERS = 12


def twins(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield preprints that the bibliography also has as published papers."""
    by_title: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if not item.is_draft and len(title := _title(item)) >= _MIN_LETTERS:
            by_title[title].append(item)
    for group in by_title.values():
        published = [item for item in group if item.get(*_FIELDS) and not _is_preprint(item)]
        for item in group:
            if published and _is_preprint(item) and _share_an_author(item, published[0]):
                number = item.identifiers.get("arxiv", "")
                what = f"eprint = {{{number}}}" if number else "what is only here"
                where = f"the same paper is published as {published[0].key}"
                message = f"{where}; give that entry {what}, and remove this one"
                yield item.problem(WarningKind.BIB_TWIN, message)


def same_doi(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield entries with the DOI of another entry."""
    first: dict[str, str] = {}
    for item in items:
        doi = "" if item.is_draft else item.identifiers.get("doi", "").lower()
        if doi and first.setdefault(doi, item.key) != item.key:
            advice = "correct it, or remove one of the two entries if they are the same paper"
            message = f"{first[doi]} has the same DOI; {advice}"
            yield item.problem(WarningKind.BIB_TWIN, message, next(item.named("doi"), None))


#: Key, volume and pages of the paper in a new site, whatever its language.
EXAMPLE = ("example2024paper", "1", "1--9")


def examples(items: Sequence[Item]) -> Iterator[Problem]:
    """Yield the example of a new site where it stands beside papers."""
    found = [item for item in items if (item.key, item.get("volume"), item.get("pages")) == EXAMPLE]
    if any(item not in found and item.type not in NO_PAPERS for item in items):
        for item in found:
            message = "the example of a new site is shown among your papers; remove the entry"
            yield item.problem(WarningKind.BIB_EXAMPLE, message)


def _title(item: Item) -> str:
    return fold(tex.plain(item.get("title")) + tex.plain(item.get("subtitle")))


def _is_preprint(item: Item) -> bool:
    if state_of(item.get("pubstate")) in {"prepublished", "submitted"}:
        return True
    container = item.get(*_FIELDS)
    if not container:
        return bool(item.get("eprint")) or "arxiv" in fold(
            item.get("howpublished", "url", "publisher", "note")
        )
    name = fold(tex.plain(container))
    return name == "corr" or name.startswith(PREPRINT_SERVERS)


def _share_an_author(first: Item, second: Item) -> bool:
    """Return whether both have an author of the same family name, or one has no author."""
    families = [
        {fold(name.author.family) for name in map(spelling_of, authors_of(item)) if name}
        for item in (first, second)
    ]
    return not all(families) or bool(set.intersection(*families))


def drafts(item: Item) -> Iterator[Problem]:
    """Yield drafts that are selected, which no list shows, and misspellings of ``selected``."""
    for part in item.named("keywords"):
        words = [word.casefold() for word in split_keywords(part.value)]
        if item.is_draft and SELECTED in words:
            message = "a draft is shown nowhere; remove selected, or change pubstate"
            yield item.problem(WarningKind.BIB_DRAFT, message, part)
        near = nearest(SELECTED, [word for word in words if word[:1] == "s"], 0.85)
        if near and SELECTED not in words:
            message = f"{near} is a topic of its own; did you mean selected?"
            yield item.problem(WarningKind.BIB_FIELD, message, part)


def retractions(item: Item) -> Iterator[Problem]:
    """Yield papers that are selected although they are retracted."""
    words = (word.casefold() for word in split_keywords(item.get("keywords")))
    notices, _others = read_notices({**item.fields, "note": tex.plain(item.get("note"))})
    is_retracted = any(notice.kind == "retracted" for notice in notices)
    if is_retracted and not item.is_draft and SELECTED in words:
        part = next(item.named("keywords", SELECTED), None)
        message = "a retracted paper is selected; remove selected"
        yield item.problem(WarningKind.BIB_RETRACTED, message, part)
