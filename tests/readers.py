"""Entries as pybtex reads them, and what independent programs read of them in the built forms.

Shares no code with the package. TeX is read by pylatexenc, names and fields by pybtex, RIS by
rispy. What each form should say of a field is read from the tables of docs/forms.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pybtex.database
import rispy.config
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerParseError

from tests.building import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "forms.md"

# -- texts ----------------------------------------------------------------------------------------

_LATEX = get_default_latex_context_db()
_LATEX.add_context_category(
    "more",
    prepend=True,
    macros=[
        *(MacroTextSpec(name, name) for name in ("TeX", "LaTeX")),
        MacroTextSpec("degree", "°"),
        MacroTextSpec("textsc", "%(1)s"),
    ],
)
_DASHES = re.compile("[‐‑‒–—―−]")
_QUOTES = str.maketrans("“”„‘’´`∘∗", "\"\"\"''''°*")


def plain(tex: str) -> str:
    """The text that TeX would set, with formulas on the line; a bare `&` is meant as one."""
    source = re.sub(r"(?<!\\)&", r"\\&", tex)
    try:
        text = LatexNodes2Text(math_mode="text", latex_context=_LATEX).latex_to_text(source)
    except LatexWalkerParseError:
        text = tex
    return " ".join(text.split())


def folded(text: str) -> str:
    """What is left of a text without what typography may do to it: spaces, dashes, small digits."""
    text = _DASHES.sub("-", text).translate(_QUOTES)
    text = unicodedata.normalize("NFKC", text)
    # The last are the signs that MathML applies and multiplies with.
    text = re.sub("[\\s_^{}$\u2061-\u2064]", "", _DASHES.sub("-", text))
    return re.sub("-+", "-", text).replace("''", '"')


# -- entries --------------------------------------------------------------------------------------

#: biblatex manual, §2.1.2 and §2.2.5: other names of types and fields.
_TYPES = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
}
ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "journal": "journaltitle",
    "primaryclass": "eprintclass",
    "school": "institution",
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: biblatex manual, §4.9.2: what its words in `type`, `pubstate` and `location` say.
WORDS = {
    "phdthesis": "phd thesis",
    "mastersthesis": "master's thesis",
    "mathesis": "master's thesis",
    "techreport": "technical report",
    "patentus": "u.s. patent",
    "prepublished": "preprint",
    "inpress": "in press",
    "countryus": "United States of America",
}
LANGUAGES = {"german": "de", "ngerman": "de"}
#: Fields that hold names; the others are text.
PEOPLE = set(
    "author editor translator bookauthor annotator commentator foreword introduction afterword "
    "holder editora editorb editorc".split()
)
#: Fields that say something to this site only, or name its files.
OWN_FIELDS = set(
    "file slides poster code video award venueurl gist results figure figurealt "
    "figurecaption".split()
)
#: What an entry in which `crossref` stands takes under another name (biblatex manual, appendix B).
_INHERITED = {"title": "booktitle", "subtitle": "booksubtitle"}

Date = tuple[int, ...]


@dataclass(frozen=True)
class Name:
    """A person as pybtex reads them; a name in braces is an organisation's."""

    given: str
    prefix: str
    family: str
    suffix: str
    is_organisation: bool

    @property
    def direct(self) -> str:
        """The order in which people say it; in Chinese the family name goes first."""
        if re.fullmatch("[\u4e00-\u9fff]+", self.given + self.family):
            return self.family + self.given
        return " ".join(p for p in (self.given, self.prefix, self.family, self.suffix) if p)

    @property
    def inverted(self) -> str:
        """The order of RIS: `Family, Given, Suffix`."""
        family = f"{self.prefix} {self.family}".strip()
        return ", ".join(part for part in (family, self.given, self.suffix) if part)

    @property
    def csl(self) -> dict[str, str]:
        """The parts CSL-JSON has for it."""
        if self.is_organisation or not self.given:
            return {"literal": self.direct}
        parts = {
            "family": self.family,
            "given": self.given,
            "non-dropping-particle": self.prefix,
            "suffix": self.suffix,
        }
        return {part: value for part, value in parts.items() if value}


def _name(person: pybtex.database.Person) -> Name:
    parts = (
        person.first_names + person.middle_names,
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    given, prefix, family, suffix = (" ".join(part) for part in parts)
    is_organisation = not given and bool(re.fullmatch(r"\{.*\}", family))
    return Name(*map(plain, (given, prefix, family, suffix)), is_organisation)


@dataclass(frozen=True)
class Entry:
    """One entry; names of types and fields are biblatex's, values as they stand in the file."""

    key: str
    written_type: str
    raw: dict[str, str]
    people: dict[str, list[Name]]
    #: Whose lists of people end in `and others`.
    others: frozenset[str]
    #: The entry as pybtex has read it.
    source: Any = None

    @property
    def type(self) -> str:
        return _TYPES.get(self.written_type, self.written_type)

    @property
    def is_preprint(self) -> bool:
        """Whether nothing else than an archive has it."""
        return "eprint" in self.raw and not self.raw.keys() & {"journaltitle", "booktitle"}

    def text(self, name: str) -> str:
        return plain(self.raw.get(name, ""))

    @property
    def title(self) -> str:
        parts = (self.text("title"), self.text("subtitle"))
        return ": ".join(part for part in parts if part)

    @cached_property
    def fields(self) -> list[str]:
        """Names of all fields of the entry that say something, people among them."""
        silent = {"crossref", "xdata", "entryset", "year", "month", "date"}
        # What says in short what a paper says gives way to its own abstract.
        silent |= OWN_FIELDS | ({"annotation"} if "abstract" in self.raw else set())
        names = [name for name in (*self.people, *self.raw) if name not in silent]
        return [*names, "date"] if self.dates else names

    @property
    def keywords(self) -> list[str]:
        """Its topics; a word that selects the paper for lists is none."""
        words = (word.strip() for word in self.text("keywords").split(","))
        return [word for word in words if word not in {"", "selected"}]

    @property
    def dates(self) -> list[Date]:
        """Year, month and day of its date, as far as they are known; two of a range."""
        return dates(self.raw.get("date", "")) or self._year

    @property
    def _year(self) -> list[Date]:
        year, month = self.raw.get("year", ""), self.raw.get("month", "").strip("{}").lower()
        if not re.fullmatch(r"\d{4}", year):
            return []
        number = int(month) if month.isdecimal() else (*MONTHS, "").index(month[:3]) + 1
        return [(int(year), number)] if number <= 12 and month else [(int(year),)]

    @property
    def doi(self) -> str:
        """The DOI, if it is one (DOI Handbook, §2.2)."""
        bare = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", self.raw.get("doi", ""))
        return bare if re.fullmatch(r"10\.\d{4,9}/\S+", bare) else ""

    @property
    def pages(self) -> tuple[str, str]:
        """First and last page; a hyphen between what is no number is part of one."""
        pages = self.raw.get("pages") or self.raw.get("eid", "")
        ends = re.split(r"\s*(?:--+|–)\s*", pages)
        return ends[0].strip(), ends[-1].strip() if len(ends) > 1 else ""


def dates(text: str) -> list[Date]:
    """The ends of a date of biblatex (ISO 8601-2)."""
    ends = [re.sub("[~?%]$", "", end) for end in text.split("/") if end]
    return [tuple(map(int, end.split("-"))) for end in ends]


def iso(date: Date, separator: str = "-") -> str:
    return separator.join(f"{part:0{4 if i == 0 else 2}}" for i, part in enumerate(date))


def read(folder: Path, *names: str) -> dict[str, Entry]:
    """Key → entry, for every paper in these files; an abbreviation counts in all that follow."""
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    data = pybtex.database.parse_string(text, "bibtex").entries
    return {k: _entry(k, data) for k, e in data.items() if e.type not in {"xdata", "set"}}


def _entry(key: str, data: Any) -> Entry:
    entry = data[key]
    raw = _canonical(entry)
    persons = {role: list(entry.persons[role]) for role in entry.persons}
    for kind in ("xdata", "crossref"):
        if kind in raw:
            parent = data[raw[kind]]
            for name, value in _canonical(parent).items():
                child = _INHERITED.get(name, name) if kind == "crossref" else name
                if not (child in {"date", "year"} and raw.keys() & {"date", "year"}):
                    raw.setdefault(child, value)
            for role in parent.persons:
                persons.setdefault(role, list(parent.persons[role]))
    for name in PEOPLE & raw.keys():
        persons[name] = [pybtex.database.Person(raw.pop(name))]
    people = {role: [_name(p) for p in ps if str(p) != "others"] for role, ps in persons.items()}
    others = frozenset(role for role, ps in persons.items() if str(ps[-1]) == "others")
    return Entry(key, entry.type.lower(), raw, people, others, entry)


def _canonical(entry: Any) -> dict[str, str]:
    return {
        ALIASES.get(name.lower(), name.lower()): " ".join(value.split())
        for name, value in entry.fields.items()
    }


# -- the tables of the document -------------------------------------------------------------------

#: Forms, in the order of the document's columns.
FORMS = ("RIS", "CSL-JSON", "citation tags", "schema.org")


@dataclass(frozen=True)
class Places:
    """Where a form says something: in all of these, or in one of them; in none if it cannot."""

    names: tuple[str, ...]
    all_of_them: bool = False


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one table of the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    (inner,) = re.findall(rf"<!-- read: {name} -->(.*?)<!-- end -->", text, re.DOTALL)
    rows = [line.strip("|").split("|") for line in inner.strip().splitlines()]
    return tuple(tuple(cell.strip() for cell in row) for row in rows[2:])


def names_in(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def _places(cell: str) -> Places:
    return Places(names_in(cell), "and" in re.sub("`[^`]+`", "", cell))


def places(entry: Entry, field: str) -> dict[str, Places]:
    """Form → where it should say this field of the entry."""
    kinds = {entry.type, entry.raw.get("eprinttype", "").lower()}
    for names, of, *cells in table("fields"):
        if field in names_in(names) and (not of or kinds & set(names_in(of))):
            return dict(zip(FORMS, map(_places, cells), strict=True))
    raise LookupError(f"{DOCUMENT.name} does not say where {field} of @{entry.type} goes")


def types(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Form → the types it may give the entry."""
    rows = table("types")
    wanted = "a preprint" if entry.is_preprint else f"`{entry.type}`"
    row = next((row for row in rows if wanted in row[0]), rows[-1])
    ris, csl, schema = map(names_in, row[1:])
    return {"RIS": ris, "CSL-JSON": csl, "schema.org": schema}


# -- readers of the forms -------------------------------------------------------------------------

_TAG_OF = {name: tag for tag, name in rispy.config.TAG_KEY_MAPPING.items()}


def ris_values(record: dict[str, Any], tag: str) -> list[str]:
    """What a record of RIS says in a tag."""
    tags = {_TAG_OF[name]: value for name, value in record.items() if name != "unknown_tag"}
    value = (tags | record.get("unknown_tag", {})).get(tag, [])
    return [value] if isinstance(value, str) else list(value)


def thing_values(thing: dict[str, Any], path: str) -> list[Any]:
    """What JSON-LD says at a path: of the paper or else of what contains it."""
    _, *containers = found = list(_containers(thing))
    steps = path.split("/")
    if steps[0] == "isPartOf":
        return _below(containers, steps[1:])
    return _below(found[:1], steps) or (_below(containers, steps) if path != "name" else [])


def _below(found: list[Any], steps: list[str]) -> list[Any]:
    for step in steps:
        values = [value[step] for value in found if isinstance(value, dict) and step in value]
        found = [inner for value in values for inner in as_list(value)]
    return found


def _containers(thing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield thing
    for inner in as_list(thing.get("isPartOf", [])):
        yield from _containers(inner)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
