"""TeX commands that stand for a character: our own table, and latexcodec's, which is larger."""

from __future__ import annotations

import codecs
from functools import lru_cache

import latexcodec  # noqa: F401  registers the "ulatex" codec

from bibfolio.sources.tex_tables import SYMBOLS


@lru_cache(maxsize=1_000)
def symbol(name: str) -> str | None:
    """What command *name* stands for, or None if nobody knows."""
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
