"""People: one author spelt in two ways, and papers that lack the person whose site this is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bibfolio.problems import Problem, WarningKind
from bibfolio.lint.item import Item
from bibfolio.lint.phrase import also_in
from bibfolio.lint.spelling import Spelling, spelling_of
from bibfolio.sources.name_lists import split_names
from bibfolio.sources.names import normal_name

#: How many papers must have the owner before one that has not is a mistake; and what share.
_ENOUGH, _SHARE = 4, 0.75
#: Entries that hold papers rather than being one.
_VOLUMES = {"proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "xdata"}


@dataclass
class _Name:
    """One spelling, or all that the owner says are the same, and where it occurs."""

    spelling: Spelling
    #: Of two equally good names, the one with the smaller number is better.
    order: int
    is_owner: bool = False
    #: Entries, and the name as written there.
    uses: list[tuple[Item, str]] = field(default_factory=list)

    @property
    def weight(self) -> tuple[bool, bool, int, int, int, int]:
        """The greater, the better the spelling."""
        letters = max(map(len, self.spelling.whole_given))
        accents = sum(not char.isascii() for char in self.spelling.text)
        is_loud = self.spelling.is_shouted
        return self.is_owner, not is_loud, letters, accents, len(self.uses), -self.order

    @property
    def keys(self) -> list[str]:
        """The entries in which it occurs."""
        return list(dict.fromkeys(item.key for item, _written in self.uses))


def spellings(items: Sequence[Item], owner: frozenset[str]) -> Iterator[Problem]:
    """Names that occur in two spellings of one person, at the first use of the lesser one."""
    names = _names(items, owner)
    alike = defaultdict(list)
    for name in names:
        for place in name.spelling.places:
            alike[place].append(name)
    for name in names:
        near = {n.order: n for place in name.spelling.near for n in alike.get(place, ())}
        others = [n for n in near.values() if n is not name and n.spelling.may_be(name.spelling)]
        if not others or not name.uses:
            continue
        best = max(others, key=lambda other: other.weight)
        # J. Doe is nobody in particular if there are Jane and John.
        is_clear = all(a.spelling.may_be(b.spelling) for a, b in combinations(others, 2))
        if is_clear and best.weight > name.weight and name.spelling.must_be(best.spelling):
            yield _told(name, best)


def _told(name: _Name, best: _Name) -> Problem:
    """The problem of *name*, which should be *best*."""
    item, written = name.uses[0]
    here, right = name.spelling.text, best.spelling.text
    elsewhere = next(iter(best.keys), "profile.toml")
    message = f"the author {here} is {right} in {elsewhere}; write {right}{also_in(name.keys[1:])}"
    (part, *_) = item.named("author", "editor")
    text, start = item.text(part)
    found = re.search(r"\s+".join(map(re.escape, written.split())), text)
    at = start + found.start() if found and start is not None else None
    return item.problem(WarningKind.BIB_AUTHOR, message, part, at)


def _names(items: Sequence[Item], owner: frozenset[str]) -> list[_Name]:
    """Every spelling, in the order of first use; those of the owner are one, and come last."""
    found: dict[str, _Name] = {}
    own = sorted(filter(None, map(spelling_of, sorted(owner))), key=lambda s: -len(s.text))
    forms = {_written(spelling) for spelling in own}
    me = _Name(own[0], -1, is_owner=True) if own else None
    for item in items:
        for written in authors_of(item):
            spelling = spelling_of(written)
            if spelling and me and _written(spelling) in forms:
                me.uses.append((item, written))
            elif spelling:
                name = found.setdefault(spelling.text, _Name(spelling, len(found)))
                name.uses.append((item, written))
    return [*found.values(), *([me] if me else [])]


def _written(spelling: Spelling) -> str:
    """A name without what the owner need not declare: how dots and spaces are set."""
    return " ".join(spelling.author.name.replace(".", " ").split())


def authors_of(item: Item) -> list[str]:
    """The names in ``author``, or else ``editor``, as the entry itself writes them."""
    for part in item.named("author", "editor"):
        if part.name == "author" or not item.get("author"):
            names = [name for name in split_names(part.value) if name.strip()]
            return [name for name in names if name.strip().lower() != "others"]
    return []


def strangers(items: Sequence[Item], owner: frozenset[str]) -> Iterator[Problem]:
    """Papers without the owner, where nearly all others have them among their authors."""
    forms = {normal_name(form) for form in owner}
    own = [spelling for spelling in map(spelling_of, sorted(owner)) if spelling]
    papers = 0
    without = []
    for item in items if owner else ():
        names = [name for name in map(spelling_of, authors_of(item)) if name]
        if not names or item.is_draft or item.type in _VOLUMES:
            continue
        papers += 1
        if not any(normal_name(name.author.name) in forms for name in names):
            without.append((item, names))
    has_owner = papers - len(without)
    if has_owner < _ENOUGH or has_owner < _SHARE * papers:
        return
    who = min(owner, key=lambda name: (-len(name), name))
    for item, names in without:
        is_cut = item.get("author", "editor").lower().endswith("and others")
        # A name that may be the owner's is told as another spelling.
        if not is_cut and not any(name.may_be(mine) for name in names for mine in own):
            message = (
                f"{who} is not among the authors; add the name, or a spelling to name_variants"
            )
            part = next(item.named("author", "editor"), None)
            yield item.problem(WarningKind.BIB_OWNER, message, part)
