"""The ``{timeline}`` directive: papers over time in a lane for each topic; and as a table.

Of the two, which hold the same links, the stylesheet shows one; other formats have the table alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.template import FileRenderer
from sphinx.writers.html5 import HTML5Translator

from bibfolio.library import library_of
from bibfolio.model import Paper, PartialDate
from bibfolio.model.strings import capitalized
from bibfolio.model.topics import COLOURS
from bibfolio.model.words import _
from bibfolio.output import makes_html
from bibfolio.pages.coauthors import coauthors
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.nodes import ONLY_HTML, Cell, as_written, inline, table
from bibfolio.pages.site_links import to_page
from bibfolio.sphinx_compat import app_of

#: Of fewer papers nothing is drawn; of more they have no labels, of still more there are counts.
FEWEST, LABELLED, MOST = 3, 40, 120
#: In units of the picture: its width, and where the lines of lanes begin and end.
WIDTH, START, END = 880, 166, 800
#: Distance of dots, and the rows above and below its line that those of a lane may take.
_FEW, _MANY = (20, (0, 15, -15)), (10, (0, 10, -10, 20, -20))
#: What a label shows of a name.
_LETTERS = 24
#: Where it may be: to the right and below its dot, its anchor, and the share of it to the left.
_SIDES = ((0, -12, "middle", 0.5), (0, 21, "middle", 0.5), (11, 5, "start", 0), (-11, 5, "end", 1))


@dataclass(slots=True)
class Spot:
    """A paper in the picture: its dots from above, by height and class; label: place and anchor."""

    paper: Paper
    date: PartialDate
    x: float
    #: Where its bar begins, if only the year is known.
    bar: float | None
    dots: list[tuple[int, str]] = field(default_factory=list)
    label: tuple[float, float, str] | None = None


def when(paper: Paper) -> PartialDate | None:
    """Return the date of a paper; the event's, if that is all that says more than the year."""
    date, event = paper.date, paper.venue.dates
    says_more = date and event and not date.month and event.start.year == date.year
    return event.start if event and says_more else date


def layout(
    dated: Sequence[tuple[Paper, PartialDate]], lanes: Sequence[str], classes: Mapping[str, str]
) -> tuple[list[Spot], list[tuple[int, int]]]:
    """Return where papers stand, by time, and where years begin.

    The lines of lanes end with the newest half-year. A paper takes the row where it moves least.
    """
    first = min(date.year for _paper, date in dated)
    end = math.floor(max(_moment(date) for _paper, date in dated) * 2 + 1) / 2
    year = (END - START) / (end - first)
    spots, free = [], dict[tuple[int, int], float]()
    for paper, date in dated:
        x = START + (_moment(date) - first) * year
        bar = None if date.month else x
        spots.append(Spot(paper, date, x if bar is None else x + 0.76 * min(year, END - x), bar))
    spots.sort(key=lambda spot: spot.x)
    gap, rows = _FEW if len(spots) <= LABELLED else _MANY
    for spot in spots:
        numbers = sorted((lanes.index(topic), topic) for topic in spot.paper.topics or ("",))
        ends = {numbers[0][0], numbers[-1][0]}
        # Nothing else may be where its dots are, nor on the line between them.
        between = [(n, row) for n in range(min(ends) + 1, max(ends)) for row in rows]
        cells = {row: [*((n, row) for n in ends), *between] for row in rows}
        places = {row: max(spot.x, *(free.get(cell, 0) for cell in cells[row])) for row in rows}
        row = min(rows, key=lambda row: places[row] + abs(row))
        free |= dict.fromkeys(cells[row], places[row] + gap)
        spot.x = min(places[row], WIDTH - 8)
        spot.dots = [(60 * n + 34 + row, classes.get(topic, "topic-0")) for n, topic in numbers]
    steps = range(0, math.ceil(end - first), math.ceil(40 / year))
    years = [(first + step, round(START + step * year)) for step in steps]
    if len(spots) <= LABELLED:
        foot = 60 * len(lanes) + 2
        _label(spots, [(x, foot - 10, x + 36, foot) for _year, x in years])
    return spots, years


def _moment(date: PartialDate) -> float:
    """Return a date in years; of a month its middle, of a year its beginning."""
    months = date.month - 1 + ((date.day or 16) - 0.5) / 31
    return date.year + (months / 12 if date.month else 0)


def _label(spots: Sequence[Spot], taken: list[tuple[float, float, float, float]]) -> None:
    """Give a label to each for which there is room; so few have one that all are compared."""
    taken += [(spot.x - 7, y - 7, spot.x + 7, y + 7) for spot in spots for y, _class in spot.dots]
    for spot in spots:
        # On the safe side; signs of East Asia are wider.
        width = sum(13 if sign > "\u2e7f" else 7.4 for sign in spot.paper.name[:_LETTERS])
        for right, down, anchor, share in _SIDES:
            x, y = spot.x + right, spot.dots[0][0] + down
            left, top, end, foot = x - share * width, y - 11, x + (1 - share) * width, y + 4
            is_free = left >= START and end <= WIDTH and top >= 0
            if is_free and not any(
                left < b[2] and b[0] < end and top < b[3] and b[1] < foot for b in taken
            ):
                spot.label = (x, y, anchor)
                taken.append((left, top, end, foot))
                break


class timeline_picture(nodes.General, nodes.TextElement):  # noqa: N801  docutils spells nodes so
    """The picture with its ``lanes`` and ``years``; around each paper in it is a link, or none."""


def timeline(papers: Sequence[Paper], classes: Mapping[str, str]) -> list[nodes.Node]:
    """Return picture and table of dated *papers*; the table alone, with counts, if they are many.

    *classes* gives the class of each topic's colour, in the order of topics. Of a single year
    nothing is shown.
    """
    dated = [(paper, date) for paper in papers if (date := when(paper))]
    cells: dict[tuple[str, str], list[Paper]] = {}
    for paper, _date in dated:
        for topic in paper.topics or ("",):
            cells.setdefault((topic, paper.year), []).append(paper)
    years = list(dict.fromkeys(year for _topic, year in cells))
    if len(dated) < FEWEST or len(years) < 2:
        return []
    found = {topic for topic, _year in cells}
    lanes = [topic for topic in (*classes, "") if topic in found]
    names = {lane: capitalized(lane) or _("Other topics") for lane in lanes}
    names = names if any(lanes) else {"": _("Papers")}
    is_counted = len(dated) > MOST or len(classes) > COLOURS
    rows: list[list[Cell]] = [[_("Topic"), *years]]
    for lane, name in names.items():
        of_years = [cells.get((lane, year), []) for year in years]
        label = inline(f"paper-timeline-topic {classes.get(lane, 'topic-0')}", name)
        rows.append([label, *(str(len(of) or "") if is_counted else _links(of) for of in of_years)])
    shown: list[nodes.Node] = [nodes.container("", table(rows), classes=["paper-timeline-table"])]
    if not is_counted:
        spots, marks = layout(dated, lanes, classes)
        drawn = [(wrap(name, 20)[:3], classes.get(lane, "topic-0")) for lane, name in names.items()]
        links = [to_page(spot.paper.page, [nodes.inline(spot=spot)]) for spot in spots]
        shown.insert(0, timeline_picture("", "", *links, lanes=drawn, years=marks))
    return shown


def _links(papers: Sequence[Paper]) -> list[nodes.Node]:
    result: list[nodes.Node] = []
    for paper in papers:
        result += [nodes.Text(", "), to_page(paper.page, [nodes.Text(paper.name)])]
    return result[1:]


DRAWN = {"timeline": timeline, "coauthors": coauthors}


# -- Sphinx ------------------------------------------------------------------------------------


def _visit(translator: HTML5Translator, node: timeline_picture) -> None:
    if makes_html(app_of(translator.builder.env)):  # a book has the table
        spots = [(mark["spot"], mark.parent.get("refuri")) for mark in node.findall(nodes.inline)]
        values = {"_": _, "spots": spots, "letters": _LETTERS, "labelled": LABELLED}
        template = Path(__file__).with_suffix(".html")
        translator.body.append(FileRenderer.render_from_file(template, node.attributes | values))
    raise nodes.SkipNode


class DrawnFromPapers(SphinxDirective):
    """``{timeline}`` and ``{coauthors}``: what is drawn from all papers."""

    def run(self) -> list[nodes.Node]:
        """Return the content, if there is any, and a mark of whether there is."""
        library = library_of(self.env)
        for file in library.files:  # when one changes, the page is read again
            self.env.note_dependency(str(Path(app_of(self.env).confdir, file)))
        content = DRAWN[self.name](library.papers, library.topic_classes)
        classes = [f"paper-{self.name}", "wide", "no-search"]
        shown = as_written(nodes.container("", *content, classes=classes)) if content else []
        return [*shown, mark_section(self.name, content)]


def setup(app: Sphinx) -> None:
    """Register nodes and directives."""
    app.add_node(timeline_picture, html=(_visit, None), **ONLY_HTML)
    for name in DRAWN:
        app.add_directive(name, DrawnFromPapers)
