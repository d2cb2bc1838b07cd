"""Four times the bibliography is four times the work: calls are counted, not time.

What one call of a regular expression does is not seen; the extreme texts at the end would take
hours if any of them went over the file again and again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from bibfolio.lint import lint_bibliography, people
from bibfolio.lint.mending import mend
from bibfolio.model import Profile
from bibfolio.sources import tex
from bibfolio.sources.bibliography import parse_bibliography

from ..made import OWNER
from .test_bib_parser import BREAKAGES

FULL = (
    "@article{{k{i},\n  title = {{{{T{i}}}: A {{GPU}} and \\'e}},\n"
    "  author = {{Doe{j}, Jane{i} and Roe, J. and Jay, Chip}},\n  journal = {{Journal {i} of X}},\n"
    "  year = 2020,\n  pages = {{{i}-2{i}}},\n  doi = {{10.1000/x{i}}},\n}}\n"
)
FILES: dict[str, Callable[[int], str]] = {
    "entries": lambda n: "".join(FULL.format(i=i, j=i % 7) for i in range(n)),
    "entries of one key": lambda n: FULL.format(i=1, j=1) * n,
    "entries that are not finished": lambda n: "@article{a,\n" * n,
    "entries in one line": lambda n: FULL.replace("\n", " ").format(i=1, j=1) * n,
    "authors and their initials": lambda n: _authors("Doe{0}, N. and Doe{0}, Nora", n),
    "authors without and": lambda n: _authors("Jane Doe{}", n, ", "),
    "comments that are not closed": lambda n: "@comment{\n" * n,
    "values that are not closed": lambda n: "@misc{a,\n" + "  t = {\n" * n,
    "quotes that are not closed": lambda n: "@misc{a,\n" + '  t = "\n' * n,
    "words in one line": lambda n: "@misc{a, " + "t = x y, " * n + "}",
    "parts": lambda n: "@misc{a, t = {x}" + " # {x}" * n + "}",
    "a chain": lambda n: "".join(
        f"@misc{{k{i}, f{i}={{x}}, xdata={{k{i + 1}}}}}\n" for i in range(n)
    ),
    "a fan": lambda n: "".join(f"@misc{{k{i}, title={{T}}, crossref={{k0}}}}\n" for i in range(n)),
    "braces in a title": lambda n: f"@misc{{a, title = {{{'{' * n}T{'}' * n}}}}}",
    "commands in a title": lambda n: f"@misc{{a, title = {{{chr(92)}emph{'{x' * n}{'}' * n}}}}}",
    **{
        f"broken: {name}": lambda n, text=text: _repeated(text, n)
        for name, text in BREAKAGES.items()
    },
}


def _authors(name: str, count: int, separator: str = " and ") -> str:
    people = separator.join(name.format(i) for i in range(count))
    return f"@misc{{a, title = {{T}}, author = {{{people}}}, year = 2020}}"


def _repeated(text: str, count: int) -> str:
    return "\n".join(text.format(i=i) for i in range(count))


def work(text: str) -> int:
    """How many functions are called to read, lint and mend *text*."""
    for cached in (tex.decode, people.spelling_of):
        cached.cache_clear()
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        result = parse_bibliography(text, OWNER)
        lint_bibliography({"refs.bib": result}, Profile(name_variants=(*OWNER,)))
        mend(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("kind", FILES)
def test_work_grows_no_faster_than_the_file(kind):
    small, large = FILES[kind](20), FILES[kind](80)
    assert work(large) < 5 * work(small)


# -- one entry that is huge -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("word " * 50_000 + "end", 250_003),
        ("a" * 250_000, 250_000),
        ("{" * 25_000 + "x" + "}" * 25_000, 1),
        (r"\( " * 25_000 + "x", 25_001),
        (r"\emph{" * 12_000 + "x" + "}" * 12_000, 1),
    ],
)
def test_a_huge_title_is_read_in_full(title, shown):
    read = parse_bibliography(f"@misc{{a, title = {{{title}}}, year = 2020}}")
    assert len(read.papers[0].title.plain) >= shown
    assert lint_bibliography({"refs.bib": read}) is not None


def test_of_a_thousand_authors_none_is_lost():
    text = _authors("Doe{}, Name", 1_000)
    result = parse_bibliography(text, OWNER)
    names = [author.family for author in result.papers[0].authors]
    assert names == [f"Doe{i}" for i in range(1_000)]
    assert lint_bibliography({"refs.bib": result}, Profile(name_variants=(*OWNER,))) == []


def test_abbreviations_of_abbreviations_end():
    steps = "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(64))
    text = (
        f"@string{{s0 = {{0123456789}}}}\n{steps}@misc{{a, title = {{A}}, year = 2020, note = s64}}"
    )
    result = parse_bibliography(text)
    assert [len(paper.note) for paper in result.papers] == [10_000]
    assert result.problems == []
