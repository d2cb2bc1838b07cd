"""A place in the text of a bibliography: how to go on from it, and how to say what is wrong there.

Between the parts of an entry, ``%`` starts a comment, as in biber.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import TYPES
from bibfolio.sources.places import SourceText

#: How much of a file a message cites.
_CITED = 40
#: Names of fields and abbreviations.
NAME = r"[^\W\d][\w+:./-]*"
#: What begins a field, in the rest of a line.
FIELD = rf"{NAME}[ \t]*="
_SPACE = re.compile(r"(?:\s|%[^\n]*)*+")
_ENTRY = re.compile(r"@[ \t]*[^\W\d][^\s{}(),=\"#%'@]*\s*[{(]")
#: An entry that is beyond doubt, also where it can only be if something above is not closed.
_CERTAIN_ENTRY = re.compile(
    rf"^@(?i:{'|'.join(sorted(TYPES))})[ \t]*[{{(][ \t]*"
    rf"[^\s,{{}}()=\"#%]+[ \t]*,\s*(?:{FIELD}|[}})])",
    re.MULTILINE,
)
_BRACE = re.compile(r"[{}]")


class Scanner:
    """Goes through a text; :attr:`problems` tells what was wrong."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.text, self.end, self.pos = source.parsed, len(source.parsed), 0
        self.problems: list[Problem] = []
        #: Key of the entry that is being read.
        self.key = ""
        #: The line that was looked at last.
        self._line_start = self._line_end = -1

    def peek(self) -> str:
        """The character here; empty at the end of the file."""
        return self.text[self.pos : self.pos + 1]

    def skip_space(self) -> None:
        """Go on behind white space and comments."""
        match = _SPACE.match(self.text, self.pos)
        assert match, "the pattern fits nothing as well"
        self.pos = match.end()

    def entry_begins(self) -> bool:
        """Whether an entry begins here."""
        return self.peek() == "@" and bool(_ENTRY.match(self.text, self.pos))

    def line_end(self, start: int) -> int:
        """Where the line ends that *start* is in."""
        if not self._line_start <= start <= self._line_end:
            end = self.text.find("\n", start)
            self._line_start, self._line_end = start, self.end if end < 0 else end
        return self._line_end

    @cached_property
    def partners(self) -> dict[int, int]:
        """Where each brace is that opens something → where the one is that closes it."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for brace in _BRACE.finditer(self.text):
            if brace[0] == "{":
                opened.append(brace.start())
            elif opened:
                found[opened.pop()] = brace.start()
        return found

    @cached_property
    def certain_entries(self) -> list[int]:
        """Where entries begin that cannot be part of a value."""
        return [match.start() for match in _CERTAIN_ENTRY.finditer(self.text)]

    def has_entry(self, start: int, end: int) -> bool:
        """Whether such an entry begins between two places."""
        return bisect_left(self.certain_entries, start) < bisect_left(self.certain_entries, end)

    def report(self, message: str, at: int, kind: WarningKind = WarningKind.BIB_SYNTAX) -> None:
        """Note what is wrong at offset *at*, naming the entry it belongs to."""
        text = f"{self.key}: {message}" if self.key else message
        self.problems.append(Problem(kind, text, *self.source.place_of(min(at, self.end))))


def cite(text: str) -> str:
    """*text* in quotes and in one line, cut if it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= _CITED else line[: _CITED - 3] + "...")


def without_closers(text: str, opening: str = "{", closing: str = "}") -> str:
    """*text* without the braces at its end that close nothing in it."""
    surplus = text.count(closing) - text.count(opening)
    while surplus > 0 and text.endswith(closing):
        bare = text.rstrip(closing)
        kept = max(0, len(text) - len(bare) - surplus)
        surplus -= len(text) - len(bare) - kept
        text = (bare + closing * kept).rstrip()
    return text
