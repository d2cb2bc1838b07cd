"""The picture of papers in lanes: where they stand, and that no label is struck or on another."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibfolio.model.topics import topic_classes
from bibfolio.pages.lanes import END, START, WIDTH, Box, layout, lines_of
from tests.unit.made import paper

_MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
_NAMES = ["Ditto", "MegaScale-Infer", "A name that is too long for a label", "大模型系统"]
#: Dates, one of them the year alone, up to three of four topics, and names.
_DATES = st.sampled_from(["2023", *_MONTHS])
_TOPICS = st.lists(st.sampled_from("abcd"), unique=True, max_size=3)
_PAPERS = st.lists(st.tuples(_DATES, _TOPICS, st.sampled_from(_NAMES)), min_size=3, max_size=40)


def made(*papers):
    """The picture of papers: date, topics, name."""
    found = [
        paper(f"k{n}", date, topics=tuple(topics), short_title=name)
        for n, (date, topics, name) in enumerate(papers)
    ]
    classes = topic_classes(found)
    bare = [""] if any(not p.topics for p in found) else []
    return layout([(p, p.date) for p in found], [*classes, *bare], classes)


def box(label) -> Box:
    """What a label covers: letters are 7 wide and 14 high, those of East Asia are squares."""
    width = sum(14 if letter > "\u2e80" else 7 for letter in label.words)
    left = label.x - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
    return Box(left, label.y - 10, left + width, label.y + 4)


def drawn(picture) -> list[Box]:
    """Everything else: dots, bars, lines between dots, the pieces of lanes and years."""
    found = []
    for spot in picture.spots:
        heights = [y for y, _class in spot.dots]
        found += [Box(spot.x - 6, y - 6, spot.x + 6, y + 6) for y in heights]
        found += [Box(spot.x - 1, heights[0], spot.x + 1, heights[-1] + 0.1)]
        if spot.bar is not None:
            found += [Box(spot.bar, y - 2, spot.x, y + 2) for y in heights]
    found += [Box(left, y - 1, right, y + 1) for y, parts in picture.lanes for left, right in parts]
    for _year, x, parts in picture.years:
        found += [Box(x - 1, top, x + 1, foot) for top, foot in parts]
        found += [Box(x + 5, picture.height - 18, x + 40, picture.height)]
    return found


@settings(max_examples=60)
@given(_PAPERS)
def test_no_label_lies_on_a_dot_or_a_line_or_another_and_all_are_inside(papers):
    picture = made(*papers)
    labels = [box(spot.label) for spot in picture.spots if spot.label]
    other = drawn(picture)
    assert [(one, two) for one in labels for two in other if one.meets(two)] == []
    assert [pair for pair in combinations(labels, 2) if pair[0].meets(pair[1])] == []
    for label in labels:
        assert START <= label.left < label.right <= WIDTH
        assert label.top >= 0


@settings(max_examples=60)
@given(_PAPERS)
def test_every_paper_has_a_dot_in_each_lane_and_none_covers_another(papers):
    picture = made(*papers)
    assert len(picture.spots) == len(papers)
    assert all(len(spot.dots) == max(1, len(spot.paper.topics)) for spot in picture.spots)
    assert all(START <= spot.x <= WIDTH - 8 for spot in picture.spots)
    # Where there is no more room, at the right end, dots may lie on each other.
    places = [
        (spot.x, y) for spot in picture.spots for y, _class in spot.dots if spot.x < WIDTH - 8
    ]
    assert len(places) == len(set(places))


def test_lanes_end_after_the_last_label_and_are_interrupted_by_those_on_them():
    picture = made(
        ("2024-04", "ab", "Other"), ("2025-02", "ab", "ParaServe"),
        ("2025-04", "a", "MegaScale-Infer"), ("2025-04", "a", "StreamRL"),
    )  # fmt: skip
    labels = {spot.paper.name: spot.label for spot in picture.spots}
    assert None not in labels.values()
    last = max(label.box.right for label in labels.values())
    ends = {parts[-1][1] for _y, parts in picture.lanes}
    assert len(ends) == 1
    assert max(END, last) <= ends.pop()
    on_line = [label for label in labels.values() if label.anchor == "start" and label.y == 34 + 5]
    assert len(picture.lanes[0][1]) == 1 + len(on_line)


def test_where_one_side_is_taken_a_label_tries_the_others():
    """The line between the dots of the second is to the right of the first."""
    picture = made(
        ("2023-01", "a", "Start"), ("2024-03", "b", "Jolteon"), ("2024-04", "ac", "RAGCache"),
        ("2025-12", "c", "End"),
    )  # fmt: skip
    assert all(spot.label for spot in picture.spots)


def test_a_lane_ends_with_the_half_year_of_the_newest_paper_and_a_bar_lies_in_its_year():
    picture = made(("2023-01-01", "", "a"), ("2025-04-22", "", "b"), ("2024", "", "c"))
    assert [year for year, _x, _parts in picture.years] == [2023, 2024, 2025]
    year = (END - START) / 2.5
    at = {spot.paper.name: spot for spot in picture.spots}
    assert at["a"].x == pytest.approx(START, abs=1)
    assert at["b"].x == pytest.approx(START + year * (2 + 3.7 / 12), abs=1)
    assert (at["a"].bar, at["b"].bar) == (None, None)
    assert START + year == at["c"].bar < at["c"].x < START + 2 * year


def test_no_dot_is_on_the_line_between_the_two_dots_of_another_paper():
    picture = made(
        ("2024-04-18", "ac", "line"), ("2024-04-16", "b", "dot"), ("2023-01", "b", "old")
    )
    at = {spot.paper.name: spot.x for spot in picture.spots}
    assert abs(at["line"] - at["dot"]) >= 12


def test_what_has_no_room_is_cut_by_the_width_of_its_signs():
    assert lines_of("Human and computer interaction") == ["Human and computer", "interaction"]
    assert lines_of("面向大规模语言模型的高效推理系统") == ["面向大规模语言模型的高", "效推理系统"]
    picture = made(
        ("2023-01", "", "A paper on waiting for machines"),
        ("2024-02", "", "文" * 30),
        ("2025-12", "", "x"),
    )
    assert [spot.label.words for spot in picture.spots] == [
        "A paper on waiting for…",
        "文" * 13 + "…",
        "x",
    ]
