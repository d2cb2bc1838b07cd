"""Problems → what commands print: text, JSON, or commands of GitHub Actions."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from bibfolio.problems import Problem


def visible(text: str) -> str:
    """Return *text* with what a terminal obeys, or what reorders a text, escaped; tabs stay."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join(
        char.encode("unicode_escape").decode()
        if unicodedata.category(char) in hidden and char != "\t"
        else char
        for char in text
    )


def as_text(problems: Sequence[Problem]) -> str:
    """Return a line ``file:line:column: kind: message`` for each problem.

    An unknown column is 1; without a line, the file stands alone.
    """

    def place(p: Problem) -> str:
        return f"{p.file}:{p.line}:{p.column or 1}" if p.line else p.file

    return "".join(visible(f"{place(p)}: {p.kind.subtype}: {p.message}") + "\n" for p in problems)


def summary(problems: Sequence[Problem]) -> str:
    """Return a line with the number of problems of each kind, the most frequent first."""
    counts = Counter(p.kind.subtype for p in problems).most_common()
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counts, key=lambda c: (-c[1], c)))
    return f"{len(problems)} findings: {kinds}\n" if len(problems) > 1 else ""


def as_json(problems: Sequence[Problem]) -> str:
    """Return a JSON list of objects; an unknown line or column is 0."""
    objects = [
        {
            "file": p.file,
            "line": p.line,
            "column": p.column,
            "kind": p.kind.subtype,
            "message": p.message,
        }
        for p in problems
    ]
    return json.dumps(objects, indent=2) + "\n"


def github_command(level: str, title: str, message: str, file: str = "", **places: int) -> str:
    """Return a workflow command, which GitHub Actions shows at its place (``command.ts``).

    Args:
        level: ``warning`` or ``notice``.
        title: what stands above the message; may be empty.
        message: the text.
        file: where; may be empty.
        places: ``line`` and ``col``; 0 is unknown.
    """

    def quoted(text: str) -> str:
        return visible(text).replace("%", "%25")

    named = {"file": quoted(file).replace(":", "%3A").replace(",", "%2C")}
    named |= {name: str(number) for name, number in places.items() if number} | {"title": title}
    properties = ",".join(f"{name}={value}" for name, value in named.items() if value)
    return f"::{level}{' ' * bool(properties)}{properties}::{quoted(message)}"


def as_github(problems: Sequence[Problem]) -> str:
    """Return a workflow command for each problem."""
    commands = (
        github_command("warning", p.kind.subtype, p.message, p.file, line=p.line, col=p.column)
        for p in problems
    )
    return "".join(f"{command}\n" for command in commands)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
