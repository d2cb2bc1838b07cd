"""What is wrong in a bibliography that can be read: rules, and mending what is mechanical.

A rule takes one :class:`~bibfolio.lint.item.Item`, or all of them, and yields problems of a
kind of its own. No rule speaks of what the reader (:mod:`bibfolio.sources.bibliography`) reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bibfolio.lint.consistency import drafts, same_doi, twins, venues
from bibfolio.lint.fields import attachments, missing_fields, unknown_fields
from bibfolio.lint.identifiers import addresses, dois, eprints, ranges, serial_numbers
from bibfolio.lint.item import Item, items
from bibfolio.lint.people import spellings, strangers
from bibfolio.lint.texts import formulas, invisible_characters, markup, titles
from bibfolio.model import Profile
from bibfolio.problems import Problem
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.folder import Folder

__all__ = ["lint_bibliography"]

_NOBODY = Profile()
#: Rules that look at one entry.
_RULES: tuple[Callable[[Item], Iterable[Problem]], ...] = (
    unknown_fields,
    missing_fields,
    dois,
    eprints,
    serial_numbers,
    addresses,
    ranges,
    markup,
    formulas,
    titles,
    drafts,
)


def lint_bibliography(
    files: Mapping[str, Bibliography],
    person: Profile = _NOBODY,
    folder: Folder | None = None,
    profile: str = "profile.toml",
) -> list[Problem]:
    """Return everything that is wrong in a bibliography: what reading brought up, and the rules.

    Args:
        files: name → what was read from that file.
        person: whose site it is: the names, and the talks after which files may be called as well.
        folder: where the files are that entries name.
        profile: the file that says who that is.

    Returns:
        problems, each with the name of its file, in the order of the files and their lines.
    """
    found: list[Problem] = []
    every: list[Item] = []
    owner, slugs = person.names, {talk.slug for talk in person.talks}
    for name, read in files.items():
        found += [replace(problem, file=name) for problem in read.problems]
        found += invisible_characters(read.text, name)
        every += items(read.raw, read.text, name, read.problems)
        slugs |= {paper.slug for paper in (*read.papers, *read.drafts)}
    found += [problem for item in every for rule in _RULES for problem in rule(item)]
    found += [*spellings(every, owner), *strangers(every, owner, profile), *venues(every)]
    found += [*twins(every), *same_doi(every)]
    found += attachments(every, slugs, folder or Folder(), next(iter(files))) if every else ()
    position = {name: number for number, name in enumerate([*files, profile])}
    return sorted(found, key=lambda p: (position[p.file], p.line, p.column, p.kind.subtype))
