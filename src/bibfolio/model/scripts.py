"""East Asian scripts as ranges of Unicode, in one table (Unicode 16, chapter 18).

Each constant is the inside of a character class of a regular expression, in Python and in
JavaScript with the flag ``u``.
"""

from __future__ import annotations

import re

#: Letters of Han, kana and Hangul; the last range has Extension B of Han and all later ones.
EAST_ASIAN_LETTERS = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
#: The same with what stands among them: radicals, punctuation, Bopomofo and compatible forms.
EAST_ASIAN = EAST_ASIAN_LETTERS + "\u2e80-\u3004\u3006\u3008-\u303f\u3100-\u33ff\u4dc0-\u4dff"
#: The same with parts of Hangul and with signs of full width: what takes two columns.
EAST_ASIAN_WIDE = EAST_ASIAN + "\u1100-\u11ff\uff00-\uffef"

_IS_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]+").fullmatch


def is_east_asian(text: str) -> bool:
    """Return whether *text* is in Han, kana or Hangul alone, where the family name goes first."""
    return bool(_IS_EAST_ASIAN(text))
