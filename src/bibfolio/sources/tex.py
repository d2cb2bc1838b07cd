r"""TeX as it occurs in bibliographies → :class:`~bibfolio.model.RichText`.

Accents, dashes, quotes, ``\emph`` and its relatives, maths and protective braces are understood.
The table of symbols is latexcodec's; accents are composed here through Unicode, because latexcodec
misses nested ones (``\~{\^e}``) and splits what it finds.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from bibfolio.model.text import RichText, Span, Style
from bibfolio.sources import tex_symbols as known
from bibfolio.sources.tex_math import plain_formula

_TOKEN = re.compile(
    r"""\\\((?P<inline>(?:[^\\]|\\[^()])+)\\\)
      | \\(?P<word>[A-Za-z]+)[ \t\n]* | \\(?P<symbol>.)
      | \$\$(?P<display>(?:\\.|[^$\\])+)\$\$ | \$(?P<math>(?:\\.|[^$\\])+)\$
      | (?P<open>\{) | (?P<close>\}) | (?P<ligature>---?|``|''|~)
      | (?P<entity>&(?:\#\d{2,6}|\#[xX][\da-fA-F]{2,5}|[A-Za-z][A-Za-z\d]{1,8});)
      | (?P<text>[^\\${}`'~&-]+ | .)""",
    re.VERBOSE | re.DOTALL,
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "~": "\u00a0"}
_SPECIAL = re.compile(r"[\\${}~&]|--|``|''")
#: Names of groups in the pattern of tokens.
_MATHS = {"math", "inline", "display"}


class Decoded(NamedTuple):
    """Result of :func:`decode`."""

    text: RichText
    #: Commands that were not understood, in order, without backslash → what is shown of each.
    unknown: dict[str, Literal["name", "argument"]]


@lru_cache(maxsize=10_000)  # the linter compares what the reader has read
def decode(source: str) -> Decoded:
    """Turn TeX *source* into styled spans; never raises. Unknown commands show what they have."""
    if not _SPECIAL.search(source):
        return Decoded(RichText.from_plain(unicodedata.normalize("NFC", source)), {})
    reader = _Reader(source)
    spans: list[Span] = []
    try:
        while not reader.at_end():  # a closing brace too many: drop it, keep the rest
            spans += reader.group("text")
    except RecursionError:  # hundreds of braces in each other are no text
        spans = [Span(re.sub(r"\\[A-Za-z]+|[\\{}]", "", source).strip())]
    normal = (
        Span(unicodedata.normalize("NFC", s.text), s.style, s.plain) if s.style != "math" else s
        for s in spans
    )
    return Decoded(RichText.of(*normal), reader.unknown)


def plain(source: str) -> str:
    """Return TeX *source* as plain text."""
    return decode(source).text.plain


class _Reader:
    """One pass over a TeX string."""

    def __init__(self, source: str) -> None:
        self.source = source
        #: Group of the pattern, what it matched, and where the whole token begins.
        self.tokens = [
            (str(match.lastgroup), match[str(match.lastgroup)], match.start())
            for match in _TOKEN.finditer(source)
        ]
        self.position = 0
        self.unknown: dict[str, Literal["name", "argument"]] = {}

    def at_end(self) -> bool:
        return self.position >= len(self.tokens)

    def group(self, style: Style) -> list[Span]:
        """Read up to the brace that closes this group, or to the end."""
        spans: list[Span] = []
        while not self.at_end():
            kind, value, _start = self.tokens[self.position]
            if kind == "close":
                self.position += 1
                break
            if kind == "word" and value in known.SWITCHES:  # it holds up to the end of the group
                style = known.SWITCHES[value] or style
                self.position += 1
            else:
                spans += self.item(style)
        return spans

    def item(self, style: Style) -> list[Span]:
        """Read one token with whatever arguments it takes."""
        kind, value, _start = self.tokens[self.position]
        self.position += 1
        if kind == "open":
            return self.group(style)
        if kind in _MATHS:
            return self.formula(value)
        if kind == "entity":
            return [Span(html.unescape(value), style)]
        if kind in {"word", "symbol"}:
            return self.command(value, style)
        return [Span(_LIGATURES.get(value, value), style)]

    def formula(self, source: str) -> list[Span]:
        """Return maths, which has a plain text as well; nothing if that says nothing."""
        text, _unknown = plain_formula(source)  # which bibfolio.lint tells
        return [Span(source, "math", text)] if text else []

    def argument(self, style: Style) -> list[Span]:
        """Read what follows a command: a group, a command or a single character."""
        while not self.at_end() and self.tokens[self.position][1].isspace():
            self.position += 1
        if self.at_end() or self.tokens[self.position][0] == "close":
            return []
        kind, value, start = self.tokens[self.position]
        if kind == "text" and len(value) > 1:
            value = value.lstrip()
            self.tokens[self.position] = (kind, value[1:], start + 1)
            return [Span(value[0], style)]
        return self.item(style)

    def raw_argument(self) -> str:
        """Return what follows a command, a group or a token, as it is written."""
        if self.at_end():
            return ""
        begin, depth = self.tokens[self.position][2], 0
        while not self.at_end():
            kind, _value, _start = self.tokens[self.position]
            self.position += 1
            depth += (kind == "open") - (kind == "close")
            if depth <= 0:
                break
        end = len(self.source) if self.at_end() else self.tokens[self.position][2]
        written = self.source[begin:end]
        return written.removeprefix("{").removesuffix("}") if written[0] in "{}" else written

    def command(self, name: str, style: Style) -> list[Span]:
        if name in known.FIRST_UNSEEN or name.lower() in known.UNSEEN:
            self.argument("text")
            return self.argument(style) if name in known.FIRST_UNSEEN else []
        if name in known.AROUND:
            around = [Span(sign, style) for sign in known.AROUND[name]]
            return [*around[:1], *self.argument(style), *around[1:]]
        if name in known.VERBATIM:
            return [Span(re.sub(r"\\([^A-Za-z])", r"\1", self.raw_argument()), "literal")]
        if name == "ensuremath":
            return self.formula(self.raw_argument())
        if name == "ce":  # chemistry, which is set as a formula
            return self.formula(rf"\ce{{{self.raw_argument()}}}")
        if name == "textgreek":
            spans = self.argument(style)
            return [Span(span.text.translate(known.GREEK), span.style) for span in spans]
        if name in known.ACCENTS:
            return _accented(name, self.argument(style), style)
        if name in known.STYLES or name in known.TRANSPARENT:
            return self.argument(known.STYLES.get(name, style))
        meaning = known.symbol(name)
        if meaning is None:
            return self.unknown_command(name, style)
        return [Span(meaning, style)]

    def unknown_command(self, name: str, style: Style) -> list[Span]:
        """Return the name of a command, unless an argument follows that is shown in its place."""
        after = [*self.tokens[self.position : self.position + 2], ("", "", 0)]
        if after[0][0] == "open" and after[1][0] != "close":
            self.unknown.setdefault(name, "argument")
            return []
        self.unknown[name] = "name"
        is_apart = self.source[: after[0][2]].endswith(tuple(" \t\n"))
        return [Span(name + " " * is_apart, style)]


def _accented(name: str, base: list[Span], style: Style) -> list[Span]:
    """Put accent *name* behind the first letter of *base*."""
    text = "".join(span.text for span in base)
    if not text:
        return [Span(name if not name.isalpha() else "", style)]
    first = known.DOTLESS.get(text[0], text[0])
    letter = unicodedata.normalize("NFC", first + known.ACCENTS[name])
    return [Span(letter + text[1:], style)]
