"""CSS tokens → the shortest text that means the same. Pure: tokens in, text out.

Comments go and white space shrinks between tokens, never inside one: a string or an address means
every character in it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2
from tinycss2.ast import WhitespaceToken
from tinycss2.serializer import serialize_identifier


def compact(tokens: Iterable[Any], tight: str = ",") -> str:
    """*tokens* as text, without white space around the signs in *tight* and at the ends."""
    return str(tinycss2.serialize(_shortened(tokens, tight)))


def compact_selector(tokens: Iterable[Any]) -> str:
    """As :func:`compact`, for what stands before a ``{``."""
    return compact(tokens, ",>")


def spelt(name: str) -> str:
    """A *name* as it has to be written: a dot in it needs a backslash."""
    return str(serialize_identifier(name))


def identifiers(tokens: Iterable[Any]) -> Iterator[str]:
    """Every name in *tokens*, however deep: of variables and animations, also in quotes."""
    for token in tokens:
        if token.type in {"ident", "string"}:
            yield token.value
        yield from identifiers(_inside(token))


def split(tokens: Iterable[Any]) -> list[list[Any]]:
    """A list at its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _inside(token: Any) -> Sequence[Any]:
    return getattr(token, "arguments", None) or getattr(token, "content", None) or ()


def _shortened(tokens: Iterable[Any], tight: str) -> list[Any]:
    kept: list[Any] = []
    gap = False
    for token in tokens:
        if token.type == "comment":
            continue
        if token.type == "whitespace":
            gap = True
            continue
        if gap and kept and not _is_tight(kept[-1], tight) and not _is_tight(token, tight):
            kept.append(WhitespaceToken(token.source_line, token.source_column, " "))
        gap = False
        kept.append(_with_short_inside(token, tight))
    return kept


def _is_tight(token: Any, tight: str) -> bool:
    return token.type == "literal" and token.value in tight


def _with_short_inside(token: Any, tight: str) -> Any:
    for part in ("arguments", "content"):
        if inside := getattr(token, part, None):
            token = copy.copy(token)
            setattr(token, part, _shortened(inside, tight))
    return token
