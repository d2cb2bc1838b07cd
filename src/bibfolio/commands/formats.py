"""Problems as text for people, as JSON for programs and as commands for GitHub Actions."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence

from bibfolio.problems import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """``file:line:column: kind: message``, a line for each.

    Column 1 if it is not known, and the file alone without a line.
    """

    def place(p: Problem) -> str:
        return f"{p.file}:{p.line}:{p.column or 1}" if p.line else p.file

    return "".join(visible(f"{place(p)}: {p.kind.subtype}: {p.message}") + "\n" for p in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects; a line or column 0 is not known."""
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


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub Actions shows at the line (its toolkit: ``command.ts``)."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    def place(p: Problem) -> str:
        line, column = f",line={p.line}" * bool(p.line), f",col={p.column}" * bool(p.column)
        return f"file={value(p.file)}{line}{column}"

    return "".join(
        f"::warning {place(p)},title={value(p.kind.subtype)}::{data(visible(p.message))}\n"
        for p in problems
    )


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def visible(text: str) -> str:
    """*text* without anything that a terminal obeys or that reorders what is read; tabs stay."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join(
        char.encode("unicode_escape").decode()
        if unicodedata.category(char) in hidden and char != "\t"
        else char
        for char in text
    )
