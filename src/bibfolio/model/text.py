"""Short formatted text, as titles and venues need it: a flat run of styled spans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

Style = Literal["text", "emphasis", "strong", "literal", "subscript", "superscript", "math"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style; ``math`` holds TeX source without its dollar signs."""

    text: str
    style: Style = "text"
    #: What the span says where no style is possible (feeds, exports, ``<title>``).
    plain: str = ""

    def __str__(self) -> str:
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
    def plain(self) -> str:
        """Return the text without any style."""
        return "".join(str(span) for span in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)
