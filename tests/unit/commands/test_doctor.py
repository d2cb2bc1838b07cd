"""The page is read from top to bottom: what was looked at, what is wrong, whether it matters."""

import pytest

from bibfolio.commands import main
from bibfolio.commands.doctor import Section, findings, is_broken, page
from bibfolio.problems import STYLE_KINDS, Problem, WarningKind

DEAD = Problem(WarningKind.DEAD_LINK, "a/ links to b/, which is not there", 3, file="a.md")
GONE = Problem(WarningKind.EXTERNAL_LINK, "x: 404 Not Found", 9, file="a.md")
FILE = Problem(WarningKind.WEIGHT, "c/ is heavy", 0, file="c.md")
STYLE = Problem(WarningKind.BIB_PAGES, "k: write a dash", 7, file="refs.bib")
UNSURE = Problem(WarningKind.UNSURE_LINK, "x: 403 Forbidden", 5, file="a.md")


def no_text(line: int) -> Problem:
    message = f"k{line}: its page has no text; write one"
    return Problem(WarningKind.SCHOLAR_TEXT, message, line, file="refs.bib")


def test_a_healthy_site_takes_a_line_for_each_thing():
    sections = [Section("Bibliography", "9 entries"), Section("Links", "2 pages", good="none dead")]
    assert page("The health of x", sections) == (
        "The health of x\n\n"
        "Bibliography   9 entries; nothing wrong\n"
        "Links          2 pages; none dead\n"
        "\nHealthy.\n"
    )


def test_what_is_wrong_stands_below_the_worst_first_and_what_is_the_same_once():
    sections = [
        Section("Bibliography", "9 entries", (STYLE,)),
        Section("Scholar", "9 papers", [no_text(line) for line in range(5)]),
        Section("Elsewhere", "4 links", (UNSURE, UNSURE, UNSURE, GONE)),
        Section("Weight", "3 pages", (FILE,)),
    ]
    unsure = "a.md:5:1: unsure_link: x: 403 Forbidden\n"
    assert page("The health of x", sections) == (
        "The health of x\n\n"
        "Bibliography   9 entries; 1 finding\n"
        "Scholar        9 papers; 5 findings\n"
        "Elsewhere      4 links; 4 findings\n"
        "Weight         3 pages; 1 finding\n"
        "\n"
        "c.md: weight: c/ is heavy\n"
        "a.md:9:1: external_link: x: 404 Not Found\n"
        "refs.bib: scholar_text: k0: its page has no text; write one\n"
        "  and 4 more: refs.bib:1, refs.bib:2, refs.bib:3, …\n"
        f"{unsure}{unsure}{unsure}"
        "refs.bib:7:1: bib_pages: k: write a dash\n"
        "\n2 things are broken, 9 things to look at.\n"
    )


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("a/ weighs 40123 bytes; 9 of them are x", "b/ weighs 5 bytes; 9 of them are x", True),
        ("a: write 10.1145/1", "b: write 10.1145/2", False),
        ("a: write x", "b: write y", False),
    ],
)
def test_nothing_that_differs_is_left_out(one, other, is_same):
    problems = [Problem(WarningKind.WEIGHT, message) for message in [one] * 3 + [other]]
    assert (other in findings(problems)) != is_same


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
    assert page("x", [Section("Links", "2 pages", problems)]).endswith(f"\n\n{words}\n")
    assert is_broken(problems) == broken


@pytest.mark.parametrize("kind", WarningKind)
def test_every_kind_but_style_and_six_is_broken(kind):
    names = ("SCHOLAR_TEXT", "UNLISTED", "OLD", "UNSURE_LINK", "REQUIREMENTS", "PDF_ADVICE")
    minor = STYLE_KINDS | {WarningKind[name] for name in names}
    assert is_broken([Problem(kind, "")]) == (kind not in minor)


def test_nothing_that_a_page_says_is_obeyed_by_a_terminal():
    hostile = Problem(WarningKind.DEAD_LINK, "\x1b[2J\nHealthy.", 1, file="a.md")
    assert "\na.md:1:1: dead_link: \\x1b[2J\\nHealthy.\n" in page(
        "x", [Section("L", "1 page", (hostile,))]
    )


@pytest.mark.parametrize("words", [[], ["site"]])
def test_without_a_site_it_says_what_to_do(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith("site; run `bibfolio build` first.\n")
