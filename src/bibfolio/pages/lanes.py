"""The picture of papers in a lane for each topic: where dots, lines and labels are.

No label lies on another, on a dot or on a line: lanes and years are drawn in pieces around it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import NamedTuple

from bibfolio.model import Paper, PartialDate
from bibfolio.model.scripts import EAST_ASIAN_WIDE
from bibfolio.model.sentence import comma

#: In units of the picture: its width, and where lanes begin and end unless a label goes further.
WIDTH, START, END = 888, 184, 808
#: Height of a lane, where its line is in the first, and how wide a sign is, or one of East Asia.
LANE, FIRST, SIGN, WIDE_SIGN = 60, 34, 8, 14
#: Distance of dots, and the rows above and below its line that those of a lane may take.
_GAP, _ROWS = 20, (0, 15, -15)
#: How wide labels are, and lines of the name of a topic.
_LABEL, _LINE = 192, 160
#: Where a label may be, best first: at the first or last dot, to the right of it and below, its
#: anchor, and the share of it to the left.
_PLACES = (
    *((0, 0, -13, "middle", 0.5), (-1, 0, 21, "middle", 0.5), (0, 12, 5, "start", 0)),
    *((0, -6, -13, "start", 0), (0, 6, -13, "end", 1), (-1, -6, 21, "start", 0)),
    *(
        (-1, 6, 21, "end", 1),
        (0, -12, 5, "end", 1),
        (-1, 12, 5, "start", 0),
        (-1, -12, 5, "end", 1),
    ),
)

#: Where the pieces of a line begin and end.
Pieces = list[tuple[int, int]]


class Box(NamedTuple):
    """A part of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether something is in both."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not is_beside and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """Words, the place of their anchor, and the room that they take."""

    words: str
    x: int
    y: int
    anchor: str
    box: Box


@dataclass(slots=True)
class Spot:
    """A paper in the picture: its dots from above, by height and class."""

    paper: Paper
    date: PartialDate
    x: float
    #: Where its bar begins, if only the year is known.
    bar: float | None
    dots: list[tuple[int, str]] = field(default_factory=list)
    label: Label | None = None

    @property
    def words(self) -> str:
        """Return what is said of the paper: name, title, where and when."""
        name, title, badge = self.paper.name, self.paper.title.plain, self.paper.badge
        date = self.date.words
        is_new = self.date.month or date not in badge
        rest = comma().join(filter(None, (title, badge, date if is_new else "")))
        return rest if name in title else f"{name}: {rest}"

    @property
    def marks(self) -> list[Box]:
        """Return the room of its dots."""
        return [Box(self.x - 7, y - 7, self.x + 7, y + 7) for y, _class in self.dots]

    @property
    def lines(self) -> list[Box]:
        """Return the room of its bars, and of the line between its dots."""
        bars = [Box(self.bar, y - 3, self.x, y + 3) for y, _class in self.dots if self.bar]
        return [*bars, Box(self.x - 3, self.dots[0][0], self.x + 3, self.dots[-1][0])]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The picture: papers by time, years and where their lines are, the lines of lanes."""

    spots: list[Spot]
    years: list[tuple[int, int, Pieces]]
    lanes: list[tuple[int, Pieces]]
    height: int


def layout(
    dated: Sequence[tuple[Paper, PartialDate]], lanes: Sequence[str], classes: Mapping[str, str]
) -> Lanes:
    """Return the picture of papers, whose topics are *lanes*, in the colours of *classes*.

    Lanes end with the newest half-year, or after a label.
    """
    first = min(date.year for _paper, date in dated)
    end = math.floor(max(_moment(date) for _paper, date in dated) * 2 + 1) / 2
    year = (END - START) / (end - first)
    spots = []
    for paper, date in dated:
        x = START + (_moment(date) - first) * year
        bar = None if date.month else x
        spots.append(Spot(paper, date, x if bar is None else x + 0.76 * min(year, END - x), bar))
    spots.sort(key=lambda spot: spot.x)
    _set_rows(spots, lanes, classes)
    foot = LANE * len(lanes) + 2
    steps = range(0, math.ceil(end - first), math.ceil(44 / year))
    years = [(first + step, round(START + step * year)) for step in steps]
    at_foot = [Box(x, foot - 12, x + 44, foot + 4) for _year, x in years]
    _label(spots, at_foot, [Box(x - 1, 0, x + 1, foot) for _year, x in years])
    boxes = [spot.label.box for spot in spots if spot.label]
    last = math.ceil(max([END, *(box.right + 8 for box in boxes)]))
    around = [
        _without(14, foot, [(b.top, b.bottom) for b in boxes if b.left < x < b.right])
        for _year, x in years
    ]
    drawn = [
        (y, _without(START, last, [(b.left, b.right) for b in boxes if b.top < y < b.bottom]))
        for y in range(FIRST, foot, LANE)
    ]
    named = [(*mark, pieces) for mark, pieces in zip(years, around, strict=True)]
    return Lanes(spots, named, drawn, foot + 8)


def _set_rows(spots: Sequence[Spot], lanes: Sequence[str], classes: Mapping[str, str]) -> None:
    """Give each paper its dots, in the row of its lanes in which it moves least."""
    free = dict[tuple[int, int], float]()
    for spot in spots:
        numbers = sorted((lanes.index(topic), topic) for topic in spot.paper.topics or ("",))
        ends = {numbers[0][0], numbers[-1][0]}
        # Nothing else may be where its dots are, nor on the line between them.
        between = [(n, row) for n in range(min(ends) + 1, max(ends)) for row in _ROWS]
        cells = {row: [*((n, row) for n in ends), *between] for row in _ROWS}
        places = {row: max(spot.x, *(free.get(cell, 0) for cell in cells[row])) for row in _ROWS}
        row = min(_ROWS, key=lambda row: places[row] + abs(row))
        free |= dict.fromkeys(cells[row], places[row] + _GAP)
        spot.x = round(min(places[row], WIDTH - 8))
        spot.dots = [(LANE * n + FIRST + row, classes.get(t, "topic-0")) for n, t in numbers]


def _moment(date: PartialDate) -> float:
    """Return a date in years; of a month its middle, of a year its beginning."""
    months = date.month - 1 + ((date.day or 16) - 0.5) / 31
    return date.year + (months / 12 if date.month else 0)


def _without(begin: int, end: int, gaps: Iterable[tuple[float, float]]) -> Pieces:
    """Return the pieces of a line that has *gaps*."""
    pieces: Pieces = []
    for left, right in sorted(gaps):
        pieces += [(begin, math.floor(left))] if begin < left else []
        begin = max(begin, math.ceil(right))
    return [*pieces, *([(begin, end)] if begin < end else [])]


# -- labels ------------------------------------------------------------------------------------


def lines_of(name: str) -> list[str]:
    """Return the name of a topic in up to three lines."""
    return wrap(name, int(_LINE * len(name) / _width(name)))[:3]


def _width(text: str) -> int:
    """Return how wide *text* is, on the safe side."""
    wide = len(re.findall(f"[{EAST_ASIAN_WIDE}]", text))
    return SIGN * (len(text) - wide) + WIDE_SIGN * wide


def _shortened(name: str) -> str:
    words = name
    while _width(words) > _LABEL:
        words = words.removesuffix("…")[:-1].rstrip() + "…"
    return words


def _label(spots: Sequence[Spot], taken: Sequence[Box], disliked: Sequence[Box]) -> None:
    """Give a label to each for which there is room; so few have one that all are compared.

    None lies on what is *taken*, and better none on what is *disliked* or near the dot of another.
    Who finds no room comes first at the next attempt.
    """
    dots = [spot.marks for spot in spots]
    taken = [*taken, *(b for n, spot in enumerate(spots) for b in (*dots[n], *spot.lines))]
    around = [[Box(b.left, b.top - 9, b.right, b.bottom + 9) for b in boxes] for boxes in dots]
    order, best = list(range(len(spots))), dict[int, Label]()
    for _attempt in range(4):
        found = dict[int, Label]()
        for number in order:
            used = [*taken, *(label.box for label in found.values())]
            bad = [*disliked, *(b for n, boxes in enumerate(around) if n != number for b in boxes)]
            free = [la for la in _labels(spots[number]) if not any(map(la.box.meets, used))]
            if free:
                found[number] = min(free, key=lambda la: sum(map(la.box.meets, bad)))
        best = max(best, found, key=len)
        order.sort(key=found.__contains__)
    for number, label in best.items():
        spots[number].label = label


def _labels(spot: Spot) -> Iterator[Label]:
    words = _shortened(spot.paper.name)
    width = _width(words)
    for dot, right, down, anchor, share in _PLACES:
        x, y = round(spot.x) + right, spot.dots[dot][0] + down
        box = Box(x - share * width - 2, y - 11, x + (1 - share) * width + 2, y + 5)
        if box.left >= START and box.right <= WIDTH and box.top >= 0:
            yield Label(words, x, y, anchor, box)
