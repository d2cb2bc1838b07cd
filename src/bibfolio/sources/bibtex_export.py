"""The BibTeX that readers copy: the owner's entry as it is written, for every program to read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bibfolio.model import Paper
from bibfolio.model.forms import MONTHS
from bibfolio.model.notices import noted
from bibfolio.model.paper import KIND_OF_TYPE
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.bibtex_writer import Layout, escaped
from bibfolio.sources.fields import is_exported, standard_name
from bibfolio.sources.name_signs import SIGN_TEXTS
from bibfolio.sources.names import in_standard_form, is_writable, split_names, writable_names
from bibfolio.sources.notices import SEPARATOR, notices_in_note
from bibfolio.sources.source_text import balanced

#: What they name is written into the entry: an entry in a file of its own has nothing to refer to.
_PARENTS = {"crossref", "xdata"}
#: biblatex's name of a field → BibTeX's (biblatex manual, §2.2.5), for programs that know no other.
_CLASSIC = {
    "journaltitle": "journal",
    "location": "address",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
}
#: What every program takes for the name of a field, or for a type.
_NAME = re.compile(r"[a-z_][a-z0-9_+.:/-]*", re.IGNORECASE | re.ASCII)
#: Keywords for the owner alone: ``selected``, and marks such as ``#todo`` and ``/unread``.
_OWN_WORDS = re.compile(
    r"(?:^|[,;])\s*(?:(?i:selected|nosource)|(?:\\?#(?![A-Z])|/)[^,;{}]*?)\s*(?=[,;]|$)"
)
#: An address of another scheme than http: a program may run what it leads to.
_FOREIGN = re.compile(r"(?!(?:\\url)?[{<\s]*https?:)[^/]*:", re.IGNORECASE)


def export(paper: Paper, entry: RawEntry, read: Mapping[str, str]) -> str:
    """Return *entry* as BibTeX text, two spaces deep, with a line break at the end.

    It reads back as what the owner wrote: key, type, fields in their order, and values. What is
    private is left out, and what has a name of the owner's is there under the standard one.

    Args:
        paper: what the entry was decoded to.
        entry: the entry with the fields that it inherits.
        read: its fields under their standard names.
    """
    fields: dict[str, str] = {}
    for name, value in entry.fields:
        if _NAME.fullmatch(name) and value:
            fields.setdefault(name.lower(), value)
    known = {standard_name(name) for name in fields}
    fields |= {name: value for name, value in read.items() if value and name not in known}
    if (address := read.get("url", "")) and address in fields.get("url", ""):
        fields["url"] = address  # of several, of which some are of programs on the owner's disk
    for role in ("author", "editor"):
        if role in fields:
            fields[role], marks = in_standard_form({**read, **fields}, role)
            if marks:
                fields[f"{role}+an"] = marks
    # What explains signs is no annotation of the paper.
    is_marked = read.get(SIGN_TEXTS) and fields.keys() & {"author+an", "editor+an"}
    own = {"annotation", "annote"} if is_marked else set()
    kept = _for_others(paper, {name: fields[name] for name in fields if name not in own})
    kept |= _noted(paper, kept.get("note", ""))
    readable = {name: _readable(name, value) for name, value in kept.items()}
    type_ = entry.type.lower() if _NAME.fullmatch(entry.type) else paper.type
    if type_ == "conference":  # "the same as inproceedings" (btxdoc, §3.1), but known less
        type_ = "inproceedings"
    key = re.sub(r"[\s,{}]+", "-", paper.key)
    return Layout().entry(type_, key, readable)


def _noted(paper: Paper, note: str) -> dict[str, str]:
    """Return a note that tells the notices about a paper as well, once, behind what it says."""
    said = {notice.url for notice in notices_in_note(tex.plain(note))[0]}
    missing = [notice for notice in paper.notices if notice.url not in said]
    notes = filter(None, [note, *map(escaped, noted(missing))])
    return {"note": SEPARATOR.join(notes)} if missing else {}


def _for_others(paper: Paper, fields: Mapping[str, str]) -> dict[str, str]:
    """Return *fields* without what is private, or was refused when it was read.

    What BibTeX knows by another name than biblatex is there under both.
    """
    public = (name for name in fields if is_exported(name) and name not in _PARENTS)
    kept = {name: fields[name] for name in public}
    for name in [name for name in kept if name.partition("+")[2].startswith("an")]:
        kept[name] = _without_owner(kept[name])
    kept = {name: value for name, value in kept.items() if value}
    if _OWN_WORDS.search(kept.get("keywords", "")):
        kept["keywords"] = _OWN_WORDS.sub("", kept["keywords"]).lstrip(",; ")
    refused = {"doi": not paper.value_of("doi"), "keywords": not kept.get("keywords")}
    refused["url"] = not paper.url and bool(_FOREIGN.match(kept.get("url", "")))
    refused["adsurl"] = bool(_FOREIGN.match(kept.get("adsurl", "")))
    kept = {name: value for name, value in kept.items() if not refused.get(name)}
    # An event stands in for a missing date.
    if kept.keys() & {"date", "eventdate"} and paper.date:
        kept.setdefault("year", paper.year)
        if paper.date.month:
            kept.setdefault("month", MONTHS[paper.date.month - 1])
    for name, older in (_CLASSIC | _of_type(paper.type)).items():
        if kept.get(name):
            kept.setdefault(older, kept[name])
    return kept


def _of_type(type_: str) -> dict[str, str]:
    """Return what :data:`_CLASSIC` has for this type, as BibTeX's styles want it (btxdoc, §3.1)."""
    if KIND_OF_TYPE.get(type_) == "conference":
        return {"eventtitle": "booktitle"}
    return {"institution": "school"} if "thesis" in type_ else {}


def _without_owner(annotations: str) -> str:
    """Return ``1=equal; 2=equal`` of ``1=equal, owner; 2=equal``."""
    if "owner" not in annotations.lower():
        return annotations
    kept = []
    for term in annotations.split(";"):
        number, _sign, words = term.strip().partition("=")
        marks = [word for word in map(str.strip, words.split(",")) if word.lower() != "owner"]
        kept += [f"{number}={', '.join(marks)}"] if marks else []
    return "; ".join(kept)


def _readable(name: str, value: str) -> str:
    """Return *value* as every program can read it, even if it is broken."""
    value = balanced(value)
    names = split_names(value) if name in {"author", "editor"} else []
    return value if all(map(is_writable, names)) else writable_names(value)
