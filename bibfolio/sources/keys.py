"""Keys of entries as parts of addresses, file names and anchors."""

from __future__ import annotations

import re
from collections.abc import Container

_SAFE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}")
#: Endings of files that lie beside a paper's page, which would then be in the way of each other.
_ENDING = re.compile(r"\.(?=(?:bib|ris|json|md|html|paper)$)", re.IGNORECASE)


def identity(key: str) -> str:
    """What distinguishes a key in file names and anchors, where case and signs do not."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")


def safe_key(key: str) -> str:
    """*key*, or the nearest spelling that can be part of an address; empty if nothing is left."""
    if _SAFE_KEY.fullmatch(key) and not _ENDING.search(key):
        return key
    plain = _ENDING.sub("-", re.sub(r"[^A-Za-z0-9_.+-]+", "-", key)).strip("-._+")
    return plain[:100]


def free_key(key: str, taken: Container[str]) -> str:
    """*key*, numbered if its :func:`identity` is *taken*."""
    candidate, number = key, 1
    while identity(candidate) in taken:
        number += 1
        candidate = f"{key}-{number}"
    return candidate
