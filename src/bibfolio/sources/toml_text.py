"""The text of a TOML file: where keys stand in it, and what was meant where the parser stops.

The standard library's parser tells neither.
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
    """Several files that are read as one: each key of the outermost table stands in one of them.

    Args:
        texts: name → text of each file; every one can be parsed.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self.data: dict[str, Any] = {}
        #: Keys that a file has though another had them before.
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
        return {name: _lines(text) for name, text in self._texts.items()}

    @cached_property
    def _lines(self) -> dict[str, dict[KeyPath, int]]:
        return {name: lines_of_keys(text) for name, text in self._texts.items()}

    def place(self, path: KeyPath, value: str = "", file: str = "") -> tuple[str, int, int]:
        """Return file, line and column of *value* at *path*, or of the nearest key around it.

        The column is 0 where the value does not stand as it is.
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
    """Return the line of every key and table in a TOML text; what follows a mistake has none."""
    lines: dict[KeyPath, int] = {}
    #: Array of tables → the index of its last item.
    last: dict[KeyPath, int] = {}
    table: KeyPath = ()
    written = _lines(text)
    for begin, _end, data in _statements(written):
        paths = [(*table, *path) for path in _paths(data)]
        if written[begin].lstrip().startswith("["):
            # The header of a table: what it names stands in the last item of each array.
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


def _lines(text: str) -> list[str]:
    """Return the lines of *text* as TOML counts them."""
    return text.replace("\r\n", "\n").split("\n")


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield where each statement begins and ends, up to the first that is none, and its data.

    They are parsed one by one; a line that is empty or a comment is one.
    """
    begin = 0
    for end in range(1, len(lines) + 1):
        # It goes on where the next line cannot begin another, and a long text up to its quotes.
        quotes = _LONG.search(lines[begin])
        may_end = end == len(lines) or _BEGIN.match(lines[end])
        is_open = quotes and quotes[1] not in lines[end - 1]
        if may_end and not is_open and (data := parsed("\n".join(lines[begin:end]))) is not None:
            yield begin, end, data
            begin = end


def parsed(text: str) -> dict[str, Any] | None:
    """Return the data of a TOML text; None if it is none."""
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


# -- what was meant where the parser stops, which is often behind the mistake -------------------

#: What may be wrong with a statement and how that is mended, in the order of doing so.
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
#: What a statement may begin with.
_BEGIN = re.compile(r"\s*(?:$|[#\[]|[\w-]+\s*[=.]|[\"'].*=)")
#: A text that may have several lines.
_LONG = re.compile("""=\\s*(\"{3}|'{3})""")
#: What a statement does not go on with.
_NEXT = re.compile(r"\s*(?:$|#|\[|[\w.-]+\s*[=:])")


def syntax_mistake(text: str, file: str, lists: Collection[str] = ()) -> Problem:
    """Return the first mistake in a *text* that is not TOML, and what to write there.

    *lists* are the keys of tables that may be there several times.
    """
    lines = _lines(text)
    ends = [0, *(end for _begin, end, _data in _statements(lines))]
    # Each can be parsed, but from one on not behind those before: it repeats a key.
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
