"""Corrects the text of a bibliography where that needs no judgement; all other text stays.

It corrects a DOI or arXiv number that is written as an address or with a prefix, page ranges with
a hyphen, ``&``, ``%``, ``#`` and ``_`` without a backslash, HTML, text in a wrong encoding,
acronyms without braces, signs and formatting on names, and other names of fields. An entry that
could not be read without a problem stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from bibfolio.lint.item import Field, Item, items
from bibfolio.lint.texts import NAMES, TEXTS, acronyms, joins_names, scan, without_rubbish
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.fields import OTHER_NAMES, READ_BY_VALUE
from bibfolio.sources.identifiers import arxiv_of, doi_of, with_dashes, without_escapes
from bibfolio.sources.inheritance import NO_PAPERS
from bibfolio.sources.names import in_standard_form, read_authors

#: Fields of people who can have marks.
_ROLES = ("author", "editor")
#: Fields that hold one value of a fixed form, and no text.
_WHOLE = {"doi", "eprint", "pages"}
_SPACES = re.compile(r"[ \t]*")


class Edit(NamedTuple):
    """Replace the characters from *start* to *end* by *text*."""

    start: int
    end: int
    text: str


def mend(text: str) -> str:
    """Return the corrected text of a file; correcting it again changes nothing.

    The result reads as before, and corrected fields mean the same as before. An entry for which
    that does not hold stays as it is.
    """
    entries, problems = read_entries(text)
    found = items(entries, text, "", problems)
    edits = [list(_edits(item)) for item in found]
    mended = _applied(text, edits)
    after = read_entries(mended)[0] if mended != text else entries
    if len(after) != len(entries):
        return text
    safe = [
        edits_of_entry if _means_the_same(item, now) else []
        for edits_of_entry, item, now in zip(edits, found, after, strict=True)
    ]
    mended = mended if safe == edits else _applied(text, safe)
    return mended if mended == text else mend(mended)  # a correction may uncover more


def _applied(text: str, edits: Iterable[Iterable[Edit]]) -> str:
    parts, position = [], 0
    for edit in sorted(chain.from_iterable(edits)):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])


def _edits(item: Item) -> Iterator[Edit]:
    if item.is_broken:
        return
    names = standard_names(item)
    for part in item.own:
        if name := names.get(part.written.lower()):
            yield from _of_name(item, part, name)
        written, start = item.text(part)
        if part.name in _ROLES and start is not None and (edits := _of_signs(item, part)):
            yield from edits
            continue
        if start is not None and part.name in _WHOLE:
            new = _in_whole(item, part, written)
            if new != written:
                yield Edit(start, start + len(written), new)
        elif part.name in TEXTS:
            for begin, end in part.position.literals:
                yield from _in_text(item, part.name, item.source.text[begin:end], begin)


def standard_names(item: Item) -> dict[str, str]:
    """Return the names in lower case of fields that are read as others → the names of these."""
    own = {part.name for part in item.own}
    names: dict[str, str] = {}
    for part in () if item.type in NO_PAPERS else item.own:
        name = part.written.lower()
        standard = OTHER_NAMES.get(name, "")
        for read_as in READ_BY_VALUE.get(name, (standard,) if standard else ()):
            value = item.get(read_as)
            is_read = value and value in {part.value.strip(), arxiv_of(part.value)}
            if is_read and read_as not in own:
                names[name] = read_as
                own.add(read_as)
    return names


def _of_name(item: Item, part: Field, name: str) -> Iterator[Edit]:
    """Yield the edits that call a field by its standard *name*; columns stay where they are."""
    text, start = item.source.text, item.source.offset_of(*part.position.name)
    end = start + len(part.written)
    space = _SPACES.match(text, end)
    if space and len(space[0]) > 1:
        end = space.end()
        name = f"{name} ".ljust(end - start)
    yield Edit(start, end, name)
    written, begin = item.text(part)
    is_typed = any(other.name == "eprinttype" for other in item.own)
    if name.strip() == "eprint" and not is_typed and begin is not None:
        yield from _behind(item, part, begin + len(written) + 1, "eprinttype", "arxiv")


def _in_whole(item: Item, part: Field, written: str) -> str:
    """Return the corrected identifier or range of pages; *written* if it is right."""
    value = written.strip()
    if part.name == "pages":
        return written.replace(value, with_dashes(value, "--"))
    if part.name == "eprint" and item.get("eprinttype").lower() not in {"", "arxiv"}:
        return written
    bare = doi_of(value) if part.name == "doi" else arxiv_of(value)
    is_right = not bare or bare == without_escapes(value)
    # It must fit between braces or quotes, and no line may get lost.
    is_odd = re.search(r"[{}\"\\]", bare) or re.search(r"[\r\n]", value)
    return written if is_right or is_odd else written.replace(value, bare)


def _of_signs(item: Item, part: Field) -> list[Edit]:
    """Return the edits that take signs and formatting off names and write them as annotations."""
    written, start = item.text(part)
    role, annotation = part.name, f"{part.name}+an"
    names, marks = in_standard_form({**item.fields, role: written}, role)
    if start is None or names == written:
        return []
    end = start + len(written) + 1
    edits = [Edit(start, start + len(written), names)]
    if marks and not item.get(annotation):
        edits += _behind(item, part, end, annotation, marks)
    return edits


def _behind(item: Item, part: Field, end: int, name: str, value: str) -> list[Edit]:
    """Return the edit that writes another field behind this one, which ends at *end*."""
    text = item.source.text
    line = text.rfind("\n", 0, at := item.source.offset_of(*part.position.name)) + 1
    newline = "\r\n" if "\r\n" in text else "\n"
    space = " " if text[line:at].strip() else f"{newline}{text[line:at]}"
    return [Edit(end, end, f",{space}{name} = {{{value}}}")]


def _in_text(item: Item, name: str, text: str, start: int) -> Iterator[Edit]:
    """Yield the edits of one part of a value: of rubbish alone, or of signs, or of acronyms."""
    if (bare := without_rubbish(text)) != text and not (name in NAMES and "&amp;" in text):
        yield Edit(start, start + len(text), bare)
        return
    found = scan(text)
    if found.lonely:
        return  # it is not clear what is a formula
    for at, sign, depth in found.signs:
        if not joins_names(name, sign, depth):
            yield Edit(start + at, start + at, "\\")
    if name == "title" and not found.signs:
        for begin, end in acronyms(item, text):
            yield Edit(start + begin, start + end, f"{{{text[begin:end]}}}")


def _means_the_same(item: Item, after: RawEntry) -> bool:
    """Return whether readers see the same of both entries."""
    before, names = item.raw, standard_names(item)
    same_people = _people(before) == _people(after)
    new = {f"{role}+an" for role in _ROLES if same_people} | ({"eprinttype"} if names else set())
    new -= {name.lower() for name, _value in before.fields}
    fields = [(name, value) for name, value in after.fields if name.lower() not in new]
    if (before.type, before.key, len(before.fields)) != (after.type, after.key, len(fields)):
        return False
    return all(
        new_name in {name, names.get(name.lower())}
        and (
            name.lower() in _WHOLE
            or (same_people and name.lower() in _ROLES)
            or tex.decode(new) in map(tex.decode, (value, without_rubbish(value)))
        )
        for (name, value), (new_name, new) in zip(before.fields, fields, strict=True)
    )


def _people(entry: RawEntry) -> list[object]:
    """Return authors and editors as readers see them, with their marks."""
    fields = {name.lower(): value for name, value in entry.fields}
    alone = [
        {**fields, "author": fields.get(r, ""), "author+an": fields.get(f"{r}+an", "")}
        for r in _ROLES
    ]
    return [
        read_authors({**people, "editor": ""}, frozenset(), lambda _kind, _message: None)
        for people in alone
    ]
