"""Keys of entries as parts of addresses, file names and anchors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import MutableMapping

_LONGEST = 100
_SAFE_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.+-]*[A-Za-z0-9_+-])?")
#: Names of files that Windows keeps for devices, whatever the ending; and what a web server shows
#: for a folder, which is no page in it.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_INDEX = "index"
#: Endings of files that lie beside a paper's page, which would then be in the way of each other.
_ENDING = re.compile(r"\.(?=(?:bib|ris|json|md|html|paper)$)", re.IGNORECASE)


def identity(key: str) -> str:
    """Return what tells a key from others in file names and anchors: not case, not signs."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def key_error(key: str) -> str:
    """Return why *key* cannot be part of an address as it is; empty if it can."""
    if not _SAFE_KEY.fullmatch(key):
        return "use letters, digits and - _ . + in keys"
    if len(key) > _LONGEST:
        return f"a key has {_LONGEST} characters at most"
    if _ENDING.search(key):
        return "a key cannot end like the name of a file"
    if _DEVICE.fullmatch(key):
        return "Windows has no files of this name; choose another key"
    return "a folder's own page has this name; choose another key" * (key.lower() == _INDEX)


def safe_key(key: str) -> str:
    """Return the nearest spelling of *key* that can be part of an address, or ""."""
    if not key_error(key):
        return key
    base = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    plain = _ENDING.sub("-", re.sub(r"[^A-Za-z0-9_.+-]+", "-", base)).strip("-._+")
    plain = plain[:_LONGEST].rstrip(".")
    is_taken = _DEVICE.fullmatch(plain) or plain.lower() == _INDEX
    return f"paper-{plain}" if is_taken else plain


def free_key(key: str, taken: MutableMapping[str, str]) -> str:
    """Return *key*, with a number if its :func:`identity` is *taken*.

    The last number is noted in *taken* as well, so that a thousand entries of one key do not count
    up from 2 each.
    """
    noted = f"#{identity(key)}"  # no identity begins so
    candidate, number = key, int(taken.get(noted, "1"))
    while identity(candidate) in taken:
        number += 1
        candidate = f"{key}-{number}"
    if number > 1:
        taken[noted] = str(number)
    return candidate
