"""Words for messages."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def also_in(keys: Sequence[str]) -> str:
    """The end of a message that holds for other entries as well."""
    rest = [*keys[:3], *([f"{len(keys) - 3} more"] if keys[3:] else [])]
    return f"; also in {listed(rest)}" if keys else ""


def cited(value: str) -> str:
    """A value in quotes, cut if it is long."""
    return f"'{value if len(value) <= 60 else value[:57] + '...'}'"
