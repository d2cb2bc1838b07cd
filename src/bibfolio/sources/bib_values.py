"""Values of BibTeX fields: braces, quotes, numbers and abbreviations, joined with ``#``.

What is not closed ends where the next field begins; what stands without braces is taken as text.
"""

from __future__ import annotations

import re

from pybtex.database.input.bibtex import month_names

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.fields import TYPES
from bibfolio.sources.source_text import (
    SourceText,
    TextPosition,
    cited,
    partners_in,
    without_closers,
)

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
_QUOTES = (("“", "”"), ("‘", "’"), ("'", "'"), ("„", "“"), ("«", "»"), ("`", "'"))


class ValueReader:
    """Goes through a text and reads values; :attr:`problems` holds what was wrong."""

    def __init__(self, source: SourceText, strings: dict[str, str]) -> None:
        self.source = source
        self.text, self.end, self.pos = source.parsed, len(source.parsed), 0
        self.problems: list[Problem] = []
        #: The offset of each opening brace → that of the one which closes it.
        self.partners = partners_in(self.text)
        #: Key of the entry that is being read.
        self.key = ""
        #: Abbreviations in lower case → what they stand for.
        self.strings = strings
        strings.update(month_names | strings)
        #: Where the last value stood in braces or quotes, and where it ended.
        self.literals: list[tuple[int, int]] = []
        self.value_end = 0

    # -- where we are -----------------------------------------------------------------------

    def peek(self) -> str:
        """Return the character here; an empty string at the end of the file."""
        return self.text[self.pos : self.pos + 1]

    def skip_space(self) -> None:
        """Go on behind white space and comments."""
        match = _SPACE.match(self.text, self.pos)
        assert match, "the pattern fits nothing as well"
        self.pos = match.end()

    def at_entry(self) -> bool:
        """Return whether an entry begins here."""
        return self.peek() == "@" and bool(_ENTRY.match(self.text, self.pos))

    def line_end(self, start: int) -> int:
        """Return the end of the line that *start* is in."""
        end = self.text.find("\n", start)
        return self.end if end < 0 else end

    def position(self, parsed: int) -> TextPosition:
        """Return line and column in the file of what is at offset *parsed*."""
        return self.source.position(self.source.offset(parsed))

    def report(self, message: str, at: int, kind: WarningKind = WarningKind.BIB_SYNTAX) -> None:
        """Note what is wrong at offset *at*, naming the entry it belongs to."""
        text = f"{self.key}: {message}" if self.key else message
        self.problems.append(Problem(kind, text, *self.position(min(at, self.end))))

    # -- values -----------------------------------------------------------------------------

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

    def _meaning(self, name: str, at: int) -> str:
        """Return what an abbreviation stands for; its name if nothing above defines it."""
        if name.lower() not in self.strings:
            message = f"the abbreviation {name} is not defined; put braces around plain text"
            self.report(message, at, WarningKind.BIB_STRING)
        return self.strings.get(name.lower(), name)

    # -- braces and quotes ------------------------------------------------------------------

    def _literal(self, start: int, sign: str) -> str:
        closing = self.partners.get(start, -1) if sign == "{" else self._quote(start + 1)
        end = closing + 1
        # What is closed only behind the beginning of another entry is not closed.
        if (
            not end
            or _CERTAIN_ENTRY.search(self.text, start, closing)
            or self._closes_the_entry(start, end)
        ):
            return self._unclosed(start, sign)
        self.pos = end
        value = self.text[start + 1 : end - 1]
        if "@" in value and _ENTRY_IN_VALUE.search(value):
            message = "what looks like an entry is inside a value; is a brace missing?"
            self.report(message, start)
        self.literals.append((start + 1, end - 1))
        return value

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
        """Return whether a value is closed by a brace that was to close its entry."""
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
