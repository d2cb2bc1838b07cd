"""``refs.bib`` → papers."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bibfolio.model import Paper
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_entry import EntryReader
from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.fields import SUBTITLES, language_of_field, standard_name
from bibfolio.sources.folder import Folder
from bibfolio.sources.inheritance import inherit
from bibfolio.sources.keys import Keys, safe_key


@dataclass
class Known:
    """What the files before this one leave to it: their keys and their ``@string``."""

    keys: Keys = field(default_factory=Keys)
    strings: dict[str, str] = field(default_factory=dict)


@dataclass
class Bibliography:
    """All that is known from a ``.bib`` file."""

    #: Visible papers in the order of the file.
    papers: list[Paper] = field(default_factory=list)
    #: Those that ``pubstate = {inpreparation}`` hides.
    drafts: list[Paper] = field(default_factory=list)
    #: Key → the entry of each of them as written, with what it inherits.
    entries: dict[str, RawEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: The file, and its entries as they stand there.
    text: str = ""
    raw: list[RawEntry] = field(default_factory=list)


def read_bibliographies(
    files: Mapping[str, Path],
    owner: frozenset[str] = frozenset(),
    folder: Folder | None = None,
    encoding: str = "utf-8",
) -> dict[str, Bibliography]:
    """Read several files, by their names, in their order; see :func:`read_bibliography`.

    A file that is there under two names is read once.
    """
    known, read = Known(), {}
    paths = {path.resolve(): name for name, path in reversed([*files.items()])}
    for name in sorted(paths.values(), key=[*files].index):
        path = files[name]
        read[name] = read_bibliography(path, owner, folder, known, encoding=encoding, name=name)
    return read


def read_bibliography(
    path: Path,
    owner: frozenset[str] = frozenset(),
    folder: Folder | None = None,
    known: Known | None = None,
    *,
    encoding: str = "utf-8",
    name: str = "",
) -> Bibliography:
    """Read the file at *path*.

    Args:
        path: a BibTeX file.
        owner: spellings of the name of the person whose site it is.
        folder: where the files are that entries name; without one, there are none.
        known: what was read before; what is read here is added.
        encoding: how the file is written, as Python names it; a byte order mark is no matter.
        name: how problems name the file, if not as it is called.

    Returns:
        what could be read, and the problems; nothing is raised for bad input.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot read the bibliography: {error.strerror}"
        return Bibliography(problems=[Problem(WarningKind.BIB_MISSING, message)])
    text, problems = decode(data, encoding)
    result = parse_bibliography(text, owner, folder, known, name or path.name)
    result.problems[:0] = problems
    return result


def parse_bibliography(
    text: str,
    owner: frozenset[str] = frozenset(),
    folder: Folder | None = None,
    known: Known | None = None,
    name: str = "refs.bib",
) -> Bibliography:
    """Do as :func:`read_bibliography` with the *text* of a file called *name*."""
    known = known or Known()
    result = Bibliography(text=text)
    result.raw, result.problems = read_entries(text, known.strings)
    raw_entries, missing = inherit(result.raw)
    result.problems += missing
    for raw in raw_entries:
        reader = EntryReader(raw, owner, folder or Folder(), result.problems.append)
        first = known.keys.places.get(raw.key.lower())
        key = known.keys.unique(raw.key, f"{name}:{raw.line}")
        if first:
            message = f"repeats the key of {first}; shown as {key}, give it a key of its own"
            reader.report(WarningKind.BIB_DUPLICATE_KEY, message)
        slug = known.keys.slug(key)
        if safe_key(key) not in {"", slug}:
            message = f"differs from an earlier key in signs alone; its page is called {slug}"
            reader.report(WarningKind.BIB_KEY, f"{message}; choose a key that differs in letters")
        is_hidden, paper = reader.is_hidden(), reader.paper(key, slug)
        # What is wrong in a draft is told all the same.
        (result.drafts if is_hidden else result.papers).append(paper)
        result.entries[key] = raw
    return result


# -- languages -----------------------------------------------------------------------------------


def translated(
    read: Bibliography,
    language: Collection[str],
    owner: frozenset[str] = frozenset(),
    folder: Folder | None = None,
) -> dict[str, Paper]:
    """Return the papers that say something of themselves in a language, by their keys.

    Args:
        read: the bibliography.
        language: what the language is called behind the name of a field: ``zh`` in ``title-zh``.
        owner: spellings of the name of the person whose site it is.
        folder: where the files are that entries name.
    """
    found = {}
    for paper in (*read.papers, *read.drafts):
        if raw := _in_language(read.entries[paper.key], language):
            reader = EntryReader(raw, owner, folder or Folder(), lambda _problem: None)
            found[paper.key] = replace(reader.paper(paper.key, paper.slug), bibtex=paper.bibtex)
    return found


def _in_language(raw: RawEntry, language: Collection[str]) -> RawEntry | None:
    """Return an entry with what it says in a language in the place of what it says else."""
    said = {
        standard_name(base): (base, value)
        for name, value in raw.fields
        for base, in_language in [language_of_field(name, language)]
        if in_language
    }
    if not said:
        return None
    gone = {*said, *(SUBTITLES[name] for name in said if name in SUBTITLES)}
    others = (field for field in raw.fields if standard_name(field[0]) not in gone)
    return replace(raw, fields=(*said.values(), *others), positions=())


# -- bytes → text -------------------------------------------------------------------------------

#: Names of UTF-8, with and without a mark at the beginning.
_UTF_8 = {"utf-8", "utf8", "utf_8", "utf-8-sig", "utf_8_sig"}
#: How Windows marks UTF-16 at the beginning of a file.
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Nothing but characters of GB 2312, two bytes each, between ASCII.
_GB_2312 = re.compile(rb"(?<![\x80-\xff])(?:[\xa1-\xf7][\xa1-\xfe])+(?![\x80-\xff])")
#: One accented letter among others, as Western text has them.
_WESTERN = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff](?=[A-Za-z ,.}-])")


def decode(data: bytes, encoding: str = "utf-8") -> tuple[str, list[Problem]]:
    """Return the text of a file in *encoding*, and what is wrong with that.

    What is to be UTF-8 may be something else in part: files are pasted together from many sources.
    Lines that are UTF-8 are read as such even if others are not. The others are GBK if they can be;
    or else each byte that is not UTF-8 is read as Windows-1252. Nothing is dropped.
    """
    if encoding.lower() not in _UTF_8 and _is(data, encoding):
        return data.decode(encoding), []
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
    """Return whether *data* can be read with *codec*."""
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):  # or no codec of that name
        return False
    return True


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Handle bytes that are not UTF-8: they are Windows-1252."""
    assert isinstance(error, UnicodeDecodeError), "it is registered for decoding alone"
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("bibfolio_cp1252", _as_cp1252)
