"""Small questions about strings that the whole package asks in one way."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

Value = TypeVar("Value")

#: Characters that no text has and that XML forbids (XML 1.0, §2.2), mostly from broken copies:
#: control characters, without tab and the ends of lines, and halves of surrogate pairs.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Zero-width characters, the soft hyphen, and marks that turn the direction of text (Unicode,
#: chapter 23.2); but not the joiners and marks that Persian, Hebrew or Hindi need.
INVISIBLE = "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
#: Names that Windows keeps for devices, whatever the ending; and that of a folder's own page.
RESERVED_NAME = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|index", re.IGNORECASE)
#: Letters with a stroke instead of an accent, and two that are written as one.
STROKES = dict(
    zip("ØøŁłĐđĦħıÐðÞþßẞÆæŒœ", "O o L l D d H h i D d Th th ss SS AE ae OE oe".split(), strict=True)
)
_STROKES = str.maketrans(STROKES)


class ForeignText(str):
    """A text in another *language* than the page's, as BCP 47 names it."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> ForeignText:
        """Return *text* with its language."""
        found = super().__new__(cls, text)
        found.language = language
        return found

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """Let it be copied."""
        return str(self), self.language


def capitalized(text: str) -> str:
    """Return *text* with its first letter in upper case; the others stay as they are."""
    found = text[:1].upper() + text[1:]
    return ForeignText(found, text.language) if isinstance(text, ForeignText) else found


def is_shouted(title: str) -> bool:
    """Return whether a title is in capitals."""
    words = re.findall(r"[^\W\d_]{4,}", title)
    return len(words) > 2 and 2 * sum(map(str.isupper, words)) > len(words)


def is_local(address: str) -> bool:
    """Return whether *address* is a path in the site, and not an address elsewhere or empty."""
    return bool(address) and "://" not in address


def nearest(word: str, words: Collection[str], similarity: float = 0.7) -> str:
    """Return which of *words* was probably meant; empty if none is similar enough.

    Args:
        word: what is written.
        words: what could be meant; of equally similar words, the first counts.
        similarity: what a match needs, between 0 and 1 (:mod:`difflib`'s ratio).
    """
    return next(iter(get_close_matches(word, words, 1, similarity)), "")


def without_empty(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return *values* without those that are empty, zero or None."""
    return {name: value for name, value in values.items() if value}


def without_accents(text: str) -> str:
    """Return *text* in compatible forms, its letters without accents: ``Müller`` → ``Muller``."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    kept = (char for char in decomposed if not unicodedata.category(char).startswith("M"))
    return unicodedata.normalize("NFC", "".join(kept).translate(_STROKES))


def fold(text: str) -> str:
    """Return letters and digits in lower case, without accents and other signs."""
    folded = without_accents(text).casefold().replace("\u02bc", "")  # an apostrophe, and a letter
    return "".join(char for char in folded if char.isalnum())


def markdown_text(text: str) -> str:
    """Escape *text* for Markdown: nothing in it is markup, HTML or a link (CommonMark, §2.4)."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))


def digest(value: object) -> str:
    """Return 64 hexadecimal digits (SHA-256) that differ where the ``repr`` of *value* does."""
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()


# -- words for messages, in English ---------------------------------------------------------------


def without_stop(text: str, *, is_name: bool = False) -> str:
    """Return *text* without the one full stop at its end; ``U.S.`` and ``…`` keep theirs.

    That of a venue, which *is_name*, stays where other words end in one: ``Phys. Rev. Lett.``
    """
    words = text.split()
    is_short = text.endswith(".") and "." in words[-1][:-1]
    is_short |= is_name and any(word.endswith(".") for word in words[:-1])
    return text if is_short else text.removesuffix(".")


def listed(words: Sequence[str]) -> str:
    """Join *words* as ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def number_of(count: int, singular: str, plural: str = "") -> str:
    """Return ``1 paper``, ``2 papers``."""
    return f"{count} {singular if count == 1 else plural or f'{singular}s'}"
