"""Entries as pybtex has them: read where its parser stops, and made fit for styles and citations.

sphinxcontrib-bibtex keeps entries as pybtex reads them. Stock styles know the types and fields of
BibTeX, not those of biblatex (manual, §2.1 and §2.2); labels of citations show what pages show.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping

import pybtex.errors
from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from bibfolio.model import Author, Paper
from bibfolio.model.paper import is_cjk
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import standard_name
from bibfolio.sources.source_text import balanced
from bibfolio.sources.tex_symbols import SYMBOLS

#: How alike two entry types are for one to be a slip of the other (of 1).
_LIKENESS = 0.8
#: Entry type of biblatex → the nearest one of BibTeX's styles.
_NEAREST = {
    **dict.fromkeys("mvbook collection mvcollection reference mvreference".split(), "book"),
    **dict.fromkeys("bookinbook suppbook".split(), "inbook"),
    **dict.fromkeys("suppcollection inreference".split(), "incollection"),
    **dict.fromkeys("suppperiodical".split(), "article"),
    "conference": "inproceedings",
    **dict.fromkeys("mvproceedings periodical".split(), "proceedings"),
    "thesis": "phdthesis",
    "report": "techreport",
    **dict.fromkeys("electronic www".split(), "online"),
}
#: Field that BibTeX's styles ask for → that of biblatex which says the same.
_INSTEAD = {
    "journal": ("journaltitle",),
    "school": ("institution",),
    "institution": ("school", "publisher"),
    "address": ("location",),
    "number": ("issue",),
    "pages": ("eid",),
}


_SYMBOL = re.compile(r"\\(?P<name>[A-Za-z]{2,})(?:\{\}|[ \t]*)")


def read_entry(raw: RawEntry, key: str) -> Entry:
    """Return what pybtex makes of an entry, called *key*, that its own parser does not reach."""
    parser = Parser()
    with pybtex.errors.capture():  # what is wrong in the entry is told already
        fields = [(name, [balanced(value)]) for name, value in raw.fields]
        parser.process_entry(raw.type, key, fields)
    return parser.data.entries[key]


def fit(entry: Entry, is_known: Callable[[str], bool]) -> Entry:
    """Return *entry* so that formatting it raises no error; itself, if it does not anyway.

    A type for which *is_known* does not hold becomes the nearest one, and TeX at which pybtex's
    reader stops becomes plain text.
    """
    fields = {name: _readable(value) for name, value in entry.fields.items()}
    if is_known(entry.type):
        return entry if fields == entry.fields else _copy(entry, entry.type, fields, entry.persons)
    names = sorted({*_NEAREST, *_NEAREST.values()})
    near = difflib.get_close_matches(entry.type, names, 1, _LIKENESS)
    types = [_NEAREST.get(entry.type, ""), *near, *(_NEAREST.get(type_, "") for type_ in near)]
    type_ = next((type_ for type_ in types if type_ and is_known(type_)), "misc")
    return _copy(entry, type_, fields, entry.persons)


def _as_text(command: re.Match[str]) -> str:
    """Return what a command stands for that pybtex does not know, if TeX reads that as it is."""
    text = SYMBOLS.get(command["name"], "\\")
    return command[0] if re.search(r"[\\{}%$_^]", text) else f"{{{text}}}"


def _readable(value: str) -> str:
    try:
        if "\\" in value:  # all else can be read
            Text.from_latex(value)
    except (PybtexError, UnicodeError):
        return re.sub(r"([%\\])", r"\\\1", tex.plain(value)).replace("\\\\", "")
    return value


def formattable(entry: Entry, paper: Paper, raw: RawEntry) -> Entry:
    """Return *entry* with what it inherits, and under BibTeX's names what it has under others.

    It carries *paper* as an attribute, for our own style.

    Args:
        entry: as pybtex has read it.
        paper: what it was decoded to. Names are taken from there: styles would turn those in Han
            or Hangul round, and split words at each accent.
        raw: the entry with the fields that it inherits.
    """
    fields = {name.lower(): value for name, value in reversed(raw.fields)}
    fields |= {name.lower(): value for name, value in entry.fields.items()}
    fields |= {name: _SYMBOL.sub(_as_text, value) for name, value in fields.items()}
    if paper.date:
        fields.setdefault("year", paper.year)
    if "type" in fields:  # biblatex has keys for what to print
        fields["type"] = paper.type_note
    for name, others in _INSTEAD.items():
        if value := next((fields[other] for other in others if other in fields), ""):
            fields.setdefault(name, value)
    fields = {name: value for name, value in fields.items() if name not in {"author", "editor"}}
    copy = _copy(entry, entry.type, fields, _persons_of(paper, _whole_name))
    copy.paper = paper
    return copy


def citable(entry: Entry, paper: Paper) -> Entry:
    """Return *entry* as labels and filters need it: title, names and year as readers see them."""
    decoded = {"title": paper.title.plain, "year": paper.year}
    fields = {**entry.fields, **{name: value for name, value in decoded.items() if value}}
    return _copy(entry, entry.type, fields, _persons_of(paper, _person))


def filterable(paper: Paper, raw: RawEntry) -> Entry:
    """Return the entry of *paper* with the names of fields that this site knows."""
    entry = citable(formattable(read_entry(raw, paper.key), paper, raw), paper)
    for name, value in raw.fields:
        if standard_name(name) not in entry.persons:
            entry.fields.setdefault(standard_name(name), value)
    return entry


def _copy(
    entry: Entry, type_: str, fields: Mapping[str, str], persons: Mapping[str, list[Person]]
) -> Entry:
    copy = Entry(type_, fields, persons)
    copy.key, copy.paper = entry.key, getattr(entry, "paper", None)
    return copy


# -- persons ------------------------------------------------------------------------------------


def _persons_of(paper: Paper, person: Callable[[Author], Person]) -> dict[str, list[Person]]:
    """Return the people of *paper* by their roles, in Unicode."""
    authors = [person(author) for author in paper.authors]
    if paper.et_al and authors:
        authors.append(Person("others"))
    editors = [person(editor) for editor in paper.editors]
    roles = {"editor": authors} if paper.is_edited else {"author": authors, "editor": editors}
    return {role: people for role, people in roles.items() if people}


def _whole_name(author: Author) -> Person:
    """Return a person whose name styles leave as it is where the family name goes first."""
    return _person(Author(author.name) if is_cjk(author.family + author.given) else author)


def _person(author: Author) -> Person:
    # Without what only TeX gives a meaning: pybtex would read it as TeX.
    given, prefix, family, suffix = (
        [re.sub(r"[\\{}]", "", part).replace("%", "\\%")] if part else []
        for part in (author.given, author.prefix, author.family, author.suffix)
    )
    person = Person()
    person.first_names, person.prelast_names = given, prefix
    person.last_names, person.lineage_names = family or [""], suffix
    return person
