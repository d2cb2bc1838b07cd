"""Papers and problems as short as a test wants them."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from bibfolio.model import Author, Link, Paper, PartialDate, RichText, Venue
from bibfolio.problems import Problem
from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import Bibliography, parse_bibliography

OWNER = frozenset({"Chao Jin"})


def paper(key: str = "k", date: str = "", title: str = "A Title", **values: Any) -> Paper:
    """A paper; *date* as in biblatex, everything else as the class names it."""
    values.setdefault("type", "misc")
    when = PartialDate.parse(date) if date else None
    return Paper(key=key, title=RichText.from_plain(title), date=when, **values)


def first(text: str, **options: Any) -> Paper:
    """The first paper of a bibliography written as *text*."""
    return parse_bibliography(text, OWNER, **options).papers[0]


def field(source: str, type_: str = "misc") -> tuple[Paper, list[tuple[str, int, str]]]:
    """The paper of an entry with a title and the fields *source*, and what was reported."""
    result = parse_bibliography(f"@{type_}{{k, title = {{A Title}}, {source}}}", OWNER)
    return result.papers[0], told(result)


def told(problems: Bibliography | list[Problem]) -> list[tuple[str, int, str]]:
    """Kind, line and message of every problem, in order."""
    if isinstance(problems, Bibliography):
        problems = problems.problems
    return [(problem.kind.subtype, problem.line, problem.message) for problem in problems]


def read(text: str) -> tuple[dict[str, dict[str, str]], list[tuple[str, int, str]]]:
    """What `read_entries` makes of *text*: key → fields, and what it reports.

    Keys and fields must be unique in *text*, or something would be lost here.
    """
    entries, problems = read_entries(text)
    result = {entry.key: dict(entry.fields) for entry in entries}
    assert len(result) == len(entries)
    assert [len(entry.fields) for entry in entries] == [len(fields) for fields in result.values()]
    return result, told(problems)


def text_of(parts: list[nodes.Node]) -> str:
    """What a reader reads."""
    return "".join(part.astext() for part in parts)


__all__ = [
    "OWNER",
    "Author",
    "Link",
    "Paper",
    "PartialDate",
    "RichText",
    "Venue",
    "field",
    "first",
    "paper",
    "read",
    "text_of",
    "told",
]
