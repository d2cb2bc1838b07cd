"""Papers, slides and posters to hand out: named but not there, there but named by no entry."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.folder import Folder
from bibfolio.sources.links import FILES, web_url
from bibfolio.lint.identifier import arxiv_of
from bibfolio.lint.item import Field, Item

#: How alike two names of files are for one to be a slip of the other (of 1).
_LIKENESS = 0.8


@dataclass(frozen=True)
class _Named:
    """A file that an entry names."""

    item: Item
    field: Field
    folder: str
    name: str
    #: Whether readers get something else in its place.
    has_other: bool


def attachments(
    items: Sequence[Item], keys: Collection[str], folder: Folder, file: str
) -> Iterator[Problem]:
    """Files that entries name and that are not there, and files that no entry names.

    Nothing is said of a folder without any file. A missing file is told if it can be a slip: the
    folder holds one that nobody names, or at least half of those that entries name there.

    Args:
        items: all entries.
        keys: the keys under which the site knows them.
        folder: where the files are.
        file: the bibliography of which to tell that a file belongs to no entry.
    """
    named = [named for item in items for named in _named(item, folder)]
    owned = {f"{key}.pdf" for key in keys}
    unused = {
        place: folder.names(place) - owned - {one.name for one in named if one.folder == place}
        for _kind, place in FILES.values()
    }
    there: dict[str, Counter[bool]] = {}
    for one in named:
        there.setdefault(one.folder, Counter())[one.name in folder.names(one.folder)] += 1
    explained: set[str] = set()
    for one in named:
        present = folder.names(one.folder)
        if one.name in present or not present:
            continue
        free = unused.get(one.folder, frozenset())
        near = _near(one.name, free)
        is_slip = bool(free) or there[one.folder][True] >= there[one.folder][False]
        if near:
            explained.add(f"{one.folder}/{near}")
            advice = f"write {one.folder}/{near}, which is"
        elif is_slip and not one.has_other:
            advice = "put it there, or remove it from the field"
        else:
            continue
        message = f"{one.field.written}: {one.folder}/{one.name} is not there; {advice}"
        yield one.item.problem(WarningKind.BIB_FILE, message, one.field)
    for place, names in unused.items():
        for name in sorted(names):
            path = f"{place}/{name}"
            if path not in explained and not folder.is_mentioned(path):
                message = f"{path} belongs to no entry; call it {place}/KEY.pdf, or name it in one"
                yield Problem(WarningKind.BIB_UNUSED_FILE, message, file=file)


def _named(item: Item, folder: Folder) -> Iterator[_Named]:
    """The files in the fields of *item*, as paths from the root of the site."""
    for field in item.named(*FILES):
        kind, place = FILES[field.name]
        candidates = [part.strip() for part in re.split(r";\s+|;$", field.value) if part.strip()]
        paths = [re.sub(r"\\([_%&#~])", r"\1", part).removeprefix("/") for part in candidates]
        has_arxiv = kind == "pdf" and bool(arxiv_of(item.get("eprint")))
        has_other = (
            has_arxiv
            or any(map(web_url, candidates))
            or f"{item.key}.pdf" in folder.names(place)
            or any(_split(path)[1] in folder.names(_split(path)[0]) for path in paths)
        )
        for path, candidate in zip(paths, candidates, strict=True):
            if not re.search(r":|\\|^/", path) and not web_url(candidate):
                yield _Named(item, field, *_split(path), has_other)


def _split(path: str) -> tuple[str, str]:
    place, _slash, name = path.rpartition("/")
    return place, name


def _near(name: str, free: frozenset[str]) -> str:
    """The file that is probably meant by *name*; its numbers are not what is misspelt."""
    numbers = re.findall(r"\d+", name)
    folded = {
        other.casefold(): other
        for other in sorted(free, reverse=True)
        if re.findall(r"\d+", other) == numbers
    }
    found = difflib.get_close_matches(name.casefold(), sorted(folded), 1, _LIKENESS)
    return folded[found[0]] if found else ""
