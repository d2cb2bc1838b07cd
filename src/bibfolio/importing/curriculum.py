"""CVs as al-folio has them, its own, RenderCV's and JSON Resume → tables of the profile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple, cast

from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import Resolve, in_line, words_of
from bibfolio.importing.plan import LEFT, TEMPLATE, Plan
from bibfolio.importing.source import items_of, table_of
from bibfolio.importing.source import text_of as one_line
from bibfolio.model.dates import PartialDate
from bibfolio.model.forms import MONTHS
from bibfolio.model.tables import CV_SECTIONS
from bibfolio.sources.profile_toml import FIRST_YEAR, LAST_YEAR

_MONTH = {month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)}
_NOW = re.compile(r"(?:now|present|current|today|ongoing)\b.*", re.IGNORECASE)
_DATE = re.compile(r"(?:(\d{4})-(\d{1,2})(?:-\d{1,2})?|(?:([A-Za-z]{3})[A-Za-z]*\.?,?\s+)?(\d{4}))")
#: Words in the heading of a section → the table of the profile that it is.
_TABLES = {
    "education": re.compile(r"education|degrees?|studies", re.IGNORECASE),
    "positions": re.compile(r"experience|employment|work|positions?|appointments?", re.IGNORECASE),
    "awards": re.compile(r"awards?|hono[u]?rs?|prizes?", re.IGNORECASE),
}
#: Sections that say what the profile or the bibliography says.
_SAID = re.compile(r"general information|publications|basics", re.IGNORECASE)
#: What JSON Resume calls a section, and its items' keys → ours.
_RESUME = {"work": "positions", "education": "education", "awards": "awards"}


class Line(NamedTuple):
    """An item of a CV: where it goes, what it is, and what has no place there."""

    table: str
    #: Heading of the section in the old CV.
    heading: str
    item: dict[str, Any]
    lost: str = ""


def date_of(text: str) -> str:
    """Return a date as the profile has it; empty for what is none."""
    found = _DATE.fullmatch(text.strip())
    month = int(found[2] or _MONTH.get((found[3] or "").casefold(), 0)) if found else 0
    if not found or (found[3] and not month):
        return ""
    year = found[1] or found[4]
    return possible(f"{year}-{month:02}" if month else year)


def possible(date: str) -> str:
    """Return a date as it is written if there is such a day, month or year; else nothing."""
    try:
        return date if FIRST_YEAR <= PartialDate.parse(date).year <= LAST_YEAR else ""
    except ValueError:
        return ""


def dates_of(text: str) -> tuple[str, str] | None:
    """Return beginning and end of a time such as ``Feb 2018 - Oct 2022``; None if it is none.

    What goes on has an empty end.
    """
    text = re.sub(r"^\s*(?:since|from)\s+(.*)$", r"\1–", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*[–—]\s*|\s+-\s+|(?<=\d{4})-(?=\d{4}\b)", "–", text)
    first, sign, last = text.partition("–")
    start, end = date_of(first), date_of(last)
    if not start or (last and not end and not _NOW.fullmatch(last.strip())):
        return None
    if end and PartialDate.parse(end).is_over_before(PartialDate.parse(start)):
        return None
    return (start, end) if sign else (start, start)


def _item(table: str, heading: str, given: Mapping[str, Any], resolve: Resolve) -> Line | None:
    """Return an item in the table that fits it; in a section of its own if a key is missing."""

    def first(*names: str) -> str:
        return next((words for name in names if (words := words_of(one_line(given.get(name))))), "")

    title = first("title", "degree", "position", "studyType", "course", "name", "label", "role")
    names = ("institution", "organization", "company", *(["name"] if "position" in given else []))
    place = first(*names, "awarder", "publisher", "location")
    when = first("year", "date", "years", "time")
    start = first("startDate", "start_date", "date_start")[:10]
    end = first("endDate", "end_date", "date_end")[:10]
    when = f"{start} – {end or 'now'}" if start else when
    dates = dates_of(when) or ("", "")
    area = first("area")
    title = f"{title} in {area}" if area and title and table == "education" else title or area
    more = [*items_of(given.get("description")), *items_of(given.get("highlights"))]
    more += [*items_of(given.get("summary")), *items_of(given.get("courses"))]
    lost = "its description" if more else ""
    span = {"start": dates[0], "end": dates[1]} if dates[0] else {}
    if table == "education" and dates[0] == dates[1]:
        span = {"end": dates[1]} if dates[1] else {}
    if table == "education" and title and place:
        return Line(table, heading, {"degree": title, "institution": place, **span}, lost)
    if table == "positions" and title and place and dates[0]:
        return Line(table, heading, {"role": title, "organization": place, **span}, lost)
    if table == "awards" and title and dates[0]:
        item: dict[str, Any] = {"title": title, "year": int(dates[1][:4] or dates[0][:4])}
        return Line(table, heading, item | ({"by": place} if place else {}), lost)
    words = ", ".join(filter(None, dict.fromkeys((title, place))))
    if not words:
        return None
    item = {"text": words}
    if dates[0]:
        item["date"] = dates[0] if dates[0] == dates[1] else f"{dates[0]}/{dates[1]}"
    details = [in_line(text, resolve).rstrip(".") for text in more if isinstance(text, str)]
    if detail := "; ".join(filter(None, ["" if dates[0] else when, *details])):
        item["detail"] = detail
    return Line("sections", heading, item)


def _plain(table: str, heading: str, value: object, resolve: Resolve) -> Iterator[Line]:
    """Yield the items of a list, which may be texts, tables, or lists within tables."""
    for one in items_of(value):
        if isinstance(one, str):
            words = words_of(one)
            year = re.search(r"\b(?:19|20)\d\d\b", words)
            if table == "awards" and year and possible(year[0]):
                title = re.sub(rf"\s*[(,:]?\s*{year[0]}\s*[):]?\s*", " ", words).strip(" ,:;-")
                yield Line(table, heading, {"title": title or words, "year": int(year[0])})
            elif words:
                yield Line("sections", heading, {"text": in_line(one, resolve)})
            continue
        given = table_of(one)
        if isinstance(given.get("items") or given.get("contents"), list):
            label = words_of(one_line(given.get("title")) or one_line(given.get("year")))
            inner = items_of(given.get("items") or given.get("contents"))
            if table != "awards" and label and all(isinstance(text, str) for text in inner):
                detail = "; ".join(in_line(text, resolve) for text in inner)
                yield Line("sections", heading, {"text": label, "detail": detail})
                continue
            for text in inner:
                named = f"{label}: {text}" if isinstance(text, str) else text
                yield from _plain(table, heading, named, resolve)
        elif given.get("name") and given.get("value"):
            yield Line(
                "sections", heading, {"text": words_of(f"{given['name']}: {given['value']}")}
            )
        elif line := _item(table, heading, given, resolve):
            yield line


def _sections(data: object) -> Iterator[tuple[str, object]]:
    """Yield heading and content of each section, in all three forms of a CV."""
    if isinstance(data, list):  # al-folio's own
        for section in map(table_of, data):
            yield one_line(section.get("title")), section.get("contents")
        return
    table = table_of(data)
    inner = table_of(table_of(table.get("cv")).get("sections"))
    for heading, content in (inner or table).items():
        if isinstance(content, list):
            yield heading, content


def lines_of(data: object, resolve: Resolve) -> Iterator[Line]:
    """Yield the lines of a CV; *resolve* tells where links lead."""
    for heading, content in _sections(data):
        if not heading or _SAID.search(heading):
            continue
        tables = (table for table, sign in _TABLES.items() if sign.search(heading))
        table = _RESUME.get(heading) or next(tables, "sections")
        yield from _plain(table, heading, content, resolve)


def carry_lines(plan: Plan, lines: Iterable[Line], source: str) -> None:
    """Carry lines of a CV, but for those of the template's."""
    for line in lines:
        what = str(next(iter(line.item.values())))
        if telltale(str(line.item)):
            plan.tell(LEFT, what, source, TEMPLATE)
            continue
        is_own = line.table == "sections"
        items = _section(plan, line.heading) if is_own else plan.profile.setdefault(line.table, [])
        items.append(line.item)
        look = f"{line.lost} is not carried over: add what the CV needs" if line.lost else ""
        plan.tell("CV", what, source, f"profile.toml, {line.table}", look)


def _section(plan: Plan, heading: str) -> list[Any]:
    """Return the items of a section of the owner's own, which is made if it is not there."""
    title = heading[:1].upper() + heading[1:]
    sections = plan.profile.setdefault("sections", [])
    for section in sections:
        if section["title"] == title:
            return cast(list[Any], section["items"])
    taken = {*CV_SECTIONS, "news", *(section["id"] for section in sections)}
    name = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "more"
    forms = (name if number == 1 else f"{name}-{number}" for number in count(1))
    free = next(form for form in forms if form not in taken)
    sections.append({"title": title, "id": free, "items": []})
    return cast(list[Any], sections[-1]["items"])
