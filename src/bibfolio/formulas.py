"""Formulas: TeX → MathML, and which of the papers' cannot be drawn so. Pure.

The conversion is docutils' (``docutils.utils.math.latex2mathml``); Sphinx offers only scripts and
pictures. Delete when Sphinx has a MathML renderer (https://github.com/sphinx-doc/sphinx/issues/9339).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml

from bibfolio.model import Paper
from bibfolio.problems import Problem, WarningKind


def mathml(source: str, block: bool) -> str:
    """A ``<math>`` element for TeX *source*.

    Raises:
        ValueError: docutils does not know a command in it.
    """
    try:
        return str(tex2mathml(source, as_block=block))
    except (MathError, SyntaxError, LookupError, TypeError, AttributeError, NameError) as error:
        raise ValueError(str(error)) from None


def undrawable(papers: Iterable[Paper], file: str) -> Iterator[Problem]:
    """A problem for each formula in the titles of *papers*, which are in *file*, without MathML.

    Told where it is written: a title is shown on many pages, and none of them can mend it.
    """
    for paper in papers:
        for formula in (span.text for span in paper.title.spans if span.style == "math"):
            try:
                mathml(formula, block=False)
            except ValueError as error:
                message = f"{paper.key}: formula {formula!r} is shown as it is written: {error}"
                yield Problem(WarningKind.MATH, message, line=paper.line, file=file)
