"""Rules for a bibliography that can be read, and corrections that need no judgement.

A rule takes one :class:`~bibfolio.lint.item.Item`, or all of them, and yields problems of a
kind of its own. No rule repeats what the reader (:mod:`bibfolio.sources.bibliography`) reports.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from bibfolio.lint.consistency import drafts, examples, retractions, same_doi, twins, venues
from bibfolio.lint.fields import (
    attachments,
    lost_links,
    missing_fields,
    undescribed_figures,
    unknown_fields,
    unknown_grants,
)
from bibfolio.lint.identifiers import addresses, dois, eprints, page_hyphens, serial_numbers
from bibfolio.lint.item import Item, items
from bibfolio.lint.people import papers_without_owner, spellings
from bibfolio.lint.texts import formulas, invisible_characters, markup, tags, titles
from bibfolio.model import Profile
from bibfolio.problems import Problem
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.folder import Folder
from bibfolio.sources.spelling import names_of_others

__all__ = ["lint_bibliography"]

_NOBODY = Profile()
#: Rules that look at one entry.
_RULES: tuple[Callable[[Item], Iterable[Problem]], ...] = (
    missing_fields,
    dois,
    eprints,
    serial_numbers,
    addresses,
    page_hyphens,
    markup,
    formulas,
    drafts,
    retractions,
)


def lint_bibliography(
    files: Mapping[str, Bibliography],
    person: Profile = _NOBODY,
    folder: Folder | None = None,
    profile: str = "profile.toml",
    languages: Collection[str] = (),
) -> list[Problem]:
    """Return all problems of a bibliography: those of the reader, and those of the rules.

    Args:
        files: name → what was read from that file.
        person: whose site it is; files may also have the names of that person's talks.
        folder: the folder with the files that entries name.
        profile: the file that describes the person.
        languages: those of a site that has several, as they stand behind a name: ``title-zh``.

    Returns:
        problems, each with the name of its file, in the order of the files and their lines.
    """
    problems: list[Problem] = []
    entries: list[Item] = []
    owner, slugs = person.names, {talk.slug for talk in person.talks}
    with_figures: set[str] = set()
    for name, read in files.items():
        problems += [replace(problem, file=name) for problem in read.problems]
        problems += invisible_characters(read.text, name)
        entries += items(read.raw, read.text, name, read.problems)
        papers = (*read.papers, *read.drafts)
        slugs |= {paper.slug for paper in papers}
        with_figures |= {p.key for p in papers if p.figure and not p.figure.alt}
    problems += [problem for item in entries for rule in _RULES for problem in rule(item)]
    others = names_of_others(person.acquaintances, owner)
    problems += spellings(entries, owner, others)
    problems += papers_without_owner(entries, owner, others, profile)
    problems += [*unknown_fields(entries, languages), *titles(entries), *tags(entries)]
    problems += unknown_grants(entries, person.grants) if person.name else []
    problems += lost_links(entries, folder or Folder())
    problems += [*venues(entries), *twins(entries), *same_doi(entries), *examples(entries)]
    problems += undescribed_figures(entries, with_figures)
    if entries:
        problems += attachments(entries, slugs, folder or Folder(), next(iter(files)))
    position = {name: number for number, name in enumerate([*files, profile])}
    return sorted(problems, key=lambda p: (position[p.file], p.line, p.column, p.kind.subtype))
