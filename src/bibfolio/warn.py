"""One function through which every warning of the package goes.

``suppress_warnings = ["bibfolio.bib_type"]`` in ``conf.py`` silences one kind,
``["bibfolio"]`` all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from docutils.nodes import Node
from sphinx.util.logging import getLogger

from bibfolio.problems import Problem, WarningKind

logger = getLogger(__name__)


def stop(problems: list[str]) -> NoReturn:
    """Log *problems* as errors and end the build, for what no page can be made without.

    Not an exception of Sphinx's: those print a traceback and ask for a bug report, and what is
    wrong here is a line in the owner's file.
    """
    for problem in problems:
        logger.error(problem)
    raise SystemExit(1)


def warn(
    kind: WarningKind, message: str, location: str | tuple[str, int] | Node | None = None
) -> None:
    """Log *message* as a warning of *kind*.

    Args:
        kind: names the warning for ``suppress_warnings``.
        message: what is wrong and what to write instead; one sentence or two.
        location: ``"file:line"``, a ``(docname, line)`` pair or a node of the page.
    """
    logger.warning(message, location=location, type="bibfolio", subtype=kind.subtype)


def warn_of(problems: Iterable[Problem], root: Path) -> None:
    """Log every problem at its place, ``file:line:column``; files are named from *root*."""
    for problem in problems:
        place = f"{root / problem.file}:{problem.line}"
        column = f":{problem.column}" if problem.column else ""
        warn(problem.kind, problem.message, place + column)
