"""Counting what a build does: which functions are called, on which paper, and how many steps of the
interpreter each takes. Never time, which other programs on the machine change.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.building import REPOSITORY

_OURS = REPOSITORY / "bibfolio"

#: From the arguments of a call to what it works on.
Subject = Callable[[Mapping[str, Any]], object]


@contextmanager
def calls_of(subjects: Mapping[Callable[..., Any], Subject]) -> Iterator[dict[str, Counter[Any]]]:
    """Count calls of these functions in this process, by what they work on.

    The functions themselves stay as they are, wherever they were imported to. Yields name of the
    function → subject → number of calls.
    """
    codes = {function.__code__: function for function in subjects}
    found: dict[str, Counter[Any]] = {name_of(f): Counter() for f in subjects}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and (function := codes.get(frame.f_code)):
            found[name_of(function)][subjects[function](frame.f_locals)] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)


def name_of(function: Callable[..., Any]) -> str:
    """`pages.cards.card`."""
    return f"{function.__module__.removeprefix('bibfolio.')}.{function.__qualname__}"


def _forget() -> None:
    """Begin as a process of its own does: with nothing remembered of other builds."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == _OURS.name:
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@contextmanager
def steps() -> Iterator[Counter[str]]:
    """Count work in this process, by function.

    Of our own functions the instructions that are executed, comprehensions inside them included; of
    all others the calls. What a function written in C does is not seen.
    """
    _forget()
    counts: Counter[str] = Counter()
    names: dict[CodeType, str] = {}

    def name(code: CodeType) -> str:
        if code not in names:
            file = Path(code.co_filename)
            ours = file.is_relative_to(_OURS)
            where = file.relative_to(_OURS.parent).parts if ours else file.parts[-2:]
            # A comprehension belongs to the function around it; in Python 3.12 it is part of it.
            qualified = code.co_qualname.split(".<locals>.<")[0]
            names[code] = f"{'/'.join(where)}:{qualified}"
        return names[code]

    def instruction(frame: FrameType, event: str, _argument: object) -> Any:
        if event == "opcode":
            counts[names[frame.f_code]] += 1
        return instruction

    def call(frame: FrameType, _event: str, _argument: object) -> Any:
        counted = name(frame.f_code)
        if not counted.startswith("bibfolio/"):
            counts[counted] += 1
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return instruction

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield counts
    finally:
        sys.settrace(before)
