"""Mistakes as people, editors and disks make them, in any text; the same for the same number."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

SIGNS = "{}\"',=@#%()\\$&~_;:\n\t \0\u202eüé中"
ENCODINGS = ("utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "gbk", "cp1252")
Change = Callable[[random.Random, str], str]


def _span(dice: random.Random, text: str, longest: int) -> tuple[int, int]:
    start = dice.randrange(len(text) + 1)
    return start, min(len(text), start + dice.randrange(1, longest))


def delete(dice: random.Random, text: str) -> str:
    start, end = _span(dice, text, 4)
    return text[:start] + text[end:]


def insert(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + "".join(dice.choices(SIGNS, k=dice.randrange(1, 4))) + text[at:]


def double(dice: random.Random, text: str) -> str:
    start, end = _span(dice, text, 4)
    return text[:end] + text[start:]


def swap(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def without_a_sign(dice: random.Random, text: str) -> str:
    """One of the signs that BibTeX needs is gone."""
    places = [match.start() for match in re.finditer(r'[{}",=@]', text)]
    at = dice.choice(places or [0])
    return text[:at] + text[at + 1 :]


def tokens(dice: random.Random, text: str) -> str:
    parts = re.findall(r"\w+|\s+|.", text) or [""]
    one, two = dice.randrange(len(parts)), dice.randrange(len(parts))
    kind = dice.randrange(3)
    if kind == 0:
        parts[one], parts[two] = parts[two], parts[one]
    elif kind == 1:
        parts[one] = ""
    else:
        parts.insert(one, parts[two])
    return "".join(parts)


def lines(dice: random.Random, text: str) -> str:
    rows = text.split("\n")
    one, two = dice.randrange(len(rows)), dice.randrange(len(rows))
    kind = dice.randrange(5)
    if kind == 0:
        rows[one], rows[two] = rows[two], rows[one]
    elif kind == 1:
        del rows[one]
    elif kind == 2:
        rows.insert(two, rows[one])
    elif kind == 3:
        rows[one] = "  " + rows[one]
    else:
        rows[one : one + 2] = [" ".join(rows[one : one + 2])]
    return "\n".join(rows)


def blocks(dice: random.Random, text: str) -> str:
    start, end = _span(dice, text, 2000)
    at = dice.randrange(len(text) + 1)
    block = text[start:end]
    kind = dice.randrange(3)
    if kind == 0:
        return text[:start] + text[end:]
    return text[:at] + block + text[at:] if kind == 1 else text[:start] + block * 2 + text[end:]


def truncate(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] if dice.randrange(3) else text[at:]


def line_ends(dice: random.Random, text: str) -> str:
    return text.replace("\n", dice.choice(["\r\n", "\r"]))


CHANGES: tuple[Change, ...] = (
    *(delete, insert, double, swap, without_a_sign, without_a_sign),
    *(tokens, lines, blocks, truncate, line_ends),
)


def mutation(number: int, text: str) -> bytes:
    """The file that holds *text* after one to four mistakes."""
    dice = random.Random(number)
    for _ in range(dice.choice([1, 1, 2, 3, 4])):
        text = dice.choice(CHANGES)(dice, text)
    encoding = dice.choice(ENCODINGS) if dice.randrange(6) == 0 else "utf-8"
    data = bytearray(text.encode(encoding, "replace"))
    for _ in range(dice.randrange(1, 4) if dice.randrange(6) == 0 else 0):
        at = dice.randrange(len(data) + 1)
        data[at : at + 1] = bytes([dice.randrange(256)])
    return bytes(data)
