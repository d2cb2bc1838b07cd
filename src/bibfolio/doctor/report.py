"""What was looked at and what was found → the page that is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent

from bibfolio.commands.formats import as_text
from bibfolio.problems import Problem, WarningKind

#: What may be wrong without the site being broken: nobody can tell, or it could only be better.
MINOR = frozenset({WarningKind.SCHOLAR_TEXT, WarningKind.UNSURE_LINK})


@dataclass(frozen=True)
class Section:
    """One thing that was looked at."""

    title: str
    #: What was looked at, in a few words: ``15 pages``.
    scope: str
    problems: tuple[Problem, ...] = ()
    #: What is said instead if there is no problem.
    good: str = "nothing wrong"
    #: Lines of figures, which are shown in any case.
    figures: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """The section in one line: what was looked at, and how many problems of which kind."""
        counts = Counter(problem.kind.subtype for problem in self.problems)
        found = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
        return f"{self.scope}; {found or self.good}" if self.scope else found or self.good


def is_broken(problems: Sequence[Problem]) -> bool:
    """Whether something is wrong enough to fail."""
    return any(problem.kind not in MINOR for problem in problems)


def page(title: str, sections: Sequence[Section]) -> str:
    """The whole page: a line for each section, details where something is wrong, a verdict."""
    width = max(len(section.title) for section in sections)
    text = f"{title}\n\n"
    for section in sections:
        text += f"{section.title:<{width}}   {section.verdict}\n"
        text += indent("".join(f"{line}\n" for line in section.figures), " " * (width + 3))
        if section.problems:
            text += indent(as_text(section.problems), "  ") + "\n"
    return f"{text.rstrip()}\n\n{verdict(sections)}\n"


def verdict(sections: Sequence[Section]) -> str:
    """The last line."""
    problems = [problem for section in sections for problem in section.problems]
    minor = sum(problem.kind in MINOR for problem in problems)
    broken = len(problems) - minor
    words = [counted(broken, "thing is broken", "things are broken")] if broken else ["Healthy"]
    if minor:
        words.append(counted(minor, "thing to look at", "things to look at"))
    return ", ".join(words) + "."


def counted(number: int, one: str, many: str) -> str:
    """``1 page`` or ``2 pages``."""
    return f"{number} {one if number == 1 else many}"


def table(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Lines in columns, the first to the left and figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return tuple(
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
