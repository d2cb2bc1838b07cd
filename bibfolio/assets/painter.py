"""Sets pictures with Typst in a process of its own, beside the build.

Run as a script, so that it imports nothing of the package: a picture takes milliseconds, and many
at once much memory. Standard input is one JSON object: ``template``, a file; ``folder``, where the
pictures go; ``cards``, path below it → the words of the picture.

PNGs that Typst draws take twice the time and twice the bytes. So it sets one PDF, black on white,
whose pages PDFium draws in greys; the colours come with the palette of the PNG. Only pictures with
symbols, which may be emoji in colours of their own, are drawn by Typst.
"""

from __future__ import annotations

import binascii
import ctypes
import itertools
import json
import os
import struct
import sys
import unicodedata
import zlib
from bisect import bisect
from collections.abc import Iterator
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import pypdfium2
import typst

_WIDTH, _HEIGHT = 1200, 630
#: A row on the canvas: a digit for each pixel, behind two for the byte that names a PNG's filter.
_ROW = _WIDTH + 2
#: The width of the bar at the left, as in the template.
_BAR = 18
_PAPER = "#fffefc"
_INKS = {"label": "#8c1d2f", "title": "#1d1b19", "name": "#5f5a54"}
_COLOURED = {"paper": _PAPER, "inks": _INKS, "bars": dict.fromkeys(_INKS, _INKS["label"])}
#: The bar says which text is beside it, from the top: label, title or name.
_GREY = {
    "paper": "#ffffff",
    "inks": dict.fromkeys(_INKS, "#000000"),
    "bars": {"label": "#000000", "title": "#808080", "name": "#ffffff"},
}
#: Shades of each ink; with the paper, that makes 16 colours, of which two fit into a byte.
_SHADES = 5
#: For each ink, grey → place in the palette, as a hexadecimal digit.
_DIGITS = [
    "".join(
        f"{15 if shade == _SHADES else first + shade:x}"
        for shade in (round(grey * _SHADES / 255) for grey in range(256))
    ).encode()
    for first in range(0, len(_INKS) * _SHADES, _SHADES)
]
#: Pictures set at once: in colour, each holds three megabytes until all are finished.
_BATCH = 32

Cards = dict[str, dict[str, str]]


def paint(template: Path, folder: Path, cards: Cards) -> None:
    """Write a file for each of *cards*, into a folder that nobody looks into meanwhile."""
    coloured = {name: card for name, card in cards.items() if has_symbols(card)}
    grey = {name: card for name, card in cards.items() if name not in coloured}
    parent = os.getppid()
    for draw, share in ((in_greys, grey), (in_colours, coloured)):
        for batch in _batches(share):
            if os.getppid() != parent:  # the build was killed
                return
            for name, picture in zip(batch, draw(template, list(batch.values())), strict=True):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(picture)


def _batches(cards: Cards) -> Iterator[Cards]:
    items = iter(cards.items())
    while batch := dict(itertools.islice(items, _BATCH)):
        yield batch


def has_symbols(card: dict[str, str]) -> bool:
    """Whether there may be colours in the words of *card*."""
    words = "".join(card.values())
    # U+FE0F asks for a character's form as an emoji.
    return any(char == "\ufe0f" or unicodedata.category(char) == "So" for char in words)


def in_colours(template: Path, cards: list[dict[str, str]]) -> Iterator[bytes]:
    """PNG, one for each of *cards*, drawn by Typst."""
    result = _compile(template, cards, _COLOURED, format="png", ppi=72)
    # One page gives bytes, several a list of them; the stubs know only the first.
    yield from [result] if len(cards) == 1 else cast(list[bytes], result)


def in_greys(template: Path, cards: list[dict[str, str]]) -> Iterator[bytes]:
    """PNG, one for each of *cards*, drawn by PDFium in shades of the inks."""
    pdf = _compile(template, cards, _GREY, format="pdf", pdf_tags=False)
    # One canvas for all. What a row begins with in a PNG, PDFium may have at its end to spare.
    pixels = bytearray(_HEIGHT * _ROW + _ROW - _WIDTH)
    buffer = (ctypes.c_ubyte * (_HEIGHT * _ROW)).from_buffer(pixels, _ROW - _WIDTH)
    canvas = partial(pypdfium2.PdfBitmap.new_native, buffer=buffer, stride=_ROW)
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(cards)):
            with closing(document[number]) as page:
                page.render(grayscale=True, bitmap_maker=canvas).close()
            _colour(pixels)
            yield _png(memoryview(pixels)[: _HEIGHT * _ROW])


def _compile(template: Path, cards: list[dict[str, str]], look: object, **options: Any) -> bytes:
    inputs = {"cards": json.dumps(cards), "look": json.dumps(look)}
    result: bytes = typst.compile(template, sys_inputs=inputs, font_paths=_fonts(), **options)
    return result


@cache
def _fonts() -> typst.Fonts:
    """Looking for fonts takes as long as three pictures: once is enough."""
    return typst.Fonts()


def _colour(pixels: bytearray) -> None:
    """Greys → digits."""
    bar = pixels[_ROW - _WIDTH :: _ROW]
    # In order, whatever the words do to the bar: nothing is to be translated twice.
    edges = sorted((0, bisect(bar, 0x40), bisect(bar, 0xC0), _HEIGHT))
    for digits, (first, end) in zip(_DIGITS, itertools.pairwise(edges), strict=True):
        rows = slice(first * _ROW, end * _ROW)
        pixels[rows] = pixels[rows].translate(digits)
    # The first ink at its darkest is 0, and so is the filter that changes nothing.
    for column in range(_ROW - _WIDTH + _BAR):
        pixels[column : _HEIGHT * _ROW : _ROW] = b"0" * _HEIGHT


def _png(rows: memoryview) -> bytes:
    # Runs of one colour are nearly all there is to find; looking for more takes twice the time.
    packer = zlib.compressobj(strategy=zlib.Z_RLE)
    data = packer.compress(binascii.unhexlify(rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 4, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", _PALETTE), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(itertools.starmap(_chunk, chunks))


def _chunk(kind: bytes, data: bytes) -> bytes:
    content = kind + data
    return struct.pack(">I", len(data)) + content + struct.pack(">I", zlib.crc32(content))


def _palette() -> bytes:
    """The shades of each ink, which are on the way to the paper, and the paper."""
    paper = bytes.fromhex(_PAPER[1:])
    shades = (
        (dark * (_SHADES - shade) + light * shade + _SHADES // 2) // _SHADES
        for ink in _INKS.values()
        for shade in range(_SHADES)
        for dark, light in zip(bytes.fromhex(ink[1:]), paper, strict=True)
    )
    return bytes([*shades, *paper])


_PALETTE = _palette()

if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the build goes first: it has more to do at the end
    order = json.load(sys.stdin)
    paint(Path(order["template"]), Path(order["folder"]), order["cards"])
