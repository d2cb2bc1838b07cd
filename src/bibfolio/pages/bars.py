"""The picture of how many papers there are of each topic in each year: rows of bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: In units of the picture: width of a year, height of a row and of the highest bar, and of the
#: highest below a number.
YEAR, ROW, HIGHEST, HIGHEST_BELOW = 24, 32, 26, 18
#: One paper is never as high as the highest bar.
_LEAST = 4
#: Of so many years, each bar has its number; and so many years are named.
NUMBERED, _NAMED = 12, 7


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture: a path for each row, in units of its size, and words in percent of it."""

    size: tuple[int, int]
    paths: list[str]
    #: Right, down, number of papers.
    numbers: list[tuple[float, float, int]]
    #: Right, year.
    years: list[tuple[float, int]]


def layout(counts: Sequence[Sequence[int]], first: int) -> Bars:
    """Return the picture of *counts*, a row for each topic; the *first* column is that year."""
    length, height = len(counts[0]), ROW * len(counts)
    is_numbered = length <= NUMBERED
    unit = (HIGHEST_BELOW if is_numbered else HIGHEST) / max(_LEAST, *map(max, counts))
    width = min(YEAR - 2, max(6, 2 * length))  # few bars are no blocks
    middles = [round(100 * (place + 0.5) / length, 1) for place in range(length)]
    paths, numbers = [""] * len(counts), list[tuple[float, float, int]]()
    for row, of_row in enumerate(counts):
        foot = ROW * row + ROW - 2
        for place, number in enumerate(of_row):
            if number:
                high = max(2, round(unit * number))
                left = YEAR * place + (YEAR - width) // 2
                paths[row] += f"M{left} {foot}v-{high}h{width}v{high}z"
                down = round(100 * (foot - high - 3) / height, 1)
                numbers += [(middles[place], down, number)] if is_numbered else []
    step = next(step for step in (1, 2, 5, 10, 20, 50, length) if length <= _NAMED * step)
    years = [(middles[n], first + n) for n in range(length) if not (first + n) % step]
    return Bars((YEAR * length, height), paths, numbers, years)
