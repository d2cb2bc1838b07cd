"""Several bibliographies of an old site → one, in which all that is not touched keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import Resolve
from bibfolio.importing.pages import OldPages
from bibfolio.importing.plan import LEFT, TEMPLATE
from bibfolio.importing.source import Page
from bibfolio.importing.writing import KEPT
from bibfolio.lint.mending import mend
from bibfolio.problems import WarningKind
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.bibtex_writer import escaped, verbatim
from bibfolio.sources.fields import TYPES
from bibfolio.sources.identifiers import arxiv_inside, doi_of
from bibfolio.sources.inheritance import NO_PAPERS
from bibfolio.sources.keys import Keys
from bibfolio.sources.links import web_url
from bibfolio.sources.other_names import standardized
from bibfolio.sources.source_text import SourceText, partners_in

#: Field that may name a file → the folder in which al-folio looks for it.
FOLDERS = {
    **dict.fromkeys(("pdf", "file", "slides", "poster", "supp", "supplementary"), "assets/pdf"),
    "preview": "assets/img/publication_preview",
}
#: Fields that al-folio shows as HTML, and the tags in them that their text does not need.
_TEXTS = {"abstract", "award", "award_name", "annotation", "additional_info", "note"}
_ATTRIBUTES = r"(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>"
_BLOCK = re.compile(rf"</?(?:br|p|div){_ATTRIBUTES}", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:a|b|i|u|em|strong|p|div|span|font|br){_ATTRIBUTES}", re.IGNORECASE)
#: The template's papers, of which nobody alive is an author.
_OLD_AUTHORS = re.compile(r"\b(?:einstein|przibram)\b", re.IGNORECASE)

#: Signs in an address → the field for it.
_KINDS = (
    (re.compile(r"^https?://(?:www\.)?git(?:hub|lab)\.com/"), "code"),
    (re.compile(r"\.pdf$", re.IGNORECASE), "file"),
)

#: Kinds of problems by which something of an entry is lost; `bibfolio check` tells the others.
_LOST = {WarningKind.BIB_SYNTAX, WarningKind.BIB_LOST}

#: What the report says of a paper whose key was changed; and how it is found there.
_TWICE = "check for a duplicate: the old site has the key {} twice"
TWICE = re.compile(_TWICE.format(r"(\S+)"))

Edit = tuple[int, int, str]


def carry_papers(old: OldPages, paths: Iterable[str], venues: Mapping[str, str]) -> list[RawEntry]:
    """Join the bibliographies at *paths* and return the entries of what they become.

    *venues* are addresses of venues by their short names.
    """
    strings: dict[str, str] = {}
    keys, texts = Keys(), []
    for path in paths:
        file = old.site.page(path)
        if not file or file.is_template:
            old.left(path, f"{TEMPLATE}, unchanged" if file else "it is empty")
            continue
        context = _Context(old, file, SourceText(file.body), keys, venues)
        entries, problems = read_entries(file.body, strings)
        for problem in (one for one in problems if one.kind in _LOST):
            old.site.refuse(path, problem.message, problem.line + file.line - 1)
        edits = [edit for entry in entries for edit in _edits(entry, context)]
        texts.append(_applied(file.body, edits).strip("\n"))
    old.plan.bib = mend("\n\n".join(filter(None, texts)) + "\n") if any(texts) else ""
    return [entry for entry in read_entries(old.plan.bib)[0] if entry.type not in NO_PAPERS]


@dataclass(frozen=True)
class _Context:
    """What the edits of an entry depend on."""

    site: OldPages
    file: Page
    source: SourceText
    keys: Keys
    venues: Mapping[str, str]


def _edits(entry: RawEntry, old: _Context) -> list[Edit]:
    """Return what is changed in an entry, and tell where it is."""
    fields = {name.lower(): value for name, value in reversed(entry.fields)}
    place = f"{old.file.path}:{entry.line + old.file.line - 1}"
    source = old.source
    start = source.offset_of(entry.line, entry.column)
    if _is_template(fields):
        old.site.plan.tell(LEFT, entry.key, place, TEMPLATE)
        end = partners_in(source.text[start:]).get(source.text.find("{", start) - start)
        return [(start, start + end + 1, "")] if end else []
    if entry.type in NO_PAPERS:
        return []
    key, looks, missing = old.keys.unique(entry.key, place), list[str](), list[str]()
    edits = _of_head(entry, key, source, old.venues.get(fields.get("abbr", "").strip("{} "), ""))
    if key != entry.key:
        looks.append(_TWICE.format(entry.key))
    for (name, value), position in zip(entry.fields, entry.positions, strict=False):
        if name.lower() in _TEXTS and _TAG.search(value) and len(position.literals) == 1:
            begin, end = position.literals[0]
            plain = _TAG.sub("", _BLOCK.sub(" ", source.text[begin:end]))
            edits.append((begin, end, plain.strip(" ")))
        if name.lower() in FOLDERS and value.strip() and not web_url(value):
            path = _file(value.strip(), FOLDERS[name.lower()], old.site)
            missing += [] if path else [value.strip()]
            if path and path != value.strip() and len(position.literals) == 1:
                edits.append((*position.literals[0], path))
    if missing:
        looks.append(f"add {', '.join(missing)}: not in the old site")
    where = f"refs.bib, papers/{old.keys.slug(key)}"
    old.site.plan.tell("Papers", key, place, where, "; ".join(looks))
    return edits


def _is_template(fields: Mapping[str, str]) -> bool:
    author = fields.get("author", "")
    year = re.search(r"\d{4}", f"{fields.get('year', '')} {fields.get('date', '')}")
    is_old = bool(year and int(year[0]) < 1970 and _OLD_AUTHORS.search(author))
    return is_old or bool(telltale(author))


def _of_head(entry: RawEntry, key: str, source: SourceText, venue: str) -> list[Edit]:
    """Return the edits of type and key, and that which writes the address of the venue."""
    start = source.offset_of(entry.line, entry.column)
    head = re.compile(r"@[ \t]*(\w+)\s*[{(]\s*([^\s,]+)").match(source.text, start)
    if not head or head[2] != entry.key:
        return []
    edits: list[Edit] = [(*head.span(2), key)] if key != entry.key else []
    plain = head[1].lower().removesuffix("bold")  # al-folio's @articlebold
    if head[1].lower() not in TYPES and plain in TYPES:
        edits.append((*head.span(1), plain))
    if venue and not any(name.lower() == "venueurl" for name, _value in entry.fields):
        edits.append((head.end(), head.end(), f",\n  venueurl = {{{verbatim(venue)}}}"))
    return edits


def _file(value: str, folder: str, old: OldPages) -> str:
    """Return where in the new site the file is that a field names; "" if it was not there."""
    for path in (f"{folder}/{value.lstrip('/')}", value.lstrip("/")):
        if path in old.paths and old.keep(path):
            if folder == FOLDERS["preview"]:
                return f"{KEPT}/{path}"
            is_found = path == f"{folder}/{value}" and "/" not in value
            return value if is_found else path
    return ""


def _applied(text: str, edits: Iterable[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


# -- papers that are pages -----------------------------------------------------------------------


def date_fields(text: str) -> dict[str, str]:
    """Return the field for a date; the first of January means a year to nearly everybody."""
    found = re.match(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    if not found:
        return {}
    month, day = int(found[2] or 0), int(found[3] or 0)
    if not 1 <= month <= 12 or (month == 1 and day < 2):
        return {"year": found[1]}
    return {"date": f"{found[1]}-{month:02}" + (f"-{day:02}" if 1 < day <= 31 else "")}


def link_fields(resolve: Resolve, given: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return fields for addresses, each given with a field, or none, and words."""
    found: dict[str, str] = {}
    others: list[str] = []
    for field, target, words in given:
        if not target.strip("#") or telltale(target):
            continue
        place, doi = resolve(target), doi_of(target)
        # A file that is not in the old site is told by `bibfolio check`.
        value = verbatim((place or target * (place is None or bool(field))).lstrip("/"))
        number = arxiv_inside(value) if "arxiv.org/" in value else ""
        signs = (its for sign, its in _KINDS if sign.search(value) and not words)
        kind = field or next(signs, "")
        if doi and (kind != "file" or "doi.org/" in target):
            found.setdefault("doi", verbatim(doi))
        elif not value or value in found.values():
            continue
        elif number and "eprint" not in found:
            found |= {"eprint": number, "eprinttype": "arxiv"}
        elif kind and kind not in found:
            found[kind] = value
        elif not kind and "url" not in found and value.startswith("http") and not words:
            found["url"] = value
        elif not number:
            others.append(f"{escaped(words or 'Link').replace(':', '')}: {value}")
    return found | ({"links": "; ".join(others)} if others else {})


def join(old: OldPages, made: Sequence[tuple[Page, str, str, str, str]]) -> list[RawEntry]:
    """Join entries that were made of pages, and have the addresses of these lead to the papers.

    Args:
        old: the old site.
        made: the page, its address, key and text of its entry, and what there is to look at.
    """
    old.plan.bib = mend("\n\n".join(text for *_page, text, _look in made) + "\n") if made else ""
    entries = read_entries(old.plan.bib)[0]
    places = places_of(entries)
    for page, address, key, _text, look in made:
        where = places.get(key, "publications")
        old.addresses.add(address, "redirect", where, page.path)
        if key in places:
            old.plan.tell("Papers", key, page.path, f"refs.bib, {where}", look)
        else:
            old.site.refuse(page.path, "the entry made from this page cannot be read")
    return entries


def places_of(entries: Iterable[RawEntry]) -> dict[str, str]:
    """Return the page of each paper by its key."""
    keys = Keys()
    papers = [entry.key for entry in entries if entry.type not in NO_PAPERS]
    return {key: f"papers/{keys.slug(key)}" for key in papers}


def counted(entries: Iterable[RawEntry]) -> dict[str, int]:
    """Return how many of the papers have authors, e-prints, files, code and pictures."""
    counts = dict.fromkeys(("author", "eprint", "file", "code", "figure"), 0)
    for entry in entries:
        fields = {name.lower(): value for name, value in reversed(entry.fields)}
        found = standardized(fields, entry.type)
        found["author"] = found.get("author") or found.get("editor") or ""
        for name in counts:
            counts[name] += bool(found.get(name, "").strip())
    return counts
