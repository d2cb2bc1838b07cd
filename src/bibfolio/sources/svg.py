"""SVG that may stand in a page: an allow list, beyond which nothing of a file gets there. Pure.

A browser runs the scripts of an SVG that stands in a page, and loads what it names; of one that an
``<img>`` shows it does neither (https://www.w3.org/TR/SVG2/conform.html, "secure animated mode").
"""

from __future__ import annotations

import re
from functools import partial
from html import escape
from xml.parsers import expat

#: Bytes up to which a file is shown at all, and what a drawing in a page may have.
_LARGEST, _DRAWN, _MOST_ELEMENTS = 200_000, 4_096, 60
_ELEMENTS = frozenset("svg g path rect circle ellipse line polyline polygon text tspan".split())
#: What says in the file what is seen, for which pages have other words; and how large it is there.
_WORDS, _OF_ROOT = {"title", "desc"}, {"width", "height", "version"}
_NUMBERS = r"[-+.,\d\s]+(?:px|%)?"
#: Attributes → what may stand there. Colours come from classes, so that they suit the page.
_VALUES = {
    name: re.compile(pattern, re.ASCII)
    for names, pattern in {
        "viewBox": r"\s*(?:-?[\d.]+[\s,]+){2}[1-9][\d.]*[\s,]+[1-9][\d.]*\s*",
        "points x y width height rx ry cx cy r x1 y1 x2 y2 dx dy stroke-width": _NUMBERS,
        "opacity fill-opacity stroke-opacity font-size": _NUMBERS,
        "d": r"[MmZzLlHhVvCcSsQqTtAa\d\s.,+-]+",
        "transform": rf"(?:[\s,]*(?:matrix|translate|scale|rotate|skew[XY])\s*\({_NUMBERS}\))+\s*",
        "class": r"\s*(?:(?:l|f|k|b|n|d|q|mu|big)(?:\s+|$))+",
        "fill stroke": "none|currentColor",
        "stroke-linecap stroke-linejoin": "butt|round|square|miter|bevel",
        "text-anchor font-weight": "start|middle|end|normal|bold|[1-9]00",
    }.items()
    for name in names.split()
}
#: A number that no drawing needs, and that takes what draws it more memory than there is.
_HUGE = re.compile(r"(?<![.\d])\d{5}")


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
    svg = re.sub(r"<(?!svg)(\w+)([^<>]*)></\1>", r"<\1\2/>", "".join(reader.parts))
    if reader.count > _MOST_ELEMENTS or len(svg) > _DRAWN:
        reader.why.append(f"it has more than {_MOST_ELEMENTS} elements or {_DRAWN} bytes")
    return ("", reader.why[0]) if reader.why else (svg, "")


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.why: list[str] = []
        self.count, self._inside = 0, [""]
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self._text, self._stop
        parser.StartDoctypeDeclHandler = partial(self._refuse, "a DOCTYPE")
        parser.ProcessingInstructionHandler = partial(self._refuse, "an instruction <?…?>")

    def _start(self, written: str, attributes: dict[str, str]) -> None:
        self.count += 1
        name = written.removeprefix("http://www.w3.org/2000/svg ")
        if self.count == 1:
            attributes = {k: v for k, v in attributes.items() if k not in _OF_ROOT}
            if written == name or name != "svg":
                raise ValueError(f"it begins with <{name[:40]}>")
            if "viewBox" not in attributes:
                self._refuse("no viewBox")
        if written == name or name not in _ELEMENTS | _WORDS or self._inside[-1] in _WORDS:
            self._refuse(f"<{name.rpartition(' ')[2][:40]}>")
        for key, value in attributes.items():
            form = _VALUES.get(key)
            if not form or not form.fullmatch(value) or _HUGE.search(value):
                self._refuse(f"{key.rpartition(' ')[2][:40]} on <{name[:40]}>")
        self._inside.append(name)
        tag = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
        self.parts.append("" if name in _WORDS else f"<{name}{tag}>")

    def _end(self, _name: str) -> None:
        name = self._inside.pop()
        self.parts.append("" if name in _WORDS else f"</{name}>")

    def _text(self, text: str) -> None:
        self.parts.append(escape(text) if self._inside[-1] in {"text", "tspan"} else "")

    def _refuse(self, what: str, *_: object) -> None:
        self.why.append(f"line {self.parser.CurrentLineNumber} has {what}")

    def _stop(self, *_declaration: object) -> None:
        raise ValueError("it declares entities")
