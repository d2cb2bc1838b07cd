"""Writing a file of the owner's: as a whole or not at all."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path


def replace_file(path: Path, before: bytes, after: bytes) -> str:
    """Replace what the file at *path* holds, as a whole or not at all; it keeps its mode.

    A link stays one: the file that it leads to is replaced.

    Returns:
        Why it was not, and is as it was; mostly nothing.
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
