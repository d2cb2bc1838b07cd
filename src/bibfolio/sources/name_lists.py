"""``author`` fields → single names: what stands between them, and what should not."""

from __future__ import annotations

import re
from collections.abc import Callable

from bibfolio.problems import WarningKind
from bibfolio.sources import tex

Report = Callable[[WarningKind, str], None]

_AND = re.compile(r"[{}]|(?<!\S)and(?!\S)", re.IGNORECASE)
#: Behind the first comma of ``Family, Jr., Given``.
_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|\d(?:st|nd|rd|th)|m\.?d|ph\.?d|esq)\.?", re.IGNORECASE)
#: DBLP numbers people of one name.
_NUMBER = re.compile(r"(?<=[^\W\d])[ ~]+\d{4}$")


def split_names(text: str) -> list[str]:
    """What stands between every ``and`` outside of braces; it may be empty."""
    parts, start, depth = [], 0, 0
    for match in _AND.finditer(text):
        if match[0] in "{}":
            depth = max(0, depth + (1 if match[0] == "{" else -1))
        elif depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [*parts, text[start:].strip()]


def read_names(text: str, report: Report) -> list[str]:
    """The names in *text*; also those that something else than ``and`` separates."""
    parts = split_names(text) if text.strip() else []
    names = [part for part in parts if tex.plain(part).strip()]
    if len(names) < len(parts):
        report(WarningKind.BIB_NAME, "an and has no name on one of its sides; delete it")
    return [name for part in names for name in _names_in(part, report)]


def writable_names(text: str) -> str:
    """*text* as every program can read it: and between names, braces around what is none."""
    names = read_names(text, lambda _kind, _message: None)
    fitting = [f"{{{name}}}" if _commas(name) > 2 else name for name in names]
    return text if fitting == split_names(text) else " and ".join(fitting)


def _commas(name: str) -> int:
    """How many commas stand outside of braces."""
    depth = count = 0
    for sign in re.findall(r"[{},]", name):
        depth += (sign == "{") - (sign == "}")
        count += sign == "," and depth <= 0
    return count


def _names_in(text: str, report: Report) -> list[str]:
    """The names in what should be one."""
    bare = text.rstrip(" ,;")
    if "{" not in text:
        if ";" in bare and "&" not in text:
            report(WarningKind.BIB_NAME, f"; stands between names in {_cut(text)}; write and")
            return [name for part in bare.split(";") if (name := part.strip())]
        parts = [part.strip() for part in bare.split(",")]
        if len(parts) > 2 and all(re.search(r"\S[\s~]+\S", part) for part in parts):
            report(WarningKind.BIB_NAME, f"commas stand between names in {_cut(text)}; write and")
            return parts
        if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
            report(WarningKind.BIB_NAME, f"{_cut(text)} has two commas; write Family, Given")
    if bare != text and ("," in bare or ";" in text[len(bare) :]):
        report(WarningKind.BIB_NAME, f"{_cut(text)} ends in {text[-1]}; delete it")
        text = bare
    if number := _NUMBER.search(text):
        message = f"{_cut(text)} ends in a number that DBLP tells namesakes by; delete it"
        report(WarningKind.BIB_NAME, message)
        text = text[: number.start()]
    return [text]


def _cut(text: str) -> str:
    """*text* in quotes and in one line, cut if it is long."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
