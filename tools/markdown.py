"""Writes Markdown: tables, lists of code, and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; bars inside of cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    cells = ([" ".join(cell.split()).replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def code(words: Iterable[str]) -> str:
    """Return *words* as a list of code."""
    return ", ".join(f"`{word}`" for word in words)


def summary(docstring: str | None) -> str:
    """Return the first paragraph of a docstring, translated from reStructuredText."""
    first = inspect.cleandoc(docstring or "").split("\n\n")[0].strip()
    first = re.sub(r":\w+:`~?([^`]+)`", lambda match: f"`{match[1].split('.')[-1]}`", first)
    return first.replace("``", "`").removesuffix("::").removesuffix(".")
