"""Values of BibTeX fields: braces, quotes, numbers and abbreviations, joined with ``#``.

What is not closed ends where the next field begins; what stands without braces is taken as text.
"""

from __future__ import annotations

import re

from pybtex.database.input.bibtex import month_names

from bibfolio.problems import WarningKind
from bibfolio.sources.source_text import FIELD, NAME, Scanner, SourceText, cited, without_closers

#: No name of a journal or publisher is longer; abbreviations made of others grow without bound.
_LONGEST = 10_000

_ENDS = r"(?=[ \t]*(?:[,#})%\n]|\Z))"
_NUMBER = re.compile(rf"\d+{_ENDS}")
_ABBREVIATION = re.compile(rf"{NAME}{_ENDS}")
_QUOTE = re.compile(r"[{}\"]")
CLOSING = {"{": "}", "(": ")", '"': '"'}
_FIELD_LINE = re.compile(rf"^[ \t]*{FIELD}", re.MULTILINE)
#: What ends a value that is not closed.
_LIMIT = re.compile(rf"^[ \t]*(?:{FIELD}|[}})][ \t]*,?[ \t]*$|@[ \t]*[A-Za-z]+[ \t]*[{{(])", re.M)
_ENTRY_IN_VALUE = re.compile(r"^[ \t]*@[A-Za-z]+\s*\{[^\s,{}]+\s*,", re.MULTILINE)
#: Where the next field begins in the same line.
_NEXT_IN_LINE = re.compile(rf"[,;][ \t]*{FIELD}")
#: A field in the same value as the one before it, whose brace is missing.
_SWALLOWED = re.compile(rf",\s*(?=(?P<field>{NAME})\s*=\s*[{{\"\d])")
#: Names of months that are no abbreviations → those that are.
_MONTHS = {name.lower(): short for short, name in month_names.items() if name.lower() != short}
_MONTHS["sept"] = "sep"
_QUOTES = (("“", "”"), ("‘", "’"), ("'", "'"), ("„", "“"), ("«", "»"), ("`", "'"))


class ValueReader(Scanner):
    """Reads values."""

    def __init__(self, source: SourceText, later: dict[str, str] | None = None) -> None:
        super().__init__(source)
        #: Abbreviations in lower case → what they stand for.
        self.strings: dict[str, str] = dict(month_names)
        #: Those that are defined anywhere in the file.
        self.later = later or {}
        #: Those that were used but not defined.
        self.undefined: set[str] = set()
        #: The abbreviation that is being defined.
        self.defining = ""
        self._is_cut = False
        #: Where the last value stood in braces or quotes, and where it ended.
        self.literals: list[tuple[int, int]] = []
        self.value_end = 0

    def read_value(self, name: str) -> str | None:
        """Return the value of field *name* that begins here, or None if there is none."""
        parts: list[str] = []
        self.literals, self.value_end = [], self.pos
        while True:
            self.skip_space()
            part = None if self.at_entry() else self._part(name)
            if part is None:
                break
            parts.append(part)
            self.value_end = self.pos
            self.skip_space()
            if self.peek() != "#":
                break
            self.pos += 1
        return "".join(parts) if parts else None

    def _part(self, name: str) -> str | None:
        start, sign = self.pos, self.peek()
        if sign in CLOSING and sign != "(":
            return self._literal(start, sign)
        if number := _NUMBER.match(self.text, start):
            self.pos = number.end()
            return number[0]
        if abbreviation := _ABBREVIATION.match(self.text, start):
            self.pos = abbreviation.end()
            return self._meaning(abbreviation[0], start)
        if not (written := self.rest_of_line()):
            return None
        text = written
        for opening, closing in _QUOTES:
            if text[0] == opening and text[-1] == closing:
                text = text[1:-1]
        self.report(f"the value of {name} has no braces; write {{{text}}}", start)
        self.pos = start + len(written)
        return text

    def rest_of_line(self) -> str:
        """Return what stands from here to the next field or the end of the line."""
        end = self.line_end(self.pos)
        following = _NEXT_IN_LINE.search(self.text, self.pos, end)
        rest = self.text[self.pos : following.start() if following else end]
        return without_closers(without_closers(rest.rstrip(" \t,;")), "(", ")").rstrip(" \t,;")

    # -- abbreviations ----------------------------------------------------------------------

    def _meaning(self, name: str, at: int) -> str:
        """Return what an abbreviation stands for."""
        lower = name.lower()
        if lower in self.strings:
            return self.strings[lower]
        self.undefined.add(lower)
        text = self.later.get(lower) if lower != self.defining else None
        advice = "put braces around plain text"
        if short := _MONTHS.get(lower):
            text, advice = name, f"write {short}"
        elif text is not None:
            advice = "its @string stands below; move that up"
        message = f"the abbreviation {name} is not defined; {advice}"
        self.report(message, at, WarningKind.BIB_STRING)
        return text or ""

    def define(self, name: str, text: str, at: int) -> None:
        """Have *name* stand for *text*."""
        if len(text) > _LONGEST and not self._is_cut:
            self._is_cut = True  # those made of this one are too long as well
            message = f"the abbreviation {name} stands for more than {_LONGEST} characters"
            self.report(f"{message}; it is cut there, write less", at, WarningKind.BIB_STRING)
        self.strings[name.lower()] = text[:_LONGEST]

    # -- braces and quotes ------------------------------------------------------------------

    def _literal(self, start: int, sign: str) -> str:
        end = self._closing(start, sign)
        if not end or self._closes_the_entry(start, end):
            return self._unclosed(start, sign)
        self.pos = end
        value = self.text[start + 1 : end - 1]
        if "@" in value and _ENTRY_IN_VALUE.search(value):
            message = "what looks like an entry is inside a value; is a brace missing?"
            self.report(message, start)
        self.literals.append((start + 1, end - 1))
        return value

    def _closing(self, start: int, sign: str) -> int:
        """Return the end of the value that begins with *sign* at *start*; 0 if it has none."""
        end = self.partners.get(start, -1) if sign == "{" else self._quote(start + 1)
        return 0 if end < 0 or self.has_entry(start, end) else end + 1

    def _quote(self, start: int) -> int:
        """Return the next quote outside of braces; -1 if a brace has no partner before it."""
        while match := _QUOTE.search(self.text, start):
            if match[0] == '"':
                return match.start()
            start = self.partners.get(match.start(), -1) + 1
            if not start:
                break
        return -1

    def _closes_the_entry(self, start: int, end: int) -> bool:
        """Tell whether a value is closed by a brace that was to close its entry."""
        self.pos = end
        self.skip_space()
        if self.peek() and self.peek() in ",#})":
            return False
        first = self.text.find("\n", start, end)
        if first < 0:
            return bool(_SWALLOWED.search(self.text, start, end))
        last = self.text.rfind("\n", start, end)
        ends_alone = not self.text[last : end - 1].strip()
        is_at_end = not self.peek() or self.at_entry()
        return bool((is_at_end and ends_alone) or _FIELD_LINE.search(self.text, first, end))

    def _unclosed(self, start: int, sign: str) -> str:
        """Return the value that begins at *start* and is not closed, up to the next field."""
        begin, closing = start + 1, CLOSING[sign]
        limit = _LIMIT.search(self.text, self.line_end(start))
        rest = self.text[begin : limit.start() if limit else self.end]
        advice = f"the value that starts with {sign} here is never closed; add {closing}"
        if sign == "{" and (swallowed := _SWALLOWED.search(rest)):
            self.pos = begin + swallowed.start()
            self.report(f"{advice} before the comma and {swallowed['field']}", start)
            self.literals.append((begin, self.pos))
            return rest[: swallowed.start()]
        inner = re.compile(rf"{closing}(?=[ \t]*,?[ \t]*{FIELD})").search(rest)
        value = rest[: inner.start()] if inner else rest.rstrip().removesuffix(",").rstrip()
        is_closed = bool(inner) or value.endswith(closing)
        if inner:
            self.pos = begin + inner.end()
        elif sign == '"' and is_closed:
            value = value[:-1]
            self.pos = begin + len(value) + 1
        else:
            self.pos = begin + len(without_closers(value) if sign == '"' else value)
        advice += " at its end"
        if is_closed:
            advice = f"a brace in the value of {cited(value)} has no partner; delete it"
        self.report(advice, start)
        self.literals.append((begin, begin + len(value)))
        return without_closers(value)
