"""Entries that lack nothing, and what the linter says of them."""

from __future__ import annotations

from typing import Any

from bibfolio.lint import lint
from bibfolio.sources.bib_parser import read_entries

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


def said(text: str, **options: Any) -> list[Told]:
    """Kind, line, column and message of all that the rules say of a file."""
    entries, problems = read_entries(text)
    found = lint(entries, text, problems=problems, **options)
    return [(p.kind.subtype, p.line, p.column, p.message) for p in found]


def messages(text: str, kind: str, **options: Any) -> list[str]:
    """The messages about *text*, which must all be of one *kind*."""
    found = said(text, **options)
    assert {subtype for subtype, *_ in found} <= {kind}, found
    return [message for *_, message in found]


def of(field: str, kind: str, type_: str = "misc") -> list[str]:
    """The messages about one *field* in an entry that is sound but for it; without the key."""
    return [message.removeprefix("k: ") for message in messages(entry(field, type_), kind)]
