"""What TeX commands in bibliographies mean, as far as latexcodec does not know."""

from __future__ import annotations

from bibfolio.model.text import Style

#: Accent command → combining character that follows its base (Unicode, chapter 7.9).
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
DOTLESS = {"ı": "i", "ȷ": "j"}
STYLES: dict[str, Style] = {
    "emph": "emphasis",
    "textit": "emphasis",
    "textsl": "emphasis",
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
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "textquotesingle": "'",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "dots": "…",
    "euro": "€",
    "texteuro": "€",
    "i": "ı",
    "j": "ȷ",
    "relax": "",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "slash": "/",
    "textmu": "µ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textdollar": "$",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "textdegree": "°",
    "textregistered": "®",
    "texttrademark": "™",
    "textcopyright": "©",
    "textasteriskcentered": "*",
}

# -- formulas as plain text ------------------------------------------------------------------------

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
#: Signs that stand above the line by themselves.
SUPERSCRIPTS |= {"∘": "°", "′": "′", "″": "″", "⊤": "ᵀ"}
SUBSCRIPTS = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"}
#: Commands whose argument is text.
MATHS_TEXT = {"text", "mbox", "hbox", "emph", "textrm", "textit", "textsf", "texttt", "textbf"}
MATHS_TEXT |= {"textnormal", "textsc", "textup", "textsl"}
#: Commands whose argument is a word if it is more than a letter.
MATHS_WORDS = {"operatorname", "mathrm", "mathsf", "mathtt", "mathbf", "mathit", "mathnormal"}
#: Commands whose argument is the same without them.
MATHS_TRANSPARENT = {"mathcal", "mathscr", "mathfrak", "boldsymbol", "bm", "pmb", "overline"}
MATHS_TRANSPARENT |= {"underline", "underbrace", "overbrace", "overrightarrow", "boxed", "smash"}
MATHS_TRANSPARENT |= {"ensuremath", "mathop", "mathrel", "mathbin", "mathord", "mathopen"}
MATHS_TRANSPARENT |= {"mathclose", "mathpunct", "mathinner", "protect", "widehat", "widetilde"}
#: Commands that change only how something looks.
MATHS_UNSEEN = {"left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl"}
MATHS_UNSEEN |= {"Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "limits", "nolimits", "rm"}
MATHS_UNSEEN |= {"displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "bf", "it"}
MATHS_UNSEEN |= {"cal", "sf", "tt", "sl", "nonumber", "mathstrut", "strut", "!", "/", "-"}
#: Functions that docutils does not list as such.
MATHS_FUNCTIONS = dict.fromkeys(
    "det gcd inf lim max min Pr sup mod argmax argmin polylog".split(), ""
)
MATHS_FUNCTIONS |= {"bmod": "mod", "liminf": "lim inf", "limsup": "lim sup"}
#: Symbols that docutils does not have, or has as a space that lines may not end at.
MATHS_SYMBOLS = {
    **dict.fromkeys((",", "thinspace"), "\u202f"),
    **dict.fromkeys("; : > \\ medspace thickspace quad qquad enspace".split(), " "),
    **dict.fromkeys((" ", "\n"), " "),
    **dict.fromkeys("dots dotsc dotso".split(), "…"),
    **dict.fromkeys("dotsb dotsm dotsi".split(), "⋯"),
    **dict.fromkeys("lvert rvert".split(), "|"),
    **dict.fromkeys("lVert rVert".split(), "‖"),
    **{char: char for char in "{}"},
}
