"""Entries as pybtex has them: read where its parser stops, and made fit for styles and citations.

sphinxcontrib-bibtex keeps entries as pybtex reads them. Stock styles know the types and fields of
BibTeX, not those of biblatex (manual, §2.1 and §2.2); labels of citations show what pages show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import pybtex.errors
from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text
from pybtex.style.formatting import BaseStyle
from pybtex.style.template import FieldIsMissing

from bibfolio.model import Author, Paper
from bibfolio.model.forms import MONTHS
from bibfolio.model.scripts import is_east_asian
from bibfolio.model.strings import without_empty
from bibfolio.sources import tex
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import TYPES, near_type, standard_name
from bibfolio.sources.keywords import SELECTED
from bibfolio.sources.source_text import balanced
from bibfolio.sources.tex_math import plain_formula
from bibfolio.sources.tex_symbols import STYLES, SWITCHES, SYMBOLS, TRANSPARENT

#: Commands for a style that pybtex knows itself.
_KNOWN_STYLES = {"emph", "textit", "textbf"}
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
    "booktitle": ("eventtitle",),
    "school": ("institution",),
    "institution": ("school", "publisher"),
    "address": ("location",),
    "number": ("issue",),
    "pages": ("eid",),
}
#: Formulas, commands for characters, and commands that only change how their argument looks.
_FORMULA = re.compile(r"(?<!\\)\$(?P<source>(?:[^$\\]|\\.)+)\$")
_SYMBOL = re.compile(r"\\(?P<name>[A-Za-z]{2,})(?:\{\}|[ \t]*)")
_LOOKS = re.compile(rf"\\(?:{'|'.join(TRANSPARENT | STYLES.keys() - _KNOWN_STYLES)})\s*(?=\{{)")
_SWITCH = re.compile(rf"\\(?:{'|'.join(SWITCHES)})(?![A-Za-z])\s*")


def read_entry(raw: RawEntry, key: str) -> Entry:
    """Return what pybtex makes of an entry, called *key*, that its own parser does not reach."""
    parser = Parser()
    with pybtex.errors.capture():  # what is wrong in the entry is told already
        fields = [(name, [balanced(value)]) for name, value in raw.fields]
        parser.process_entry(raw.type, key, fields)
    return parser.data.entries[key]


def for_style(entry: Entry, styles: Sequence[BaseStyle]) -> Entry:
    """Return *entry* so that no style raises an error; itself, if none does anyway.

    A type that a style does not know becomes the nearest one, and TeX at which pybtex's reader
    stops becomes plain text.
    """
    fields = {name: _readable(value) for name, value in entry.fields.items()}
    near = entry.type if entry.type in TYPES else near_type(entry.type)
    types = [entry.type, *(_NEAREST.get(type_, type_) for type_ in (entry.type, near))]
    type_ = next((type_ for type_ in types if _is_known(type_, styles)), "misc")
    if type_ == entry.type and fields == entry.fields:
        return entry
    return _copy(entry, type_, fields, entry.persons)


def _is_known(type_: str, styles: Iterable[BaseStyle]) -> bool:
    methods = f"get_{type_}_template", f"format_{type_}"
    return all(any(hasattr(style, name) for name in methods) for style in styles)


def _readable(value: str) -> str:
    try:
        if "\\" in value:  # all else can be read
            Text.from_latex(value)
    except (PybtexError, UnicodeError):
        return _escaped(tex.plain(value))
    return value


def _escaped(text: str) -> str:
    """Return *text* as TeX that pybtex reads as that text, without braces and backslashes."""
    return re.sub(r"([%&#$_])", r"\\\1", re.sub(r"[\\{}]", "", text))


def with_inherited_fields(entry: Entry, paper: Paper, raw: RawEntry) -> Entry:
    """Return *entry* with what it inherits, and as BibTeX's styles expect what biblatex allows.

    It carries *paper* as an attribute, for our own style.

    Args:
        entry: as pybtex has read it.
        paper: what it was decoded to. Names are taken from there: styles would turn those in Han
            or Hangul round, and split words at each accent.
        raw: the entry with the fields that it inherits.
    """
    fields = {name.lower(): value for name, value in reversed(raw.fields)}
    fields |= {name.lower(): value for name, value in entry.fields.items()}
    fields = {name: _simplified(value) for name, value in fields.items() if value}
    for name, others in _INSTEAD.items():
        if value := next((fields[other] for other in others if other in fields), ""):
            fields.setdefault(name, value)
    if "title" in fields and "subtitle" in fields:
        fields["title"] += f": {fields['subtitle']}"
    if paper.date and paper.date.month:
        fields.setdefault("month", MONTHS[paper.date.month - 1])
    known = {
        "year": paper.year or fields.get("year", ""),
        "url": paper.url,
        "doi": paper.value_of("doi"),
        "eprint": paper.value_of("arxiv"),
        "type": paper.type_note,  # biblatex has keys for what to print
    }
    fields = {**fields, **{name: known[name] for name in known if name in fields or name == "year"}}
    no_text = {"author", "editor", *(name for name, value in fields.items() if not value)}
    fields = {name: value for name, value in fields.items() if name not in no_text}
    is_master = entry.type == "thesis" and "master" in paper.type_note.lower()
    type_ = "mastersthesis" if is_master else entry.type
    copy = _copy(entry, type_, fields, _persons_of(paper, _whole_name))
    copy.paper = paper
    return copy


def _simplified(value: str) -> str:
    """Return *value* without TeX that styles print as it stands, lower-case or stop at."""
    value = _FORMULA.sub(lambda m: f"{{{_escaped(plain_formula(m['source'])[0])}}}", value)
    value = _SWITCH.sub("", _LOOKS.sub("", _SYMBOL.sub(_as_text, value)))
    return re.sub(r"(?<!\\)%", r"\\%", value)


def _as_text(command: re.Match[str]) -> str:
    """Return what a command stands for that pybtex does not know, if TeX reads that as it is."""
    text = SYMBOLS.get(command["name"], "\\")
    return command[0] if re.search(r"[\\{}%$_^]", text) else f"{{{text}}}"


def as_misc_if_incomplete(entry: Entry, styles: Sequence[BaseStyle]) -> Entry:
    """Return *entry* as a ``@misc`` if one of *styles* would print that a field is missing."""
    try:
        for style in styles:
            style.format_entry("", entry)
    except FieldIsMissing:
        places = "howpublished journal booktitle school institution publisher".split()
        place = next((entry.fields[name] for name in places if name in entry.fields), "")
        fields = {**entry.fields, **({"howpublished": place} if place else {})}
        return _copy(entry, "misc", fields, entry.persons)
    return entry


def for_labels(entry: Entry, paper: Paper) -> Entry:
    """Return *entry* as labels and filters need it: title, names and year as readers see them."""
    decoded = {"title": paper.title.plain, "year": paper.year}
    fields = {**entry.fields, **without_empty(decoded)}
    return _copy(entry, entry.type, fields, _persons_of(paper, _person))


def for_filters(paper: Paper, raw: RawEntry) -> Entry:
    """Return the entry of *paper* with the names of fields that this site knows."""
    entry = for_labels(with_inherited_fields(read_entry(raw, paper.key), paper, raw), paper)
    for name, value in raw.fields:
        if standard_name(name) not in entry.persons:
            entry.fields.setdefault(standard_name(name), value)
    if paper.selected:  # which `selected = {true}` says as well
        words = (entry.fields.get("keywords", ""), SELECTED)
        entry.fields["keywords"] = ", ".join(filter(None, words))
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
    return without_empty(roles)


def _whole_name(author: Author) -> Person:
    """Return a person whose name styles leave as it is where the family name goes first."""
    return _person(Author(author.name) if is_east_asian(author.family + author.given) else author)


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
