"""BibTeX text → raw entries, without ever giving up.

The tokens and the grammar are pybtex's; this module adds what pybtex lacks: after an error the
fields already read are kept and reading goes on (https://bitbucket.org/pybtex-devs/pybtex, all
releases up to 0.26 abandon the entry or the file), ``%`` starts a comment between fields and
before entries (as in biber), ``@comment{…}`` hides what it contains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pybtex.database.input.bibtex import (
    LowLevelParser,
    SkipEntry,
    UndefinedMacro,
    month_names,
)
from pybtex.scanner import PrematureEOF, PybtexSyntaxError, TokenRequired
from pybtex.utils import CaseInsensitiveDict

from bibfolio.problems import Problem, WarningKind

_START = re.compile(r"@[ \t]*[A-Za-z][^\s{}(),=\"#%']*\s*[{(]")
_START_OF_LINE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][^\s{}(),=\"#%']*\s*[{(]", re.MULTILINE)
_COMMENT = re.compile(r"\s*%[^\n]*")
_NEXT_FIELD = re.compile(r"\s*[A-Za-z][\w+:.-]*\s*=")
_FIELD_LINE = re.compile(r"^[ \t]*[A-Za-z][\w+:.-]*[ \t]*=[ \t]*[{\"\d]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written: TeX not decoded, abbreviations replaced, parts joined."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    line: int


def read_entries(text: str) -> tuple[list[RawEntry], list[Problem]]:
    """Read every entry of *text* that can be read.

    Returns:
        the entries in the order of the file, keys as written (an entry without one is called
        ``unnamed-LINE``), and the problems met on the way. Nothing is raised.
    """
    parser = _Parser(text.replace("\r\n", "\n").replace("\r", "\n"))
    entries = []
    while parser.advance():
        entry = parser.read_entry()
        if entry:
            entries.append(entry)
    return entries, sorted(parser.problems, key=lambda problem: problem.line)


class _Parser(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """pybtex's parser, made to report and go on instead of raising."""

    # What pybtex sets without saying its type.
    text: str
    pos: int
    end_pos: int
    lineno: int
    current_entry_key: str | None
    current_field_name: str | None
    current_fields: list[tuple[str, list[str]]]
    current_value: list[str]

    def __init__(self, text: str) -> None:
        super().__init__(text, macros=CaseInsensitiveDict(month_names))
        self.problems: list[Problem] = []
        self.entry_line = 1

    # -- moving through the file ------------------------------------------------------------

    def advance(self) -> bool:
        """Go to the next ``@type{`` that is not commented out; report stray fields passed."""
        search_from = self.pos
        while match := _START.search(self.text, search_from):
            line_start = self.text.rfind("\n", 0, match.start()) + 1
            if "%" not in self.text[line_start : match.start()]:
                break
            search_from = match.end()
        end = match.start() if match else self.end_pos
        passed = self.text[self.pos : end]
        if stray := _FIELD_LINE.search(passed):
            line = self.lineno + passed.count("\n", 0, stray.start())
            message = "fields outside of any entry; is there a closing brace too many above?"
            self.report(message, line)
        self.update_lineno(passed)
        self.pos = end + 1
        return match is not None

    def eat_whitespace(self) -> None:
        """Skip white space and ``%`` comments (called between tokens, never inside values)."""
        super().eat_whitespace()
        while match := _COMMENT.match(self.text, self.pos):
            self.pos = match.end()
            self.update_lineno(match.group())
            super().eat_whitespace()

    def optional(self, patterns: list[object], allow_eof: bool = False) -> object:
        """As pybtex, but the end of the file is no reason to lose the value just read."""
        try:
            return super().optional(patterns, allow_eof)
        except PrematureEOF:
            return None

    # -- reading one entry ------------------------------------------------------------------

    def read_entry(self) -> RawEntry | None:
        """Read the command at the current position; None for ``@string`` and the like."""
        self.command_start = start = self.pos - 1
        self.entry_line = line = self.lineno
        known = len(self.problems)
        entry = self._attempt()
        following = _START_OF_LINE.search(self.text, start + 1)
        if len(self.problems) > known and following and following.start() < self.pos:
            # The broken entry has swallowed its neighbour: read it again up to there.
            del self.problems[known:]
            whole, self.text = self.text, self.text[: following.start()]
            self.pos, self.lineno, self.end_pos = start + 1, line, len(self.text)
            entry = self._attempt()
            self.text, self.end_pos = whole, len(whole)
        return entry

    def _attempt(self) -> RawEntry | None:
        try:
            command, body = self.parse_command()
        except SkipEntry:
            self._skip_comment()
            return None
        except PybtexSyntaxError as error:
            self.handle_error(error)
            return None
        if command.lower() in {"string", "preamble"}:
            return None
        key, fields = body
        joined = tuple((name, " ".join("".join(parts).split())) for name, parts in fields)
        return RawEntry(command, key, joined, self.entry_line)

    def _skip_comment(self) -> None:
        position, line = self.pos, self.lineno
        try:
            for _part in self.parse_string(self.RBRACE):
                pass
        except PybtexSyntaxError:  # not balanced: then the comment is the command alone
            self.pos, self.lineno = position, line

    def parse_entry_body(self, body_end: object) -> None:
        pattern = self.KEY_PAREN if body_end == self.RPAREN else self.KEY_BRACE
        position, line = self.pos, self.lineno
        self.current_entry_key = f"unnamed-{self.entry_line}"  # also if the file ends here
        token = self.get_token([pattern])
        missing = token is None or set('={}"') & set(token.value)
        if missing or _NEXT_FIELD.match(self.text, position):
            self.pos, self.lineno = position, line
            self.report("an entry without a key; write one behind the opening brace", line)
        else:
            self.current_entry_key = token.value
        self.parse_entry_fields()

    def parse_entry_fields(self) -> None:
        """As pybtex, but a missing comma between two fields does not end the entry."""
        while True:
            self.current_field_name, self.current_value = None, []
            self.parse_field()
            if self.current_field_name and self.current_value:
                self.current_fields.append((self.current_field_name, self.current_value))
            if self.optional([self.COMMA]):
                continue
            if not _NEXT_FIELD.match(self.text, self.pos):
                return
            self.report("a comma is missing before this field", self.lineno)

    def parse_value_part(self) -> str:
        """As pybtex, but a value that never ends is cut at the end of its first line."""
        self.eat_whitespace()
        position, line = self.pos, self.lineno
        try:
            return str(super().parse_value_part())
        except PrematureEOF:
            opening = self.text[position : position + 1]
            if opening not in {"{", '"'}:
                raise
            end = self.text.find("\n", position)
            end = self.end_pos if end < 0 else end
            self.pos, self.lineno = end, line
            self.report(f"the value that starts with {opening} here is never closed", line)
            return str(self.text[position + 1 : end].rstrip(' \t,}"'))

    # -- reporting --------------------------------------------------------------------------

    def handle_error(self, error: PybtexSyntaxError) -> None:
        if isinstance(error, UndefinedMacro):
            name = error.args[0]
            message = f"the abbreviation {name} is not defined; put braces around plain text"
            self.report(message, error.lineno, WarningKind.BIB_STRING)
        elif isinstance(error, PrematureEOF):
            self.report("the entry is not closed; a brace or quote is missing", self.entry_line)
        elif isinstance(error, TokenRequired):
            found = self.text[self.pos : self.pos + 20].split("\n")[0]
            self.report(f"{error.args[0]} before {found!r}", error.lineno)
        else:
            self.report(str(error.args[0]), error.lineno)

    def report(self, message: str, line: int, kind: WarningKind = WarningKind.BIB_SYNTAX) -> None:
        """Note a problem, naming the entry it belongs to."""
        key = self.current_entry_key
        self.problems.append(Problem(kind, f"{key}: {message}" if key else message, line))
