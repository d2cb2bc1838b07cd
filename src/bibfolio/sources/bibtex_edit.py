"""Putting entries and fields into the text of a ``.bib`` file; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bibfolio.sources.bib_parser import RawEntry, read_entries
from bibfolio.sources.bibtex_writer import Layout
from bibfolio.sources.fields import standard_name
from bibfolio.sources.source_text import SourceText

#: A value that stands in neither braces nor quotes: a number, an abbreviation.
_BARE = re.compile(r"([^=]*=\s*)[^\s,{}\"]+")
_COMMA = re.compile(r"\s*,|")


class EditError(ValueError):
    """Why a file cannot be edited without touching more than was meant."""


def inserted(
    text: str, entries: Sequence[RawEntry], years: Mapping[int, int], entry: str, year: int
) -> str:
    """Return the *text* of a file with one more *entry*, above the others of its *year*.

    Args:
        text: what the file holds.
        entries: what was read from it.
        years: the line of an entry → its year.
        entry: what is put in, with a line break at its end.
        year: of the new entry. Where no other has it, it goes above the first that is older.

    Raises:
        EditError: what is there would be read differently with the new entry among it.
    """
    dated = [(raw, years[raw.line]) for raw in entries if raw.line in years]
    same = [raw for raw, its in dated if its == year] or [raw for raw, its in dated if its < year]
    newline = "\r\n" if entry.endswith("\r\n") else "\n"
    if same:
        at = _above(text, SourceText(text).offset_of(same[0].line, same[0].column))
        is_inside = at and text[at - 1] not in "\r\n"
        result = f"{text[:at]}{newline * is_inside}{entry}{newline}{text[at:]}"
    else:
        blank = len(re.findall(r"\r\n|\r|\n", text[len(text.rstrip("\r\n")) :]))
        result = f"{text}{newline * max(0, 2 - blank) * bool(text)}{entry}"
    before, now = ([_said(raw) for raw in each] for each in (entries, read_entries(result)[0]))
    new = [_said(raw) for raw in read_entries(entry)[0]]
    if len(new) != 1 or not any([*before[:n], *new, *before[n:]] == now for n in range(len(now))):
        raise EditError(
            "a mistake in the file hides what is put into it; `bibfolio check` names it"
        )
    return result


def _said(raw: RawEntry) -> object:
    return raw.type, raw.key, raw.fields


def _above(text: str, at: int) -> int:
    """Return the beginning of the comment right above the entry at *at*, or of its line.

    A comment that begins the file is about all of it.
    """
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    if text[start:at].strip():
        return at
    first = start
    for line in reversed(text[:start].splitlines(keepends=True)):
        if not line.lstrip().startswith("%"):
            return first
        first -= len(line)
    return start


def changed(
    text: str,
    raw: RawEntry,
    layout: Layout,
    *,
    type_: str,
    values: Mapping[str, str],
    dropped: Collection[str] = (),
) -> str:
    """Return the *text* of a file with some fields of one entry set, in TeX, and some dropped.

    All names are the standard ones; new fields go where the order of the file wants them.

    Raises:
        EditError: the entry is not written in a way that can be changed like this.
    """
    source, edits = SourceText(text), list[tuple[int, int, str]]()
    if written := re.compile(r"@[ \t]*(\w+)").match(text, source.offset_of(raw.line, raw.column)):
        edits.append((*written.span(1), type_))
    names = [standard_name(name) for name, _value in raw.fields]
    spans = {name: _span(text, source, raw, number) for number, name in enumerate(names)}
    if not spans or len(spans) < len(names):
        raise EditError(f"{raw.key} is written in a way that cannot be changed")
    first = min(spans.values())[0]
    layout = replace(layout, column=layout.column and text.index("=", first) - first)
    order = layout.order({*spans, *values})
    for name, (start, begin, end, behind) in spans.items():
        if name in dropped:
            line = len(text[:start].rstrip(" \t"))
            line -= len(text[:line]) - len(re.sub(r"(?:\r?\n|\r)\Z", "", text[:line]))
            edits.append((line, behind, ""))
        elif name in values:
            column = begin - text.rfind("\n", 0, begin) - 1
            edits.append((begin, end, layout.value(name, values[name], column)))
    for name in (name for name in order if name in values and name not in spans):
        new, place = layout.line(name, values[name]), first
        earlier = order[: order.index(name)]
        if before := [other for other in earlier if other in spans and other not in dropped]:
            _start, _begin, end, place = spans[before[-1]]
            has_comma = place > end
            new = f"{',' * (not has_comma)}{layout.newline}{new}{',' * has_comma}"
        else:
            new = f"{new.lstrip()},{layout.newline}{layout.indent}"
        edits.append((place, place, new))
    result, position = "", 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        result, position = result + text[position:start] + new, end
    result += text[position:]
    if not _is_meant(text, result, raw, type_, {**dict.fromkeys(dropped), **values}):
        raise EditError(f"{raw.key} is written in a way that cannot be changed")
    return result


def _span(text: str, source: SourceText, raw: RawEntry, number: int) -> tuple[int, int, int, int]:
    """Return where a field begins, where its value does, where this ends, and the comma behind."""
    position = raw.positions[number]
    start = source.offset_of(*position.name)
    if position.literals:
        begin, end = position.literals[0][0] - 1, position.literals[-1][1] + 1
    elif bare := _BARE.match(text, start):
        begin, end = bare.end(1), bare.end()
    else:
        raise EditError(f"{raw.key} is written in a way that cannot be changed")
    return start, begin, end, _COMMA.match(text, end).end()  # type: ignore[union-attr]


def _is_meant(
    text: str, result: str, raw: RawEntry, type_: str, wanted: Mapping[str, str | None]
) -> bool:
    """Return whether *result* differs from *text* in what was *wanted* alone."""
    fields = {**{standard_name(name): value for name, value in raw.fields}, **wanted}
    fields = {name: value for name, value in fields.items() if value is not None}
    before, after = read_entries(text)[0], read_entries(result)[0]
    ours = [(o.type, {standard_name(n): v for n, v in o.fields}) for o in after if o.key == raw.key]
    others = [[_said(one) for one in each if one.key != raw.key] for each in (before, after)]
    return ours == [(type_, fields)] and others[0] == others[1]
