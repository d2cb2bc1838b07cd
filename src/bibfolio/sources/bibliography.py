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
from bibfolio.sources.bib_entry import EntryReader, identity
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.inheritance import inherit
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
        taken: identity of a key (:func:`~bibfolio.sources.bib_entry.identity`) → where it was
            seen; those found here are added, so that several files can share one.

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

#: How Windows marks UTF-16 at the beginning of a file.
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Nothing but characters of GB 2312, two bytes each, between ASCII.
_GB_2312 = re.compile(rb"(?<![\x80-\xff])(?:[\xa1-\xf7][\xa1-\xfe])+(?![\x80-\xff])")
#: One accented letter among others, as Western text has them.
_WESTERN = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff](?=[A-Za-z ,.}-])")


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file, and what is wrong with its encoding.

    Lines that are UTF-8 are read as such even if others are not: files are pasted together from
    many sources. The others are GBK if they can be; or else each byte that is not UTF-8 is read as
    Windows-1252. Nothing is dropped.
    """
    if data.startswith(_MARKS):
        return data.decode("utf-16", "replace"), [_not_utf8("the file is UTF-16")]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = data[error.start]
    lines = data.split(b"\n")
    foreign = b"\n".join(line for line in lines if not _is(line, "utf-8"))
    if _GB_2312.search(foreign) and not _WESTERN.search(foreign) and _is(foreign, "gb18030"):
        name = "GBK"
        decoded = (line.decode("utf-8" if _is(line, "utf-8") else "gb18030") for line in lines)
        text = "\n".join(decoded)
    else:
        name, text = "Windows-1252", data.decode("utf-8", "bibfolio_cp1252")
    return text, [_not_utf8(f"byte {byte:#04x} is not UTF-8, read as {name}", line, column)]


def _not_utf8(what: str, line: int = 1, column: int = 0) -> Problem:
    return Problem(WarningKind.BIB_ENCODING, f"{what}; save the file as UTF-8", line, column)


def _is(data: bytes, codec: str) -> bool:
    """Tell whether *data* can be read with *codec*."""
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Handle bytes that are not UTF-8: they are Windows-1252."""
    assert isinstance(error, UnicodeDecodeError), "it is registered for decoding alone"
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("bibfolio_cp1252", _as_cp1252)
