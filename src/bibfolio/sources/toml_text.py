"""The text of a TOML file: the lines of its keys, and how to mend a syntax error.

The parser of the standard library tells neither.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import combinations, takewhile
from typing import Any

from bibfolio.problems import Problem, WarningKind

#: Keys from the outermost table inwards, with the index of the item behind an array's key.
KeyPath = tuple[str | int, ...]


class TomlFiles:
    """Several files that are read as one; each key of the outermost table is in one of them.

    Args:
        texts: name → text of a file, which can be parsed.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.data: dict[str, Any] = {}
        #: Key and file, for each key that an earlier file has as well.
        self.repeated: list[tuple[str, str]] = []
        self._files: dict[str, str] = {}
        for name, text in texts.items():
            for key, value in (parsed(text) or {}).items():
                if key in self.data:
                    self.repeated.append((key, name))
                else:
                    self.data[key], self._files[key] = value, name

    @cached_property
    def _written(self) -> dict[str, list[str]]:
        return {name: _split(text) for name, text in self._texts.items()}

    @cached_property
    def _lines(self) -> dict[str, dict[KeyPath, int]]:
        return {name: lines_of_keys(text) for name, text in self._texts.items()}

    def place(self, path: KeyPath, value: str = "", file: str = "") -> tuple[str, int, int]:
        """Return file, line and column of *value* at *path*, or of the nearest key around it.

        The column is 0 if the line does not have the value literally.
        """
        file = file or self._files.get(str(path[0]), next(iter(self._texts)))
        lines = self._lines[file]
        while path and path not in lines:
            path = path[:-1]
        line = lines.get(path, 1)
        word = rf"(?<![\w-]){re.escape(value)}(?![\w-])"
        found = re.search(word, self._written[file][line - 1]) if value else None
        return file, line, found.start() + 1 if found else 0


def lines_of_keys(text: str) -> dict[KeyPath, int]:
    """Return the line of every key and table in a TOML text, up to the first mistake."""
    lines: dict[KeyPath, int] = {}
    #: Array of tables → the index of its last item.
    last: dict[KeyPath, int] = {}
    table: KeyPath = ()
    written = _split(text)
    for begin, _end, data in _statements(written):
        paths = [(*table, *path) for path in _paths(data)]
        if written[begin].lstrip().startswith("["):
            # The header of a table, which belongs to the last item of each array around it.
            table, paths = (), []
            inner: Any = data
            while inner:
                ((name, inner),) = inner.items()
                table = (*table, name)
                paths.append(table)
                if isinstance(inner, list):
                    last[table] = last.get(table, -1) + 1
                    inner = None
                if table in last:
                    table = (*table, last[table])
                    paths.append(table)
        for path in paths:
            lines.setdefault(path, begin + 1)
    return lines


def _split(text: str) -> list[str]:
    """Return the lines of *text* as TOML counts them."""
    return text.replace("\r\n", "\n").split("\n")


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield first line, last line and data of each statement, up to the first mistake.

    Each is parsed by itself; an empty line and a comment are statements, too.
    """
    begin = 0
    for end in range(1, len(lines) + 1):
        quotes = _LONG.search(lines[begin])
        may_end = end == begin + 1 or _END.search(lines[end - 1])
        is_open = quotes and quotes[1] not in lines[end - 1]
        if may_end and not is_open and (data := parsed("\n".join(lines[begin:end]))) is not None:
            yield begin, end, data
            begin = end


def parsed(text: str) -> dict[str, Any] | None:
    """Return the data of a TOML text, or None if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of every key within *value*, which stands at *path*."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else inner:
        yield from _paths(item, (*path, key))


# -- syntax errors: the parser often stops behind the mistake -----------------------------------

#: What may be wrong with a statement, and what mends it; tried in this order.
_MENDINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("the quotes are curly", lambda text: re.sub("[“”„«»]", '"', text)),
    ("there is no =", lambda text: re.sub(r"^([\w-]+)(?: *:|\s)\s*(?![\s=])", r"\1 = ", text)),
    ("a quote is not closed", lambda text: f'{text}"'),
    ("a bracket is not closed", lambda text: f"{text}]"),
    ("a text needs quotes", lambda text: re.sub(_BARE, r'\1"\2"', text)),
    ("a text needs quotes", lambda text: re.sub(_BARE_ITEM, r'\1"\2"', text)),
    ("there is no value", lambda text: re.sub(r"=\s*$", '= ""', text)),
    ("a comma is missing", lambda text: re.sub(r"""(["'}])(\s+["'{])""", r"\1,\2", text)),
    ("it has quotes within quotes", lambda text: re.sub(r'(?<!= )"(?!$)', "'", text)),
    ("a backslash means something else", lambda text: text.replace("\\", "/")),
)
_BARE = r"(=\s*)([^\s\"'\[{#][^\"#]*?)(?=\s*(?:#.*)?$)"
_BARE_ITEM = r"([\[,]\s*)([^\s\"'\[\]{},#][^\"\[\]{},]*?)(?=\s*[,\]])"
#: The end of a statement of several lines.
_END = re.compile("""(?:[]}]|\"{3}|'{3})\\s*(?:#.*)?$""")
#: A text that may have several lines.
_LONG = re.compile("""=\\s*(\"{3}|'{3})""")
#: The beginning of another statement.
_NEXT = re.compile(r"\s*(?:$|#|\[|[\w.-]+\s*[=:])")


def syntax_mistake(text: str, file: str, lists: Collection[str] = ()) -> Problem:
    """Return the first mistake in a *text* that is not TOML, and what to write instead.

    *lists* are the keys of arrays of tables.
    """
    lines = _split(text)
    ends = [0, *(end for _begin, end, _data in _statements(lines))]
    # Each statement can be parsed by itself; the first that cannot behind the others repeats a key.
    begin = ends[bisect(ends, 0, key=lambda n: parsed("\n".join(lines[:n])) is None) - 1]
    rest = takewhile(lambda line: not _NEXT.match(line), lines[begin + 1 :])
    written = "\n".join([lines[begin], *rest]).rstrip()
    key = re.sub(r"[\[\]\s:=].*", "", written.lstrip("[ "), flags=re.DOTALL)
    what, same = "this is not TOML; write a key, = and a text in quotes or a number", 0
    if parsed(written):
        is_item = written[0] == "[" and key in lists
        cure = f"write [[{key}]] above each" if is_item else "keep the first and add to it"
        what = f"is there twice; {cure}"
    for mendings in (*combinations(_MENDINGS, 1), *combinations(_MENDINGS, 2)):
        mended = reduce(lambda text, mending: mending[1](text), mendings, written)
        if not parsed(written) and parsed(mended):
            same = next(n for n, char in enumerate(mended) if written[n : n + 1] != char)
            cure = mended.splitlines()[written.count("\n", 0, same)].strip()
            what = f"{' and '.join(cause for cause, _mend in mendings)}; write {cure}"
            break
    line = begin + 1 + written.count("\n", 0, same)
    column = same - written.rfind("\n", 0, same)
    return Problem(WarningKind.PROFILE, f"{key}: {what}", line, column, file)
