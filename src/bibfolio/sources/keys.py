"""Keys of entries: as written in citations and exports, and spelt safely in addresses.

A key may hold what no address, file name or anchor can: ``1987:nelson``, ``müller+2020``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import count

_LONGEST = 100
_SAFE_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.+-]*[A-Za-z0-9_+-])?")
#: What Windows keeps for devices, whatever the ending; and a folder's own page.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|index", re.IGNORECASE)
#: Endings of files that lie beside a paper's page, which would then be in the way of each other.
_ENDING = re.compile(r"\.(?=(?:bib|ris|json|md|html|paper)$)", re.IGNORECASE)


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
        split = unicodedata.normalize("NFKD", key)
        base = "".join(char for char in split if not unicodedata.combining(char))
        plain = re.sub(r"[^A-Za-z0-9_.+-]+", "-", base).strip("-._+")
    plain = _ENDING.sub("-", plain)[:_LONGEST].rstrip(".")
    return f"paper-{plain}" if _RESERVED.fullmatch(plain) else plain
