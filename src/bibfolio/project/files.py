"""Changing a file of the owner: what changes in it, and writing it as a whole or not at all."""

from __future__ import annotations

import difflib
import shutil
import stat
from pathlib import Path

from bibfolio.project.findings import visible


def difference(path: Path, before: str, after: str) -> str:
    """Return a unified diff that a terminal can show."""
    # str.splitlines would also split at characters that end no line in a .bib file.
    old, new = (
        [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
        for text in (before, after)
    )
    lines = difflib.unified_diff(old, new, str(path), str(path), lineterm="")
    return "\n".join(map(visible, lines))


def replace_file(path: Path, before: bytes, after: bytes) -> str:
    """Replace what the file at *path* holds, as a whole or not at all; it keeps its mode.

    A link stays one: the file that it leads to is replaced.

    Returns:
        Why the file was not replaced; empty if it was.
    """
    try:
        if path.read_bytes() != before:
            return f"{path} was changed in the meantime and stays as it is"
        if not path.stat().st_mode & stat.S_IWUSR:  # replacing a file does not ask for that
            return f"{path} is read-only and stays as it is"
        target = path.resolve()
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_bytes(after)
            shutil.copymode(target, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        return f"{path} cannot be written and stays as it is: {error.strerror}"
    return ""
