"""Sets the CV with Typst: data → PDF, in a process of its own, beside the writing of the pages.

Run as a script, so that it imports nothing of the package. Standard input is the data; standard
output is a line of JSON with what else :func:`set_pdf` returns, and behind it the PDF. If the data
is nothing but ``{"characters": …}``, the output is those of them that no font has.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("cv.typ")
#: A document of nothing but a text.
_SAMPLE = b"""#set document(title: "Sample", date: none)
#set text(lang: "en")
#sys.inputs.text"""
#: Typst's fonts have all Latin letters up to here, and these.
_LAST_COMMON, _COMMON = "\u017f", "–—‘’“”…•†‡"
#: How Typst refuses, for PDF/UA, what a PDF would show as a box; the text as Rust writes it.
_LACKING = re.compile(r'the text `"((?:\\.|[^"\\])*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-f]+)\}|(?P<char>.))")


def set_pdf(data: str) -> tuple[bytes, str, str]:
    """The PDF of *data*; the characters that no font has, for which it shows ``?``; which alone.

    What stands alone can be drawn otherwise than in a word, so the last are some of the second.

    Which fonts are needed is asked with the rare characters alone: setting everything again for
    each answer would take seconds for a long list of papers.

    Raises:
        typst.TypstError: the template has a mistake.
    """
    foreign = lacking_alone(_rare(data), with_system_fonts=False)
    lacking = alone = lacking_alone(foreign, with_system_fonts=True)
    template, with_system_fonts = TEMPLATE.read_bytes(), bool(foreign)
    while True:
        try:
            pdf = _compile(template, _without(data, lacking), with_system_fonts)
            return pdf, lacking, alone
        except typst.TypstError as error:
            found = lacking_characters(error.diagnostic)
            if not found or (with_system_fonts and set(found) <= set(lacking)):
                # It is not clear which: all that may be, if there are any.
                found = "".join(char for char in _rare(data) if char not in lacking)
                if not found or "could not be displayed" not in error.diagnostic:
                    raise
            lacking += found if with_system_fonts else ""
            with_system_fonts = True


def _rare(data: str) -> str:
    """The characters of *data* that Typst's fonts may not have, each once."""
    return "".join(
        char for char in dict.fromkeys(data) if char > _LAST_COMMON and char not in _COMMON
    )


def lacking_alone(characters: str, *, with_system_fonts: bool) -> str:
    """Those of *characters* that are in no font, each standing alone."""
    if not characters:
        return ""
    # A mark stands on a letter.
    text = " ".join(f"o{c}" if unicodedata.category(c)[0] == "M" else c for c in characters)
    try:
        _compile(_SAMPLE, text, with_system_fonts)
    except typst.TypstError as error:
        found = lacking_characters(error.diagnostic)
        return "".join(char for char in characters if char in found)
    return ""


def _compile(template: bytes, data: str, with_system_fonts: bool) -> bytes:
    result = typst.compile(
        template,
        format="pdf",
        sys_inputs={"cv": data} if template != _SAMPLE else {"text": data},
        pdf_standards=["ua-1"],
        ignore_system_fonts=not with_system_fonts,
    )
    assert isinstance(result, bytes), "one PDF"
    return result


def lacking_characters(diagnostic: str) -> str:
    """The characters that Typst's message says no font has, each once.

    It names what is drawn as one: a letter with an accent it has no glyph for is both. Every font
    has the letters of ASCII.
    """
    texts = "".join(_ESCAPE.sub(_unescaped, text) for text in _LACKING.findall(diagnostic))
    return "".join(char for char in dict.fromkeys(texts) if not char.isascii())


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match["code"], 16)) if match["code"] else match["char"]


def _without(data: str, characters: str) -> str:
    """*data*, whose syntax is ASCII, with ``?`` for each of *characters*."""
    return data.translate(dict.fromkeys(map(ord, characters), "?"))


if __name__ == "__main__":
    given = sys.stdin.buffer.read().decode()
    match json.loads(given):
        case {"characters": characters}:
            json.dump(lacking_alone(characters, with_system_fonts=True), sys.stdout)
        case _:
            made, *missing = set_pdf(given)
            sys.stdout.buffer.write(json.dumps(missing).encode() + b"\n" + made)
