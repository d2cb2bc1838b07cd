"""Entries that lack nothing, and what the linter says of them."""

from __future__ import annotations

from dataclasses import replace

from bibfolio.lint import lint_bibliography
from bibfolio.model import Profile
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.folder import Folder

#: What an entry of each type needs, in words that no rule minds.
COMPLETE = {
    "article": "author = {Roe, Ann}, journal = {Journal of Tests}, year = {2024}",
    "inproceedings": "author = {Roe, Ann}, booktitle = {Proceedings of Tests}, year = {2024}",
    "misc": "year = {2024}",
}

Told = tuple[str, int, int, str]


def entry(fields: str = "", type_: str = "misc", key: str = "k", title: str = "A Title") -> str:
    """An entry in one line, to which *fields* are added."""
    return f"@{type_}{{{key}, title = {{{title}}}, {COMPLETE[type_]}, {fields}}}\n"


def said(
    text: str, owner: frozenset[str] = frozenset(), folder: Folder | None = None
) -> list[Told]:
    """Kind, line, column and message of all that the rules, and not the reader, say of a file."""
    read = parse_bibliography(text, owner)
    by_reader = {replace(problem, file="a.bib") for problem in read.problems}
    found = lint_bibliography({"a.bib": read}, Profile(name_variants=(*owner,)), folder)
    return [(p.kind.subtype, p.line, p.column, p.message) for p in found if p not in by_reader]


def messages(text: str, kind: str, owner: frozenset[str] = frozenset()) -> list[str]:
    """The messages about *text*, which must all be of one *kind*."""
    found = said(text, owner)
    assert {subtype for subtype, *_ in found} <= {kind}, found
    return [message for *_, message in found]


def of(field: str, kind: str, type_: str = "misc") -> list[str]:
    """The messages about one *field* in an entry that is sound but for it; without the key."""
    return [message.removeprefix("k: ") for message in messages(entry(field, type_), kind)]


def lines(
    text: str, owner: frozenset[str] = frozenset(), folder: Folder | None = None
) -> list[str]:
    """What :func:`said` gives, a line of text for each."""
    return [
        f"{line}:{column} {kind}: {message}"
        for kind, line, column, message in said(text, owner, folder)
    ]
