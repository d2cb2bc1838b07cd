"""BibTeX text → raw entries, without ever giving up.

Goes through the file from ``@`` to ``@``; what stands between the braces is read by
:mod:`bibfolio.sources.recovery`. A ``%`` before an entry comments it out (as in biber), and
``@comment{…}`` hides what it contains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pybtex.database.input.bibtex import SkipEntry
from pybtex.scanner import PybtexSyntaxError

from bibfolio.problems import Problem
from bibfolio.sources.places import FieldPlace, SourceText
from bibfolio.sources.recovery import NEXT_FIELD, RecoveringParser

#: An ``@`` that begins an entry: not one inside a word, such as an e-mail address.
_START = re.compile(r"(?<![\w.])@[ \t]*[^\s{}(),=\"#%']*\s*[{(]")
_STRAY_FIELD = re.compile(r"(?:^|[\s,}])(?P<name>[A-Za-z][\w+:.-]*)\s*=\s*(?:[{\"\d]|[a-z]{3}\b)")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written: TeX not decoded, abbreviations replaced, parts joined."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    line: int
    #: Column of the ``@``; 0 if unknown.
    column: int = field(default=0, compare=False)
    #: Where each field stands; fewer than there are fields if the last ones are inherited.
    places: tuple[FieldPlace, ...] = field(default=(), compare=False, repr=False)


def read_entries(text: str) -> tuple[list[RawEntry], list[Problem]]:
    """Read every entry of *text* that can be read.

    Returns:
        the entries in the order of the file, keys as written (an entry without one is called
        ``unnamed-LINE``), and the problems met on the way. Nothing is raised.
    """
    parser = _Parser(SourceText(text))
    entries = []
    while parser.advance():
        entry = parser.read_entry()
        if entry:
            entries.append(entry)
    return entries, sorted(parser.problems, key=lambda problem: problem.line)


class _Parser(RecoveringParser):
    """Finds entries in a file."""

    def __init__(self, source: SourceText) -> None:
        super().__init__(source)
        #: Whether the last entry was read without a problem, so that what follows is not its rest.
        self.clean = True

    def advance(self) -> bool:
        """Go to the next ``@type{`` that is not commented out; report stray fields passed."""
        search_from = self.pos
        while match := _START.search(self.text, search_from):
            line_start = max(self.text.rfind("\n", 0, match.start()) + 1, self.pos)
            if "%" not in self.text[line_start : match.start()]:
                break
            search_from = match.end()
        end = match.start() if match else self.end_pos
        passed = self.text[self.pos : end]
        without_comments = re.sub(r"%[^\n]*", lambda match: " " * len(match[0]), passed)
        if self.clean and (stray := _STRAY_FIELD.search(without_comments)):
            line = self.lineno + without_comments.count("\n", 0, stray.end())
            message = "fields outside of any entry; is there a closing brace too many above?"
            self.report(message, line, self.pos + stray.start("name"))
        self.update_lineno(passed)
        self.pos = end + 1
        return match is not None

    def read_entry(self) -> RawEntry | None:
        """Read the command at the current position; None for ``@string`` and the like."""
        self.command_start, self.entry_line = self.pos - 1, self.lineno
        self.current_entry_key, self.current_places = None, []
        known = len(self.problems)
        try:
            command, body = self.parse_command()
        except SkipEntry:
            self._skip_comment()
            return None
        except PybtexSyntaxError as error:
            self.handle_error(error)
            return None
        finally:
            self.clean = len(self.problems) == known
        if command.lower() in {"string", "preamble"}:
            return None
        key, fields = body
        joined = tuple((name, " ".join("".join(parts).split())) for name, parts in fields)
        column = self.source.place_of(self.command_start).column
        places = tuple(self.current_places)
        return RawEntry(command, key, joined, self.entry_line, column, places)

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
        if missing or NEXT_FIELD.match(self.text, position):
            self.pos, self.lineno = position, line
            message = "an entry without a key; write one behind the opening brace"
            self.report(message, line, position)
        else:
            self.current_entry_key = token.value
        self.parse_entry_fields()
