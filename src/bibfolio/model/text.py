"""Short formatted text, as titles and venues need it: a flat run of styled spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Literal

#: What stands between two paragraphs of an abstract or a summary.
PARAGRAPH = "\n\n"
Style = Literal["text", "emphasis", "strong", "literal", "subscript", "superscript", "math"]


_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
#: Style → the sign that stands for it in plain text, and the characters that Unicode has for it.
_IN_LINE: dict[Style, tuple[str, dict[str, str]]] = {
    "superscript": ("^", _RAISED),
    "subscript": ("_", _LOWERED),
}
#: What ordinals end with, in one letter: 2e, 3o, 1a.
_ORDINALS = frozenset("eoaèªº")


def _in_line(text: str, mark: str, signs: dict[str, str]) -> str:
    """Return raised or lowered *text* as plain text: ``10⁶``, ``10^x``; ``19th`` stays a word."""
    is_word = text.isalpha() and (len(text) > 1 or text in _ORDINALS)
    if mark == "^" and is_word:
        return text
    if all(char in signs for char in text):
        return "".join(signs[char] for char in text)
    return f"{mark}{text}" if text.isalnum() else f"{mark}({text})"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style; ``math`` holds TeX source without its dollar signs."""

    text: str
    style: Style = "text"
    #: What the span says where no style is possible (feeds, exports, ``<title>``).
    plain: str = ""

    def __str__(self) -> str:
        if self.style in _IN_LINE and not self.plain:
            return _in_line(self.text, *_IN_LINE[self.style])
        return self.plain or self.text


@dataclass(frozen=True, slots=True)
class RichText:
    """A sequence of :class:`Span`; neighbours of one style are merged, so a word is one node."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, *spans: Span) -> RichText:
        """Build a text from *spans*, without empty ones; neighbours of one style are joined."""
        merged: list[Span] = []
        written = (span for span in spans if span.text)
        for style, run in groupby(written, key=attrgetter("style")):
            if style == "math":
                merged += run
            else:
                merged.append(Span("".join(span.text for span in run), style))
        return cls(tuple(merged))

    @classmethod
    def from_plain(cls, text: str) -> RichText:
        """Wrap unformatted *text*."""
        return cls((Span(text),) if text else ())

    def with_subtitle(self, subtitle: RichText) -> RichText:
        """Append *subtitle* behind a colon, or behind the title's own question mark."""
        if not self or not subtitle:
            return self or subtitle
        mark = Span(" " if self.plain[-1:] in {"?", "!", ":"} else ": ")
        return RichText.of(*self.spans, mark, *subtitle.spans)

    @property
    def paragraphs(self) -> list[RichText]:
        """Return the paragraphs of an abstract."""
        found: list[list[Span]] = [[]]
        for span in self.spans:
            first, *rest = re.split(rf"\s*{PARAGRAPH}\s*", span.text)
            found[-1].append(replace(span, text=first))
            found += ([replace(span, text=text)] for text in rest)
        return [RichText.of(*spans) for spans in found]

    @property
    def plain(self) -> str:
        """Return the text without any style."""
        return "".join(str(span) for span in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)


#: A text with nothing in it.
NO_TEXT = RichText()
