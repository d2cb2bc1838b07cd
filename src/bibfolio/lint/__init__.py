"""What is wrong in a bibliography that can be read: rules, and mending what is mechanical.

A rule takes one :class:`~bibfolio.lint.item.Item`, or all of them, and yields problems of a
kind of its own. No rule speaks of what the reader (:mod:`bibfolio.sources.bibliography`) reports itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bibfolio.problems import Problem
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.folder import Folder
from bibfolio.lint.address import addresses
from bibfolio.lint.attachment import attachments
from bibfolio.lint.control import controls
from bibfolio.lint.field import unknown_fields
from bibfolio.lint.identifier import dois, eprints, isbns, issns, orcids
from bibfolio.lint.item import Item, items
from bibfolio.lint.markup import balance, signs
from bibfolio.lint.pagination import ranges
from bibfolio.lint.person import spellings, strangers
from bibfolio.lint.requirement import missing_fields
from bibfolio.lint.twin import drafts, same_doi, twins
from bibfolio.lint.venue import venues
from bibfolio.sources.bib_parser import RawEntry

__all__ = ["lint", "lint_bibliography"]

#: Rules that look at one entry.
RULES: tuple[Callable[[Item], Iterable[Problem]], ...] = (
    unknown_fields,
    missing_fields,
    dois,
    eprints,
    isbns,
    issns,
    orcids,
    addresses,
    ranges,
    signs,
    balance,
    drafts,
)


def lint(
    entries: Sequence[RawEntry],
    text: str = "",
    *,
    owner: frozenset[str] = frozenset(),
    folder: Folder | None = None,
    problems: Sequence[Problem] = (),
) -> list[Problem]:
    """What is wrong in the *entries* of one file, in the order of the file.

    Args:
        entries: as :func:`~bibfolio.sources.bib_parser.read_entries` gives them.
        text: the file; with it, places are exact, and invisible characters are found.
        owner: spellings of the name of the person whose site it is.
        folder: where the files are that entries name.
        problems: what reading *text* has brought up; nothing is said twice.
    """
    every = items(entries, text, "", problems)
    keys = {item.key for item in every}
    return sorted([*_told(every, keys, owner, folder), *controls(text)], key=_order)


def lint_bibliography(
    files: Mapping[str, Bibliography],
    owner: frozenset[str] = frozenset(),
    folder: Folder | None = None,
) -> list[Problem]:
    """Everything that is wrong in a bibliography: what reading brought up, and what rules find.

    Args:
        files: name → what was read from that file.
        owner: spellings of the name of the person whose site it is.
        folder: where the files are that entries name.

    Returns:
        problems, each with the name of its file, in the order of the files and their lines.
    """
    found = [replace(p, file=name) for name, read in files.items() for p in read.problems]
    every = [
        item
        for name, read in files.items()
        for item in items(read.raw, read.text, name, read.problems)
    ]
    keys = {key for read in files.values() for key in read.drafts}
    keys |= {paper.key for read in files.values() for paper in read.papers}
    found += _told(every, keys, owner, folder, next(iter(files), ""))
    found += [p for name, read in files.items() for p in controls(read.text, name)]
    position = {name: number for number, name in enumerate(files)}
    return sorted(found, key=lambda problem: (position.get(problem.file, 0), *_order(problem)))


def _told(
    every: Sequence[Item],
    keys: Collection[str],
    owner: frozenset[str],
    folder: Folder | None,
    file: str = "",
) -> list[Problem]:
    """What the rules say of *every* entry."""
    return [
        *(problem for item in every for rule in RULES for problem in rule(item)),
        *spellings(every, owner),
        *strangers(every, owner),
        *venues(every),
        *twins(every),
        *same_doi(every),
        *attachments(every, keys, folder or Folder(), file),
    ]


def _order(problem: Problem) -> tuple[int, int, str]:
    return problem.line, problem.column, problem.kind.subtype
