"""``refs.bib`` → papers, and the entries sphinxcontrib-bibtex works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pybtex.database import BibliographyData

from bibfolio.model import Paper
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.encoding import decode
from bibfolio.sources.bib_entry import EntryReader
from bibfolio.sources.inheritance import inherit
from bibfolio.sources.keys import identity
from bibfolio.sources.links import Available
from bibfolio.sources.paper_entry import PaperEntry
from bibfolio.sources.bib_parser import RawEntry, read_entries


@dataclass
class Bibliography:
    """All that is known from one or more ``.bib`` files."""

    entries: BibliographyData = field(default_factory=BibliographyData)
    #: Visible papers in the order of the file.
    papers: list[Paper] = field(default_factory=list)
    #: Keys of entries that ``pubstate = {inpreparation}`` hides.
    drafts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    #: The file, and its entries as they stand there.
    text: str = ""
    raw: list[RawEntry] = field(default_factory=list)


def read_bibliography(
    path: Path,
    owner: frozenset[str] = frozenset(),
    available: Available = lambda _path: False,
    taken: dict[str, str] | None = None,
) -> Bibliography:
    """Read the file at *path*.

    Args:
        path: a BibTeX file, UTF-8 (with or without byte order mark).
        owner: spellings of the name of the person whose site it is.
        available: tells whether a file, named relative to the site's root, exists.
        taken: key in lower case → where it was seen; keys found here are added, so that several
            files can share one.

    Returns:
        what could be read, and the problems; nothing is raised for bad input.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot read the bibliography: {error.strerror}"
        return Bibliography(problems=[Problem(WarningKind.BIB_MISSING, message)])
    text, problems = decode(data)
    result = parse_bibliography(text, owner, available, taken, path.name)
    result.problems[:0] = problems
    return result


def parse_bibliography(
    text: str,
    owner: frozenset[str] = frozenset(),
    available: Available = lambda _path: False,
    taken: dict[str, str] | None = None,
    name: str = "refs.bib",
) -> Bibliography:
    """As :func:`read_bibliography`, for the *text* of a file called *name*."""
    result = Bibliography(text=text)
    result.raw, result.problems = read_entries(text)
    raw_entries, missing = inherit(result.raw)
    result.problems += missing
    taken = {} if taken is None else taken
    for raw in raw_entries:
        reader = EntryReader(raw, owner, available, result.problems.append)
        key = reader.unique_key(taken)
        taken[identity(key)] = f"{name}:{raw.line}"
        is_hidden, paper = reader.is_hidden(), reader.paper(key)
        if is_hidden:  # what is wrong in a draft is told all the same
            result.drafts.add(key)
            continue
        result.papers.append(paper)
        result.entries.add_entry(key, PaperEntry(paper, reader.fields))
    return result
