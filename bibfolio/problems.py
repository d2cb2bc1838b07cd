"""What can be wrong with a site, as data; standard library only.

``sources`` returns :class:`Problem` values, pages call :func:`bibfolio.warn.warn` with a
:class:`WarningKind`. The table of kinds in README.md is generated from this enum.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class WarningKind(Enum):
    """What can be wrong with a site; the value is the name, the second item what it means."""

    BIB_MISSING = "bib_missing", "The bibliography file cannot be read; the site has no papers."
    BIB_ENCODING = (
        "bib_encoding",
        "Not UTF-8; the message says how the file was read.",
    )
    BIB_SYNTAX = "bib_syntax", "BibTeX syntax error; what can be read of the entry is shown."
    BIB_STRING = "bib_string", "An undefined `@string` abbreviation; read as nothing."
    BIB_DUPLICATE_KEY = "bib_duplicate_key", "A repeated key; the later entry is renamed."
    BIB_DUPLICATE_FIELD = "bib_duplicate_field", "A repeated field; the first one counts."
    BIB_TYPE = "bib_type", "An unknown entry type; the entry is shown as `@misc`."
    BIB_KEY = "bib_key", "A key that cannot be an address; a safe spelling is used for it."
    BIB_NAME = "bib_name", "A name BibTeX cannot split; shown as written."
    BIB_FIELD = "bib_field", "A missing or unusable value: a title, a date, an annotation."
    BIB_TEX = "bib_tex", "A TeX command that is not understood; its argument is shown."
    BIB_URL = "bib_url", "A link that is not http(s) or leaves the site; dropped."
    DIRECTIVE = "directive", "A directive or role of this package used wrongly."
    MATH = "math", "A formula that cannot be turned into MathML; shown as source."

    def __init__(self, subtype: str, meaning: str) -> None:
        self.subtype = subtype
        self.meaning = meaning


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a source file."""

    kind: WarningKind
    #: What is wrong and what to write instead.
    message: str
    #: Line in the file, counted from 1; the first one if the whole file is meant.
    line: int = 1
