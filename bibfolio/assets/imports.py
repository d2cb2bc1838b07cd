"""A stylesheet and what it imports as one text, in which files are named from the site's root."""

from __future__ import annotations

import re
from pathlib import Path

#: Stands for the site's root, until it is known from where that is named.
ROOT = "{root}"
#: Files beside a stylesheet; data and other hosts stay as they are.
_URL = re.compile(r"url\((?![\"']?(?:data:|https?:|/|#))[\"']?([^\"')]+)[\"']?\)")
_IMPORT = re.compile(r"@import\s+(?:url\()?[\"']?([^\"'();]+)[\"']?\)?\s*;")


def read_sheet(path: Path, root: Path) -> str:
    """A stylesheet with what it imports in place of the ``@import``.

    Files it refers to are named from *root*, the site's: :data:`ROOT` stands before them.
    """

    def from_root(match: re.Match[str]) -> str:
        return f"url({ROOT}{_from_root(path.parent / match[1], root)})"

    # Every second piece is the address of an imported sheet.
    pieces = _IMPORT.split(path.read_text(encoding="utf-8"))
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = read_sheet(path.parent / piece, root)
        else:
            pieces[index] = _URL.sub(from_root, piece)
    return "".join(pieces)


def _from_root(path: Path, root: Path) -> str:
    return path.resolve().relative_to(root.resolve()).as_posix()
