"""Where in a file something stands: the text that is parsed → lines, columns and offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

#: Characters that no text has and that XML forbids (XML 1.0, §2.2): mostly from broken copies.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: What the parser does not see: control characters, and the first half of CR LF.
_DROPPED = re.compile(rf"\r(?=\n)|{CONTROL.pattern}")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A line and a column, both counted from 1; column 0 is unknown."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a field stands. Offsets count the characters of the file."""

    #: The name of the field.
    name: Place
    #: Where the name begins.
    start: int
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
        """Where the character at offset *parsed* of :attr:`parsed` is in :attr:`text`."""
        return parsed + bisect_right(self._dropped, parsed)

    def place(self, offset: int) -> Place:
        """Line and column of the character at *offset* of :attr:`text`."""
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    def place_of(self, parsed: int) -> Place:
        """Line and column of the character at offset *parsed* of :attr:`parsed`."""
        return self.place(self.offset(parsed))
