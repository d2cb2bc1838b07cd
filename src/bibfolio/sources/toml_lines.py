"""Where in a TOML text each key and table stands; the standard library's parser does not tell."""

from __future__ import annotations

import re

#: Keys from the outermost table inwards, with the index of the item behind an array's key.
Place = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[\w.\"'-]+)\s*\]\]?")
_KEY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]+\"|'[^']+')(?:\s*\.\s*(?:[\w-]+|\"[^\"]+\"|'[^']+'))*)\s*="
)


def lines_of_keys(text: str) -> dict[Place, int]:
    """Place of every key and table → line.

    Good enough for messages: keys inside inline tables are reported at the key that holds them.
    """
    lines: dict[Place, int] = {}
    table: Place = ()
    last: dict[tuple[str, ...], int] = {}
    in_string = False
    for number, line in enumerate(text.splitlines(), start=1):
        inside, in_string = (
            in_string,
            in_string ^ ((line.count('"""') + line.count("'''")) % 2 == 1),
        )
        if inside:
            continue
        if match := _TABLE.match(line):
            names = _parts(match["name"])
            if match["open"] == "[[":
                last[names] = last.get(names, -1) + 1
                # A new item: arrays inside it begin anew.
                last = {n: i for n, i in last.items() if n[: len(names)] != names or n == names}
                lines.setdefault(_place(names, last)[:-1], number)
            table = _place(names, last)
            lines.setdefault(table, number)
        elif match := _KEY.match(line):
            lines.setdefault((*table, *_parts(match[1])), number)
    return lines


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _place(names: tuple[str, ...], last: dict[tuple[str, ...], int]) -> Place:
    """*names* with the index of the current item behind each that is an array of tables."""
    place: list[str | int] = []
    for depth in range(1, len(names) + 1):
        place.append(names[depth - 1])
        if names[:depth] in last:
            place.append(last[names[:depth]])
    return tuple(place)
