"""pybtex's parser of one entry, made to report and go on instead of raising.

The tokens and the grammar are pybtex's. Added is what it lacks: after an error the fields already
read are kept, and those below are read (pybtex up to 0.26 abandons the entry or the file);
``%`` starts a comment between fields, as in biber.
"""

from __future__ import annotations

import re

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError, TokenRequired
from pybtex.utils import CaseInsensitiveDict

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.places import FieldPlace, SourceText

START_OF_LINE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][^\s{}(),=\"#%']*\s*[{(]", re.MULTILINE)
NEXT_FIELD = re.compile(r"\s*[A-Za-z][\w+:.-]*\s*=")
_ENTRY_IN_VALUE = re.compile(r"^[ \t]*@[A-Za-z]+\s*\{[^\s,{}]+\s*,", re.MULTILINE)
_COMMENT = re.compile(r"\s*%[^\n]*")
_FIELD_LINE = re.compile(r"^[ \t]*[A-Za-z][\w+:.-]*[ \t]*=", re.MULTILINE)


class RecoveringParser(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """Reads fields and values; :attr:`problems` tells what was wrong."""

    # What pybtex sets without saying its type.
    text: str
    pos: int
    end_pos: int
    lineno: int
    current_entry_key: str | None
    current_field_name: str | None
    current_fields: list[tuple[str, list[str]]]
    current_value: list[str]

    def __init__(self, source: SourceText) -> None:
        super().__init__(source.parsed, macros=CaseInsensitiveDict(month_names))
        self.source = source
        self.problems: list[Problem] = []
        self.entry_line = 1
        self.command_start = 0
        #: Where each of :attr:`current_fields` stands.
        self.current_places: list[FieldPlace] = []
        self.current_literals: list[tuple[int, int]] = []

    def optional(self, patterns: list[object], allow_eof: bool = False) -> object:
        """As pybtex, but the end of the file is no reason to lose the value just read."""
        try:
            return super().optional(patterns, allow_eof)
        except PrematureEOF:
            return None

    def eat_whitespace(self) -> None:
        """Skip white space and ``%`` comments (called between tokens, never inside values)."""
        super().eat_whitespace()
        while match := _COMMENT.match(self.text, self.pos):
            self.pos = match.end()
            self.update_lineno(match.group())
            super().eat_whitespace()

    def parse_entry_fields(self) -> None:
        """As pybtex, but a broken field does not take those below it along."""
        while True:
            start, line = self.pos, self.lineno
            self.current_field_name, self.current_value, self.current_literals = None, [], []
            if self._entry_begins():
                raise PrematureEOF(self)
            name_start = self.pos
            try:
                self.parse_field()
            except PybtexSyntaxError as error:
                if not self._skip_to_field(start, line):
                    raise
                self.handle_error(error)
                continue
            if self.current_field_name and self.current_value:
                self.current_fields.append((self.current_field_name, self.current_value))
                self.current_places.append(self._place(name_start))
            start, line = self.pos, self.lineno
            if self.optional([self.COMMA]):
                continue
            if NEXT_FIELD.match(self.text, self.pos):
                self.report("a comma is missing before this field", self.lineno, self.pos)
            elif self._at_end_of_entry() or not self._skip_to_field(start, line):
                return
            else:
                self.report(f"a comma is missing behind {self.current_field_name}", line, start)

    def _place(self, name_start: int) -> FieldPlace:
        """Where the field just read stands."""
        offset = self.source.offset
        literals = tuple((offset(begin), offset(end)) for begin, end in self.current_literals)
        return FieldPlace(self.source.place_of(name_start), offset(name_start), literals)

    def _entry_begins(self) -> bool:
        """Whether the next line starts an entry, and this one therefore is not closed."""
        self.eat_whitespace()
        line_start = self.text.rfind("\n", 0, self.pos) + 1
        begins = START_OF_LINE.match(self.text, line_start)
        return bool(begins) and not self.text[line_start : self.pos].strip()

    def _at_end_of_entry(self) -> bool:
        return self.pos >= self.end_pos or self.text[self.pos] in "})"

    def _skip_to_field(self, start: int, line: int) -> bool:
        """Go to the next line that starts with ``name =``, if that still belongs to this entry.

        Otherwise go back to *start*, or to the entry that follows it.
        """
        following = START_OF_LINE.search(self.text, start)
        limit = following.start() if following else self.end_pos
        field = _FIELD_LINE.search(self.text, min(max(self.pos, start + 1), limit), limit)
        target = field.start() if field else limit if following and limit <= self.pos else self.pos
        self.lineno = line + self.text.count("\n", start, target)
        self.pos = target
        return field is not None

    def parse_value_part(self) -> str:
        """As pybtex, but a value that is not closed ends with its first line."""
        if self._entry_begins():
            raise PrematureEOF(self)
        start, line = self.pos, self.lineno
        try:
            value = str(super().parse_value_part())
        except PybtexSyntaxError:
            if self.text[start : start + 1] not in {"{", '"'}:
                raise
            return self._cut_value(start, line)
        read = self.text[start : self.pos]
        if "\n" in read and _FIELD_LINE.search(read, read.index("\n")):
            # Closed, but perhaps by a sign that was to close something else.
            self.eat_whitespace()
            if self.pos >= self.end_pos or self.text[self.pos] not in ",#})":
                return self._cut_value(start, line)
        if _ENTRY_IN_VALUE.search(read):
            message = "what looks like an entry is inside a value; is a brace missing?"
            self.report(message, line, start)
        if read[0] in '{"':
            self.current_literals.append((start + 1, self.pos - 1))
        return value

    def _cut_value(self, start: int, line: int) -> str:
        """The value that begins at *start*, up to the end of its line."""
        opening, end = self.text[start], self.text.find("\n", start)
        rest = self.text[start + 1 : self.end_pos if end < 0 else end].rstrip()
        value = rest.removesuffix(",")
        self.pos, self.lineno = start + 1 + len(value), line
        self.report(f"the value that starts with {opening} here is never closed", line, start)
        self.current_literals.append((start + 1, self.pos))
        value = value.rstrip()
        value = value.removesuffix(opening) if opening == '"' else value
        while value.count("}") > value.count("{") and value.endswith("}"):
            value = value[:-1].rstrip()
        return value

    def handle_error(self, error: PybtexSyntaxError) -> None:
        """Put the error into words for the owner."""
        _start, line, at = error.error_context_info
        if isinstance(error, UndefinedMacro):
            name = error.args[0]
            message = f"the abbreviation {name} is not defined; put braces around plain text"
            self.report(message, line, at - len(name), WarningKind.BIB_STRING)
        elif isinstance(error, PrematureEOF):
            message = "the entry is not closed; a brace or quote is missing"
            self.report(message, self.entry_line, self.command_start)
        elif isinstance(error, TokenRequired):
            found = self.text[self.pos : self.pos + 20].split("\n")[0]
            self.report(f"{error.args[0]} before {found!r}", line, at)
        else:
            self.report(str(error.args[0]), line, at)

    def report(
        self, message: str, line: int, at: int, kind: WarningKind = WarningKind.BIB_SYNTAX
    ) -> None:
        """Note a problem in *line*, at offset *at*, naming the entry it belongs to."""
        place = self.source.place_of(at)
        column = place.column if place.line == line else 0
        key = self.current_entry_key
        self.problems.append(Problem(kind, f"{key}: {message}" if key else message, line, column))
