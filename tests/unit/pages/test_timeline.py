"""The picture of papers over time: where they stand, what is labelled, and when there is none."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.model import DateRange, Venue
from bibfolio.model.topics import COLOURS, topic_classes
from bibfolio.pages.timeline import (
    END,
    LABELLED,
    MOST,
    START,
    WIDTH,
    layout,
    timeline,
    timeline_picture,
    when,
)
from tests.unit.made import paper

#: Numbers of papers: of topics that each of them has one or two of.
SIZES = [(3, 1), (9, 3), (LABELLED, 1), (LABELLED + 1, 1), (45, 4), (MOST, 0), (MOST, 6), (300, 6)]


def papers(count: int, topics: int, years: int = 6):
    """So many papers of the last years, half of them known to the day."""
    found = []
    for n in range(count):
        date = f"{2025 - n % years}" + (f"-{n % 12 + 1:02}-{n % 28 + 1:02}" if n % 2 else "")
        own = {f"t{n % topics}", f"t{n * 7 % topics}"} if topics else ()
        found.append(paper(f"k{n}", date, short_title=f"Paper {n}", topics=tuple(sorted(own))))
    return found


def drawn(found):
    order = topic_classes(found)
    return layout([(p, p.date) for p in found], [*order] or [""], order)


def shown(found) -> list[str]:
    """What a reader gets: `picture`, `table` of links, or `counts`."""
    result = []
    for node in timeline(found, topic_classes(found)):
        if isinstance(node, timeline_picture):
            result.append("picture")
        else:
            result.append("table" if next(node.findall(nodes.reference), None) else "counts")
    return result


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], []),
        (papers(1, 1), []),
        (papers(2, 1), []),
        (papers(3, 1), ["picture", "table"]),
        (papers(9, 0), ["picture", "table"]),
        (papers(9, 3, years=1), []),
        (papers(MOST, COLOURS), ["picture", "table"]),
        (papers(MOST + 1, 2), ["counts"]),
        (papers(21, COLOURS + 1), ["counts"]),
        ([*papers(2, 1), paper("undated")], []),
    ],
)
def test_there_is_a_picture_where_it_says_something_and_counts_where_it_is_full(found, expected):
    assert shown(found) == expected


@pytest.mark.parametrize(("count", "number"), SIZES)
def test_every_paper_has_a_dot_in_each_lane_inside_of_the_picture_and_none_covers_another(
    count, number
):
    found = papers(count, number)
    spots, _years = drawn(found)
    assert sorted(spot.paper.key for spot in spots) == sorted(p.key for p in found)
    assert all(len(spot.dots) == max(1, len(spot.paper.topics)) for spot in spots)
    assert all(START <= spot.x <= WIDTH - 8 for spot in spots)
    if count <= LABELLED and number:
        places = [(round(spot.x), height) for spot in spots for height, _class in spot.dots]
        assert len(places) == len(set(places))


@pytest.mark.parametrize(("count", "number"), SIZES)
def test_labels_are_inside_and_no_two_are_on_each_other(count, number):
    spots, _years = drawn(papers(count, number))
    labels = []
    for spot in spots:
        if spot.label:
            x, y, anchor = spot.label
            width = 6.5 * len(spot.paper.name)
            left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            labels.append((left, left + width, y))
    assert bool(labels) == (count <= LABELLED)
    for n, (left, right, y) in enumerate(labels):
        assert left >= START
        assert right <= WIDTH
        on_it = [o for o in labels[:n] if o[0] < right and left < o[1] and abs(o[2] - y) < 13]
        assert on_it == []


def test_a_lane_ends_with_the_half_year_of_the_newest_paper_and_a_bar_lies_in_its_year():
    found = [paper("a", "2023-01-01"), paper("b", "2025-04-22"), paper("c", "2024")]
    spots, years = drawn(found)
    assert [year for year, _x in years] == [2023, 2024, 2025]
    year = (END - START) / 2.5
    at = {spot.paper.key: spot for spot in spots}
    assert at["a"].x == pytest.approx(START, abs=1)
    assert at["b"].x == pytest.approx(START + year * (2 + 3.7 / 12), abs=1)
    assert (at["a"].bar, at["b"].bar) == (None, None)
    assert START + year == at["c"].bar < at["c"].x < START + 2 * year


def test_no_dot_is_on_the_line_between_the_two_dots_of_another_paper():
    found = [
        paper("line", "2024-04-18", topics=("a", "c")),
        paper("dot", "2024-04-16", topics=("b",)),
        paper("old", "2023-01-01", topics=("b",)),
    ]
    at = {spot.paper.key: spot.x for spot in drawn(found)[0]}
    assert abs(at["line"] - at["dot"]) >= 12


def test_the_date_of_an_event_says_more_than_a_year():
    event = Venue(dates=DateRange.parse("2024-04-16/2024-04-18"))
    days = [when(paper("k", date, venue=event)) for date in ("2024", "2024-09", "2023")]
    assert [day.iso for day in days if day] == ["2024-04-16", "2024-09", "2023"]


def test_picture_and_table_lead_to_the_same_papers():
    picture, table = timeline(papers(9, 3), {"t0": "topic-1", "t1": "topic-2", "t2": "topic-3"})
    linked = [{n["site_page"] for n in part.findall(nodes.reference)} for part in (picture, table)]
    assert linked == [{p.page for p in papers(9, 3)}] * 2
    colours = [n["classes"][1] for n in table.findall(nodes.inline)]
    assert colours == ["topic-1", "topic-2", "topic-3"]


def test_the_counts_are_those_of_the_papers_in_each_topic_and_year():
    found = [*papers(MOST, 3), paper("alone", "2021")]
    (table,) = timeline(found, topic_classes(found))
    head, *rows = [[c.astext() for c in row.children] for row in table.findall(nodes.row)]
    assert [row[0] for row in rows] == ["T0", "T1", "T2", "Other topics"]
    for name, *counts in rows:
        for year, count in zip(head[1:], counts, strict=True):
            topic = "" if name == "Other topics" else name.lower()
            expected = [p for p in found if p.year == year and topic in (p.topics or ("",))]
            assert count == str(len(expected) or "")
