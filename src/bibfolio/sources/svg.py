"""SVG that may stand in a page: an allow list, beyond which nothing of a file gets there. Pure.

A browser runs the scripts of an SVG that stands in a page, and loads what it names; of one that an
``<img>`` shows it does neither (https://www.w3.org/TR/SVG2/conform.html, "secure animated mode").
"""

from __future__ import annotations

import re
from html import escape
from xml.parsers import expat

#: Bytes up to which a file is shown at all, and up to which a drawing stands in the page.
_LARGEST, _DRAWN = 200_000, 4_096
_MOST_ELEMENTS = 60
_ELEMENTS = frozenset("svg g path rect circle ellipse line polyline polygon text tspan".split())
#: What says in the file what is seen; the page has the paper's own words for it.
_WORDS = frozenset({"title", "desc"})
#: What the page decides: how large a drawing is.
_OF_ROOT = frozenset({"width", "height", "version"})
_NUMBERS = r"[-+.,\d\s]+"
#: What no drawing needs, and what takes a program that draws it more memory than there is.
_HUGE = re.compile(r"(?<![.\d])\d{5}")
#: Attributes → what may stand there. Colours come from classes, so that they suit the page.
_VALUES = {
    name: re.compile(pattern, re.ASCII)
    for names, pattern in {
        "viewBox": r"\s*(?:-?[\d.]+[\s,]+){2}[1-9][\d.]*[\s,]+[1-9][\d.]*\s*",
        "points x y width height rx ry cx cy r x1 y1 x2 y2 dx dy": rf"{_NUMBERS}%?",
        "stroke-width opacity fill-opacity stroke-opacity font-size": rf"{_NUMBERS}(?:px|%)?",
        "d": r"[MmZzLlHhVvCcSsQqTtAa\d\s.,+-]+",
        "transform": r"(?:[\s,]*(?:matrix|translate|scale|rotate|skewX|skewY)\s*"
        rf"\({_NUMBERS}\))+[\s,]*",
        "class": r"\s*(?:(?:l|f|k|b|n|d|q|mu|big)(?:\s+|$))+",
        "fill stroke": r"none|currentColor",
        "stroke-linecap": r"butt|round|square",
        "stroke-linejoin": r"miter|round|bevel",
        "text-anchor": r"start|middle|end",
        "font-weight": r"normal|bold|[1-9]00",
    }.items()
    for name in names.split()
}


def read_svg(data: bytes) -> tuple[str, str]:
    """Return what a page may hold of a drawing; or nothing, and why it must stay an image.

    What is returned is written anew from what was understood, element by element.

    Raises:
        ValueError: a file that is not shown in any way; the message says why.
    """
    if len(data) > _LARGEST:
        raise ValueError(f"{len(data) // 1000} KB are more than {_LARGEST // 1000}")
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # or an encoding of no such name
        raise ValueError(f"it is no SVG ({error})") from None
    if not reader.is_svg:
        raise ValueError("it is no SVG")
    svg = "".join(reader.parts)
    if not reader.why and len(svg) > _DRAWN:
        reader.why = f"it is larger than {_DRAWN} bytes"
    return ("", reader.why) if reader.why else (svg, "")


class _Reader:
    """Writes down what is allowed, as the parser comes to it, and why the rest is not."""

    def __init__(self) -> None:
        self.is_svg = False
        self.parts: list[str] = []
        #: The first thing that keeps the drawing out of the page, and where it stands.
        self.why = ""
        self._count = 0
        self._open: list[str] = []
        #: Whether the tag that was written last is still without its end.
        self._is_bare = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = lambda *_: self._refuse("a DOCTYPE")
        self.parser.ProcessingInstructionHandler = lambda *_: self._refuse("an instruction <?…?>")
        self.parser.EntityDeclHandler = self._stop

    def _start(self, written: str, attributes: dict[str, str]) -> None:
        space, _, name = written.rpartition(" ")
        is_root, is_ours = not self._count, space == "http://www.w3.org/2000/svg"
        self._count += 1
        if is_root:
            self.is_svg = is_ours and name == "svg"
            if "viewBox" not in attributes:
                self._refuse("no viewBox")
        if not is_ours or name not in _ELEMENTS | _WORDS:
            self._refuse(f"<{name[:40]}>")
        if self._count > _MOST_ELEMENTS:
            self._refuse(f"more than {_MOST_ELEMENTS} elements")
        kept = ""
        for key, value in attributes.items():
            if is_root and key in _OF_ROOT:
                continue
            form = _VALUES.get(key)
            if not form or not form.fullmatch(value) or _HUGE.search(value):
                self._refuse(f"{key.rpartition(' ')[2][:40]} on <{name[:40]}>")
            kept += f' {key}="{escape(value)}"'
        self._open.append(name)
        if self._is_kept:
            self._write(f"<{name}{kept}")
            self._is_bare = True

    def _end(self, _name: str) -> None:
        if self._is_kept:
            if self._is_bare and self._open[1:]:
                self._is_bare = False
                self._write("/>")
            else:
                self._write(f"</{self._open[-1]}>")
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._is_kept and self._open[-1] in {"text", "tspan"}:
            self._write(escape(text))

    @property
    def _is_kept(self) -> bool:
        """Whether what comes now is for the page."""
        return not self.why and _WORDS.isdisjoint(self._open)

    def _write(self, text: str) -> None:
        self.parts += [">"] if self._is_bare else []
        self.parts.append(text)
        self._is_bare = False

    def _refuse(self, what: str) -> None:
        """Keep the drawing out of the page."""
        self.why = self.why or f"line {self.parser.CurrentLineNumber} has {what}"

    def _stop(self, *_declaration: object) -> None:
        raise ValueError("it declares entities")
