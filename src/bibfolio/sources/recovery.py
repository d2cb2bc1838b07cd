"""The fields of one BibTeX entry; a mistake takes along neither those above nor those below it."""

from __future__ import annotations

import re

from bibfolio.sources.places import FieldPlace, SourceText
from bibfolio.sources.scanner import FIELD, NAME, cite, without_closers
from bibfolio.sources.bib_values import ValueReader

_NAME = re.compile(NAME)
NEXT_FIELD = re.compile(rf"\s*{NAME}\s*=")
#: A closing brace in the line of a value, with another field behind it.
_ONE_TOO_MANY = re.compile(rf"[}})]+(?=[ \t]*\n?[ \t]*,?[ \t]*(?:\n[ \t]*)?{FIELD}[ \t]*[{{\"\w])")
#: What is to be the name of a field and is none: several words, quotes, a number.
_ODD_NAME = re.compile(r"[^\s{}()=,#%@]+(?:[ \t]+[^\s{}()=,#%@]+)*[ \t]*(?==)")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})")
_REST = re.compile(r"[ \t]*(?=[^\s,#%})@])")


class FieldReader(ValueReader):
    """Reads the fields of an entry into :attr:`fields`."""

    def __init__(self, source: SourceText, later: dict[str, str] | None = None) -> None:
        super().__init__(source, later)
        self.fields: list[tuple[str, str]] = []
        self.places: list[FieldPlace] = []
        #: Where the entry begins.
        self.entry_start = 0

    def read_fields(self, closing: str) -> None:
        """Read up to and with *closing*, or to the entry that follows."""
        self.fields, self.places = [], []
        while self.go_on(closing):
            start = self.pos
            if name := self._name():
                self._field(name, start)
            else:
                self._skip(start)

    def go_on(self, closing: str) -> bool:
        """Go to the next field; False behind the end of the entry."""
        self.skip_space()
        while self.peek() == ",":
            self.pos += 1
            self.skip_space()
        if not self.peek() or self.entry_begins():
            self.report_open(closing, self.entry_start)
            return False
        if self.peek() not in "})":
            return True
        surplus = _ONE_TOO_MANY.match(self.text, self.pos)
        line_start = self.text.rfind("\n", 0, self.pos) + 1
        if surplus and self.text[line_start : self.pos].strip():
            self.report(f"{surplus[0]} closes nothing before the next field; delete it", self.pos)
            self.pos = surplus.end()
            return self.go_on(closing)
        if self.peek() != closing:
            message = f"the entry ends with {self.peek()}, unlike how it begins; write {closing}"
            self.report(message, self.pos)
        self.pos += 1
        return False

    def report_open(self, closing: str, at: int, what: str = "entry") -> None:
        """Note that *what* begins at *at* is not closed before the place reached."""
        here = self.source.place_of(self.pos).line
        where = f"before line {here}" if self.peek() else "at the end of the file"
        self.report(f"the {what} is not closed; add {closing} {where}", at)

    def _field(self, name: str, start: int) -> None:
        value_start = self.pos
        value = self.read_value(name)
        if value is None:
            self.report(f"{name} has no value; write {name} = {{...}}, or delete it", start)
            return
        value += self._behind(name, value_start)
        offset = self.source.offset
        literals = tuple((offset(begin), offset(end)) for begin, end in self.literals)
        self.fields.append((name, " ".join(value.split())))
        self.places.append(FieldPlace(self.source.place_of(start), offset(start), literals))

    def _name(self) -> str:
        """The name of a field, if one begins here, up to its value; or else empty."""
        start = self.pos
        if name := _NAME.match(self.text, start):
            self.pos = name.end()
            self.skip_space()
            if self.peek() == "=":
                self.pos += 1
                return name[0]
            if self.peek() in ("{", '"') or self.peek().isdigit():
                bare = name[0].rstrip(":")
                self.report(f"= is missing behind {bare}; write {bare} = {{...}}", self.pos)
                return bare
            self.pos = start
        odd = _ODD_NAME.match(self.text, start)
        bare = re.sub(r"[^\w+:./-]", "", odd[0]) if odd else ""
        if odd and bare:
            advice = "begin it with a letter" if bare[0].isdigit() else f"write {bare}"
            self.report(f"{cite(odd[0])} is no name of a field; {advice}", start)
            self.pos = odd.end() + 1
        return bare

    def _behind(self, name: str, value_start: int) -> str:
        """What stands between a value and the end of its line, where a comma should be."""
        following = NEXT_FIELD.match(self.text, self.value_end)
        rest = _REST.match(self.text, self.value_end)
        if following:
            at = following.end() - len(following[0].lstrip())
            self.report("a comma is missing before this field", at)
        elif rest:
            start = self.pos = rest.end()
            if self.peek() == ";":
                self.report(f"; stands behind {name}; write a comma", start)
                self.pos += 1
            elif text := self.rest_of_line():
                return self._more(name, value_start, text)
        return ""

    def _more(self, name: str, value_start: int, text: str) -> str:
        """Take *text*, which stands behind a value, as its end."""
        start, gap = self.pos, self.text[self.value_end : self.pos]
        self.pos = start + len(text)
        is_quoted = self.text[value_start : self.value_end].rstrip().endswith('"')
        if is_quoted and text.endswith('"'):
            self.report(
                f'" stands inside the quotes of {name}; write braces around the value', start
            )
            return f'"{gap}{text[:-1]}'
        self.report(f"{cite(text)} stands behind the value of {name}; put it inside", start)
        return gap + text.replace('"', "")

    def _skip(self, start: int) -> None:
        """Go on behind what is no field."""
        self.pos = start
        text = self.rest_of_line()
        message = f"{cite(text)} is no field; write NAME = {{...}}, or delete it"
        if _CONFLICT.match(text):
            message = f"{cite(text)} marks a conflict of git; keep one side, and delete the marks"
        self.report(message, start)
        self.pos = max(start + 1, start + len(without_closers(text)))
