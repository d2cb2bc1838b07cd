"""Whether the builds into a folder have ended, which of its files are theirs, and how they left it.

A file beside the doctrees, one for each output, and another while a build goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bibfolio.output import KNOWN_FOLDERS, beside_doctrees, move, replace_file


def files_below(folder: Path, without: Path | None = None) -> Iterator[str]:
    """Every file below *folder*, named from there, but for those below *without*."""
    # Paths as text: with thousands of pages, objects for them take a second.
    start, left_out = len(str(folder)) + 1, str(without)
    for parent, folders, names in os.walk(str(folder)):
        folders[:] = [name for name in folders if f"{parent}{os.sep}{name}" != left_out]
        place = parent[start:].replace(os.sep, "/")
        yield from (f"{place}/{name}" for name in names) if place else names


class Journal:
    """What is known of one output; kept as JSON, of which anything unexpected counts as nothing."""

    def __init__(self, app: Sphinx) -> None:
        self._output, self._doctrees = Path(app.outdir), Path(app.doctreedir)
        self._path = beside_doctrees(app, "output")
        self._aside = self._path.with_suffix(".aside")
        self._begun = self._path.with_suffix(".begun")
        self._has_ended = not self._begun.exists()
        self._known = _read(self._path if self._has_ended else self._begun)
        #: Where the sources lie inside the output, nothing there is ever deleted.
        self._may_delete = not Path(app.srcdir).is_relative_to(self._output)
        self._present = self._times()
        self._foreign = self._find_foreign()

    def _find_foreign(self) -> dict[str, int]:
        """Files that no build has made, and when each was changed."""
        if isinstance(foreign := self._known.get("foreign"), dict):
            return foreign
        present = self._present
        if isinstance(made := self._known.get("made"), list):
            ours = set(made)
            return {path: time for path, time in present.items() if path not in ours}
        # Nothing is known of this output, but what some folders are called tells enough.
        return {p: time for p, time in present.items() if p.partition("/")[0] not in KNOWN_FOLDERS}

    def _times(self) -> dict[str, int]:
        paths = files_below(self._output, self._doctrees) if self._may_delete else ()
        return {path: os.lstat(f"{self._output}/{path}").st_mtime_ns for path in paths}

    def agrees(self, recipe: str) -> bool:
        """Whether the last build into this output has ended, and its *recipe* was the same."""
        return self._has_ended and recipe != "" and self._known.get("recipe") == recipe

    def is_as_left(self, beside: str) -> bool:
        """Whether the output was, at the beginning, what the last build has made of *beside*."""
        known = self._known.get("state") if self._has_ended and self._may_delete else None
        return known is not None and known == _digest(self._present, beside)

    def begin(self) -> None:
        """From now on, until :meth:`end` or :meth:`leave`, the output may be in any state."""
        self.put_back()  # for a build that was killed
        entries = {"foreign": self._foreign, "copies": self._known.get("copies", [])}
        replace_file(self._begun, json.dumps(entries).encode())

    def end(self, recipe: str, copies: Iterable[str], beside: str | None = None) -> None:
        """The output is what *recipe* makes; *copies* are files that pages have in common.

        Args:
            recipe: what decides about the pages; empty if not all are as it says.
            copies: files named from the root of the output.
            beside: what decides about files that are of no page; None if they are to be made again.
        """
        times = self._times()
        made = [path for path, time in times.items() if self._foreign.get(path) != time]
        state = None if beside is None else _digest(times, beside)
        entries = {"recipe": recipe, "copies": sorted(copies), "made": sorted(made), "state": state}
        if not self._has_ended or entries != self._known:
            replace_file(self._path, json.dumps(entries).encode())
        self.leave()

    def leave(self) -> None:
        """The output is as it was at the beginning."""
        self._begun.unlink(missing_ok=True)
        shutil.rmtree(self._aside, ignore_errors=True)

    def put_aside(self, paths: Iterable[str]) -> None:
        """Take these files out of the output, to be put back if the build fails."""
        for path in paths:
            _move(self._output / path, self._aside / path)

    def put_back(self) -> None:
        """Have the output as it was before :meth:`put_aside`."""
        for path in list(files_below(self._aside)):
            _move(self._aside / path, self._output / path)
        shutil.rmtree(self._aside, ignore_errors=True)

    def sweepings(self, kept: Set[str], folders: Set[str]) -> list[str]:
        """What builds have made, but for *kept* and for what lies in these *folders*."""
        return [
            path
            for path in sorted(self._times().keys() - self._foreign.keys() - kept)
            if path.partition("/")[0] not in folders
        ]

    def forgotten(self, copies: Set[str]) -> list[str]:
        """The copies of earlier builds that are not among *copies* any more."""
        return sorted(set(map(str, self._known.get("copies", ()))) - copies)


def _digest(times: dict[str, int], beside: str) -> str:
    """What tells this state of an output from any other."""
    state = repr((sorted(times.items()), beside))
    return hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()


def _move(source: Path, target: Path) -> None:
    """Move a file, and remove the folders that it leaves empty."""
    move(source, target)
    folder = source.parent
    while not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _read(path: Path) -> dict[str, Any]:
    """The entries at *path*; none if nothing can be read there."""
    try:
        entries = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}
