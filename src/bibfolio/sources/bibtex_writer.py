r"""BibTeX text: the one place where values become TeX and entries become lines.

Whatever a text holds, it becomes one value of one entry and reads back as the same text. How an
entry is laid out, and what its fields are called, is as in the file that it goes to.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bibfolio.model import Author, PartialDate
from bibfolio.model.forms import MONTHS
from bibfolio.model.strings import CONTROL, without_empty
from bibfolio.model.work import Work
from bibfolio.sources.bib_parser import RawEntry
from bibfolio.sources.fields import standard_name
from bibfolio.sources.identifiers import isbn_error, issn_error, with_dashes

# -- values -------------------------------------------------------------------------------------

_LETTER = r"[A-Za-zÀ-ɏ\d]"
#: A word that BibTeX would write in small letters: an acronym, ``CamelCase``, ``H2``.
ACRONYM = rf"(?<!{_LETTER}){_LETTER}*(?:{_LETTER}[A-ZÀ-Þ]|[A-Z]\d){_LETTER}*"
_ACRONYMS = re.compile(rf"({ACRONYM})")
#: What a title calls a system: ``{MegaSort-X}: Sorting …``.
_SYSTEM = re.compile(r"[^\s:]+(?=:\s)")
_SIGNS = {sign: f"\\{sign}" for sign in "$&%#_"}
_SIGNS |= {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_SIGNS |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "@": "{@}"}
_ESCAPES = str.maketrans(_SIGNS)
#: What TeX would join to a dash or a quotation mark.
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')")
#: A part of a name that cannot be taken for anything else.
_SIMPLE = re.compile(r"[^\W\d_]+\.?(?:[ .’'\u2010-]+[^\W\d_]+\.?)*")
_WORDS = re.compile(r"(?i:\b(?:and|others|et|al)\b)")
_UNSAFE = re.compile(rf"{_WORDS.pattern}|(?:^|\s)[A-ZÀ-Þ]{{1,3}}\.?(?:\s|$)")


def escaped(text: str) -> str:
    """Return *text* as TeX that says the same."""
    return _tex(" ".join(CONTROL.sub(" ", text).split()))


def _tex(line: str) -> str:
    return _LIGATURE.sub(r"\g<0>{}", line.translate(_ESCAPES))


def verbatim(text: str) -> str:
    """Return an identifier or address as it is, without what neither has and no value bears."""
    return re.sub(r"[^!-~\u00a1-\U0010ffff]|[{}\\\"]", "", CONTROL.sub("", text))


def protected(text: str) -> str:
    """Return a title as TeX, with braces around what has to stay in capitals."""
    line = " ".join(CONTROL.sub(" ", text).split())
    system = _SYSTEM.match(line)
    start = system.end() if system and _ACRONYMS.search(system[0]) else 0
    # Every second part is an acronym.
    parts = [f"{{{_tex(line[:start])}}}" * bool(start)]
    for number, part in enumerate(_ACRONYMS.split(line[start:])):
        parts.append(f"{{{part}}}" if number % 2 else _tex(part))
    return "".join(parts)


def people(authors: Iterable[Author]) -> str:
    """Return names as ``Family, Given and Family, Given``; in braces what is not a person's."""
    return " and ".join(map(_name, authors))


def _name(one: Author) -> str:
    family = f"{one.prefix} {one.family}".strip()
    is_odd = " " in family and (not one.given or _UNSAFE.search(family))
    parts = [_part(family, is_whole=one.is_organization or bool(is_odd))]
    return ", ".join(parts + [_part(part) for part in (one.suffix, one.given) if part])


def _part(text: str, *, is_whole: bool = False) -> str:
    is_simple = _SIMPLE.fullmatch(text) and not _WORDS.search(text) and not _LIGATURE.search(text)
    if is_simple and not is_whole:
        return text
    tex = escaped(text)  # a command right behind a brace would be an accent
    return f"{{{'{}' * tex.startswith(chr(92))}{tex}}}"


#: Standard names in the order in which they are written where a file shows no other.
_ORDER = (
    "title author editor journal booktitle eventtitle eventtitleaddon eventdate venue date year "
    "month series volume number pages eid publisher institution school howpublished isbn issn doi "
    "eprint eprinttype eprintclass pubstate retracted concern correction url abstract"
).split()
_VOLUMES = {"article", "incollection", "inreference", "book", "proceedings"}
_PUBLISHED = {"book", "proceedings", "dataset", "software"}


def fields_of(work: Work, *, with_abstract: bool = False) -> dict[str, str]:
    """Return the fields of a work, by their standard names, in TeX; ``date`` is ISO 8601.

    An ISBN or ISSN with a wrong check digit is left out: the service has it wrong.
    """
    is_article, is_part = work.type == "article", work.type.startswith("in")
    has_event = work.type in {"inproceedings", "proceedings"}
    container, days = escaped(work.container), work.event_dates
    span = "/".join(dict.fromkeys((days.start.iso, days.end.iso))) if days else ""
    found = {
        "title": protected(work.title),
        "author": people(work.authors),
        "editor": "" if work.authors else people(work.editors),
        "journal": container * is_article,
        "booktitle": container * is_part,
        "series": escaped(work.series) * is_part,
        "eventtitle": escaped(work.event) * has_event,
        "eventtitleaddon": escaped(work.event_name) * has_event,
        "eventdate": span * has_event,
        "venue": escaped(work.place) * has_event,
        "date": work.date.iso if work.date else "",
        "volume": escaped(work.volume) * (work.type in _VOLUMES),
        "number": escaped(work.number) * (work.type in _VOLUMES),
        "pages": escaped(with_dashes(work.pages, "–")).replace("–", "--"),
        "eid": escaped(work.eid),
        "publisher": escaped(work.publisher) * (is_part or work.type in _PUBLISHED),
        "institution": escaped(work.institution) * (work.type == "techreport"),
        "school": escaped(work.institution) * ("thesis" in work.type),
        "howpublished": escaped(work.institution) * (work.is_preprint and not work.arxiv),
        "isbn": verbatim(work.isbn)
        * ((is_part or work.type in _PUBLISHED) and not isbn_error(work.isbn)),
        "issn": verbatim(work.issn) * (is_article and not issn_error(work.issn)),
        "doi": verbatim(work.doi),
        "eprint": verbatim(work.arxiv),
        "eprinttype": "arxiv" * bool(work.arxiv),
        "eprintclass": escaped(work.arxiv_class) * bool(work.arxiv),
        "pubstate": "prepublished" * work.is_preprint,
        **{name: "; ".join(map(verbatim, dois)) for name, dois in work.noticed.items()},
        "url": "" if work.doi or work.arxiv else verbatim(work.url),
        "abstract": escaped(work.abstract) * with_abstract,
    }
    return without_empty(found)


# -- layout -------------------------------------------------------------------------------------

_LINE = re.compile(r"^(?P<indent>[ \t]+)(?P<name>[\w+:-]+)(?P<pad>[ \t]*)=[ \t]*[{\"]", re.M)
#: A space that is in no text here, and at which no line is broken.
_TIE = "\0"


@dataclass(frozen=True)
class Layout:
    """How entries are written in one file: order, alignment, dates and line ends."""

    indent: str = "  "
    #: The least column of equals signs, from the beginning of a name; 0: right behind each name.
    column: int = 0
    #: Where lines are broken; 0: nowhere.
    longest: int = 0
    newline: str = "\n"
    #: Two fields → how often the file has the first before the second.
    before: Mapping[tuple[str, str], int] = field(default_factory=dict)
    #: Entry types whose date is a year; whether there is a month beside it.
    yearly: frozenset[str] = frozenset()
    has_months: bool = False

    def entry(self, type_: str, key: str, fields: Mapping[str, str]) -> str:
        """Return an entry, with a line break at its end; *fields* are in TeX, in their order."""
        width = max(map(len, fields), default=0) + 1
        lines = [f"{self.line(name, tex, width)},{self.newline}" for name, tex in fields.items()]
        return f"@{type_}{{{key},{self.newline}{''.join(lines)}}}{self.newline}"

    def line(self, name: str, value: str, width: int = 0) -> str:
        """Return one field, of several lines if it is long, without a comma."""
        column = max(width, self.column) if self.column else 0
        start = f"{self.indent}{f'{name} '.ljust(column)}= "
        return start + self.value(name, value, len(start))

    def value(self, name: str, tex: str, column: int) -> str:
        """Return a value, which begins at *column*, in braces."""
        if name == "month" and tex in MONTHS:
            return tex[:3].lower()  # BibTeX's abbreviation, which styles translate
        if name in {"author", "editor"}:  # lines end between names
            tex = tex.replace(" ", _TIE).replace(f"{_TIE}and{_TIE}", f"{_TIE}and ")
        width = self.longest - column - 2
        if self.longest and width > 10:
            lines = textwrap.wrap(tex, width, break_long_words=False, break_on_hyphens=False)
            tex = f"{self.newline}{' ' * (column + 1)}".join(lines)
        return f"{{{tex}}}".replace(_TIE, " ")

    def arranged(self, type_: str, fields: Mapping[str, str]) -> dict[str, str]:
        """Return *fields* in the order of the file, their date as the file has dates."""
        found = dict(fields)
        if date := found.pop("date", ""):
            found |= self.dated(type_, PartialDate.parse(date))
        return {name: found[name] for name in self.order(found)}

    def order(self, names: Iterable[str]) -> list[str]:
        """Return standard *names* in the order of the file, or else in the usual one."""
        waiting = sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else 99)
        order: list[str] = []
        while waiting:
            free = (n for n in waiting if not any(self._leads(other, n) for other in waiting))
            order.append(next(free, waiting[0]))
            waiting.remove(order[-1])
        return order

    def dated(self, type_: str, date: PartialDate) -> dict[str, str]:
        """Return the fields for a date in an entry of this type."""
        if date.month and not self.yearly & {type_, ""}:
            return {"date": date.iso}
        is_monthly = self.has_months and date.month
        return {"year": str(date.year), **({"month": MONTHS[date.month - 1]} if is_monthly else {})}

    def _leads(self, one: str, other: str) -> bool:
        return self.before.get((one, other), 0) > self.before.get((other, one), 0)


def layout_of(text: str, entries: Sequence[RawEntry]) -> Layout:
    """Return how the *entries* of a file are written."""
    lines = list(_LINE.finditer(text))
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    if not lines:
        return Layout(newline=newline)
    names = [[standard_name(name) for name, _value in entry.fields] for entry in entries]
    pairs = list(zip((entry.type.lower() for entry in entries), names, strict=True))
    is_wrapped = re.search(r"=[ \t]*[{\"][^\n]*[^\n,}\"]\r?\n[ \t]+[^\s}]", text)
    inner = [len(line.rstrip()) for line in text.splitlines() if line[:1].isspace()]
    dated = {type_ for type_, one in pairs if "date" in one}
    years = Counter(type_ for type_, one in pairs if "year" in one)
    yearly = {type_ for type_, times in years.items() if times > 1} - dated
    yearly |= {""} if not dated and years.total() > 2 else set()  # of every type
    columns = Counter(len(line["name"] + line["pad"]) for line in lines)
    column, times = columns.most_common(1)[0]
    is_aligned = any(len(line["pad"]) > 1 for line in lines)
    return Layout(
        indent=Counter(line["indent"] for line in lines).most_common(1)[0][0],
        column=is_aligned * (column if times > 0.9 * len(lines) else 1),
        longest=max(inner) if is_wrapped else 0,
        newline=newline,
        before=Counter(pair for one in names for pair in combinations(dict.fromkeys(one), 2)),
        yearly=frozenset(yearly),
        has_months=any("month" in one for one in names),
    )
