"""The filter language of ``{publications}`` and of CVs: sphinxcontrib-bibtex's, while reading.

``year >= "2023"``, ``keywords % "selected"``, ``type == "article" and author % "Doe"`` …
(sphinxcontrib-bibtex manual, "Filtering"). Its ``cited`` and ``docnames`` are not known yet when
a page is read and are refused.
"""

from __future__ import annotations

import ast
import re
from functools import cache

_LATE = {"cited", "docnames"}
#: What an expression is made of.
_PARTS = (
    *(ast.Module, ast.Expr, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.BinOp, ast.Mod),
    *(ast.BitOr, ast.BitAnd, ast.Compare, ast.cmpop, ast.Set, ast.Name, ast.Load, ast.Constant),
)


class FilterError(ValueError):
    """The expression is not of the filter language."""


def matches(source: str, visitor: ast.NodeVisitor) -> bool:
    """Return whether an entry passes the filter *source*, as its *visitor* evaluates that.

    Raises:
        FilterError: with one sentence on what is wrong.
    """
    tree = parsed_filter(source)
    try:
        return bool(visitor.visit(tree))
    except (ValueError, TypeError, RecursionError, re.error) as error:
        # Of a node it does not know, the library's message gives the address in memory.
        reason = "not part of the filter language" if "object at" in str(error) else str(error)
        raise FilterError(reason) from None


@cache
def parsed_filter(source: str) -> ast.Module:
    """Return the syntax tree of a filter, which is parsed once for all entries.

    Raises:
        FilterError: no entry can be compared with that.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FilterError("not an expression") from None
    if not tree.body:
        raise FilterError("it is empty")
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in _LATE:
                raise FilterError(f"{name} cannot be used here")
            case ast.Assign():
                raise FilterError("write == for what is the same, and not =")
            case ast.Constant(value=value) if not isinstance(value, str | bool):
                raise FilterError(f'write "{value!r}" in quotes')
            case _ if not isinstance(node, _PARTS):
                raise FilterError("not part of the filter language")
    return tree
