"""The mistakes that owners make, one a row of mistakes.toml, and the answer that each deserves.

Each row changes one thing in a small good site, `tests/roots/owner`. `tests/build/test_mistakes.py`
makes every mistake, asks `bibfolio check`, builds the site, and compares. To find the text of a new
row, add it without answers and read what the test says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.photographs import photograph

HERE = Path(__file__).parent
GOOD = HERE / "roots" / "owner"


@dataclass(frozen=True)
class Mistake:
    """What an owner does, and what has to be said; mistakes.toml says what each field holds."""

    words: str
    edits: Mapping[str, Any]
    check: Sequence[str] = ()
    build: Sequence[str] | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    gone: Sequence[str] = ()
    stops: bool = False

    @property
    def files(self) -> dict[str, str | bytes | None]:
        """Path → the file as the owner has changed it; None: it is deleted."""
        return {name: _file(name, edit) for name, edit in self.edits.items()}


def _file(name: str, edit: Any) -> str | bytes | None:
    if isinstance(edit, list):
        text = (GOOD / name).read_text(encoding="utf-8")
        assert text.count(edit[0]) == 1, f"{edit[0]!r} is not once in {name}"
        return text.replace(*edit)
    if not isinstance(edit, dict):
        return edit or None
    if "photograph" in edit:
        return photograph(*edit["photograph"])
    if "hex" in edit:
        return bytes.fromhex(edit["hex"]) + bytes(edit["zeros"])
    text = edit.get("text") or (GOOD / name).read_text(encoding="utf-8")
    return text.encode(edit["encoding"])


_TABLE = tomllib.loads((HERE / "mistakes.toml").read_text(encoding="utf-8"))
MISTAKES = [Mistake(**row) for row in _TABLE["mistakes"]]
