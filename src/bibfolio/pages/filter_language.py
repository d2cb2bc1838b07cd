"""The filter language of ``{publications}``: sphinxcontrib-bibtex's own, applied while reading.

``year >= "2023"``, ``keywords % "selected"``, ``type == "article" and author % "Doe"`` …
(sphinxcontrib-bibtex manual, "Filtering"). Its ``cited`` and ``docnames`` are not known yet when
a page is read and are refused.
"""

from __future__ import annotations

import ast
import re
from functools import cache

from bibfolio.sphinx_compat import filter_visitor

_LATE = {"cited", "docnames"}


class FilterError(ValueError):
    """The expression is not of the filter language."""


def matches(source: str, entry: object, docname: str = "") -> bool:
    """Return whether *entry* (a pybtex entry) passes the filter *source*.

    Raises:
        FilterError: with one sentence on what is wrong.
    """
    tree = _tree(source)
    visitor = filter_visitor(entry, docname)
    try:
        return bool(visitor.visit(tree))
    except (ValueError, TypeError, re.error) as error:
        # Of a node it does not know, the library's message gives the address in memory.
        reason = "not part of the filter language" if "object at" in str(error) else str(error)
        raise FilterError(reason) from None


@cache
def _tree(source: str) -> ast.Module:
    """Return the syntax tree of a filter, which is parsed once for all entries."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        raise FilterError("not an expression") from None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if late := names & _LATE:
        raise FilterError(f"{late.pop()} cannot be used here")
    return tree
