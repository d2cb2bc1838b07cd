"""The mark of a site: which dots are in it, and that they stand on whole pixels."""

from __future__ import annotations

import math
import re

import pytest

from bibfolio.model.mark import FEWEST, MOST, Dot, drawn, mark

from ..made import paper

CLASSES = {"a": "topic-1", "b": "topic-2"}


def papers(topics: str, newest: str = "published"):
    """A paper for each letter, newest first; a dot is one without topic."""
    made = [paper(topics=tuple(topic.strip("."))) for topic in topics]
    return [paper(topics=made[0].topics, status=newest), *made[1:]]


def test_each_paper_is_a_dot_in_the_colour_of_its_first_topic_oldest_first():
    several = [*papers("ab.", "prepublished"), paper(topics=("b", "a"))]
    assert mark(several, CLASSES) == (
        Dot("topic-2"),
        Dot("topic-0"),
        Dot("topic-2"),
        Dot("topic-1", is_ring=True),
    )


def test_the_newest_are_in_it():
    newest = mark(papers("ab" * 60), CLASSES)
    assert len(newest) == MOST
    assert newest[-2:] == (Dot("topic-2"), Dot("topic-1"))
    assert len(mark(papers("b" + "ab" * 60), CLASSES, 9)) == 9


@pytest.mark.parametrize("topics", ["ab", "aba", "....", "aaaaaa", "a" * MOST + "b"])
def test_few_papers_and_dots_that_are_all_alike_are_nobodys_mark(topics):
    assert mark(papers(topics, "prepublished"), CLASSES) == ()


@pytest.mark.parametrize("count", range(FEWEST, MOST + 1))
def test_dots_and_rings_stand_on_whole_pixels_in_a_square_that_holds_them(count):
    svg = drawn([Dot("topic-1", is_ring=bool(n % 2)) for n in range(count)], 'class="x"')
    whole = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    found = re.findall(r'cx="(\d+)" cy="(\d+)" r="([\d.]+)"(?:[^>]*stroke-width="(\d+)")?', svg)
    places = {(int(x), int(y)) for x, y, _radius, _line in found}
    assert len(places) == count
    assert max(map(max, places)) < whole <= 80
    assert math.ceil(math.sqrt(count)) == len({x for x, _y in places})
    for _x, _y, radius, line in found:
        assert float(radius) + float(line or 0) / 2 in {6, 8, 11}
