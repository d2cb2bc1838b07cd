"""Bytes → text, whatever program wrote them; UTF-8 is what the file should be."""

from __future__ import annotations

import codecs
import re

from bibfolio.problems import Problem, WarningKind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: A line of ASCII and pairs of bytes, as Chinese in GBK nearly always is.
_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x80-\xfe])*")
#: Two bytes that are a Han character in GB 2312.
_HAN = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
#: One accented letter among others, as Western text has them.
_WESTERN = re.compile(rb"(?<![\x80-\xff])[\xc0-\xff](?=[A-Za-z ,.}-])")


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file, and what is wrong with its encoding.

    Lines that are UTF-8 are read as such even if others are not: files are pasted together from
    many sources. Nothing is dropped; what cannot be read otherwise is read as Windows-1252.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            is_right = name == "utf-8" and "\ufffd" not in text
            return text, [] if is_right else [_problem(1, f"the file is {name.upper()}")]
    if name := _utf_16(data):
        return data.decode(name, "replace"), [_problem(1, f"the file is {name.upper()}")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        byte = data[error.start]
    others = [part for part in data.split(b"\n") if not _is_utf8(part)]
    codec, name = _codec(others)
    text = "\n".join(_decoded(part, codec) for part in data.split(b"\n"))
    return text, [_problem(line, f"byte {byte:#04x} is not UTF-8, read as {name}", column)]


def _problem(line: int, what: str, column: int = 0) -> Problem:
    return Problem(WarningKind.BIB_ENCODING, f"{what}; save the file as UTF-8", line, column)


def _utf_16(data: bytes) -> str:
    """UTF-16 without its mark, by the halves of ASCII characters that are zero; or else empty."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 4 < len(data) or min(even, odd) * 20 > len(data):
        return ""
    begins, name = (b"\0@", "utf-16-be") if even > odd else (b"@\0", "utf-16-le")
    return name if begins in data else ""


def _decoded(line: bytes, codec: str) -> str:
    """A line that may be UTF-8, or have a few bytes that are not."""
    if codec == "cp1252":
        return line.decode("utf-8", "bibfolio_cp1252")
    return line.decode("utf-8" if _is_utf8(line) else codec, "replace")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Error handler: bytes that are not UTF-8 are Windows-1252."""
    assert isinstance(error, UnicodeDecodeError), "it is registered for decoding alone"
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("bibfolio_cp1252", _as_cp1252)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(data: bytes) -> bool:
    return _decodes(data, "utf-8")


def _codec(lines: list[bytes]) -> tuple[str, str]:
    """Codec and name of the encoding of *lines*, which are not UTF-8."""
    is_chinese = (
        any(_PAIRS.fullmatch(line) and _HAN.search(line) for line in lines)
        and not any(map(_WESTERN.search, lines))
        and all(_decodes(line, "gb18030") for line in lines)
    )
    # Every byte has a meaning in Latin-1; Windows-1252 differs only where Latin-1 has controls.
    return ("gb18030", "GBK") if is_chinese else ("cp1252", "Windows-1252")
