"""Fields: unknown names, required fields that are missing, and what fields link: files, pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from bibfolio.lint.item import Field, Item, problem_of_all
from bibfolio.model.grants import same_number
from bibfolio.model.profile import Grant
from bibfolio.model.strings import listed, nearest, number_of
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import (
    OTHER_NAMES,
    SITE,
    STANDARD,
    is_known,
    language_of_field,
    state_of,
)
from bibfolio.sources.folder import FIGURES, NOTES, Folder, figure_places, nearest_file
from bibfolio.sources.identifiers import without_escapes, without_tex
from bibfolio.sources.keys import safe_key
from bibfolio.sources.keywords import read_keywords
from bibfolio.sources.links import (
    FILES,
    LINK_FIELDS,
    PRIVATE,
    candidates,
    file_places,
    is_path,
    web_url,
)
from bibfolio.sources.name_signs import explains_signs
from bibfolio.sources.pictures import BEGINNINGS
from bibfolio.sources.source_text import cited

# -- unknown names ------------------------------------------------------------------------------

#: Of equally similar names, the site's own come first.
_NAMES = [*sorted(SITE), *sorted(STANDARD - SITE)]
#: So many names stand in one line.
_MOST = 12


def unknown_fields(items: Sequence[Item], languages: Collection[str] = ()) -> Iterator[Problem]:
    """Yield each unknown name of a field, at its first place.

    *languages* are those of a site that has several, as they stand behind a name: ``title-zh``.
    """
    for name, places in _unknown(items, languages).items():
        field, _sign, language = name.partition("-")
        if languages and is_known(field) and re.fullmatch("[a-z]{2,3}(?:-[a-z]{2,4})?", language):
            one = nearest(language, sorted(languages), 0.5)
            advice = f"write {field}-{one}" if one else f"it has {listed(sorted(languages))}"
            wrong = f"is in no language of the site; {advice}"
        elif near := nearest_field(name):
            wrong = f"is not known; write {near}"
        elif re.search(r"[-_:]", name):
            continue  # programs invent such names, people do not
        else:
            wrong = "is not known; remove it, or write note"
        message = f"the field {places[0][1].written} {wrong}"
        yield problem_of_all(WarningKind.BIB_UNKNOWN_FIELD, message, places)


def fields_not_shown(entries: Iterable[RawEntry], languages: Collection[str] = ()) -> str:
    """Return in one line which fields of unknown names there are, and in how many entries."""
    counts: Counter[str] = Counter()
    for entry in entries:
        names = (
            name.lower() for name, value in entry.fields if not _is_read(name, value, languages)
        )
        counts.update({*names})
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{name} ({number_of(count, 'entry', 'entries')})" for name, count in most[:_MOST]]
    more = [f"and {len(most) - _MOST} more names"] if most[_MOST:] else []
    return f"fields that are not shown: {', '.join([*shown, *more])}" if most else ""


def _unknown(
    items: Sequence[Item], languages: Collection[str]
) -> dict[str, list[tuple[Item, Field]]]:
    """Return each unknown name in lower case, with the fields that are called so."""
    found: dict[str, list[tuple[Item, Field]]] = {}
    for item in items:
        for field in item.own:
            if not _is_read(field.written, field.value, languages):
                found.setdefault(field.written.lower(), []).append((item, field))
    return found


def _is_read(name: str, value: str, languages: Collection[str]) -> bool:
    """Return whether a field is known by its name, or read for what it says."""
    name, _language = language_of_field(name.lower(), languages)
    return is_known(name) or (name == "additional_info" and explains_signs(value))


def nearest_field(name: str) -> str:
    """Return which field the unknown *name* means, or "" if that is not clear."""
    if name[-1:].isdigit():
        return ""  # of a program, which counts what it cannot name twice
    base, annotated, label = name.partition("+an")
    if annotated:
        near = nearest_field(base)
        return f"{near}+an{label}" if near else ""
    joined = re.sub(r"[-_:.]", "", name)
    if joined != name:
        return joined if joined in _NAMES else ""
    letters = sorted(name)
    swapped = [candidate for candidate in _NAMES if sorted(candidate) == letters]
    return next(iter(swapped), "") or nearest(name, _NAMES, 0.75)


# -- required fields of each type (biblatex, §2.1; BibTeX where it asks less) --------------------

#: Entry types → required fields besides the title, which the reader asks for.
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
#: Field → fields that biblatex or the site reads in its place.
_INSTEAD = {
    "date": ("year", "eventdate"),
    "booktitle": ("eventtitle", "eventtitleaddon"),
    "institution": ("school", "organization"),
    "url": ("doi", "eprint", "howpublished"),
    "editor": ("author", "organization"),
    "author/editor": ("organization", "institution", "publisher"),
}
_SHOWN = {"date": "year", "booktitle": "booktitle or eventtitle"}
#: Fields that a paper gets when it is published; a preprint does without.
_PUBLISHED = {"journal", "booktitle", "booktitle/chapter/pages"}


def missing_fields(item: Item) -> Iterator[Problem]:
    """Yield entries that lack required fields; drafts and misread entries may lack them."""
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
        names = [_SHOWN.get(need, need.replace("/", " or ")) for need in missing]
        if item.type in {"phdthesis", "mastersthesis"}:
            names = [name.replace("institution", "school") for name in names]
        article = "an" if item.type[0] in "aeiou" else "a"
        pronoun = "them" if missing[1:] else "it"
        message = f"{article} @{item.type} needs {listed(names)}; add {pronoun}"
        if "journal" in names and item.get("venue"):
            message += "; venue is the place of a conference"
        yield item.problem(WarningKind.BIB_MISSING_FIELD, message)


# -- files that are missing, or that no entry names ---------------------------------------------

#: Folder of files that have the names of keys → their suffixes.
_BY_KEY: dict[str, tuple[str, ...]] = {place: (".pdf",) for _kind, place in FILES.values()}
_BY_KEY |= {NOTES: (".md",), FIGURES: tuple(BEGINNINGS)}
#: Why readers do not get a file, for which there is a better place.
_GONE, _ON_DISK, _UNSERVED = "is not there", "is on your own disk", "is not served"
_ELSEWHERE = {_GONE, _ON_DISK, _UNSERVED}
_OUT = "is a symbolic link out of its folder and is not served; put the file itself there"


class _Named(NamedTuple):
    """A file that an entry names."""

    item: Item
    field: Field
    #: The folder for such files.
    place: str
    path: str
    #: Whether readers get another file or address in its place.
    has_other: bool


def attachments(
    items: Sequence[Item], slugs: Collection[str], folder: Folder, file: str
) -> Iterator[Problem]:
    """Yield missing files that entries name, and files that no entry names.

    Args:
        items: the entries.
        slugs: their keys, and titles of talks, as names of files spell them.
        folder: where the files are.
        file: the bibliography at which a file is reported that no entry names.
    """
    named = [named for item in items for named in _named_files(item, folder)]
    used = {one.path for one in named}
    figures = (field.value for item in items for field in item.named("figure", "preview"))
    used |= {place for name in figures for place in figure_places(without_tex(name))}
    by_key = {
        place: {f"{place}/{slug}{ending}" for slug in slugs for ending in endings} - used
        for place, endings in _BY_KEY.items()
    }
    used |= set().union(*by_key.values())
    unused = {
        place: {name for name in folder.names(place) if f"{place}/{name}" not in used}
        for place in _BY_KEY
    }
    yield from _missing_files(named, unused, folder)
    yield from _missing_previews(items, folder)
    for place, names in unused.items():
        if place != FIGURES:
            for path in sorted(filter(folder.leads_out, by_key[place])):
                yield Problem(WarningKind.BIB_FILE, f"{path} {_OUT}", file=file)
        endings, there = _BY_KEY[place], folder.names(place)
        free = {slug for slug in slugs if not there & {f"{slug}{end}" for end in endings}}
        for name in sorted(names):
            path, ending = f"{place}/{name}", PurePath(name).suffix.lower()
            ending = ending if ending in endings else endings[0]
            near = nearest_file(name, {f"{slug}{ending}" for slug in free})
            # A note on nothing is a page of its own, and a picture may be of anything.
            is_free = place in {NOTES, FIGURES} and not near
            if is_free or folder.is_mentioned(path.removesuffix(".md")):
                continue
            kind = WarningKind.BIB_FILE if near else WarningKind.BIB_UNUSED_FILE
            call = f"{place}/{near}" if near else f"{place}/KEY.pdf, name it in one"
            message = f"{path} belongs to no entry; call it {call}, or delete it"
            yield Problem(kind, message, file=file)


def unknown_grants(items: Sequence[Item], grants: Iterable[Grant]) -> Iterator[Problem]:
    """Yield each number of a grant that none of *grants* has, at its first place."""
    known = {same_number(grant.number): grant.number for grant in grants if grant.number}
    found: dict[str, list[tuple[Item, Field]]] = {}
    for item in items:
        for field in item.named("grants"):
            for number in read_keywords(field.value)[0]:
                if same_number(number) not in known:
                    found.setdefault(number, []).append((item, field))
    for number, places in found.items():
        near = nearest(same_number(number), known, 0.6)
        advice = f"did you mean {known[near]}?" if near else "write it as number of one"
        message = f"none of [[grants]] has the number {cited(number, 60)}; {advice}"
        yield problem_of_all(WarningKind.BIB_GRANT, message, places)


def lost_links(items: Sequence[Item], folder: Folder) -> Iterator[Problem]:
    """Yield fields for links whose value is no address and no file of the site, each once."""
    found: dict[str, list[tuple[Item, Field]]] = {}
    for item in items:
        for field in item.named(*LINK_FIELDS):
            path = without_tex(item.get(field.name))
            if is_path(path) and not folder.offers(path.removeprefix("/")):
                found.setdefault(field.name, []).append((item, field))
    for places in found.values():
        field = places[0][1]
        what = f"{cited(field.value)} in {field.written} is no address, and no file of this site"
        message = f"{what}; write https://…, or put the file there"
        yield problem_of_all(WarningKind.BIB_URL, message, places)


def _missing_previews(items: Sequence[Item], folder: Folder) -> Iterator[Problem]:
    """Yield that pictures of al-folio's are not there: one problem for all, as all of them lack."""
    lost = [
        (item, field)
        for item in items
        for field in item.named("preview")
        if not item.get("figure") or item.get("figure") == field.value.strip()
        if not any(map(folder.holds, figure_places(without_tex(field.value))))
    ]
    if lost:
        field = lost[0][1]
        what = f"{cited(field.value, 60)} is not there; put it into {FIGURES}/"
        yield problem_of_all(WarningKind.BIB_FIGURE, f"{field.written}: {what}", lost)


def undescribed_figures(items: Sequence[Item], keys: Collection[str]) -> Iterator[Problem]:
    """Yield that of the papers with these *keys* nobody says what is seen on their figures."""
    if found := [(item, None) for item in items if item.key in keys]:
        message = "say in figurealt what is seen on its figure"
        yield problem_of_all(WarningKind.BIB_FIGUREALT, message, found)


def _missing_files(
    named: list[_Named], unused: dict[str, set[str]], folder: Folder
) -> Iterator[Problem]:
    """Yield files that readers do not get: one problem for all that are missing for one reason.

    Programs write their paths into every entry.
    """
    missing: dict[str, list[_Named]] = {}
    for one in named:
        folder_of_file, _slash, name = one.path.rpartition("/")
        place = folder_of_file or one.place
        why = _why_missing(one.path, folder)
        free = unused.get(place, set()) if why == _GONE else set()
        if near := nearest_file(name, free):
            free.remove(near)
            message = f"{one.field.written}: {one.path} {_GONE}; write {place}/{near}, which is"
            yield one.item.problem(WarningKind.BIB_FILE, message, one.field)
        elif why and not (one.has_other and why in _ELSEWHERE):
            missing.setdefault(why, []).append(one)
    for why, found in missing.items():
        first, places = found[0], [(one.item, one.field) for one in found]
        kind = WarningKind.BIB_FORM if why == _ON_DISK else WarningKind.BIB_FILE
        better = f"{first.place}/{safe_key(first.item.key)}.pdf"
        cure = f"; put the PDF at {better}, and no field is needed" * (why in _ELSEWHERE)
        message = f"{first.field.written}: {cited(first.path, 60)} {why}{cure}"
        yield problem_of_all(kind, message, places)


def _why_missing(path: str, folder: Folder) -> str:
    """Return why readers do not get the file at *path*, and what to do; empty if they do."""
    if folder.offers(path):
        return ""
    if PRIVATE.match(path):
        return _ON_DISK
    if folder.leads_out(path):
        return _OUT
    if not folder.holds(path):
        return _GONE
    top, is_below, _rest = path.partition("/")
    if not is_below:
        return _UNSERVED
    if top == "_static":
        return f'{_UNSERVED}; write html_static_path = ["_static"] in conf.py'
    names = ", ".join(f'"{name}"' for name in (*folder.extra, top))
    return f"{_UNSERVED}; write html_extra_path = [{names}] in conf.py"


def _named_files(item: Item, folder: Folder) -> Iterator[_Named]:
    """Yield the files in the fields of *item*, as paths from the root of the site."""
    for field in item.own:
        name = OTHER_NAMES.get(field.name, field.name)
        if name not in FILES or item.fields.get(name) != field.value or not field.value.strip():
            continue
        kind, place = FILES[name]
        paths = [without_escapes(part) for part in candidates(field.value)]
        local = [path.removeprefix("/") for path in paths if not web_url(path)]
        tried = [path for part in local for path in file_places(name, part)]
        has_other = len(local) < len(paths) or any(
            map(folder.offers, [*tried, f"{place}/{safe_key(item.key)}.pdf"])
        )
        has_other |= kind == "pdf" and "arxiv" in item.identifiers
        for path in paths:
            if PRIVATE.match(path):
                yield _Named(item, field, place, path, has_other)
            elif not re.search(r":|\\|^//|\.\.", path):
                where = file_places(name, path.removeprefix("/"))
                there = next(filter(folder.holds, where), where[0])
                yield _Named(item, field, place, there, has_other)
