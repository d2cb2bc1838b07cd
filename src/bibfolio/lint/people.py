"""People: authors who are spelt in two ways, and papers without the owner of the site."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bibfolio.lint.item import Item, Place, also_in, problem_of_all
from bibfolio.model.strings import fold, listed, number_of
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.names import normal_name, read_names
from bibfolio.sources.spelling import Spelling, owners_among, spelling_of

#: A paper without the owner is a mistake if so many papers, and this share, have the owner.
_ENOUGH, _SHARE = 4, 0.75
_ET_AL = re.compile(r"\sand\s+others$", re.IGNORECASE)
#: Entries that contain papers and are none.
_VOLUMES = {"proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "xdata"}


@dataclass
class _Name:
    """One spelling, or all declared spellings of the owner, and the entries that use it."""

    spelling: Spelling
    #: Of two equally good spellings, the one with the smaller number is better.
    order: int
    is_owner: bool = False
    #: Entries, and the name as written there.
    uses: list[tuple[Item, str]] = field(default_factory=list)

    @property
    def weight(self) -> tuple[bool, bool, int, int, int, int]:
        """Return a value that is greater for a better spelling."""
        letters = max(map(len, self.spelling.whole_given))
        accents = sum(not char.isascii() for char in self.spelling.text)
        family = self.spelling.author.family
        is_shouted = len(family) > 2 and family.isupper()
        return self.is_owner, not is_shouted, letters, accents, len(self.uses), -self.order


def spellings(
    items: Sequence[Item], owner: frozenset[str], others: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Yield the worse of two spellings of one person, at its first use; the owner's may differ."""
    names = _names(items, owner, others)
    by_family = defaultdict(list)
    for name in names:
        for family in name.spelling.families:
            by_family[family].append(name)
    for name in names:
        near = {n.order: n for family in name.spelling.families for n in by_family[family]}
        alike = [n for n in near.values() if n is not name and n.spelling.may_be(name.spelling)]
        if not alike or not name.uses:
            continue
        best = max(alike, key=lambda other: other.weight)
        # J. Doe may be either if there are Jane and John.
        is_clear = all(a.spelling.may_be(b.spelling) for a, b in combinations(alike, 2))
        # A spelling that can only be the owner's is one of the owner's.
        is_better = best.weight > name.weight and not best.is_owner
        if is_clear and is_better and name.spelling.must_be(best.spelling):
            yield _spelling_problem(name, best)


def _spelling_problem(name: _Name, best: _Name) -> Problem:
    item, written = name.uses[0]
    here, right = name.spelling.text, best.spelling.text
    elsewhere = best.uses[0][0].key if best.uses else "profile.toml"
    also = also_in(item for item, _written in name.uses)
    message = f"the author {here} is {right} in {elsewhere}; write {right}{also}"
    (part, *_) = item.named("author", "editor")
    text, start = item.text(part)
    found = re.search(r"\s+".join(map(re.escape, written.split())), text)
    at = start + found.start() if found and start is not None else None
    return item.problem(WarningKind.BIB_AUTHOR, message, part, at)


def _names(items: Sequence[Item], owner: frozenset[str], others: frozenset[str]) -> list[_Name]:
    """Return all spellings in the order of first use; those of the owner are one, the last."""
    found: dict[str, _Name] = {}
    own = sorted(filter(None, map(spelling_of, sorted(owner))), key=lambda s: -len(s.text))
    forms = {_without_dots(spelling) for spelling in own}
    owner_name = _Name(own[0], -1, is_owner=True) if own else None
    for item in items:
        authors = [(spelling, name) for name in authors_of(item) if (spelling := spelling_of(name))]
        owners = owners_among([spelling for spelling, _written in authors], owner, others)
        for place, (spelling, written) in enumerate(authors):
            is_owner = _without_dots(spelling) in forms or owners == [place]
            if owner_name and is_owner:
                owner_name.uses.append((item, written))
            else:
                name = found.setdefault(spelling.text, _Name(spelling, len(found)))
                name.uses.append((item, written))
    return [*found.values(), *filter(None, [owner_name])]


def _without_dots(spelling: Spelling) -> str:
    """Return a name without dots and double spaces, which make no spelling of its own."""
    return " ".join(spelling.author.name.replace(".", " ").split())


def authors_of(item: Item) -> list[str]:
    """Return the names in ``author``, or else in ``editor``, as the entry writes them."""
    for part in item.named("author", "editor"):
        if part.name == "author" or not item.get("author"):
            return _read(part.value)
    return []


def _read(names: str) -> list[str]:
    read = read_names(names, lambda _kind, _message: None)
    return [name for name in read if name.strip().lower() != "others"]


def _is_edited_or_translated_by(item: Item, owner: frozenset[str]) -> bool:
    """Return whether the owner edited or translated what somebody else wrote.

    Who edits a volume has no part in the chapters of others.
    """
    parts = ("translator",) if item.get("booktitle") else ("editor", "translator")
    names = [name for part in item.named(*parts) for name in _read(part.value)]
    return any(
        owners_among([spelling], owner, ()) for spelling in map(spelling_of, names) if spelling
    )


def papers_without_owner(
    items: Sequence[Item],
    owner: frozenset[str],
    others: frozenset[str] = frozenset(),
    profile: str = "",
) -> Iterator[Problem]:
    """Yield papers without the owner if nearly all have the owner; one problem if none has.

    A paper of which two authors, or one who can be somebody else, can be the owner is named always.
    """
    forms = {normal_name(form) for form in owner}
    own = [spelling for spelling in map(spelling_of, sorted(owner)) if spelling]
    who = min(owner, key=lambda name: ("," in name, -len(name), name), default="")
    papers, unclear = 0, list[str]()
    without = []
    for item in items if owner else ():
        names = [name for name in map(spelling_of, authors_of(item)) if name]
        if not names or item.is_draft or item.type in _VOLUMES:
            continue
        papers += 1
        found = owners_among(names, owner, others)
        is_said = "owner" in item.get("author+an", "editor+an").lower()
        if len(found) == 1 or is_said or any(normal_name(n.author.name) in forms for n in names):
            continue
        if _is_edited_or_translated_by(item, owner):
            continue
        without.append((item, names))
        if possible := [names[place].text for place in found or owners_among(names, owner, ())]:
            unclear.append(item.key)
            advice = "write author+an = {NUMBER=owner}, or the spelling into name_variants"
            message = f"{listed(possible)} can be {who}, or somebody else; {advice}"
            part = next(item.named("author", "editor"), None)
            yield item.problem(WarningKind.BIB_OWNER, message, part)
    has_owner = papers - len(without)
    # Where others are not named, the owner may be among them.
    complete = [
        (item, names) for item, names in without if not _ET_AL.search(item.get("author", "editor"))
    ]
    if not has_owner and complete and (advice := _closest([names for _, names in complete], own)):
        message = f"none of {number_of(papers, 'paper')} names {who}; {advice}"
        yield Problem(WarningKind.BIB_NO_OWNER, message, file=profile)
    if has_owner < _ENOUGH or has_owner < _SHARE * papers:
        return
    missing = [(item, names) for item, names in complete if item.key not in unclear]
    yield from _of_missing(missing, own, who)


def _of_missing(
    papers: Sequence[tuple[Item, Sequence[Spelling]]], own: Sequence[Spelling], who: str
) -> Iterator[Problem]:
    """Yield *papers* without the owner; once those by one with the same given name, as married."""
    given = {name.given[0] for name in own if name.given and len(name.given[0]) > 1}
    by_name: dict[str, list[Place]] = {}
    for item, names in papers:
        same = next((n.author.name for n in names if n.given and n.given[0] in given), "")
        part = next(item.named("author", "editor"), None)
        by_name.setdefault(same, []).append((item, part))
    absent = f"{who} is not among the authors"
    for name, places in by_name.items():
        if name and len(places) > 1:
            advice = f'if {name} is you, write name_variants = ["{name}"] in the profile'
            yield problem_of_all(WarningKind.BIB_OWNER, f"{absent}; {advice}", places)
            continue
        for item, part in places:
            advice = "add the name, or a spelling to name_variants"
            yield item.problem(WarningKind.BIB_OWNER, f"{absent}; {advice}", part)


def _closest(papers: Sequence[Sequence[Spelling]], own: Sequence[Spelling]) -> str:
    """Return what to write if one name may be the owner's; empty in a list of papers by others.

    That is a name of which a word of the family name is the owner's. Of another name in half of the
    papers nothing is guessed.
    """
    counts = Counter(name for names in papers for name in dict.fromkeys(names))
    words = {n: set(map(fold, re.findall(r"\w{2,}", n.author.family))) for n in counts}
    own_words = {fold(word) for name in own for word in re.findall(r"\w{2,}", name.text)}
    best = max(counts, key=lambda name: (len(own_words & words[name]), counts[name]))
    found = f"{best.text} ({number_of(counts[best], 'paper')})"
    if own_words & words[best]:
        return f"closest: {found}; write it into name_variants"
    is_likely = 1 < len(papers) <= 2 * counts[best]
    return "write how they spell the name into name_variants" if is_likely else ""
