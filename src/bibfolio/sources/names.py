"""Author fields → :class:`~bibfolio.model.Author`, with marks; and back to pybtex persons.

Splitting names is pybtex's; marks are biblatex's data annotations (manual §3.7):
``author+an = {1=equal; 2=equal, corresponding}``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pybtex.errors
from pybtex.database import Person

from bibfolio.model import Author, Mark, Paper
from bibfolio.model.author import is_cjk
from bibfolio.problems import WarningKind
from bibfolio.sources import tex
from bibfolio.sources.name_lists import Report, read_names

#: Annotation → mark. An annotation of another name gets the next free sign and is its own legend.
MARKS = {
    "equal": Mark("*", "Equal contribution"),
    "corresponding": Mark("†", "Corresponding author"),
}
_MORE_SIGNS = ("‡", "§", "¶", "‖", "#", "††", "‡‡", "§§", "¶¶")
_ET_AL = {"others", "et al", "et al.", "et. al."}
_TERM = re.compile(r"\s*(?P<author>\d+)\s*(?::\s*\w+\s*)?=\s*(?P<marks>[^;]*)")


def read_authors(
    fields: Mapping[str, str], owner: frozenset[str], report: Report
) -> tuple[tuple[Author, ...], bool]:
    """Read ``author`` (or, without it, ``editor``) and its annotations.

    Returns:
        the authors in order, and whether the list ends in "and others".
    """
    role = "author" if fields.get("author", "").strip() else "editor"
    names = read_names(fields.get(role, ""), report)
    et_al = bool(names) and names[-1].lower() in _ET_AL
    if et_al and names[-1].lower() != "others":
        report(WarningKind.BIB_NAME, f"{names[-1]!r} is no name; write others")
    names = names[: len(names) - et_al]
    marks = _read_marks(fields.get(f"{role}+an", ""), len(names), report)
    owner_forms = frozenset(map(normal_name, owner))
    authors = []
    for index, name in enumerate(names, start=1):
        author = _author(name)
        if not author:
            report(WarningKind.BIB_NAME, f"cannot split the name {name!r}; write Family, Given")
            author = Author(tex.plain(name))
        is_owner = bool(owner_forms) and normal_name(author.name) in owner_forms
        authors.append(replace(author, marks=marks.get(index, ()), is_owner=is_owner))
    return tuple(authors), et_al


def persons_of(paper: Paper) -> dict[str, list[object]]:
    """The authors as pybtex persons, in Unicode, so that citation labels show what pages show."""
    persons = [
        _person(author.given, author.prefix, author.family, author.suffix)
        for author in paper.authors
    ]
    if paper.et_al and persons:
        persons.append(Person("others"))
    return {"author": persons} if persons else {}


@lru_cache(maxsize=50_000)
def _person(given: str, prefix: str, family: str, suffix: str) -> Person:
    person = Person()
    person.first_names = [_protect(given)] if given else []
    person.prelast_names = [_protect(prefix)] if prefix else []
    person.last_names = [_protect(family)]
    person.lineage_names = [_protect(suffix)] if suffix else []
    return person


@lru_cache(maxsize=50_000)
def _author(name: str) -> Author | None:
    """One name, decoded; None if BibTeX cannot split it."""
    with pybtex.errors.capture() as errors:
        person = Person(name)
    if errors:
        return None
    parts = (
        [*person.first_names, *person.middle_names],
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    given, prefix, family, suffix = (tex.plain(" ".join(part)) for part in parts)
    if "," not in name and given and is_cjk(given + family):
        # BibTeX takes the last word for the family name; here the first one is.
        given, family = family, given
    return Author(family or given, given if family else "", prefix, suffix)


def _read_marks(text: str, count: int, report: Report) -> dict[int, tuple[Mark, ...]]:
    """Author number → marks."""
    marks: dict[int, tuple[Mark, ...]] = {}
    signs = iter(_MORE_SIGNS)
    own: dict[str, Mark] = {}
    for term in filter(str.strip, text.split(";")):
        match = _TERM.fullmatch(term)
        if not match or not 1 <= int(match["author"]) <= count:
            message = f"annotation {term.strip()!r} names no author; write NUMBER=equal"
            report(WarningKind.BIB_FIELD, message)
            continue
        number = int(match["author"])
        words = [word.strip().strip('"') for word in match["marks"].split(",")]
        for word in filter(None, words):
            name = word.lower()
            if name not in MARKS and name not in own:
                meaning = tex.plain(word[:1].upper() + word[1:])
                own[name] = Mark(next(signs, f"({len(own) + 1})"), meaning)
            mark = MARKS.get(name) or own[name]
            if mark not in marks.get(number, ()):
                marks[number] = (*marks.get(number, ()), mark)
    return marks


@lru_cache(maxsize=50_000)
def normal_name(name: str) -> str:
    """Fold what spellings of one name differ in: order, case, dots, spaces, width."""
    family, comma, given = name.partition(",")
    joined = f"{given} {family}" if comma else name
    if is_cjk("".join(name.replace(",", " ").split())):
        joined = "".join((family + given).split())
    folded = unicodedata.normalize("NFKC", joined).casefold().replace(".", " ")
    return " ".join(folded.split())


def _protect(text: str) -> str:
    """Keep pybtex from reading TeX into decoded text: drop what only TeX gives a meaning."""
    return re.sub(r"[\\{}]", "", text).replace("%", "\\%")
