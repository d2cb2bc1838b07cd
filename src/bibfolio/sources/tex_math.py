r"""Formulas: TeX → MathML, and TeX → plain text for places without formulas: ``O(n² log n)``.

Both are made from docutils' tables (``docutils.utils.math``, without any Sphinx). In plain text, a
command nobody knows stays as its name: no word is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from docutils.utils.math import MathError, latex2mathml, mathalphabet2unichar, tex2unichar

#: Text of TeX → the same without it, and the commands that were not understood.
Decode = Callable[[str], tuple[str, tuple[str, ...]]]

_TOKEN = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|\s+|.", re.DOTALL)
_MAX_DEPTH = 20


def mathml(source: str, block: bool) -> str:
    """Return a ``<math>`` element for TeX *source*.

    Sphinx offers only scripts and pictures. Delete when it has a MathML renderer
    (https://github.com/sphinx-doc/sphinx/issues/9339).

    Raises:
        ValueError: docutils does not know a command in it.
    """
    try:
        return str(latex2mathml.tex2mathml(source, as_block=block))
    except (MathError, SyntaxError, LookupError, TypeError, AttributeError, NameError) as error:
        raise ValueError(str(error)) from None


def plain_formula(source: str, decode: Decode) -> tuple[str, list[str]]:
    """Return formula *source* as plain text in one line, and the commands nobody knows.

    *source* has no dollar signs; *decode* reads the text that stands in it.
    """
    formula = _Formula(source, decode)
    pieces: list[_Piece] = []
    while not formula.at_end():  # a closing brace too many
        pieces += formula.group(0)
    return unicodedata.normalize("NFC", _joined(pieces)), formula.unknown


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

    def group(self, depth: int, end: str = "}") -> list[_Piece]:
        """Read up to *end*, or to the end of all."""
        pieces: list[_Piece] = []
        while not self.at_end():
            token = self.next()
            if token == end:
                break
            pieces += self.item(token, depth)
        return pieces

    def item(self, token: str, depth: int) -> list[_Piece]:
        """Return what *token* and its arguments say."""
        if depth >= _MAX_DEPTH:  # read on, without nesting further
            return [_Piece(token.strip("\\{} "))]
        if token == "{":
            return self.group(depth + 1)
        if token in _SCRIPTS:
            return [_script(token, self.argument(depth + 1))]
        if token.startswith("\\"):
            name = token[1:].rstrip().rstrip("*") if token[1:2].isalpha() else token[1:]
            return self.command(name, depth + 1)
        if token.isspace() or token == "~":
            return [_Piece(" ", "space")]
        return [_Piece({"'": "′", "&": "", "}": ""}.get(token, token))]

    def argument(self, depth: int) -> str:
        """Return the group, command or sign that follows, as text."""
        token = self.next()
        while token.isspace():
            token = self.next()
        return _joined(self.item(token, depth)) if token else ""

    def option(self, depth: int) -> str:
        """Return what follows in square brackets."""
        if self.tokens[self.position : self.position + 1] != ["["]:
            return ""
        self.position += 1
        return _joined(self.group(depth, "]"))

    def raw(self) -> str:
        """Return the group that follows, as written."""
        depth, read = 0, []
        while not self.at_end():
            token = self.next()
            depth += (token == "{") - (token == "}")
            read.append(token)
            if depth <= 0 and not token.isspace():
                break
        text = "".join(read)
        return text[1:-1] if text.startswith("{") and text.endswith("}") else text.lstrip("{")

    def command(self, name: str, depth: int) -> list[_Piece]:
        """Return what a command says, with the arguments it takes."""
        if name in _UNSEEN:
            if name in {"left", "right", "middle"} and self.tokens[self.position :][:1] == ["."]:
                self.position += 1
            return []
        if name in _TEXTS:
            return [_Piece(self.decoded(self.raw()), "word")]
        if name == "sqrt":
            return [_root(self.option(depth), self.argument(depth))]
        if name in _OF_ONE:
            return [_OF_ONE[name](self.argument(depth))]
        if name in _OF_TWO:
            return [_OF_TWO[name](self.argument(depth), self.argument(depth))]
        return [_symbol(name) or _Piece(self.decoded(f"\\{name}", name), "word")]

    def decoded(self, source: str, otherwise: str = "") -> str:
        text, unknown = self.decode(source)
        self.unknown += unknown
        return otherwise if otherwise and unknown else text


# -- pieces --------------------------------------------------------------------------------------

_SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
#: Signs that stand above the line by themselves.
_SUPERSCRIPTS |= {"∘": "°", "′": "′", "″": "″", "⊤": "ᵀ"}
_SUBSCRIPTS = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"}
#: Commands whose argument is text.
_TEXTS = {"text", "mbox", "hbox", "emph", "textrm", "textit", "textsf", "texttt", "textbf"}
_TEXTS |= {"textnormal", "textsc", "textup", "textsl"}
#: Commands whose argument is a word if it is more than a letter.
_WORDS = {"operatorname", "mathrm", "mathsf", "mathtt", "mathbf", "mathit", "mathnormal"}
#: Commands whose argument is the same without them.
_TRANSPARENT = {"mathcal", "mathscr", "mathfrak", "boldsymbol", "bm", "pmb", "overline"}
_TRANSPARENT |= {"underline", "underbrace", "overbrace", "overrightarrow", "boxed", "smash"}
_TRANSPARENT |= {"ensuremath", "mathop", "mathrel", "mathbin", "mathord", "mathopen"}
_TRANSPARENT |= {"mathclose", "mathpunct", "mathinner", "protect", "widehat", "widetilde"}
#: Commands that change only how something looks.
_UNSEEN = {"left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl"}
_UNSEEN |= {"Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "limits", "nolimits", "rm"}
_UNSEEN |= {"displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "bf", "it"}
_UNSEEN |= {"cal", "sf", "tt", "sl", "nonumber", "mathstrut", "strut", "!", "/", "-"}
#: Functions that docutils does not list as such.
_FUNCTIONS = {
    **{name: name for name in "det gcd inf lim max min Pr sup mod argmax argmin polylog".split()},
    "bmod": "mod",
    "liminf": "lim inf",
    "limsup": "lim sup",
}
#: Symbols that docutils does not have, or has as a space that lines may not end at.
_SYMBOLS = {
    **dict.fromkeys((",", "thinspace"), "\u202f"),
    **dict.fromkeys("; : > \\ medspace thickspace quad qquad enspace".split(), " "),
    **dict.fromkeys((" ", "\n"), " "),
    **dict.fromkeys("dots dotsc dotso".split(), "…"),
    **dict.fromkeys("dotsb dotsm dotsi".split(), "⋯"),
    **dict.fromkeys("lvert rvert".split(), "|"),
    **dict.fromkeys("lVert rVert".split(), "‖"),
    **{char: char for char in "{}"},
}
#: What can stand beside a stroke, or behind a root, without brackets.
_SIMPLE = re.compile(rf"\d[\d.]*|[^\W\d_][{''.join(_SUPERSCRIPTS.values())}₀-₉]*|[^\W\d_]{{3,}}|\W")
_NUMERATOR = re.compile(r"[\w√.′]+(?:\([^()]*\))?|\W")
_OPENING, _CLOSING = "([{⌊⌈⟨", ")]},;⌋⌉⟩"


class _Piece(NamedTuple):
    """What is set at once; its kind says what stands around it.

    ``sign``: nothing; ``word``: a space between it and other letters; ``relation``: a space on
    both sides; ``operation``: the space that was before it, on both sides; ``script``: nothing
    before it.
    """

    text: str
    kind: str = "sign"


def _joined(pieces: list[_Piece]) -> str:
    """Join *pieces* with the spaces between them that their kinds ask for."""
    text, gap, before = "", "", ""
    for words, kind in pieces:
        if kind == "space":
            gap = gap or words
        elif kind == "script":
            text, gap = text + words, ""
        elif words:
            is_word = "word" in {kind, before} and text[-1:].isalnum() and words[0].isalnum()
            if is_word or "relation" in {kind, before}:
                gap = gap or " "
            if not text or text[-1] in f"{_OPENING} " or words[0] in _CLOSING:
                gap = ""
            # A relation that begins the formula has nothing before it to be related: "≥10%".
            before = kind if text or kind != "relation" else ""
            text += gap + words
            gap = " " if gap and kind == "operation" else ""
    return text


#: Sign of a script → what letters and digits become in it.
_SCRIPTS = {"^": _SUPERSCRIPTS, "_": _SUBSCRIPTS}
_TABLES = (
    (tex2unichar.mathrel, "relation"),
    (tex2unichar.mathbin, "operation"),
    (tex2unichar.space, "space"),
    *(
        (getattr(tex2unichar, f"math{name}"), "sign")
        for name in ("alpha", "ord", "op", "open", "close", "fence", "punct")
    ),
)


def _symbol(name: str) -> _Piece | None:
    """Return what a command without argument says, or None if nobody knows it."""
    if name in _SYMBOLS:
        text = _SYMBOLS[name]
        return _Piece(text, "space" if text.isspace() else "sign")
    if name in _FUNCTIONS or name in latex2mathml.functions:
        return _Piece(_FUNCTIONS.get(name, name), "word")
    found = (_Piece(table[name], kind) for table, kind in _TABLES if name in table)
    return next(found, None)


def _script(sign: str, words: str) -> _Piece:
    """Return ``²`` where Unicode has all of it, or else ``^(2 log n)``."""
    table = _SCRIPTS[sign]
    if all(char in table for char in words):
        return _Piece("".join(table[char] for char in words), "script")
    return _Piece(sign + (words if words.isalnum() or len(words) == 1 else f"({words})"), "script")


def _bracketed(words: str, simple: re.Pattern[str] = _SIMPLE) -> str:
    return words if simple.fullmatch(words) else f"({words})"


def _root(degree: str, words: str) -> _Piece:
    """Return ``√n``, ``∛(n+1)``."""
    sign = {"3": "∛", "4": "∜"}.get(degree) or f"{degree and _script('^', degree).text}√"
    return _Piece(sign + _bracketed(words), "word")


def _word(words: str) -> _Piece:
    return _Piece(words, "word" if len(words) > 1 else "sign")


def _accent(name: str) -> Callable[[str], _Piece]:
    mark = tex2unichar.mathaccent[name]
    return lambda words: _Piece(words + mark if len(words) == 1 else words)


def _blackboard(words: str) -> _Piece:
    """Return ``ℝ`` and its like."""
    letters = ((char, mathalphabet2unichar.mathbb.get(char, char)) for char in words)
    # Few programs read letters beyond the Basic Multilingual Plane aloud.
    return _Piece("".join(drawn if drawn <= "\uffff" else char for char, drawn in letters))


def _fraction(above: str, below: str) -> _Piece:
    return _Piece(f"{_bracketed(above, _NUMERATOR)}/{_bracketed(below)}", "word")


#: Commands that take an argument, and what they make of it.
_OF_ONE: dict[str, Callable[[str], _Piece]] = {
    **dict.fromkeys(_WORDS, _word),
    **dict.fromkeys(_TRANSPARENT, _Piece),
    **dict.fromkeys(("mathbb", "Bbb"), _blackboard),
    **{name: _accent(name) for name in tex2unichar.mathaccent},
    "not": lambda words: _Piece(words + "\u0338", "relation"),
    "pmod": lambda words: _Piece(f"(mod {words})", "relation"),
}
_OF_TWO: dict[str, Callable[[str, str], _Piece]] = {
    **dict.fromkeys(_FRACTIONS, _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), lambda n, k: _Piece(f"({n} choose {k})")),
    **dict.fromkeys(("overset", "stackrel"), lambda a, base: _Piece(base + _script("^", a).text)),
    "underset": lambda below, base: _Piece(base + _script("_", below).text),
}
