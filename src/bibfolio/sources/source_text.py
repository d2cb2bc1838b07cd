"""The text of a ``.bib`` file: where things stand in it, and which braces belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from bibfolio.model.strings import CONTROL

#: What the parser does not see: control characters, and the first half of CR LF.
_DROPPED = re.compile(rf"\r(?=\n)|{CONTROL.pattern}")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BRACE = re.compile(r"[{}]")


class TextPosition(NamedTuple):
    """A line and a column, both counted from 1; column 0 is unknown."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FieldPosition:
    """Where a field stands. Offsets count the characters of the file."""

    name: TextPosition
    #: What stands in braces or quotes in the value, without these: begin and end of each part.
    literals: tuple[tuple[int, int], ...]


class SourceText:
    """The text of a file, as it is written and as the parser reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: Lines end in LF, and there are no control characters.
        self.parsed = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        dropped = [match.start() for match in _DROPPED.finditer(text)]
        #: Offset in :attr:`parsed` before which something was left out.
        self._dropped = [offset - count for count, offset in enumerate(dropped)]
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def offset(self, parsed: int) -> int:
        """Return the offset in :attr:`text` of what is at offset *parsed* of :attr:`parsed`."""
        return parsed + bisect_right(self._dropped, parsed)

    def position(self, offset: int) -> TextPosition:
        """Return line and column of the character at *offset* of :attr:`text`."""
        line = bisect_right(self._lines, offset)
        return TextPosition(line, offset - self._lines[line - 1] + 1)

    def offset_of(self, line: int, column: int) -> int:
        """Return the offset in :attr:`text` of what is at a line and a column."""
        return self._lines[line - 1] + column - 1


def partners_in(text: str) -> dict[int, int]:
    """Return the offset of each opening brace with that of the one which closes it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            found[opened.pop()] = brace.start()
    return found


def balanced(text: str) -> str:
    """Return *text* without every brace that has no partner."""
    partners = partners_in(text)
    paired = {*partners.keys(), *partners.values()}
    return "".join(c for place, c in enumerate(text) if c not in "{}" or place in paired)


def cited(text: str, longest: int = 40) -> str:
    """Return *text* in quotes and in one line, cut if it is long; only invisible signs as codes."""
    line = " ".join(text.split())
    line = line if len(line) <= longest else line[: longest - 3] + "..."
    visible = "".join(char if char.isprintable() else repr(char)[1:-1] for char in line)
    return f"“{visible}”" if "'" in visible else f"'{visible}'"


def without_closers(text: str, opening: str = "{", closing: str = "}") -> str:
    """Return *text* without the braces at its end that close nothing in it."""
    surplus = text.count(closing) - text.count(opening)
    while surplus > 0 and text.endswith(closing):
        bare = text.rstrip(closing)
        kept = max(0, len(text) - len(bare) - surplus)
        surplus -= len(text) - len(bare) - kept
        text = (bare + closing * kept).rstrip()
    return text
