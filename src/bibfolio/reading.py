"""The bibliography of a site, read and judged; again only if something has changed that decides.

Beside the files themselves that is how they are read, what lies in the folders that were looked at
on the way, and the program that reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bibfolio.model import Paper
from bibfolio.output import is_served
from bibfolio.problems import Problem
from bibfolio.recall import program, recall, remember
from bibfolio.sources.folder import Folder
from bibfolio.sources.paper_entry import PaperEntry

#: What decides beside this package how an entry is read.
_LIBRARIES = ("pybtex", "latexcodec", "docutils")


@dataclass(frozen=True, slots=True)
class Bibliographies:
    """Where the bibliographies of a site are, and how they are read."""

    #: Folder from which everything is named.
    root: Path
    #: The files, by name, in the order in which they are read.
    names: tuple[str, ...]
    #: Spellings of the name of the person whose site it is.
    owner: frozenset[str] = frozenset()
    #: Folder of the files that are handed out.
    served: str = "files"

    def paths(self) -> list[Path]:
        """The files."""
        return [(self.root / name).resolve() for name in self.names]


class State(NamedTuple):
    """Digests of a paper, each of which is another whenever what it is of has changed."""

    #: Of the whole paper.
    whole: str
    #: Of what lists and citations show of it.
    in_lists: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a build takes from the bibliographies."""

    #: The visible entries of each file, in its order.
    entries: tuple[tuple[PaperEntry, ...], ...]
    #: What is wrong, each with the name of its file.
    problems: tuple[Problem, ...]
    #: Key → state of the paper.
    states: dict[str, State]

    @property
    def papers(self) -> list[Paper]:
        """Visible papers in the order of the files."""
        return [entry.paper for entries in self.entries for entry in entries]


def read_again(where: Bibliographies, memory: Path, *, is_trusted: bool = True) -> Reading:
    """As :func:`read`; or what was read the last time, if nothing that decides has changed.

    Args:
        where: the bibliographies.
        memory: the file that holds what was read the last time, and will hold what is read now.
        is_trusted: whether what it holds may be used.
    """
    recipe = _recipe(where)
    if not recipe:
        return read(where, Folder(where.root))
    known = recall(memory, recipe) if is_trusted else None
    if known and Folder(where.root).shows(known[1]):
        remembered: Reading = known[0]
        return remembered
    folder = Folder(where.root)
    reading = read(where, folder)
    if _recipe(where) == recipe:  # nobody has saved a file meanwhile
        remember(memory, recipe, (reading, folder.seen))
    return reading


def read(where: Bibliographies, folder: Folder) -> Reading:
    """Read everything and see what is wrong; *folder* is asked what lies beside the files."""
    # Tables of TeX, rules and their patterns: most builds need none of them.
    from bibfolio.formulas import undrawable  # noqa: PLC0415
    from bibfolio.sources.bibliography import read_bibliography  # noqa: PLC0415
    from bibfolio.lint import lint_bibliography  # noqa: PLC0415

    def is_available(path: str) -> bool:
        return is_served(path, where.served) and folder.holds(path)

    taken: dict[str, str] = {}
    read = [read_bibliography(path, where.owner, is_available, taken) for path in where.paths()]
    files = dict(zip(where.names, read, strict=True))
    problems = lint_bibliography(files, where.owner, folder)
    problems += [found for name, one in files.items() for found in undrawable(one.papers, name)]
    entries = tuple(tuple(one.entries.entries.values()) for one in read)
    states = states_of(entry.paper for some in entries for entry in some)
    return Reading(entries, tuple(problems), states)


def states_of(papers: Iterable[Paper]) -> dict[str, State]:
    """Key → state of each paper."""
    return {paper.key: State(_digest(paper), _digest(paper.in_lists)) for paper in papers}


def _digest(paper: Paper) -> str:
    return hashlib.sha256(repr(paper).encode("utf-8", "replace")).hexdigest()


def _recipe(where: Bibliographies) -> list[bytes]:
    """All that decides, but for what lies beside the files; nothing if one cannot be read."""
    paths = where.paths()
    how = (where.names, [path.name for path in paths], sorted(where.owner), where.served)
    recipe = [program(*_LIBRARIES).encode(), repr(how).encode("utf-8", "backslashreplace")]
    try:
        return recipe + [path.read_bytes() for path in paths]
    except OSError:
        return []
