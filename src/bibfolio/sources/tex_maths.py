r"""A TeX formula → plain text, for places without formulas: ``O(n² log n)``, ``αᵢ ≤ β``, ``a/b``.

The symbols are docutils' (``docutils.utils.math``: tables without any Sphinx, the same from which
``formulas`` draws them). A command nobody knows stays as its name: no word is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bibfolio.sources.tex_pieces import OF_ONE, OF_TWO, SCRIPTS, Piece, joined, root, script, symbol
from bibfolio.sources.tex_tables import MATHS_TEXT, MATHS_UNSEEN

#: Text of TeX → the same without it, and the commands that were not understood.
Decode = Callable[[str], tuple[str, tuple[str, ...]]]

_TOKEN = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|\s+|.", re.DOTALL)
_MAX_DEPTH = 20


def plain_formula(source: str, decode: Decode) -> tuple[str, list[str]]:
    """Formula *source*, without its dollar signs, in one line, and the commands nobody knows."""
    formula = _Formula(source, decode)
    pieces: list[Piece] = []
    while not formula.at_end():  # a closing brace too many
        pieces += formula.group(0)
    return unicodedata.normalize("NFC", joined(pieces)), formula.unknown


class _Formula:
    """One pass over the tokens of a formula."""

    def __init__(self, source: str, decode: Decode) -> None:
        self.tokens = _TOKEN.findall(source)
        self.position = 0
        self.decode = decode
        self.unknown: list[str] = []

    def at_end(self) -> bool:
        return self.position >= len(self.tokens)

    def next(self) -> str:
        token: str = self.tokens[self.position] if not self.at_end() else ""
        self.position += 1
        return token

    def group(self, depth: int, end: str = "}") -> list[Piece]:
        """Read up to *end*, or to the end of all."""
        pieces: list[Piece] = []
        while not self.at_end():
            token = self.next()
            if token == end:
                break
            pieces += self.item(token, depth)
        return pieces

    def item(self, token: str, depth: int) -> list[Piece]:
        """What *token* and its arguments say."""
        if depth >= _MAX_DEPTH:  # read on, without nesting further
            return [Piece(token.strip("\\{} "))]
        if token == "{":
            return self.group(depth + 1)
        if token in SCRIPTS:
            return [script(token, self.argument(depth + 1))]
        if token.startswith("\\"):
            name = token[1:].rstrip().rstrip("*") if token[1:2].isalpha() else token[1:]
            return self.command(name, depth + 1)
        if token.isspace() or token == "~":
            return [Piece(" ", "space")]
        return [Piece({"'": "′", "&": "", "}": ""}.get(token, token))]

    def argument(self, depth: int) -> str:
        """The group, command or sign that follows, as text."""
        token = self.next()
        while token.isspace():
            token = self.next()
        return joined(self.item(token, depth)) if token else ""

    def option(self, depth: int) -> str:
        """What follows in square brackets."""
        if self.tokens[self.position : self.position + 1] != ["["]:
            return ""
        self.position += 1
        return joined(self.group(depth, "]"))

    def raw(self) -> str:
        """The group that follows, as written."""
        depth, read = 0, []
        while not self.at_end():
            token = self.next()
            depth += (token == "{") - (token == "}")
            read.append(token)
            if depth <= 0 and not token.isspace():
                break
        text = "".join(read)
        return text[1:-1] if text.startswith("{") and text.endswith("}") else text.lstrip("{")

    def command(self, name: str, depth: int) -> list[Piece]:
        """What a command says, with the arguments it takes."""
        if name in MATHS_UNSEEN:
            if name in {"left", "right", "middle"} and self.tokens[self.position :][:1] == ["."]:
                self.position += 1
            return []
        if name in MATHS_TEXT:
            return [Piece(self.decoded(self.raw()), "word")]
        if name == "sqrt":
            return [root(self.option(depth), self.argument(depth))]
        if name in OF_ONE:
            return [OF_ONE[name](self.argument(depth))]
        if name in OF_TWO:
            return [OF_TWO[name](self.argument(depth), self.argument(depth))]
        return [symbol(name) or Piece(self.decoded(f"\\{name}", name), "word")]

    def decoded(self, source: str, otherwise: str = "") -> str:
        text, unknown = self.decode(source)
        self.unknown += unknown
        return otherwise if otherwise and unknown else text
