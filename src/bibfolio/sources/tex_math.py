r"""Formulas: TeX → MathML, and MathML → plain text where nothing can be drawn: ``O(n² log n)``.

docutils reads TeX (``docutils.utils.math``, without any Sphinx). In plain text, a command that
nobody knows stays as its name: no word is lost.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from xml.etree import ElementTree as ET

from docutils.utils.math import MathError, latex2mathml, tex2unichar

from bibfolio.sources.source_text import balanced
from bibfolio.sources.tex_symbols import ACCENTS, STYLES, SWITCHES, TRANSPARENT, symbol

#: Commands of other packages, or of text → those of amsmath that say the same.
_SAME = {
    **dict.fromkeys(("bm", "pmb"), "boldsymbol"),
    **dict.fromkeys(("nicefrac", "sfrac"), "frac"),
    **dict.fromkeys("emph hbox textbf textit textsc textsf textsl texttt textup".split(), "text"),
    **dict.fromkeys(("degree", "textdegree"), "text{°}"),
    **dict.fromkeys(("micro", "textmu"), "text{µ}"),
    "AA": "text{Å}",
    "Bbb": "mathbb",
    "celsius": "text{°C}",
}
#: Old commands of fonts, and what follows them in their group, with at most two braces in others.
_SWITCH = re.compile(
    r"\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*"
    r"((?:[^{}\\&]|\\(?!right)[^\\]|\{(?:[^{}]|\{[^{}]*\})*\})*)"
)
#: A formula of chemistry (the package mhchem), with at most one brace in another.
_CHEMISTRY = re.compile(r"\\ce\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
#: What joins water to a salt, ``CuSO4.5H2O``. In ``Sr0.5``, the point is that of a number, and in
#: ``*OH`` and ``NO^*``, the star is a place of a surface and a state.
_HYDRATE = re.compile(
    r"(?<=[\w)\]}])\s*(?:\*(?=\s*(?:\d+|[nx])?[A-Z(])|\.(?=(?:\d+|[nx])?H2O))\s*|\s*·\s*"
)
#: Stands between a function and its argument, and is not seen.
_APPLY = "\u2061"
#: Commands that mean something in a text, and nothing in a formula.
_ELSEWHERE = {"href", "url", *ACCENTS, *STYLES, *SWITCHES, *TRANSPARENT}
#: A script that stands on nothing, as in ``CO$_2$`` and ``$^{13}$C``, which docutils refuses.
_NO_BASE = re.compile(r"(?:(?<=[{(\[&])|^)(?=\s*[_^])")
#: Digits that TeX takes one by one, and docutils as one number: ``\\frac12``.
_HALF = re.compile(r"(\\[dt]?frac)\s*(\d)\s*(\d)")
#: What docutils takes as it stands: words in a formula, which must be no more than that in LaTeX.
_WORDS = re.compile(r"\\(?:text[a-z]*|mbox|hbox|operatorname)\*?\s*\{[\w ,.;:!?'()/+=*-]*\}")
#: Commands for such words, what begins a comment or an argument, and TeX's notation of characters.
_NO_MATHS = re.compile(r"\\(?:text|mbox|hbox|operatorname)|(?<!\\)[%#]|\^\^")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
#: A relation at the beginning of a formula: browsers put wide gaps around it.
_FIRST_RELATION = re.compile(r"(<math[^>]*>\s*)<mo>(?=(?:[=~±×÷∝∼≃≅≈≤≥≲≳←→↔]|&[lg]t;)</mo>)")
_UNKNOWN = re.compile(r'Unknown LaTeX command "\\(?P<name>[A-Za-z]+)"')


def latex(source: str) -> str:
    """Return formula *source* for LaTeX, which runs what it reads.

    Raises:
        ValueError: a command is unknown, or there is something in it that is no maths.
    """
    mathml(source, block=False)
    formula = amsmath(source)
    if _NO_MATHS.search(_WORDS.sub("", formula)) or balanced(formula) != formula:
        raise ValueError("more than maths in it")
    return formula


def amsmath(source: str) -> str:
    """Return *source* without the commands that only other packages than amsmath know."""
    source = _CHEMISTRY.sub(lambda match: _chemistry(match[1]), source)
    while _SWITCH.search(source):
        source = _SWITCH.sub(r"\\math\1{\2}", source)
    return _COMMAND.sub(lambda match: "\\" + _SAME.get(match[1], match[1]), source)


def _chemistry(formula: str) -> str:
    """Return ``H2O`` and ``SO4^2-`` as maths: numbers behind elements, and charges, are scripts."""
    formula = _HYDRATE.sub(r"\\cdot ", formula)
    formula = re.sub(r"\^(\d*[+-]|\d+|[A-Za-z]+)", r"^{\1}", formula)
    formula = re.sub(r"(?<=[A-Za-z)\]])(\d+(?:\.\d+)?)", r"_{\1}", formula)
    formula = re.sub(r"(?<=[A-Za-z)\]}])([+-])(?![\w>])", r"^{\1}", formula)
    arrows = formula.replace("<=>", r"\rightleftharpoons ").replace("->", r"\rightarrow ")
    return rf"\mathrm{{{arrows}}}"


def mathml(source: str, block: bool) -> str:
    """Return a ``<math>`` element for TeX *source*.

    Sphinx offers only scripts and pictures. Delete when it has a MathML renderer
    (https://github.com/sphinx-doc/sphinx/issues/9339).

    Raises:
        ValueError: docutils does not know a command in it, or cannot read it.
    """
    source = amsmath(source).replace(r"\boldsymbol", r"\mathbfit")  # which needs no stylesheet
    source = _NO_BASE.sub("{}", source)
    source = _HALF.sub(r"\1{\2}{\3}", source).replace(r"\operatorname*", r"\operatorname")
    try:
        markup = str(latex2mathml.tex2mathml(source, as_block=block))
    except (MathError, SyntaxError, LookupError, TypeError, AttributeError, NameError) as error:
        raise ValueError(str(error)) from None
    except RecursionError:
        raise ValueError("too many braces within each other") from None
    markup = _FIRST_RELATION.sub(r'\1<mo lspace="0" rspace="0">', markup)
    return markup.replace("&ApplyFunction;", _APPLY)  # an entity that XML does not know


def plain_formula(source: str) -> tuple[str, list[str]]:
    """Return formula *source*, without dollar signs, as text in one line; and unknown commands."""
    unknown: list[str] = []
    # Where columns and lines begin does not matter in a line of text.
    source = re.sub(r"(?<!\\)&", " ", source).replace(r"\\", r"\ ")
    while True:
        try:
            return plain_mathml(mathml(source, block=False)), unknown
        except (ValueError, RecursionError) as error:
            found = _UNKNOWN.match(str(error))
            if not found:
                return _without_commands(source), unknown
        name = found["name"]
        text = "" if name in _ELSEWHERE else symbol(name)
        unknown += [name] if text is None else []
        words = rf"\\text{{{name if text is None else text}}}"
        source = re.sub(rf"\\{name}(?![A-Za-z])", words, source)


def plain_mathml(source: str) -> str:
    """Return MathML as text in one line, as :func:`plain_formula` does.

    Raises:
        ParseError: it is not well-formed.
    """
    return unicodedata.normalize("NFC", _joined(_pieces(ET.fromstring(source))))


def _without_commands(source: str) -> str:
    """Return what is left of a formula that docutils cannot read."""

    def meaning(command: re.Match[str]) -> str:
        try:
            return "".join(ET.fromstring(mathml(command[0], block=False)).itertext()).strip()
        except ValueError as error:
            return command[1] if _UNKNOWN.match(str(error)) else ""

    text = re.sub(r"[\\{}]", "", _COMMAND.sub(meaning, source))
    return " ".join(unicodedata.normalize("NFKC", text).split())


# -- MathML → pieces of text --------------------------------------------------------------------

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
#: Sign of a script → what letters and digits become in it.
_SCRIPTS = {"^": _SUPERSCRIPTS, "_": _SUBSCRIPTS}
#: Elements with scripts → the signs of these.
_SCRIPTED = {
    **dict.fromkeys(("msub", "munder"), "_"),
    **dict.fromkeys(("msup", "mover"), "^"),
    **dict.fromkeys(("msubsup", "munderover"), "_^"),
}
#: What stands above a letter → what is put behind it to the same end.
_ACCENTS = dict(zip("ˆ^ˉ¯→~˜˙¨ˇ˘´`˚", "̂̂̄̄⃗̃̃̇̈̌̆́̀̊", strict=True))
_RELATIONS = frozenset(tex2unichar.mathrel.values()) | set("=<>")
#: What can stand beside a stroke, or behind a root, without brackets.
_SIMPLE = re.compile(rf"\d[\d.]*|[^\W\d_][{''.join(_SUPERSCRIPTS.values())}₀-₉]*|[^\W\d_]{{3,}}|\W")
_NUMERATOR = re.compile(r"[\w√.′]+(?:\([^()]*\))?|\W")
_OPENING, _CLOSING = "([{⌊⌈⟨", ")]},;⌋⌉⟩"


class _Piece(NamedTuple):
    """What is set at once; its kind says what stands around it.

    ``sign``: nothing; ``word``: a space between it and other letters; ``relation``: a space on
    both sides; ``space``: it is one.
    """

    text: str
    kind: str = "sign"


def _pieces(element: ET.Element) -> list[_Piece]:
    """Return what a MathML element says."""
    tag, text = element.tag.rpartition("}")[2], element.text or ""
    parts = [_pieces(child) for child in element]
    words = [_joined(part) for part in parts]
    base, other = [*words, "", ""][:2]  # an argument may be missing
    if tag == "mtext":
        return [_Piece(" ".join(re.sub(r"\\[A-Za-z]+|[\\{}]", "", text).split()), "word")]
    if tag in {"mi", "mn", "mo"}:
        return [_token(text)]
    if tag == "mspace":
        return [_Piece("" if element.get("width", "").startswith("-") else " ", "space")]
    if tag == "mfrac" and element.get("linethickness") == "0":
        return [_Piece(f"{base} choose {other}")]
    if tag == "mfrac":
        return [_Piece(f"{_bracketed(base, _NUMERATOR)}/{_bracketed(other)}", "word")]
    if tag == "mroot":
        root = {"3": "∛", "4": "∜"}.get(other) or script("^", other) + "√"
        return [_Piece(root + _bracketed(base), "word")]
    inside = [piece for part in parts for piece in part]
    if tag == "msqrt":
        return [_Piece("√" + _bracketed(_joined(inside)), "word")]
    if tag == "mover" and "accent" in element.attrib:
        return [_Piece(base + _ACCENTS.get(other, "") * (len(base) == 1))]
    if tag in _SCRIPTED:
        *first, last = next(iter(parts), []) or [_Piece("")]
        scripts = map(script, _SCRIPTED[tag], words[1:])
        kind = "word" if last.text in set("∑∏∐⋃⋂") else last.kind
        return [*first, _Piece(last.text + "".join(scripts), kind)]
    return inside


def _token(text: str) -> _Piece:
    # Letters in a shape of their own are these letters; few programs read the others aloud.
    plain = "".join(
        unicodedata.normalize("NFKC", c) if c > "\uffff" else c for c in text if c != _APPLY
    )
    if text.isspace():
        return _Piece(" ", "space")
    if unicodedata.normalize("NFD", plain)[:1] in _RELATIONS:  # also with a stroke through it
        return _Piece(plain, "relation")
    return _Piece(plain.replace("'", "′"), "word" if len(plain) > 1 else "sign")


def _joined(pieces: list[_Piece]) -> str:
    """Join *pieces* with the spaces between them that their kinds ask for."""
    text, gap, before = "", "", ""
    for words, kind in pieces:
        if kind == "space":
            gap = gap or words
        elif words:
            is_beside = words[0].isalnum() and (text[-1:].isalnum() or text[-1:] == ")")
            if (is_beside and "word" in {kind, before}) or "relation" in {kind, before}:
                gap = " "
            if not text or text[-1] in f"{_OPENING} " or words[0] in _CLOSING:
                gap = ""
            # A relation that begins the formula has nothing before it to be related: "≥10%".
            before = kind if text or kind != "relation" else ""
            text, gap = text + gap + words, ""
    return text


def script(sign: str, words: str) -> str:
    """Return *words* below (``_``) or above (``^``): ``²`` if Unicode has it, or ``^(2 log n)``."""
    table = _SCRIPTS[sign]
    letters = words.replace(" ", "")
    if all(char in table for char in letters):
        return "".join(table[char] for char in letters)
    return sign + (words if words.isalnum() or len(words) == 1 else f"({words})")


def _bracketed(words: str, simple: re.Pattern[str] = _SIMPLE) -> str:
    return words if simple.fullmatch(words) else f"({words})"
