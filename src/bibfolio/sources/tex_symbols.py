"""TeX commands that stand for a character, a style or nothing: our tables, and latexcodec's.

latexcodec's table is the larger one; ours hold what it does not know.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

import latexcodec  # noqa: F401  registers the "ulatex" codec

from bibfolio.model.text import PARAGRAPH, Style

#: Accent command → combining character that follows its base (Unicode, chapter 7.9).
ACCENTS = dict(
    zip(
        "`'^~=u.\"rHvdckbt",
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308"
        "\u030a\u030b\u030c\u0323\u0327\u0328\u0331\u0361",
        strict=True,
    )
)
#: Letters in ``\\textgreek`` → what the encoding LGR makes of them (greek-fontenc, "LGR").
GREEK = str.maketrans(
    "abgdezhjiklmnxoprsctufqywABGDEZHJIKLMNXOPRSTUFQYW",
    "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
)
DOTLESS = {"ı": "i", "ȷ": "j"}
STYLES: dict[str, Style] = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph"), "emphasis"),
    **dict.fromkeys(("textbf", "pkg"), "strong"),
    **dict.fromkeys(("texttt", "code", "file"), "literal"),
    "textsubscript": "subscript",
    "textsuperscript": "superscript",
}
#: Commands that change all that follows in their group; None if it only looks different in print.
SWITCHES: dict[str, Style | None] = {
    **dict.fromkeys(("it", "itshape", "sl", "slshape", "em"), "emphasis"),
    **dict.fromkeys(("bf", "bfseries"), "strong"),
    **dict.fromkeys(("tt", "ttfamily"), "literal"),
    **dict.fromkeys("rm sf sc rmfamily sffamily scshape upshape normalfont small large".split()),
}
#: Commands that only change how their argument looks in print.
TRANSPARENT = frozenset(
    "textsc textrm textsf textup textnormal textmd mbox hbox text underline uppercase "
    "lowercase MakeUppercase protect bibstring mkbibacro hologo proglang acronym bibcorporate "
    "autocap initials".split()
)
#: Commands whose argument is an address; and those whose first or only one is not shown.
VERBATIM = {"url", "path", "nolinkurl"}
FIRST_UNSEEN = {"href", "foreignlanguage", "textcolor"}
UNSEEN = {"noopsort", "noop", "sortnoop", "apacsortnoop", "hphantom", "vphantom", "phantom"}
#: What stands around the argument of a command.
AROUND = {"enquote": "“”", "mkbibquote": "“”", "mkbibparens": "()", "mkbibbrackets": "[]"}
#: How ADS writes journals (https://ui.adsabs.harvard.edu/help/actions/journal-macros): the macros
#: of AASTeX (aastex.cls), with the names that it had for some of them before.
JOURNALS = dict(
    line.split("=")
    for line in """
aap=Astronomy and Astrophysics
aapr=Astronomy and Astrophysics Reviews
aaps=Astronomy and Astrophysics Supplement Series
aas=American Astronomical Society Meeting Abstracts
actaa=Acta Astronomica
aj=Astronomical Journal
ao=Applied Optics
apj=Astrophysical Journal
apjl=Astrophysical Journal Letters
apjlett=Astrophysical Journal Letters
apjs=Astrophysical Journal Supplement Series
apjsupp=Astrophysical Journal Supplement Series
aplett=Astrophysical Letters
applopt=Applied Optics
apspr=Astrophysics and Space Physics Research
apss=Astrophysics and Space Science
araa=Annual Review of Astronomy and Astrophysics
astap=Astronomy and Astrophysics
azh=Astronomicheskii Zhurnal
baas=Bulletin of the American Astronomical Society
bac=Bulletin of the Astronomical Institutes of Czechoslovakia
bain=Bulletin of the Astronomical Institutes of the Netherlands
caa=Chinese Astronomy and Astrophysics
cjaa=Chinese Journal of Astronomy and Astrophysics
dps=AAS Division for Planetary Sciences Meeting Abstracts
fcp=Fundamentals of Cosmic Physics
gca=Geochimica et Cosmochimica Acta
grl=Geophysical Research Letters
iaucirc=International Astronomical Union Circular
icarus=Icarus
jcap=Journal of Cosmology and Astroparticle Physics
jcp=Journal of Chemical Physics
jgr=Journal of Geophysical Research
jqsrt=Journal of Quantitative Spectroscopy and Radiative Transfer
jrasc=Journal of the Royal Astronomical Society of Canada
maps=Meteoritics and Planetary Science
memras=Memoirs of the Royal Astronomical Society
memsai=Memorie della Società Astronomica Italiana
mnras=Monthly Notices of the Royal Astronomical Society
na=New Astronomy
nar=New Astronomy Reviews
nat=Nature
nphysa=Nuclear Physics A
pasa=Publications of the Astronomical Society of Australia
pasj=Publications of the Astronomical Society of Japan
pasp=Publications of the Astronomical Society of the Pacific
physrep=Physics Reports
physscr=Physica Scripta
planss=Planetary and Space Science
pra=Physical Review A
prb=Physical Review B
prc=Physical Review C
prd=Physical Review D
pre=Physical Review E
prl=Physical Review Letters
procspie=Proceedings of SPIE
psj=Planetary Science Journal
qjras=Quarterly Journal of the Royal Astronomical Society
rmxaa=Revista Mexicana de Astronomía y Astrofísica
skytel=Sky and Telescope
solphys=Solar Physics
sovast=Soviet Astronomy
ssr=Space Science Reviews
zap=Zeitschrift für Astrophysik
""".strip().splitlines()
)
#: Symbols that latexcodec does not have.
SYMBOLS = {
    **JOURNALS,
    **dict.fromkeys("space enspace quad qquad thinspace newline linebreak hfill".split(), " "),
    **dict.fromkeys("relax xspace allowbreak noindent nopunct isdot ignorespaces".split(), ""),
    "adddotspace": ". ",
    "par": PARAGRAPH,
    "degree": "°",
    "celsius": "°C",
    "textcelsius": "°C",
    **dict(
        zip(
            "LaTeX TeX LaTeXe BibTeX AmS AmSTeX j ng NG euro texteuro dots textellipsis slash "
            "emdash adddot addcolon textbackslash textquotesingle textquoteleft textquoteright "
            "textquotedblleft textquotedblright textless textgreater textbraceleft textbraceright "
            "textbar textunderscore textdollar textasciicircum textasteriskcentered".split(),
            "LaTeX TeX LaTeX2ε BibTeX AMS AMS-TeX ȷ ŋ Ŋ € € … … / — "
            ". : \\ ' ‘ ’ “ ” < > { } | _ $ ^ *".split(),
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
