"""What is known of built pages without reading them; of a page that somebody changed, nothing.

A file beside the doctrees: path below the output → state of the file when it was last looked at or
written, and what was found in it. Names stand there once, pages refer to them by number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibfolio.assets.used import Used
from bibfolio.output import replace_file
from bibfolio.recall import program

State = tuple[int, int]


@dataclass(frozen=True)
class Look:
    """What one look at a file has found."""

    #: As by :meth:`bibfolio.output.Output.state`.
    state: State
    #: None if it is no page of ours.
    used: Used | None
    #: Styles at elements, which no browser will follow.
    refused: tuple[str, ...] = ()


class Seen:
    """What earlier builds into this output have seen; unreadable memories count as none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        #: What all pages were given, as a digest; empty if that is not known.
        self.given: str = ""
        self._looks: dict[str, Look] = {}
        try:
            memory = json.loads(path.read_bytes())
            if memory["program"] == program():
                self.given, self._looks = str(memory["given"]), _unpacked(memory)
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return  # another version wrote it, or nobody

    def recall(self, path: str, state: State) -> Look | None:
        """What was seen at *path*, if the file there is still the same."""
        look = self._looks.get(path)
        return look if look and look.state == state else None

    def keep(self, looks: Mapping[str, Look], given: str) -> None:
        """Remember exactly these."""
        if looks != self._looks or given != self.given:
            memory = {"program": program(), "given": given, **_packed(looks)}
            replace_file(self._path, json.dumps(memory, separators=(",", ":")).encode())


def digest(*parts: str) -> str:
    """One name for all that these texts say."""
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()


def _packed(looks: Mapping[str, Look]) -> dict[str, Any]:
    used = [look.used for look in looks.values() if look.used]
    # Nearly all pages have the same elements, but each has names of its own.
    tags = sorted({tuple(sorted(one.tags)) for one in used})
    words = sorted(set[str]().union(*(one.words for one in used)))
    tags_at = {frozenset(one): number for number, one in enumerate(tags)}
    word_at = {word: number for number, word in enumerate(words)}

    def numbers(used: Used | None) -> list[Any]:
        return [tags_at[used.tags], sorted(word_at[w] for w in used.words)] if used else [-1, []]

    pages = {path: [*look.state, *numbers(look.used), look.refused] for path, look in looks.items()}
    return {"tags": tags, "words": words, "pages": pages}


def _unpacked(memory: Mapping[str, Any]) -> dict[str, Look]:
    tags, words = [frozenset(one) for one in memory["tags"]], memory["words"]
    return {
        path: Look(
            (size, time),
            None if number < 0 else Used(tags[number], frozenset(words[n] for n in numbers)),
            tuple(refused),
        )
        for path, (size, time, number, numbers, refused) in memory["pages"].items()
    }
