"""The page is read from top to bottom: what was looked at, what is wrong, whether it matters."""

import pytest

from bibfolio.doctor.report import Section, is_broken, page, table, verdict
from bibfolio.problems import Problem, WarningKind

DEAD = Problem(WarningKind.DEAD_LINK, "a/ links to b/, which is not there", 3, file="a.md")
FILE = Problem(WarningKind.WEIGHT, "c/ is heavy", 0, file="c.md")
UNSURE = Problem(WarningKind.UNSURE_LINK, "x answers 403 Forbidden", 5, file="a.md")


def test_a_healthy_site_takes_a_line_for_each_thing():
    sections = [Section("Bibliography", "9 entries"), Section("Links", "", good="none dead")]
    assert page("The health of x", sections) == (
        "The health of x\n\n"
        "Bibliography   9 entries; nothing wrong\n"
        "Links          none dead\n"
        "\nHealthy.\n"
    )


def test_details_stand_below_what_is_wrong():
    sections = [
        Section("Links", "2 pages", (DEAD, UNSURE)),
        Section("Weight", "", (FILE,), figures=("a  1", "b  2")),
    ]
    assert page("The health of x", sections) == (
        "The health of x\n\n"
        "Links    2 pages; 1 dead_link, 1 unsure_link\n"
        "  a.md:3:1: dead_link: a/ links to b/, which is not there\n"
        "  a.md:5:1: unsure_link: x answers 403 Forbidden\n"
        "\n"
        "Weight   1 weight\n"
        "         a  1\n"
        "         b  2\n"
        "  c.md: weight: c/ is heavy\n"
        "\n2 things are broken, 1 thing to look at.\n"
    )


@pytest.mark.parametrize(
    ("problems", "words", "broken"),
    [
        ((), "Healthy.", False),
        ((UNSURE,), "Healthy, 1 thing to look at.", False),
        ((UNSURE, UNSURE), "Healthy, 2 things to look at.", False),
        ((DEAD,), "1 thing is broken.", True),
    ],
)
def test_only_what_is_broken_fails(problems, words, broken):
    assert verdict([Section("Links", "", problems)]) == words
    assert is_broken(problems) == broken


@pytest.mark.parametrize("kind", WarningKind)
def test_every_kind_but_two_is_broken(kind):
    minor = {WarningKind.SCHOLAR_TEXT, WarningKind.UNSURE_LINK}
    assert is_broken([Problem(kind, "")]) == (kind not in minor)


def test_nothing_that_a_page_says_is_obeyed_by_a_terminal():
    hostile = Problem(WarningKind.DEAD_LINK, "\x1b[2J\nHealthy.", 1, file="a.md")
    assert "  a.md:1:1: dead_link: \\x1b[2J\\nHealthy.\n" in page(
        "x", [Section("L", "", (hostile,))]
    )


def test_figures_stand_below_each_other():
    assert table([["kind", "KB"], ["a", "10.5"]]) == ("kind    KB", "a     10.5")
