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
