"""Mending what is mechanical, in the text itself: every other character stays as it is.

Mended are a DOI or arXiv number that is written as an address or with a prefix, page ranges with a
hyphen, ``&``, ``%``, ``#`` and ``_`` without a backslash, HTML, text in a wrong encoding, acronyms
without braces. Nothing is touched in an entry that could not be read without a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bibfolio.lint.item import Field, Item, items
from bibfolio.lint.texts import NAMES, TEXTS, acronyms, joins_names, scan, without_rubbish
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.identifiers import arxiv_of, doi_of, with_dashes, without_escapes

#: Fields that hold one value of a known form, and no text.
_WHOLE = {"doi", "eprint", "pages"}


class Edit(NamedTuple):
    """Put *text* in the place of what stands from *start* to *end*."""

    start: int
    end: int
    text: str


def mend(text: str) -> str:
    """Return the text of a file, mended; mending it again changes nothing.

    What is read of the result is the same as before, but for the fields that were mended; and they
    mean the same. Should that fail for an entry, it is left alone.
    """
    entries, problems = read_entries(text)
    every = items(entries, text, "", problems)
    edits = [list(_edits(item)) for item in every]
    mended = _applied(text, edits)
    after = read_entries(mended)[0] if mended != text else entries
    if len(after) != len(entries):
        return text
    safe = [
        these if _means_the_same(before, now) else []
        for these, before, now in zip(edits, entries, after, strict=True)
    ]
    mended = mended if safe == edits else _applied(text, safe)
    return mended if mended == text else mend(mended)  # what was mended may have hidden more


def _applied(text: str, edits: Iterable[Iterable[Edit]]) -> str:
    parts, position = [], 0
    for edit in sorted(edit for these in edits for edit in these):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])


def _edits(item: Item) -> Iterator[Edit]:
    """Yield how to mend one entry."""
    if item.is_broken:
        return
    for part in item.own:
        written, start = item.text(part)
        if start is not None and part.name in _WHOLE:
            new = _in_whole(item, part, written)
            if new != written:
                yield Edit(start, start + len(written), new)
        elif part.name in TEXTS:
            for begin, end in part.position.literals:
                yield from _in_text(item, part.name, item.source.text[begin:end], begin)


def _in_whole(item: Item, part: Field, written: str) -> str:
    """Return an identifier or a range, mended; as *written* if it need not change."""
    value = written.strip()
    if part.name == "pages":
        return written.replace(value, with_dashes(value, "--"))
    if part.name == "eprint" and item.get("eprinttype").lower() not in {"", "arxiv"}:
        return written
    bare = doi_of(value) if part.name == "doi" else arxiv_of(value)
    is_right = not bare or bare == without_escapes(value)
    # Nothing that could not stand in braces or quotes, and lines stay lines.
    is_odd = re.search(r"[{}\"\\]", bare) or re.search(r"[\r\n]", value)
    return written if is_right or is_odd else written.replace(value, bare)


def _in_text(item: Item, name: str, text: str, start: int) -> Iterator[Edit]:
    """Yield what to mend in one part of a value: rubbish alone, or signs and then acronyms."""
    if (bare := without_rubbish(text)) != text and not (name in NAMES and "&amp;" in text):
        yield Edit(start, start + len(text), bare)
        return
    found = scan(text)
    if found.lonely:
        return  # what is a formula, and what is not, cannot be told
    for at, sign, depth in found.signs:
        if not joins_names(name, sign, depth):
            yield Edit(start + at, start + at, "\\")
    if name == "title" and not found.signs:
        for begin, end in acronyms(item, text):
            yield Edit(start + begin, start + end, f"{{{text[begin:end]}}}")


def _means_the_same(before: RawEntry, after: RawEntry) -> bool:
    """Tell whether an entry says what it said, so far as readers can see."""
    if (before.type, before.key, len(before.fields)) != (after.type, after.key, len(after.fields)):
        return False
    return all(
        name == new_name
        and (
            name.lower() in _WHOLE
            or tex.decode(new) in map(tex.decode, (value, without_rubbish(value)))
        )
        for (name, value), (new_name, new) in zip(before.fields, after.fields, strict=True)
    )
