"""What `make bench` says can be believed; how long anything takes is not tested."""

import re

import pytest

from benchmarks import report
from benchmarks.bibliography import bibliography, edited, key
from benchmarks.clock import Build
from benchmarks.compare import COLD, EDITED, UNCHANGED, Pairs
from benchmarks.figures import Figure
from benchmarks.generate import cited, own_pages
from benchmarks.real import PAGES, stock_page
from benchmarks.scale import FAR, Volume, at
from bibfolio.sources.bibliography import read_bibliography
from bibfolio.sources.folder import Folder
from bibfolio.lint import lint_bibliography
from tests.building import REPOSITORY

SIZE = 120


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bib")
    (folder / "refs.bib").write_text(bibliography(SIZE), encoding="utf-8")
    result = read_bibliography(folder / "refs.bib", frozenset({"A. Sample"}), lambda _name: False)
    return folder, result


def test_the_bibliography_is_the_same_every_time():
    assert bibliography(SIZE) == bibliography(SIZE)


def test_nothing_is_wrong_with_the_bibliography(read):
    folder, result = read
    assert len(result.papers) == SIZE
    found = lint_bibliography({"refs.bib": result}, frozenset({"A. Sample"}), Folder(folder))
    assert [problem.message for problem in [*result.problems, *found]] == []


def test_the_bibliography_is_as_mixed_as_real_ones(read):
    papers = read[1].papers
    assert {paper.kind for paper in papers} >= {"conference", "journal", "preprint", "chapter"}
    authors = [len(paper.authors) for paper in papers]
    assert min(authors) == 1
    assert max(authors) >= 15
    names = " ".join(author.name for paper in papers for author in paper.authors)
    assert re.search(r"[\u00c0-\u017f]", names)
    assert re.search(r"[\u4e00-\u9fff]", names)
    assert 0.5 < sum(bool(paper.summary) for paper in papers) / SIZE < 0.9
    assert any(paper.doi for paper in papers)


def test_an_edit_changes_one_entry_and_each_revision_differs():
    text = bibliography(20)
    first = edited(text, key(7), 1)
    assert [line for line in first.splitlines() if line not in text] == [
        line for line in first.splitlines() if "Revision 1: " in line
    ]
    assert edited(first, key(7), 2) == edited(text, key(7), 2)
    assert edited(first, key(7), 2) != first
    with pytest.raises(ValueError, match="nobody"):
        edited(text, "nobody", 1)


def test_essays_cite_entries_that_are_there():
    pages = own_pages(SIZE)
    keys = set(re.findall(r"\{cite:.\}`(\w+)`", "".join(pages.values())))
    assert keys == {key(n) for essay in range(4) for n in cited(essay, SIZE)}
    assert keys <= {key(number) for number in range(SIZE)}


@pytest.mark.parametrize("pattern", PAGES)
def test_the_pages_for_the_stock_stack_need_nothing_of_ours(pattern):
    for path in REPOSITORY.glob(pattern):
        text = stock_page(path.read_text(encoding="utf-8"), "x")
        if path.name[0].islower():
            assert not re.search(r"\{(profile|publications|bib:\w+)\}", text), path.name


def builds(*walls, memory=100.0):
    return tuple(Build(wall, wall, memory) for wall in walls)


def test_a_ratio_is_the_median_of_pairs():
    pairs = Pairs(builds(1, 20, 3), builds(2, 10, 1))
    assert pairs.ratio == 2  # of 0.5, 2 and 3; of the medians it would be 1.5


def test_a_target_that_is_missed_says_so():
    assert Figure("x", 1.01, "×", 1.0).row() == ["x", "1.01×", "≤ 1×", "**missed**"]
    assert Figure("x", 1.0, "×", 1.0).row()[-1] == "met"
    assert Figure("x", 640.4, "ms").row() == ["x", "640 ms", "", ""]


def test_every_target_of_a_build_is_judged_by_its_own_measurement():
    thousand = {
        COLD: Pairs(builds(9), builds(10)),
        UNCHANGED: Pairs(builds(2), builds(10)),
        EDITED: Pairs(builds(1.3), builds(10)),
    }
    more = dict.fromkeys(thousand, Pairs(builds(54, memory=401), builds(60)))
    results = report.Results(
        1, {1000: thousand, 5000: more}, {1000: Pairs(builds(6), builds(9))}, thousand[COLD]
    )
    judged = [(round(f.value, 2), f.limit, f.met) for f in report.targets(results)]
    assert judged == [
        (0.9, 1.0, True),
        (0.2, 0.25, True),
        (1.3, 1.2, False),
        (6.0, 5.5, False),
        (401, 400, False),
        (0.9, 1.5, True),
        (0.67, 1.0, True),
    ]
    assert "| 1,000 papers | cold | 9.00 | 10.00 | 0.90 |" in report.text(results)


def test_what_is_not_built_is_computed_from_the_two_largest():
    small, large = Volume(*[2.0] * 7), Volume(*[10.0] * 7)
    known = {10: Volume(*[0.0] * 7), 1000: small, 5000: large}
    assert at(5000, known) == large
    assert at(FAR, known).seconds == 2 + 8 * 99_000 / 4000
