"""What an entry of each type cannot do without (biblatex, §2.1; BibTeX where it asks less)."""

from __future__ import annotations

from collections.abc import Iterator

from bibfolio.problems import Problem, WarningKind
from bibfolio.lint.item import Item
from bibfolio.lint.phrase import listed

#: Entry types → what they need besides a title, which the reader asks for.
_NEEDED = {
    "article suppperiodical": "author journal date",
    "book mvbook": "author/editor date",
    "inbook bookinbook suppbook": "author/editor booktitle/chapter/pages date",
    "booklet manual misc proceedings mvproceedings software": "date",
    "artwork audio image video": "date",
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
#: States in which there need not be a date.
_UNDATED = {"inpreparation", "submitted", "prepublished", "forthcoming", "inpress"}


def missing_fields(item: Item) -> Iterator[Problem]:
    """The fields that an entry of this type lacks; drafts and what was misread may lack any."""
    if item.is_draft or item.is_broken:
        return
    state = item.get("pubstate").lower()
    missing = [need for need in NEEDED.get(item.type, ()) if not _is_met(item, need)]
    if state not in {"", "published"} or item.get("eprint"):
        missing = [need for need in missing if need not in _PUBLISHED]
    if state in _UNDATED:
        missing = [need for need in missing if need != "date"]
    if missing:
        names = [_SAID.get(need, need.replace("/", " or ")) for need in missing]
        if item.type in {"phdthesis", "mastersthesis"}:
            names = [name.replace("institution", "school") for name in names]
        article = "an" if item.type[0] in "aeiou" else "a"
        pronoun = "them" if missing[1:] else "it"
        message = f"{article} @{item.type} needs {listed(names)}; add {pronoun}"
        yield item.problem(WarningKind.BIB_MISSING_FIELD, message)


def _is_met(item: Item, need: str) -> bool:
    return bool(item.get(*need.split("/"), *_INSTEAD.get(need, ())))
