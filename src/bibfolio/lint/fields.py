"""Fields: unknown names, what an entry cannot do without, and the files that fields name."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bibfolio.lint.item import Field, Item, listed
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import OTHER_NAMES, SITE, STANDARD, is_known, state_of
from bibfolio.sources.folder import Folder
from bibfolio.sources.identifiers import arxiv_of, without_escapes
from bibfolio.sources.keys import safe_key
from bibfolio.sources.links import FILES, candidates, web_url

# -- names that nobody knows --------------------------------------------------------------------

#: How alike two names of fields, or of files, are for one to be a slip of the other (of 1).
_LIKE_FIELD, _LIKE_FILE = 0.75, 0.8
#: The site's own come first among equals.
_NAMES = [*sorted(SITE), *sorted(STANDARD - SITE)]


def unknown_fields(item: Item) -> Iterator[Problem]:
    """Yield fields of no known name."""
    for field in item.own:
        name = field.written.lower()
        if is_known(name):
            continue
        if near := nearest(name):
            advice = f"write {near}"
        elif re.search(r"[-_:]", name):
            continue  # programs make such names, and people do not
        else:
            advice = "remove it, or write note"
        message = f"the field {field.written} is not known; {advice}"
        yield item.problem(WarningKind.BIB_UNKNOWN_FIELD, message, field)


def nearest(name: str) -> str:
    """Return the field that is meant by the unknown *name*, or "" if that cannot be told."""
    base, annotated, label = name.partition("+an")
    if annotated:
        near = nearest(base)
        return f"{near}+an{label}" if near else ""
    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    joined = re.sub(r"[-_:.]", "", name)
    if joined != name:
        return joined if joined in _NAMES else ""
    letters = sorted(name)
    swapped = [known for known in _NAMES if sorted(known) == letters]
    return next(iter(swapped or difflib.get_close_matches(name, _NAMES, 1, _LIKE_FIELD)), "")


# -- what an entry of each type cannot do without (biblatex, §2.1; BibTeX where it asks less) ----

#: Entry types → what they need besides a title, which the reader asks for.
_NEEDED = {
    "article suppperiodical review": "author journal date",
    "book mvbook": "author/editor date",
    "inbook bookinbook suppbook": "author/editor booktitle/chapter/pages date",
    "booklet manual misc proceedings mvproceedings software": "date",
    "artwork audio image video movie music performance": "date",
    "commentary jurisdiction legal legislation letter standard": "date",
    "collection mvcollection reference mvreference periodical": "editor date",
    "incollection inreference suppcollection": "author/editor booktitle date",
    "dataset": "author/editor date",
    "inproceedings conference": "author booktitle date",
    "online electronic www": "author/editor date url",
    "patent": "author number date",
    "report": "author type institution date",
    "techreport": "author institution date",
    "thesis": "author type institution date",
    "phdthesis mastersthesis": "author institution date",
    "unpublished": "author date",
}
NEEDED = {
    type_: tuple(needed.split()) for types, needed in _NEEDED.items() for type_ in types.split()
}
#: Field → others that serve as well; biblatex or the site reads them so.
_INSTEAD = {
    "date": ("year",),
    "booktitle": ("eventtitle", "eventtitleaddon"),
    "institution": ("school", "organization"),
    "url": ("doi", "eprint", "howpublished"),
    "editor": ("author", "organization"),
    "author/editor": ("organization", "institution", "publisher"),
}
_SAID = {"date": "year", "booktitle": "booktitle or eventtitle"}
#: What a paper has only once it is published; until then, its e-print or state says enough.
_PUBLISHED = {"journal", "booktitle", "booktitle/chapter/pages"}


def missing_fields(item: Item) -> Iterator[Problem]:
    """Yield the fields that an entry of this type lacks; drafts and what was misread may."""
    if item.is_draft or item.is_broken:
        return
    is_coming = state_of(item.get("pubstate")) not in {"", "published"}
    spared = _PUBLISHED if is_coming or item.get("eprint") else set()
    spared = spared | {"date"} if is_coming else spared
    missing = [
        need
        for need in NEEDED.get(item.type, ())
        if need not in spared and not item.get(*need.split("/"), *_INSTEAD.get(need, ()))
    ]
    if missing:
        names = [_SAID.get(need, need.replace("/", " or ")) for need in missing]
        if item.type in {"phdthesis", "mastersthesis"}:
            names = [name.replace("institution", "school") for name in names]
        article = "an" if item.type[0] in "aeiou" else "a"
        pronoun = "them" if missing[1:] else "it"
        message = f"{article} @{item.type} needs {listed(names)}; add {pronoun}"
        yield item.problem(WarningKind.BIB_MISSING_FIELD, message)


# -- files: named but not there, there but named by no entry ------------------------------------


class _NamedFile(NamedTuple):
    """A file that an entry names."""

    item: Item
    field: Field
    folder: str
    name: str
    #: Whether readers get something else in its place.
    has_other: bool


def attachments(
    items: Sequence[Item], slugs: Collection[str], folder: Folder, file: str
) -> Iterator[Problem]:
    """Yield files that entries name and that are not there, and files that no entry names.

    Nothing is said of a folder without any file. A missing file is told if it can be a slip: the
    folder holds one that nobody names, or at least half of those that entries name there.

    Args:
        items: all entries.
        slugs: their keys as names of files spell them.
        folder: where the files are.
        file: the bibliography of which to tell that a file belongs to no entry.
    """
    named = [named for item in items for named in _named_files(item, folder)]
    used = {f"{place}/{slug}.pdf" for _kind, place in FILES.values() for slug in slugs}
    used |= {f"{one.folder}/{one.name}" for one in named}
    unused = {
        place: {name for name in folder.names(place) if f"{place}/{name}" not in used}
        for _kind, place in FILES.values()
    }
    are_there = Counter((one.folder, one.name in folder.names(one.folder)) for one in named)
    for one in named:
        present = folder.names(one.folder)
        if one.name in present or not present:
            continue
        free = unused.get(one.folder, set())
        near = _nearest_file(one.name, free)
        is_slip = free or are_there[one.folder, True] >= are_there[one.folder, False]
        if near:
            free.remove(near)
            advice = f"write {one.folder}/{near}, which is"
        elif is_slip and not one.has_other:
            advice = "put it there, or remove it from the field"
        else:
            continue
        message = f"{one.field.written}: {one.folder}/{one.name} is not there; {advice}"
        yield one.item.problem(WarningKind.BIB_FILE, message, one.field)
    for place, names in unused.items():
        for path in (f"{place}/{name}" for name in sorted(names)):
            if not folder.is_mentioned(path):
                message = f"{path} belongs to no entry; call it {place}/KEY.pdf, or name it in one"
                yield Problem(WarningKind.BIB_UNUSED_FILE, message, file=file)


def _named_files(item: Item, folder: Folder) -> Iterator[_NamedFile]:
    """Yield the files in the fields of *item*, as paths from the root of the site."""
    for field in item.named(*FILES):
        kind, place = FILES[field.name]
        paths = [without_escapes(part) for part in candidates(field.value)]
        local = [path.removeprefix("/") for path in paths if not web_url(path)]
        has_other = len(local) < len(paths) or any(
            map(folder.holds, [*local, f"{place}/{safe_key(item.key)}.pdf"])
        )
        has_other |= kind == "pdf" and bool(arxiv_of(item.get("eprint")))
        for path in local:
            if not re.search(r":|\\|^/", path):
                where, _slash, name = path.rpartition("/")
                yield _NamedFile(item, field, where, name, has_other)


def _nearest_file(name: str, free: Collection[str]) -> str:
    """Return the file that is probably meant by *name*; its numbers are not what is misspelt."""
    numbers = re.findall(r"\d+", name)
    folded = {
        other.casefold(): other
        for other in sorted(free, reverse=True)
        if re.findall(r"\d+", other) == numbers
    }
    found = difflib.get_close_matches(name.casefold(), sorted(folded), 1, _LIKE_FILE)
    return folded[found[0]] if found else ""
