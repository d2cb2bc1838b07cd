"""Pieces of formulas as plain text: what stands around each, and what commands make of words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docutils.utils.math import latex2mathml, mathalphabet2unichar, tex2unichar

from bibfolio.sources.tex_tables import (
    FRACTIONS,
    MATHS_FUNCTIONS,
    MATHS_SYMBOLS,
    MATHS_TRANSPARENT,
    MATHS_WORDS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

#: What can stand beside a stroke, or behind a root, without brackets.
_SIMPLE = re.compile(rf"\d[\d.]*|[^\W\d_][{''.join(SUPERSCRIPTS.values())}₀-₉]*|[^\W\d_]{{3,}}|\W")
_NUMERATOR = re.compile(r"[\w√.′]+(?:\([^()]*\))?|\W")
_OPENING, _CLOSING = "([{⌊⌈⟨", ")]},;⌋⌉⟩"


class Piece(NamedTuple):
    """What is set at once; its kind says what stands around it.

    ``sign``: nothing; ``word``: a space between it and other letters; ``relation``: a space on
    both sides; ``operation``: the space that was before it, on both sides; ``script``: nothing
    before it.
    """

    text: str
    kind: str = "sign"


def joined(pieces: list[Piece]) -> str:
    """*pieces* with the spaces between them that their kinds ask for."""
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
SCRIPTS = {"^": SUPERSCRIPTS, "_": SUBSCRIPTS}
_TABLES = (
    (tex2unichar.mathrel, "relation"),
    (tex2unichar.mathbin, "operation"),
    (tex2unichar.space, "space"),
    *(
        (getattr(tex2unichar, f"math{name}"), "sign")
        for name in ("alpha", "ord", "op", "open", "close", "fence", "punct")
    ),
)


def symbol(name: str) -> Piece | None:
    """A command that takes no argument; None if nobody knows it."""
    if name in MATHS_SYMBOLS:
        text = MATHS_SYMBOLS[name]
        return Piece(text, "space" if text.isspace() else "sign")
    if name in MATHS_FUNCTIONS or name in latex2mathml.functions:
        return Piece(MATHS_FUNCTIONS.get(name) or name, "word")
    found = (Piece(table[name], kind) for table, kind in _TABLES if name in table)
    return next(found, None)


def script(sign: str, words: str) -> Piece:
    """``²`` where Unicode has all of it, else ``^(2 log n)``."""
    table = SCRIPTS[sign]
    if all(char in table for char in words):
        return Piece("".join(table[char] for char in words), "script")
    return Piece(sign + (words if words.isalnum() or len(words) == 1 else f"({words})"), "script")


def _bracketed(words: str, simple: re.Pattern[str] = _SIMPLE) -> str:
    return words if simple.fullmatch(words) else f"({words})"


def root(degree: str, words: str) -> Piece:
    """``√n``, ``∛(n+1)``."""
    sign = {"3": "∛", "4": "∜"}.get(degree) or f"{degree and script('^', degree).text}√"
    return Piece(sign + _bracketed(words), "word")


def _word(words: str) -> Piece:
    return Piece(words, "word" if len(words) > 1 else "sign")


def _accent(name: str) -> Callable[[str], Piece]:
    mark = tex2unichar.mathaccent[name]
    return lambda words: Piece(words + mark if len(words) == 1 else words)


def _blackboard(words: str) -> Piece:
    """``ℝ``; letters beyond the Basic Multilingual Plane are read aloud by few programs."""
    letters = (mathalphabet2unichar.mathbb.get(char, char) for char in words)
    return Piece(
        "".join(b if b <= "\uffff" else char for b, char in zip(letters, words, strict=True))
    )


def _fraction(above: str, below: str) -> Piece:
    return Piece(f"{_bracketed(above, _NUMERATOR)}/{_bracketed(below)}", "word")


def _choice(above: str, below: str) -> Piece:
    return Piece(f"({above} choose {below})")


def _aside(sign: str) -> Callable[[str, str], Piece]:
    return lambda words, base: Piece(base + script(sign, words).text)


#: Commands that take an argument, and what they make of it.
OF_ONE: dict[str, Callable[[str], Piece]] = {
    **dict.fromkeys(MATHS_WORDS, _word),
    **dict.fromkeys(MATHS_TRANSPARENT, Piece),
    **dict.fromkeys(("mathbb", "Bbb"), _blackboard),
    **{name: _accent(name) for name in tex2unichar.mathaccent},
    "not": lambda words: Piece(words + "\u0338", "relation"),
    "pmod": lambda words: Piece(f"(mod {words})", "relation"),
}
OF_TWO: dict[str, Callable[[str, str], Piece]] = {
    **dict.fromkeys(FRACTIONS, _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _choice),
    **dict.fromkeys(("overset", "stackrel"), _aside("^")),
    "underset": _aside("_"),
}
