"""BibTeX text → raw entries, without ever giving up.

Goes through the file from ``@`` to ``@``; what stands between the braces is read by
:mod:`bibfolio.sources.recovery`. A ``%`` before an entry comments it out (as in biber), and
``@comment{…}`` hides what it contains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bibfolio.problems import Problem
from bibfolio.sources.fields import TYPES
from bibfolio.sources.places import FieldPlace, SourceText
from bibfolio.sources.recovery import NEXT_FIELD, FieldReader
from bibfolio.sources.scanner import FIELD, NAME
from bibfolio.sources.bib_values import CLOSING

_KEY = r"[^\s,{}()=\"#%]+"
#: A parenthesis behind an ``@`` begins an entry if a key or a name follows.
_PAREN = r"\((?=\s*(?:[^\s,()]+\s*[,=]|\Z))"
_TYPES = "|".join(sorted(TYPES))
#: What begins an entry: an ``@`` that is not inside a word, such as an e-mail address; or else,
#: at the start of a line, what cannot be anything but an entry that lacks a sign.
_START = re.compile(
    rf"""(?<![\w.])@[ \t]*(?P<type>[^\s{{}}(),=\"\#%'@]+)\s*(?P<open>\{{|{_PAREN})
       | (?<![\w.])@[ \t]*(?P<no_type>\{{)(?=\s*{_KEY}\s*,)
       | ^[ \t]*(?P<no_at>(?i:{_TYPES}))[ \t]*\{{(?=\s*{_KEY}\s*,\s*{FIELD})
       | ^[ \t]*@(?P<no_brace>(?i:{_TYPES}))[ \t]+(?={_KEY}[ \t]*,\s*{FIELD})""",
    re.VERBOSE | re.MULTILINE,
)
_STRAY_FIELD = re.compile(rf"(?:^|[\s,}}])(?P<name>{NAME})\s*=\s*(?:[{{\"\d]|[a-z]{{3}}\b)")
_KEY_TOKEN = {"{": re.compile(r"[^\s,{}]+"), "(": re.compile(r"[^\s,()]+")}
_MORE_KEY = re.compile(r"(?:[ \t]+[^\s,{}=\"#%]+)+(?=[ \t]*,)")
_NAME = re.compile(NAME)


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
    source = SourceText(text)
    parser = _Parser(source)
    entries = parser.read()
    if parser.undefined & parser.strings.keys():  # some are defined below their first use
        parser = _Parser(source, parser.strings)
        entries = parser.read()
    return entries, sorted(parser.problems, key=lambda problem: problem.line)


class _Parser(FieldReader):
    """Finds entries in a file."""

    def __init__(self, source: SourceText, later: dict[str, str] | None = None) -> None:
        super().__init__(source, later)
        #: Whether the last entry was read without a problem, so that what follows is not its rest.
        self.clean = True

    def read(self) -> list[RawEntry]:
        """Every entry from here on."""
        entries = []
        while start := self._next_start():
            known = len(self.problems)
            if entry := self._command(start):
                entries.append(entry)
            self.clean = len(self.problems) == known
        return entries

    def _next_start(self) -> re.Match[str] | None:
        """What begins the next entry that is not commented out; stray fields passed are told."""
        search_from, self.key = self.pos, ""
        while start := _START.search(self.text, search_from):
            line_start = self.text.rfind("\n", self.pos, start.start()) + 1 or self.pos
            if "%" not in self.text[line_start : start.start()]:
                break
            search_from = start.end()
        end = start.start() if start else self.end
        passed = self.text[self.pos : end]
        if self.clean and passed.strip():
            self._look_at(re.sub(r"%[^\n]*", lambda match: " " * len(match[0]), passed))
        return start

    def _look_at(self, passed: str) -> None:
        """Report what stands between two entries and looks like a part of one."""
        if stray := _STRAY_FIELD.search(passed):
            message = "a field outside of any entry; write @misc{KEY, before it, or delete it"
            self.report(message, self.pos + stray.start("name"))
        elif passed.lstrip().startswith("}"):
            at = self.pos + len(passed) - len(passed.lstrip())
            self.report("} closes nothing here; delete it", at)

    def _command(self, start: re.Match[str]) -> RawEntry | None:
        """Read what begins with *start*; None for ``@string`` and the like."""
        self.entry_start = start.end() - len(start[0].lstrip())
        self.pos = start.end()
        type_ = start["type"] or start["no_at"] or start["no_brace"] or "misc"
        if type_.lower() == "comment":
            self._skip_comment()
            return None
        opening = start["open"] or "{"
        if type_.lower() == "string":
            self._string(CLOSING[opening])
            return None
        if type_.lower() == "preamble":
            self.read_value("preamble")
            self._close(CLOSING[opening], "@preamble")
            return None
        place = self.source.place_of(self.entry_start)
        self.key = f"unnamed-{place.line}"
        self._read_key(opening)
        if start["no_type"]:
            self.report("the type is missing behind @; write @misc", self.entry_start)
        elif not start["type"]:
            sign = "@ is missing before" if start["no_at"] else "{ is missing behind"
            self.report(f"{sign} {type_}; add it", self.entry_start)
        self.read_fields(CLOSING[opening])
        places = tuple(self.places)
        return RawEntry(type_, self.key, tuple(self.fields), place.line, place.column, places)

    def _read_key(self, opening: str) -> None:
        opened = self.pos
        self.skip_space()
        start = self.pos
        token = _KEY_TOKEN[opening].match(self.text, start)
        if not self.peek() or self.entry_begins():
            return  # told as an entry that is not closed
        if not token or NEXT_FIELD.match(self.text, start) or self.text[start] in '="':
            self.report("an entry without a key; write one behind the opening brace", opened)
            return
        more = _MORE_KEY.match(self.text, token.end())
        self.pos = more.end() if more else token.end()
        self.key = " ".join(self.text[start : self.pos].split())
        behind = self.pos
        self.skip_space()
        if self.key.endswith(";") and self.peek() != ",":
            self.key = self.key.rstrip(";") or self.key
            self.report("; stands behind the key; write a comma", behind - 1)
        elif NEXT_FIELD.match(self.text, self.pos):
            self.report("a comma is missing behind the key", behind)

    def _string(self, closing: str) -> None:
        """Read ``NAME = value`` of an abbreviation."""
        self.skip_space()
        start = self.pos
        name = _NAME.match(self.text, start)
        self.pos = name.end() if name else start
        self.skip_space()
        if name and self.peek() == "=":
            self.pos += 1
            self.defining = name[0].lower()
            value = self.read_value(name[0])
            self.defining = ""
            if value is not None:
                self.define(name[0], value, start)
                self._close(closing, "@string")
                return
        self.report("an abbreviation without a value; write @string{NAME = {...}}", start)
        self._close(closing)

    def _close(self, closing: str, what: str = "") -> None:
        """Go behind *closing*, or else report that *what* is not closed."""
        self.skip_space()
        if self.peek() == closing:
            self.pos += 1
        elif what:
            self.report_open(closing, self.entry_start, what)

    def _skip_comment(self) -> None:
        # If it is not balanced, the comment is the command alone.
        self.pos = self.partners.get(self.pos - 1, self.pos - 1) + 1
