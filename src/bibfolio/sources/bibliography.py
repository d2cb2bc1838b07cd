"""``refs.bib`` → papers, and the entries sphinxcontrib-bibtex works with."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pybtex.database import BibliographyData, Entry

from bibfolio.model import Paper
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_entry import EntryReader
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.inheritance import inherit
from bibfolio.sources.keys import identity
from bibfolio.sources.links import Available
from bibfolio.sources.names import persons_of


class PaperEntry(Entry):  # type: ignore[misc]  # pybtex has no types
    """The entry sphinxcontrib-bibtex works with, carrying the paper it was decoded to.

    Title, persons and year are the decoded ones, so that citations and filters see what the
    reader sees; the other fields are as written.
    """

    def __init__(self, paper: Paper, fields: Mapping[str, str]) -> None:
        decoded = {"title": paper.title.plain, "year": paper.year}
        merged = {**fields, **{name: value for name, value in decoded.items() if value}}
        super().__init__(paper.type, fields=merged, persons=persons_of(paper))
        self.key = paper.key
        self.paper = paper


@dataclass
class Bibliography:
    """All that is known from one or more ``.bib`` files."""

    entries: BibliographyData = field(default_factory=BibliographyData)
    #: Visible papers in the order of the file.
    papers: list[Paper] = field(default_factory=list)
    #: Keys of entries that ``pubstate = {inpreparation}`` hides.
    drafts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    #: The file, and its entries as they stand there.
    text: str = ""
    raw: list[RawEntry] = field(default_factory=list)


def read_bibliography(
    path: Path,
    owner: frozenset[str] = frozenset(),
    available: Available = lambda _path: False,
    taken: dict[str, str] | None = None,
) -> Bibliography:
    """Read the file at *path*.

    Args:
        path: a BibTeX file, UTF-8 (with or without byte order mark).
        owner: spellings of the name of the person whose site it is.
        available: tells whether a file, named relative to the site's root, exists.
        taken: :func:`~bibfolio.sources.keys.identity` of a key → where it was seen; those found
            here are added, so that several files can share one.

    Returns:
        what could be read, and the problems; nothing is raised for bad input.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot read the bibliography: {error.strerror}"
        return Bibliography(problems=[Problem(WarningKind.BIB_MISSING, message)])
    text, problems = decode(data)
    result = parse_bibliography(text, owner, available, taken, path.name)
    result.problems[:0] = problems
    return result


def parse_bibliography(
    text: str,
    owner: frozenset[str] = frozenset(),
    available: Available = lambda _path: False,
    taken: dict[str, str] | None = None,
    name: str = "refs.bib",
) -> Bibliography:
    """Do as :func:`read_bibliography` with the *text* of a file called *name*."""
    result = Bibliography(text=text)
    result.raw, result.problems = read_entries(text)
    raw_entries, missing = inherit(result.raw)
    result.problems += missing
    taken = {} if taken is None else taken
    for raw in raw_entries:
        reader = EntryReader(raw, owner, available, result.problems.append)
        key = reader.unique_key(taken)
        taken[identity(key)] = f"{name}:{raw.line}"
        is_hidden, paper = reader.is_hidden(), reader.paper(key)
        if is_hidden:  # what is wrong in a draft is told all the same
            result.drafts.add(key)
            continue
        result.papers.append(paper)
        result.entries.add_entry(key, PaperEntry(paper, reader.fields))
    return result


# -- bytes → text -------------------------------------------------------------------------------

#: Marks at the beginning of a file, as Windows writes them, and what the rest is in.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark its own begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
#: A line of ASCII and pairs of bytes, as Chinese in GBK nearly always is.
_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x80-\xfe])*")
#: Two bytes that are a Han character in GB 2312.
_HAN = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
#: One accented letter among others, as Western text has them.
_WESTERN = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff](?=[A-Za-z ,.}-])")


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file, and what is wrong with its encoding.

    Lines that are UTF-8 are read as such even if others are not: files are pasted together from
    many sources. Nothing is dropped; what cannot be read otherwise is read as Windows-1252.
    """
    if mark := next((mark for mark in _MARKS if data.startswith(mark)), b""):
        name, text = _MARKS[mark], data[len(mark) :].decode(_MARKS[mark], "replace")
        is_right = name == "utf-8" and "\ufffd" not in text
        return text, [] if is_right else [_not_utf8(f"the file is {name.upper()}")]
    if name := _utf_16(data):
        return data.decode(name, "replace"), [_not_utf8(f"the file is {name.upper()}")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        byte = data[error.start]
    lines = data.split(b"\n")
    if _is_chinese([part for part in lines if not _decodes(part, "utf-8")]):
        name = "GBK"
        decoded = (part.decode("utf-8" if _decodes(part, "utf-8") else "gb18030") for part in lines)
        text = "\n".join(decoded)
    else:
        # Every byte has a meaning in Latin-1; Windows-1252 differs only where that has controls.
        name, text = "Windows-1252", data.decode("utf-8", "bibfolio_cp1252")
    return text, [_not_utf8(f"byte {byte:#04x} is not UTF-8, read as {name}", line, column)]


def _not_utf8(what: str, line: int = 1, column: int = 0) -> Problem:
    return Problem(WarningKind.BIB_ENCODING, f"{what}; save the file as UTF-8", line, column)


def _utf_16(data: bytes) -> str:
    """Return which UTF-16 a file without mark is in, going by zeros in halves of characters."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 4 < len(data) or min(even, odd) * 20 > len(data):
        return ""
    begins, name = (b"\0@", "utf-16-be") if even > odd else (b"@\0", "utf-16-le")
    return name if begins in data else ""


def _is_chinese(lines: list[bytes]) -> bool:
    """Tell whether *lines*, which are not UTF-8, are in GBK."""
    return (
        any(_PAIRS.fullmatch(line) and _HAN.search(line) for line in lines)
        and not any(map(_WESTERN.search, lines))
        and all(_decodes(line, "gb18030") for line in lines)
    )


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Handle bytes that are not UTF-8: they are Windows-1252."""
    assert isinstance(error, UnicodeDecodeError), "it is registered for decoding alone"
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("bibfolio_cp1252", _as_cp1252)
