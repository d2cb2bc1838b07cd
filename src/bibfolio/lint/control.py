"""Characters nobody can see: left over from copying, or there to deceive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.places import CONTROL, SourceText

#: Zero-width characters and the soft hyphen; and those that turn the direction of what follows
#: (Unicode, chapter 23.2), so that a text reads differently from what it is. Not the joiners and
#: marks that Persian, Hebrew or Hindi need.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_CHARACTERS = re.compile(rf"{CONTROL.pattern}|[{_INVISIBLE}]")


def controls(text: str, file: str = "") -> Iterator[Problem]:
    """Each control or invisible character in a file, at its first place."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for match in _CHARACTERS.finditer(text):
        counts[match[0]] = counts.get(match[0], 0) + 1
        first.setdefault(match[0], match.start())
    source = SourceText(text) if counts else None
    for char, count in counts.items():
        assert source
        name = unicodedata.name(char, "a control character").replace("-", " ").lower()
        rest = f" here and in {count - 1} more places" if count > 2 else ""
        rest = " here and in one more place" if count == 2 else rest
        message = f"U+{ord(char):04X}, {name}, cannot be seen; delete it{rest}"
        yield Problem(WarningKind.BIB_CONTROL, message, *source.place(first[char]), file)
