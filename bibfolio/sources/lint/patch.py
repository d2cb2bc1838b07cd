"""Two texts with the same number of lines → what differs, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator

#: Lines around a change that are shown as well.
_CONTEXT = 3


def unified(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of a diff, in the format of ``diff -u``; none if nothing differs.

    For files of any length: unlike :func:`difflib.unified_diff`, it relies on lines being changed
    and never added or removed.

    Raises:
        ValueError: the texts do not have the same number of lines.
    """
    old, new = _lines(before), _lines(after)
    changed = [number for number, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if changed:
        yield f"--- {name}"
        yield f"+++ {name}"
    for first, last in _hunks(changed):
        start, end = max(0, first - _CONTEXT), min(len(old), last + _CONTEXT + 1)
        yield f"@@ -{start + 1},{end - start} +{start + 1},{end - start} @@"
        position = start
        while position < end:
            block = position
            while block < end and old[block] != new[block]:
                block += 1
            yield from (f"-{line}" for line in old[position:block])
            yield from (f"+{line}" for line in new[position:block])
            if block < end:
                yield f" {old[block]}"
            position = block + 1


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
        return lines
    return lines[:-1]


def _hunks(changed: list[int]) -> Iterator[tuple[int, int]]:
    """First and last changed line of each part of a diff."""
    while changed:
        count = 1
        while count < len(changed) and changed[count] - changed[count - 1] <= 2 * _CONTEXT + 1:
            count += 1
        yield changed[0], changed[count - 1]
        changed = changed[count:]
