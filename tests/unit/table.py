"""What becomes of many texts, one below the other: `test_NAME.txt` beside `test_NAME.py`.

    == what the section promises
    a text that goes in
        what comes out of it, line by line

In what goes in, ` ¶ ` is the end of a line. After `>` it is Python, for what is no text, or has
signs that cannot be seen. After `#` is a remark.

After a change that is meant, `BIBFOLIO_CORPUS=write` in the environment writes what comes out anew;
the difference is then to be read line by line.
"""

from __future__ import annotations

import ast
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

INDENT = "    "


class Table:
    """The sections beside a module of tests."""

    def __init__(self, module: str) -> None:
        self._path = Path(module).with_suffix(".txt")
        #: The headings.
        self.sections = re.findall("(?m)^== (.*)$", self._path.read_text(encoding="utf-8"))

    def holds(self, section: str, function: Callable[[Any], object], least: int = 1) -> None:
        """Assert that *function* makes of each of at least *least* texts what stands below it."""
        text = self._path.read_text(encoding="utf-8")
        ((start, end),) = (m.span(1) for m in re.finditer(_SECTION % re.escape(section), text))
        lines = text[start:end].splitlines()
        heads = [line for line in lines if line and line[0] not in " "]
        made = []
        for line in heads:
            made.append(line)
            if line[0] != "#":
                made += [f"{INDENT}{shown}" for shown in _lines(function(given(line)))]
        if os.environ.get("BIBFOLIO_CORPUS") == "write":
            new = text[:start] + "\n".join(made) + "\n\n" * (end < len(text)) + text[end:]
            self._path.write_text(new.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
        assert [line for line in lines if line] == made
        assert sum(line[0] != "#" for line in heads) >= least


_SECTION = r"(?ms)^== %s\n(.*?)(?=^== |\Z)"


def given(line: str) -> Any:
    """What a line stands for."""
    if line[0] == ">":
        return ast.literal_eval(line[1:].strip())
    return re.sub(" ?¶ ?", "\n", line)


def _lines(outcome: object) -> list[str]:
    """What came out, a line for each part, with no sign that cannot be seen."""
    parts = outcome if isinstance(outcome, Iterable) and not isinstance(outcome, str) else [outcome]
    return [_visible(str(part)) for part in parts if part is not None]


def _visible(text: str) -> str:
    return "".join(map(_escaped, text)) if text and text.strip() == text else repr(text)


def _escaped(char: str) -> str:
    is_hidden = char != " " and unicodedata.category(char)[0] in "CZ"
    return char.encode("unicode_escape").decode() if is_hidden else char
