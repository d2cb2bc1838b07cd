"""TeX commands that stand for a character, a style or nothing: our tables, and latexcodec's.

latexcodec's table is the larger one; ours hold what it does not know.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

import latexcodec  # noqa: F401  registers the "ulatex" codec

from bibfolio.model.text import Style

#: Accent command → combining character that follows its base (Unicode, chapter 7.9).
ACCENTS = dict(
    zip(
        "`'^~=u.\"rHvdckbt",
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308"
        "\u030a\u030b\u030c\u0323\u0327\u0328\u0331\u0361",
        strict=True,
    )
)
DOTLESS = {"ı": "i", "ȷ": "j"}
STYLES: dict[str, Style] = {
    **dict.fromkeys(("emph", "textit", "textsl"), "emphasis"),
    "textbf": "strong",
    "texttt": "literal",
    "textsubscript": "subscript",
    "textsuperscript": "superscript",
}
#: Commands that change all that follows in their group; None if it only looks different in print.
SWITCHES: dict[str, Style | None] = {
    **dict.fromkeys(("it", "itshape", "sl", "slshape", "em"), "emphasis"),
    **dict.fromkeys(("bf", "bfseries"), "strong"),
    **dict.fromkeys(("tt", "ttfamily"), "literal"),
    **dict.fromkeys("rm sf sc rmfamily sffamily scshape upshape normalfont small".split()),
}
#: Commands that only change how their argument looks in print.
TRANSPARENT = {"textsc", "textrm", "textsf", "textup", "textnormal", "mbox", "hbox", "text"}
TRANSPARENT |= {"uppercase", "lowercase", "bibstring", "mkbibquote", "enquote", "protect"}
TRANSPARENT |= {"textgreek", "underline", "textmd", "MakeUppercase"}
#: Symbols that latexcodec does not have.
SYMBOLS = {
    "relax": "",
    "degree": "°",
    "celsius": "°C",
    "textcelsius": "°C",
    **dict(
        zip(
            "LaTeX TeX BibTeX j ng NG euro texteuro dots textellipsis slash textbackslash "
            "textquotesingle textquoteleft textquoteright textquotedblleft textquotedblright "
            "textless textgreater textbraceleft textbraceright textbar textunderscore textdollar "
            "textasciicircum textasteriskcentered".split(),
            "LaTeX TeX BibTeX ȷ ŋ Ŋ € € … … / \\ ' ‘ ’ “ ” < > { } | _ $ ^ *".split(),
            strict=True,
        )
    ),
}


@lru_cache(maxsize=1_000)  # latexcodec takes a millisecond
def symbol(name: str) -> str | None:
    """Return what command *name* stands for in text, or None if nobody knows."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    if not name.isalpha():
        # \& \% \_ \# \$ \{ \} are the character; \, \/ \- \@ \! \: \; are spacing or nothing.
        return {",": "\u202f", " ": " ", "\\": " ", "\n": " ", ";": " ", ":": " "}.get(
            name, "" if name in "/-@!()[]" else name
        )
    # latexcodec knows most letters of other alphabets and signs in formulas only.
    for source in (f"\\{name}", f"$\\{name}$", f"$\\{name.removeprefix('text')}$"):
        decoded = _decoded(source).strip().strip("$")
        if "\\" not in decoded:
            return decoded
    return None


def _decoded(source: str) -> str:
    # typeshed knows no codecs that go from text to text.
    return str(codecs.decode(source, "ulatex"))  # type: ignore[call-overload]
