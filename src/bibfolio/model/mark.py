"""The mark of a site: a dot for each of the newest papers, in the colour of its first topic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bibfolio.model.colours import Palette
from bibfolio.model.paper import Paper

#: Of fewer papers there is no mark; of more, the newest are in it.
FEWEST, MOST = 4, 25
#: The newest papers that can still be told apart in the tab of a browser.
MOST_IN_ICON = 9
#: Dots in a row → the distance of dots, and their width, in whole pixels.
SIZES = {2: (28, 22), 3: (28, 22), 4: (20, 16), 5: (16, 12)}


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper in the mark."""

    #: The class of its topic's colour: ``topic-1``.
    colour: str
    #: Whether it is a preprint, which is drawn as a ring.
    is_ring: bool = False


def mark(papers: Sequence[Paper], classes: Mapping[str, str], most: int = MOST) -> tuple[Dot, ...]:
    """Return a dot for each of the *most* first *papers*, which are the newest; oldest first.

    There is none of few papers, nor of papers of one colour: a plain grid is nobody's mark.

    Args:
        papers: Newest first.
        classes: Topic → the class of its colour.
        most: How many dots there may be.
    """
    newest = papers[:most][::-1]
    colours = [next((classes[topic] for topic in paper.topics), "topic-0") for paper in newest]
    if len(newest) < FEWEST or len(set(colours)) < 2:
        return ()
    return tuple(
        Dot(colour, paper.is_preprint) for colour, paper in zip(colours, newest, strict=True)
    )


def drawn(dots: Sequence[Dot], attributes: str, style: str = "", *, is_icon: bool = False) -> str:
    """Return the *dots* as SVG, row by row in a square.

    Args:
        dots: At least :data:`FEWEST`, at most :data:`MOST`.
        attributes: Those of the element.
        style: Rules for its classes, where no stylesheet of the page has them.
        is_icon: Whether it is seen so small that rings need a broader line.
    """
    row = math.ceil(math.sqrt(len(dots)))
    step, width = SIZES[row]
    radius, line, whole = width // 2, 3 if width > 20 else 2, step * row - step + width
    line += 2 * is_icon
    hollow, circles = f' fill="none" stroke="currentColor" stroke-width="{line}"', list[str]()
    for place, dot in enumerate(dots):
        x, y = (radius + step * number for number in (place % row, place // row))
        r, ring = (radius - line / 2, hollow) if dot.is_ring else (radius, "")
        circles.append(f'<circle class="{dot.colour}" cx="{x}" cy="{y}" r="{r:g}"{ring}/>')
    rules = f"<style>{style}</style>" if style else ""
    return (
        f'<svg {attributes} width="{whole}" height="{whole}" viewBox="0 0 {whole} {whole}"'
        f' fill="currentColor">{rules}{"".join(circles)}</svg>'
    )


def as_file(dots: Sequence[Dot], palette: Palette, *, is_icon: bool = False) -> str:
    """Return the *dots* as a file of SVG in colours of light; an icon has those of dark as well."""
    numbers = sorted({int(dot.colour[-1]) for dot in dots})
    light, dark = (
        "".join(f".topic-{number}{{color:{colours[number]}}}" for number in numbers)
        for colours in (palette.topics_in_light, palette.topics_in_dark)
    )
    style = light + f"@media(prefers-color-scheme:dark){{{dark}}}" * is_icon
    return drawn(dots, 'xmlns="http://www.w3.org/2000/svg"', style, is_icon=is_icon)
