"""The reduced stylesheet, remembered until something that decides about it has changed.

Not all that occurs on pages decides: ``lean`` asks for some names, and while the answers are the
same, so is what it makes of a sheet. A new heading, with an identifier of its own, changes none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bibfolio.assets.lean import reduce
from bibfolio.assets.seen import digest
from bibfolio.assets.used import Used
from bibfolio.output import replace_file
from bibfolio.recall import program


class _Names(frozenset[str]):
    """Names, and which have been asked for."""

    def __init__(self, _names: Iterable[str]) -> None:
        self._asked: set[object] = set()

    def __contains__(self, name: object) -> bool:
        self._asked.add(name)
        return super().__contains__(name)

    def answers(self) -> list[list[Any]]:
        """What was asked for and is there, and what is not."""
        return [sorted(self._asked & self), sorted(self._asked - self)]


def reduced(sheet: str, used: Used, memory: Path) -> str:
    """As by :func:`bibfolio.assets.lean.reduce`, if the file *memory* does not hold it already."""
    recipe = digest(program("tinycss2"), *_variables(used), sheet)
    try:
        known = json.loads(memory.read_bytes())
        if known["recipe"] == recipe and _answers_are_same(known, used):
            return str(known["text"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        pass
    tags, words = _Names(used.tags), _Names(used.words)
    text = reduce(sheet, Used(tags, words))
    known = {"recipe": recipe, "tags": tags.answers(), "words": words.answers(), "text": text}
    replace_file(memory, json.dumps(known).encode())
    return text


def _answers_are_same(known: dict[str, Any], used: Used) -> bool:
    return all(
        names.issuperset(there) and names.isdisjoint(missing)
        for names, (there, missing) in ((used.tags, known["tags"]), (used.words, known["words"]))
    )


def _variables(used: Used) -> list[str]:
    """These ``lean`` does not ask for one by one."""
    return sorted(name for name in used.words if name.startswith("--"))
