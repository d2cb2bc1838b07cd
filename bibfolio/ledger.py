"""What files of the output were made from, so that later builds make only what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.application import Sphinx

from bibfolio.output import Output, beside_doctrees, replace_file
from bibfolio.recall import program


class Ledger:
    """A file beside the doctrees: path below the output → digest of its recipe, state of the file.

    A recipe is all that decides what is in the file, but for this package, which counts always. The
    state is its size and when it was written: whoever changes the file changes that.
    """

    def __init__(self, app: Sphinx, name: str) -> None:
        self._path = beside_doctrees(app, name)
        self._output = Output(app)
        self._known: dict[str, list[str | int]] = _read(self._path)

    def stale(self, recipes: Mapping[str, str]) -> list[str]:
        """Which of these files are not there as *recipes* want them."""
        return [path for path, recipe in recipes.items() if not self._is_fresh(path, recipe)]

    def _is_fresh(self, path: str, recipe: str) -> bool:
        state = self._output.state(path)
        return state is not None and self._known.get(path) == [_digest(recipe), *state]

    def enter(self, recipes: Mapping[str, str]) -> None:
        """Remember exactly these files, which the output holds by now."""
        states = {path: self._output.state(path) for path in recipes}
        entries = {
            path: [_digest(recipes[path]), *state] for path, state in states.items() if state
        }
        if entries != self._known:
            replace_file(self._path, json.dumps(entries).encode())

    def forgotten(self, wanted: Iterable[str]) -> list[str]:
        """Files of an earlier build that are not *wanted* any more, and still as they were made."""
        gone = self._known.keys() - set(wanted)
        same = ((path, self._output.state(path)) for path in sorted(gone))
        return [path for path, state in same if state and self._known[path][1:] == [*state]]


def _digest(recipe: str) -> str:
    return hashlib.sha256(f"{program()}\n{recipe}".encode("utf-8", "replace")).hexdigest()


def _read(path: Path) -> dict[str, list[str | int]]:
    """The entries at *path*; none if nothing is there, or what another version wrote."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(entries, dict):
        return {}
    return {name: value for name, value in entries.items() if isinstance(value, list)}
