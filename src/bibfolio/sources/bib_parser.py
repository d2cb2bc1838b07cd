"""BibTeX text → raw entries, without ever giving up.

Goes through the file from ``@`` to ``@``. A ``%`` before an entry comments it out (as in biber),
and ``@comment{…}`` hides what it contains. A mistake in an entry takes along neither the fields
above nor those below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bib_values import CLOSING, FIELD, NAME, ValueReader
from bibfolio.sources.source_text import FieldPosition, SourceText, cited, without_closers

#: A parenthesis behind an ``@`` begins an entry if a key or a name follows.
_PAREN = r"\((?=\s*(?:[^\s,()]+\s*[,=]|\Z))"
#: What begins an entry: an ``@`` that is not inside a word, such as an e-mail address.
_START = re.compile(
    rf"(?<![\w.])@[ \t]*(?:(?P<type>[^\s{{}}(),=\"#%'@]+)\s*(?P<open>\{{|{_PAREN})|\{{)"
)
_STRAY_FIELD = re.compile(rf"(?:^|[\s,}}])(?P<name>{NAME})\s*=\s*(?:[{{\"\d]|[a-z]{{3}}\b)")
_KEY_TOKEN = {"{": re.compile(r"[^\s,{}]+"), "(": re.compile(r"[^\s,()]+")}
_MORE_KEY = re.compile(r"(?:[ \t]+[^\s,{}=\"#%]+)+(?=[ \t]*,)")
_NAME = re.compile(NAME)
_NEXT_FIELD = re.compile(rf"\s*{NAME}\s*=")
#: A closing brace in the line of a value, with another field behind it.
_ONE_TOO_MANY = re.compile(rf"[}})]+(?=[ \t]*\n?[ \t]*,?[ \t]*(?:\n[ \t]*)?{FIELD}[ \t]*[{{\"\w])")
#: What is to be the name of a field and is none: several words, quotes, a number.
_ODD_NAME = re.compile(r"[^\s{}()=,#%@]+(?:[ \t]+[^\s{}()=,#%@]+)*[ \t]*(?==)")
_REST = re.compile(r"[ \t]*(?=[^\s,#%})@])")
#: No name of a journal or publisher is longer; abbreviations made of others grow without bound.
_LONGEST = 10_000


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
    positions: tuple[FieldPosition, ...] = field(default=(), compare=False, repr=False)


def read_entries(
    text: str, strings: dict[str, str] | None = None
) -> tuple[list[RawEntry], list[Problem]]:
    """Read every entry of *text* that can be read.

    Args:
        text: what the file holds.
        strings: abbreviations of earlier files; those of this one are added.

    Returns:
        the entries in the order of the file, keys as written (an entry without one is called
        ``unnamed-LINE``), and the problems met on the way. Nothing is raised.
    """
    parser = _Parser(SourceText(text), {} if strings is None else strings)
    entries = parser.read()
    return entries, sorted(parser.problems, key=lambda problem: problem.line)


class _Parser(ValueReader):
    """Finds the entries of a file and reads their fields."""

    def __init__(self, source: SourceText, strings: dict[str, str]) -> None:
        super().__init__(source, strings)
        #: The fields of the entry that is being read, and where it begins.
        self.fields: list[tuple[str, str]] = []
        self.positions: list[FieldPosition] = []
        self.entry_start = 0
        #: Whether the last entry was read without a problem, so that what follows is not its rest.
        self.is_clean = True

    def read(self) -> list[RawEntry]:
        """Return every entry from here on."""
        entries = []
        while start := self._next_start():
            known = len(self.problems)
            if entry := self._command(start):
                entries.append(entry)
            self.is_clean = len(self.problems) == known
        return entries

    def _next_start(self) -> re.Match[str] | None:
        """Return the beginning of the next entry that is not commented out."""
        search_from, self.key = self.pos, ""
        while start := _START.search(self.text, search_from):
            line_start = self.text.rfind("\n", self.pos, start.start()) + 1 or self.pos
            if "%" not in self.text[line_start : start.start()]:
                break
            search_from = start.end()
        passed = self.text[self.pos : start.start() if start else self.end]
        if self.is_clean and passed.strip():
            self._look_at(re.sub(r"%[^\n]*", lambda match: " " * len(match[0]), passed))
        return start

    def _look_at(self, passed: str) -> None:
        """Report what stands between two entries and looks like a part of one."""
        if stray := _STRAY_FIELD.search(passed):
            message = "a field outside of any entry; write @misc{KEY, before it, or delete it"
            self.report(message, self.pos + stray.start("name"), WarningKind.BIB_LOST)
        elif passed.lstrip().startswith("}"):
            at = self.pos + len(passed) - len(passed.lstrip())
            self.report("} closes nothing here; delete it", at)

    def _command(self, start: re.Match[str]) -> RawEntry | None:
        """Read what begins with *start*; return None for ``@string`` and the like."""
        self.entry_start, self.pos = start.span()
        type_, opening = start["type"] or "misc", start["open"] or "{"
        closing = CLOSING[opening]
        match type_.lower():
            case "comment" | "preamble":
                # If it is not balanced, it is the command alone.
                self.pos = self.partners.get(self.pos - 1, self.pos - 1) + 1
                return None
            case "string":
                self._read_fields(closing)
                for name, value in self.fields:
                    self.strings[name.lower()] = value[:_LONGEST]
                return None
        line, column = self.position(self.entry_start)
        self.key = f"unnamed-{line}"
        self._read_key(opening)
        if not start["type"]:
            self.report("the type is missing behind @; write @misc", self.entry_start)
        self._read_fields(closing)
        fields = tuple((name, " ".join(value.split())) for name, value in self.fields)
        return RawEntry(type_, self.key, fields, line, column, tuple(self.positions))

    def _read_key(self, opening: str) -> None:
        opened = self.pos
        self.skip_space()
        start = self.pos
        token = _KEY_TOKEN[opening].match(self.text, start)
        if not self.peek() or self.at_entry():
            return  # told as an entry that is not closed
        if not token or _NEXT_FIELD.match(self.text, start) or self.text[start] in '="':
            self.report("an entry without a key; write one behind the opening brace", opened)
            return
        more = _MORE_KEY.match(self.text, token.end())
        self.pos = behind = more.end() if more else token.end()
        self.key = " ".join(self.text[start:behind].split())
        if _NEXT_FIELD.match(self.text, self.pos):
            self.report("a comma is missing behind the key", behind)

    # -- fields -----------------------------------------------------------------------------

    def _read_fields(self, closing: str) -> None:
        """Read up to and with *closing*, or to the entry that follows."""
        self.fields, self.positions = [], []
        while self._go_on(closing):
            start = self.pos
            if name := self._name():
                self._field(name, start)
            else:
                self._skip(start)

    def _go_on(self, closing: str) -> bool:
        """Go to the next field; return False behind the end of the entry."""
        self.skip_space()
        while self.peek() == ",":
            self.pos += 1
            self.skip_space()
        if not self.peek() or self.at_entry():
            is_last = not self.peek()
            line = self.position(self.pos).line
            where = "at the end of the file" if is_last else f"before line {line}"
            self.report(f"the entry is not closed; add {closing} {where}", self.entry_start)
            return False
        if self.peek() not in "})":
            return True
        surplus = _ONE_TOO_MANY.match(self.text, self.pos)
        line_start = self.text.rfind("\n", 0, self.pos) + 1
        if surplus and self.text[line_start : self.pos].strip():
            self.report(f"{surplus[0]} closes nothing before the next field; delete it", self.pos)
            self.pos = surplus.end()
            return self._go_on(closing)
        if self.peek() != closing:
            message = f"the entry ends with {self.peek()}, unlike how it begins; write {closing}"
            self.report(message, self.pos)
        self.pos += 1
        return False

    def _field(self, name: str, start: int) -> None:
        value = self.read_value(name)
        if value is None:
            self.report(f"{name} has no value; write {name} = {{...}}, or delete it", start)
            return
        value += self._behind(name)
        offset = self.source.offset
        literals = tuple((offset(begin), offset(end)) for begin, end in self.literals)
        self.fields.append((name, value))
        self.positions.append(FieldPosition(self.position(start), literals))

    def _name(self) -> str:
        """Go to the value of the field that begins here; return its name, or an empty string."""
        start = self.pos
        if name := _NAME.match(self.text, start):
            self.pos = name.end()
            self.skip_space()
            if self.peek() == "=":
                self.pos += 1
                return name[0]
            if self.peek() in ("{", '"') or self.peek().isdigit():
                bare = name[0].rstrip(":")
                self.report(f"= is missing after {bare}; write {bare} = {{...}}", self.pos)
                return bare
            self.pos = start
        odd = _ODD_NAME.match(self.text, start)
        bare = re.sub(r"[^\w+:./-]", "", odd[0]) if odd else ""
        if odd and bare:
            advice = f"write {bare}" if bare[0].isalpha() else "begin it with a letter"
            self.report(f"{cited(odd[0])} is no name of a field; {advice}", start)
            self.pos = odd.end() + 1
        return bare

    def _behind(self, name: str) -> str:
        """Return what stands between a value and the end of its line, where a comma should be."""
        if following := _NEXT_FIELD.match(self.text, self.value_end):
            at = following.end() - len(following[0].lstrip())
            self.report("a comma is missing before this field", at)
        elif rest := _REST.match(self.text, self.value_end):
            start = self.pos = rest.end()
            if self.peek() == ";":
                self.report(f"; stands after {name}; write a comma", start)
                self.pos += 1
            elif text := self.rest_of_line():
                self.report(f"{cited(text)} stands after the value of {name}; put it inside", start)
                self.pos += len(text)
                return self.text[self.value_end : start] + text.replace('"', "")
        return ""

    def _skip(self, start: int) -> None:
        """Go on behind what is no field."""
        self.pos = start
        text = self.rest_of_line()
        message = f"{cited(text)} is no field; write NAME = {{...}}, or delete it"
        self.report(message, start, WarningKind.BIB_LOST)
        self.pos = max(start + 1, start + len(without_closers(text)))
