"""The text of a ``.bib`` file: positions in it, and a scanner that goes through it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import TYPES

#: Characters that no text has and that XML forbids (XML 1.0, §2.2): mostly from broken copies.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: What the parser does not see: control characters, and the first half of CR LF.
_DROPPED = re.compile(rf"\r(?=\n)|{CONTROL.pattern}")
_LINE_END = re.compile(r"\r\n|\r|\n")
#: Names of fields and abbreviations.
NAME = r"[^\W\d][\w+:./-]*"
#: What begins a field, in the rest of a line.
FIELD = rf"{NAME}[ \t]*="
#: White space and comments: between the parts of an entry, ``%`` starts one, as in biber.
_SPACE = re.compile(r"(?:\s|%[^\n]*)*+")
_ENTRY = re.compile(r"@[ \t]*[^\W\d][^\s{}(),=\"#%'@]*\s*[{(]")
#: An entry that is beyond doubt, also where it can only be if something above is not closed.
_CERTAIN_ENTRY = re.compile(
    rf"^@(?i:{'|'.join(sorted(TYPES))})[ \t]*[{{(][ \t]*"
    rf"[^\s,{{}}()=\"#%]+[ \t]*,\s*(?:{FIELD}|[}})])",
    re.MULTILINE,
)
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


class Scanner:
    """Goes through a text; :attr:`problems` holds what was wrong."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.text, self.end, self.pos = source.parsed, len(source.parsed), 0
        self.problems: list[Problem] = []
        #: The offset of each opening brace → that of the one which closes it.
        self.partners = partners_in(self.text)
        #: Where entries begin that cannot be part of a value.
        self.certain_entries = [match.start() for match in _CERTAIN_ENTRY.finditer(self.text)]
        #: Key of the entry that is being read.
        self.key = ""
        #: The line that was looked at last.
        self._line_start = self._line_end = -1

    def peek(self) -> str:
        """Return the character here; an empty string at the end of the file."""
        return self.text[self.pos : self.pos + 1]

    def skip_space(self) -> None:
        """Go on behind white space and comments."""
        match = _SPACE.match(self.text, self.pos)
        assert match, "the pattern fits nothing as well"
        self.pos = match.end()

    def at_entry(self) -> bool:
        """Tell whether an entry begins here."""
        return self.peek() == "@" and bool(_ENTRY.match(self.text, self.pos))

    def line_end(self, start: int) -> int:
        """Return the end of the line that *start* is in."""
        if not self._line_start <= start <= self._line_end:
            end = self.text.find("\n", start)
            self._line_start, self._line_end = start, self.end if end < 0 else end
        return self._line_end

    def position(self, parsed: int) -> TextPosition:
        """Return line and column in the file of what is at offset *parsed*."""
        return self.source.position(self.source.offset(parsed))

    def has_entry(self, start: int, end: int) -> bool:
        """Tell whether an entry that is beyond doubt begins between two offsets."""
        return bisect_left(self.certain_entries, start) < bisect_left(self.certain_entries, end)

    def report(self, message: str, at: int, kind: WarningKind = WarningKind.BIB_SYNTAX) -> None:
        """Note what is wrong at offset *at*, naming the entry it belongs to."""
        text = f"{self.key}: {message}" if self.key else message
        self.problems.append(Problem(kind, text, *self.position(min(at, self.end))))


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


def cited(text: str, longest: int = 40) -> str:
    """Return *text* in quotes and in one line, cut if it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= longest else line[: longest - 3] + "...")


def without_closers(text: str, opening: str = "{", closing: str = "}") -> str:
    """Return *text* without the braces at its end that close nothing in it."""
    surplus = text.count(closing) - text.count(opening)
    while surplus > 0 and text.endswith(closing):
        bare = text.rstrip(closing)
        kept = max(0, len(text) - len(bare) - surplus)
        surplus -= len(text) - len(bare) - kept
        text = (bare + closing * kept).rstrip()
    return text
