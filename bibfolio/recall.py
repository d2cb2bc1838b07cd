"""What one build has found out, kept for the next: a file that gives it back for the same recipe.

Pickled, as Sphinx's own environment beside it is. Whatever is not exactly what was kept counts as
nothing: a file of another recipe or another program, cut off or damaged.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bibfolio.output import replace_file

_PACKAGE = Path(__file__).parent
_SIZE = hashlib.sha256().digest_size


def recall(path: Path, recipe: Iterable[bytes]) -> Any:
    """The value that the file at *path* has for *recipe*; None if it has none.

    Args:
        path: where :func:`remember` has put it.
        recipe: all that decides about the value; see :func:`program`.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    found, check, value = data[:_SIZE], data[_SIZE : 2 * _SIZE], data[2 * _SIZE :]
    if found != _digest(recipe) or check != _digest([value]):
        return None
    try:
        return pickle.loads(value)
    except Exception:  # a pickle runs code of any class: there is no end to what it can raise
        return None


def remember(path: Path, recipe: Iterable[bytes], value: object) -> None:
    """Keep *value* at *path*; where nothing can be written, nothing is kept."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):  # a full disk is told by what is needed
        replace_file(path, _digest(recipe) + _digest([data]) + data)


@cache
def program(*libraries: str) -> str:
    """For a recipe: this package, and which Python and *libraries* it runs with, as a digest.

    Templates, scripts and style sheets of the package count as its code does.
    """
    texts = [sys.version, *(f"{name} {version(name)}" for name in libraries)]
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        # Editors keep hidden ones, some of them links to nothing.
        paths = [Path(folder, name) for name in sorted(names) if not name.startswith(".")]
        texts += [f"{path} {_digest([path.read_bytes()]).hex()}" for path in paths]
    return _digest(text.encode("utf-8", "replace") for text in texts).hex()


def _digest(parts: Iterable[bytes]) -> bytes:
    """One digest for all parts, which are told apart wherever one ends and the next begins."""
    digests = [hashlib.sha256(part).digest() for part in parts]
    return hashlib.sha256(b"".join(digests)).digest()
