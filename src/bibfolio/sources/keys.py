"""Keys of entries: as written in citations and exports, and spelt safely in addresses.

A key may hold what no address, file name or anchor can: ``1987:nelson``, ``müller+2020``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count
from string import ascii_lowercase

from bibfolio.model.strings import RESERVED_NAME, fold, without_accents

_LONGEST = 100
_SAFE_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.+-]*[A-Za-z0-9_+-])?")
#: Endings of files that lie beside a paper's page, which would then be in the way of each other.
_ENDING = re.compile(r"\.(?=(?:bib|ris|json|md|html|paper)$)", re.IGNORECASE)
#: Words that begin a title and say nothing of it.
SMALL_WORDS = frozenset(
    "a an and as at by for from in into of on or the to toward towards via vs with".split()
)
#: ``doe2024queues`` and its like: family, sign, year, sign, word.
_MADE = re.compile(
    r"([A-Za-z]+)([-_:.+]?)(\d{4}|\d\d)(?:([-_:.+]?)((?:[A-Za-z][A-Za-z\d]+)?))[a-z]?"
)


class Keys:
    """The keys that were read so far, in one file or in several."""

    def __init__(self) -> None:
        #: Key in lower case, as BibTeX compares them → where it stands: ``refs.bib:12``.
        self.places: dict[str, str] = {}
        self._slugs: set[str] = set()
        #: The number that a repeated key had last.
        self._numbers: dict[str, int] = {}

    def unique(self, key: str, place: str) -> str:
        """Return *key*, with a number if an earlier entry has it."""
        free, number = key, self._numbers.get(key.lower(), 1)
        while free.lower() in self.places:
            number += 1
            free = f"{key}-{number}"
        self._numbers[key.lower()] = number
        self.places[free.lower()] = place
        return free

    def slug(self, key: str) -> str:
        """Return the spelling of *key* in addresses and names of files, which no other key has.

        Where an earlier key differs in signs alone, a digest tells them apart: unlike a number it
        stays the same, whatever else is added.
        """
        slug, digest = safe_key(key), hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
        digits = count(6)
        while not slug or identity(slug) in self._slugs:
            slug = f"{safe_key(key) or 'paper'}-{digest[: next(digits)]}"
        self._slugs.add(identity(slug))
        return slug


def identity(key: str) -> str:
    """Return what tells a key from others in file names and anchors: not case, not signs."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def safe_key(key: str) -> str:
    """Return the nearest spelling of *key* that can be part of an address, or ""."""
    plain = key
    if not _SAFE_KEY.fullmatch(key):
        plain = re.sub(r"[^A-Za-z0-9_.+-]+", "-", without_accents(key)).strip("-._+")
    plain = _ENDING.sub("-", plain)[:_LONGEST].rstrip(".")
    return f"paper-{plain}" if RESERVED_NAME.fullmatch(plain) else plain


# -- keys of new entries -------------------------------------------------------------------------


def new_key(
    family: str, year: int, title: str, known: Iterable[tuple[str, str]], taken: Collection[str]
) -> str:
    """Return a key of family name, year and first significant word, which no other entry has.

    Args:
        family: the name of the first author.
        year: of the paper.
        title: of the paper.
        known: key and family name of other entries, whose commonest pattern is used.
        taken: all keys there are.
    """
    patterns = Counter(
        (made[1][0].isupper(), made[2], len(made[3]), made[4], made[5][:1])
        for key, name in known
        if (made := _MADE.fullmatch(key)) and made[1].lower() == _letters(name)
    )
    most = [pattern for pattern, _times in patterns.most_common(1)]
    is_capital, one, digits, two, word = most[0] if most else (False, "", 4, "", "a")
    words = (_letters(part)[:30] for part in title.split())
    first = next((plain for plain in words if plain and plain not in SMALL_WORDS), "")
    name = _letters(family)[:30] or "paper"
    key: str = f"{name.capitalize() if is_capital else name}{one}{str(year)[-digits:]}"
    key += f"{two}{first.capitalize() if word.isupper() else first}" if word and first else ""
    others = {identity(other) for other in taken}
    ends = chain(("", *ascii_lowercase), (f"-{number}" for number in count(2)))
    free: Iterator[str] = (key + end for end in ends if identity(key + end) not in others)
    return next(free)


def _letters(text: str) -> str:
    """Return letters and digits of ASCII in lower case, without accents."""
    return "".join(char for char in fold(text) if char.isascii())
