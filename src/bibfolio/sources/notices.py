"""Fields ``retracted``, ``concern`` and ``correction`` → the notices about a paper.

An entry that others copy has them in its ``note``, from where they are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bibfolio.model.notices import NOTICES, Notice
from bibfolio.sources.identifiers import bare_doi, read_doi, without_tex
from bibfolio.sources.links import web_url

_BETWEEN = re.compile(r"[;,]\s+|\s+|[;,](?=10\.\d|doi:|https?:)", re.IGNORECASE)
_INTRODUCTION = re.compile(r"\bdoi:?\s+", re.IGNORECASE)
_KINDS = {kind.word: name for name, kind in NOTICES.items()}
_NOTED = re.compile(rf"({'|'.join(_KINDS)}): (https?://\S+)")
#: Between two notes.
SEPARATOR = "; "


def read_notices(fields: Mapping[str, str]) -> tuple[list[Notice], dict[str, str]]:
    """Return the notices in the *fields* of an entry, the gravest first, and what is none.

    The note is decoded, the others are as written.

    A notice that several fields name is of the gravest kind.

    Returns:
        The notices, and field → words in it that are neither a DOI nor an address.
    """
    found: dict[str, Notice] = {}
    others: dict[str, str] = {}
    told, _rest = notices_in_note(fields.get("note", ""))
    for kind in NOTICES:
        value = _INTRODUCTION.sub("doi:", without_tex(fields.get(kind, "")))
        words = []
        for part in filter(None, _BETWEEN.split(value.strip(" ;,"))):
            if notice := _notice(kind, part):
                found.setdefault(notice.url.lower(), notice)
            else:
                words.append(part)
        for notice in told:
            if notice.kind == kind:
                found.setdefault(notice.url.lower(), notice)
        others[kind] = " ".join(words)
    return list(found.values()), {kind: words for kind, words in others.items() if words}


def notices_in_note(note: str) -> tuple[list[Notice], str]:
    """Return the notices that a decoded *note* tells as ours do, and the rest of the note."""
    parts = note.split(SEPARATOR)
    told = [_NOTED.fullmatch(part) for part in parts]
    found = (_notice(_KINDS[one[1]], one[2]) for one in told if one)
    rest = [part for part, one in zip(parts, told, strict=True) if not one]
    return list(filter(None, found)), SEPARATOR.join(rest)


def _notice(kind: str, text: str) -> Notice | None:
    address = web_url(text)
    # The page of a publisher may have a DOI in its address; it is led to as it is written.
    is_elsewhere = address and bare_doi(text) == text
    if doi := "" if is_elsewhere else read_doi(text):
        return Notice(kind, doi)
    return Notice(kind, address=address) if address else None
