"""The ``{timeline}`` directive: papers over time, as lanes of dots or rows of bars, and as a list.

Where there is room for them, lanes are alone; bars have the list below them, which is closed. Other
formats have the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.template import FileRenderer
from sphinx.writers.html5 import HTML5Translator

from bibfolio.library import library_of
from bibfolio.model import Paper, PartialDate
from bibfolio.model.sentence import in_series
from bibfolio.model.strings import capitalized
from bibfolio.model.topics import COLOURS
from bibfolio.model.words import _, spoken
from bibfolio.output import makes_html
from bibfolio.pages import bars, lanes
from bibfolio.pages.coauthors import coauthors
from bibfolio.pages.empty_sections import mark_section
from bibfolio.pages.nodes import (
    ONLY_HTML,
    as_written,
    disclosure,
    inline,
    listed,
    paragraph,
)
from bibfolio.pages.site_links import to_page, to_paper, to_year
from bibfolio.sphinx_compat import app_of

#: Of fewer papers nothing is drawn; more have no lanes; still more are counted, and not listed.
FEWEST, MOST_IN_LANES, MOST = 3, 40, 120
#: So many topics have a row of bars, the last for all others.
ROWS = 12


class timeline_picture(nodes.General, nodes.TextElement):  # noqa: N801  docutils spells nodes so
    """A picture, drawn by a ``template`` with ``values``.

    Its children are links around what they are ``about``, or that alone if they lead nowhere. All
    words are in these ``values`` and there, as visitors do not know the language of a page.
    """


# -- pure --------------------------------------------------------------------------------------


def when(paper: Paper) -> PartialDate | None:
    """Return the date of a paper; the event's, if that is all that says more than the year."""
    date, event = paper.date, paper.venue.dates
    says_more = date and event and not date.month and event.start.year == date.year
    return event.start if event and says_more else date


def timeline(papers: Sequence[Paper], classes: Mapping[str, str]) -> list[nodes.Node]:
    """Return lanes, if they are drawn, and bars and list of the dated *papers*.

    *classes* gives the class of each topic's colour, in the order of topics. Of a single year
    nothing is shown.
    """
    dated = [(paper, date) for paper in papers if (date := when(paper))]
    if len(dated) < FEWEST or len({date.year for _paper, date in dated}) < 2:
        return []
    found = {topic for paper, _date in dated for topic in paper.topics or ("",)}
    topics = [topic for topic in (*classes, "") if topic in found]
    shown: list[nodes.Node] = []
    is_exact = 2 * sum(bool(date.month) for _paper, date in dated) >= len(dated)
    if is_exact and len(dated) <= MOST_IN_LANES and len(classes) <= COLOURS:
        drawn = lanes.layout(dated, topics, classes)
        names = [(lanes.lines_of(name), class_) for name, class_ in _names(topics, classes)]
        values = {
            "names": names,
            "lanes": drawn.lanes,
            "years": drawn.years,
            "height": drawn.height,
            "title": _("Papers by topic and time"),
            "caption": _("Filled: published; ring: preprint; bar: only the year is known."),
        }
        links = [
            to_page(spot.paper.page, [nodes.inline(about=_about(spot))]) for spot in drawn.spots
        ]
        shown.append(_picture("lanes.html", links, values))
    return [*shown, *_rows(dated, topics, classes)]


def _about(spot: lanes.Spot) -> tuple[lanes.Spot, str, str]:
    """Return a paper in the picture, what is said of it, and the language of its label."""
    return spot, spot.words, spot.paper.other_language(spoken().tag)


def _names(topics: Sequence[str], classes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the name of each topic and the class of its colour."""
    rest = _("Other topics") if any(topics) else _("Papers")
    return [(capitalized(topic) or rest, classes.get(topic, "topic-0")) for topic in topics]


def _rows(
    dated: Sequence[tuple[Paper, PartialDate]], topics: Sequence[str], classes: Mapping[str, str]
) -> list[nodes.Node]:
    """Return the bars of papers in each topic and year, and the list of what they stand for."""
    if len(topics) > ROWS:
        topics = [*[topic for topic in topics if topic][: ROWS - 1], ""]
    cells: dict[tuple[str, int], list[Paper]] = {}
    for paper, date in dated:
        for topic in {topic if topic in topics else "" for topic in paper.topics or ("",)}:
            cells.setdefault((topic, date.year), []).append(paper)
    found = {year for _topic, year in cells}
    years = range(min(found), max(found) + 1)
    counts = [[len(cells.get((topic, year), ())) for year in years] for topic in topics]
    names = _names(topics, classes)
    numbers: dict[int, str] = {}
    for year, of_year in zip(years, zip(*counts, strict=True), strict=True):
        pairs = zip(names, of_year, strict=True)
        numbers[year] = in_series(f"{name} {count}" for (name, _class), count in pairs if count)
    links = [to_year(year, nodes.inline(about=f"{year}: {numbers[year]}")) for year in years]
    totals = [*map(sum, counts)]
    values = {
        "names": names,
        "bars": bars.layout(counts, years[0]),
        "totals": totals,
        "caption": _("Papers a year; at the right, all of them."),
    }
    picture = _picture("bars.html", links, values)
    items: list[list[nodes.Node]] = []
    if len(dated) > MOST:
        summary = _("The numbers by year")
        for year in sorted(found, reverse=True):
            link = to_year(year, nodes.Text(str(year)))
            items.append([paragraph("", link, f": {numbers[year]}")])
    else:
        summary = _("The papers by topic and year")
        for topic, (name, class_) in zip(topics, names, strict=True):
            items.append([paragraph("", inline(f"paper-timeline-topic {class_}", name))])
            for year in sorted(found, reverse=True):
                if of := cells.get((topic, year)):
                    items[-1].append(paragraph("", f"{year}: ", _links(of)))
    whole = nodes.bullet_list("", *(nodes.list_item("", *item) for item in items))
    return [picture, disclosure("", whole, summary=summary)]


def _links(papers: Sequence[Paper]) -> list[nodes.Node]:
    return listed(map(to_paper, papers))


def _picture(
    template: str, links: Sequence[nodes.Node], values: dict[str, Any]
) -> timeline_picture:
    return timeline_picture("", "", *links, template=template, values=values)


DRAWN = {"timeline": timeline, "coauthors": coauthors}


# -- Sphinx ------------------------------------------------------------------------------------


def _visit(translator: HTML5Translator, node: timeline_picture) -> None:
    if makes_html(app_of(translator.builder.env)):  # a book has the list
        about = [(mark["about"], mark.parent.get("refuri")) for mark in node.findall(nodes.inline)]
        template = Path(__file__).with_name(node["template"])
        values = {"links": about, **node["values"]}
        translator.body.append(FileRenderer.render_from_file(template, values))
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
