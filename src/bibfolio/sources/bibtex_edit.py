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
_BARE = re.compile(r"[^=]*=\s*[^\s,{}\"]+")
_COMMA = re.compile(r"\s*,")


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
        year: of the new entry. Where no other has it, the entry keeps the order of years.

    Raises:
        EditError: what is there would be read differently with the new entry among it.
    """
    dated = [(raw, years[raw.line]) for raw in entries if raw.line in years]
    is_rising = bool(dated) and dated[0][1] < dated[-1][1]
    later = [raw for raw, its in dated if its == year] or [
        raw for raw, its in dated if (its > year if is_rising else its < year)
    ]
    newline = "\r\n" if entry.endswith("\r\n") else "\n"
    if later:
        at = _above(text, SourceText(text).offset_of(later[0].line, later[0].column))
        is_inside = at and text[at - 1] not in "\r\n"
        result = f"{text[:at]}{newline * is_inside}{entry}{newline}{text[at:]}"
    else:
        ends = re.search(r"(?:\r\n|\r|\n)*\Z", text)
        breaks = max(0, 2 - len(re.findall(r"\r\n|\r|\n", ends[0]))) if ends and text else 0
        result = f"{text}{newline * breaks}{entry}"
    now, new = read_entries(result)[0], read_entries(entry)[0]
    if len(new) != 1 or not _is_with(now, entries, new[0]):
        raise EditError(
            "a mistake in the file hides what is put into it; `bibfolio check` names it"
        )
    return result


def _is_with(found: Sequence[RawEntry], before: Sequence[RawEntry], new: RawEntry) -> bool:
    """Tell whether *found* are the entries *before* and the *new* one."""
    said = [(raw.type, raw.key, raw.fields) for raw in found]
    mine = (new.type, new.key, new.fields)
    if mine not in said:
        return False
    said.remove(mine)
    return said == [(raw.type, raw.key, raw.fields) for raw in before]


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
    at = source.offset_of(raw.line, raw.column)
    if written := re.compile(r"@[ \t]*(\w+)").match(text, at):
        edits.append((*written.span(1), type_))
    names = [standard_name(name) for name, _value in raw.fields]
    spans = {name: _span(text, source, raw, number) for number, name in enumerate(names)}
    if not spans or len(spans) < len(names):
        raise EditError(f"{raw.key} is written in a way that cannot be changed")
    first = min(spans.values())[0]
    layout = replace(layout, column=layout.column and text.index("=", first) - first)
    order = layout.order({*spans, *values})
    for name, (start, begin, end) in spans.items():
        if name in dropped:
            comma, line = _COMMA.match(text, end), len(text[:start].rstrip(" \t"))
            line -= len(re.search(r"(?:\r?\n|\r)?\Z", text[:line])[0])  # type: ignore[index]
            edits.append((line, comma.end() if comma else end, ""))
        elif name in values:
            column = begin - text.rfind("\n", 0, begin) - 1
            edits.append((begin, end, layout.value(name, values[name], column)))
    for name in (name for name in order if name in values and name not in spans):
        before = [other for other in order[: order.index(name)] if other in spans]
        new = layout.line(name, values[name])
        if before:
            comma = _COMMA.match(text, spans[before[-1]][2])
            place = comma.end() if comma else spans[before[-1]][2]
            new = f"{'' if comma else ','}{layout.newline}{new}" + "," * bool(comma)
        else:
            place, new = first, f"{new.lstrip()},{layout.newline}{layout.indent}"
        edits.append((place, place, new))
    result, position = "", 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        result, position = result + text[position:start] + new, end
    result += text[position:]
    _compare(text, result, raw, type_, {**dict.fromkeys(dropped), **values})
    return result


def _span(text: str, source: SourceText, raw: RawEntry, number: int) -> tuple[int, int, int]:
    """Return where a field begins, where its value does, and where this ends."""
    position = raw.positions[number]
    start = source.offset_of(*position.name)
    if position.literals:
        return start, position.literals[0][0] - 1, position.literals[-1][1] + 1
    if bare := _BARE.match(text, start):
        return start, start + re.match(r"[^=]*=\s*", bare[0]).end(), bare.end()  # type: ignore[union-attr]
    raise EditError(f"{raw.key} is written in a way that cannot be changed")


def _compare(
    text: str, result: str, raw: RawEntry, type_: str, wanted: Mapping[str, str | None]
) -> None:
    """Raise an error unless *result* differs from *text* in what was *wanted* alone."""
    before, after = read_entries(text)[0], read_entries(result)[0]
    fields = {**{standard_name(name): value for name, value in raw.fields}, **wanted}
    fields = {name: value for name, value in fields.items() if value is not None}
    ours = [{standard_name(n): v for n, v in one.fields} for one in after if one.key == raw.key]
    others = [[(o.type, o.fields) for o in each if o.key != raw.key] for each in (before, after)]
    if ours != [fields] or others[0] != others[1] or type_ not in {o.type for o in after}:
        raise EditError(f"{raw.key} is written in a way that cannot be changed")
