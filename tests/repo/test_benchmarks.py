"""What `make bench` says can be believed; how long anything takes is not tested."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import targets
from benchmarks.bibliography import bibliography, edited
from benchmarks.builds import CLEAN, PLAIN, STOCK, Build, Measured
from benchmarks.sites import cited, files_of
from tests.building import run_sphinx
from tests.output import Output

SIZE = 40
ENTRIES = bibliography(SIZE)


def test_the_bibliography_is_the_same_every_time():
    assert bibliography(SIZE) == ENTRIES
    types = {entry.type for entry in ENTRIES}
    assert {"inproceedings", "article", "misc"} <= types
    people = [entry.fields["author"].count(" and ") + 1 for entry in ENTRIES]
    assert min(people) == 1
    assert max(people) >= 10


def test_an_edit_changes_one_entry_and_each_revision_differs():
    text, key = "\n".join(map(str, ENTRIES)), ENTRIES[7].key
    first = edited(text, key, 1)
    old, new = text.splitlines(), first.splitlines()
    assert [line for line in new if line not in old] == [x for x in new if "Revision 1: " in x]
    assert edited(first, key, 2) == edited(text, key, 2) != first
    with pytest.raises(ValueError, match="nobody"):
        edited(text, "nobody", 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ours", "plain", "stock"])
def test_all_sites_build_and_show_every_paper(tmp_path, name):
    """Ours without a warning; of stock, only that it builds is asked."""
    source = Output(tmp_path / "src", tmp_path)
    for path, text in files_of(ENTRIES)[name].items():
        source.write(path, text)
    strict = ["-n", "-W", "--keep-going"] if name != "stock" else []
    run = run_sphinx(source.src, tmp_path, "-b", "dirhtml", *strict)
    assert run.returncode == 0, run.stderr
    assert all((run.out / "papers" / entry.key / "index.html").is_file() for entry in ENTRIES)
    if name != "stock":
        assert any(picture.stat().st_size for picture in run.out.glob("cards/**/*.png")) == (
            name == "ours"
        )
        essay = run.text("essay/index.html")
        assert all(f"#cite-{entry.key}" in essay for entry in cited(ENTRIES))


def measured(clean, stock=(1.0,), memory=100.0):
    found = Measured()
    for kind, seconds in ((CLEAN, clean), (PLAIN, clean), (STOCK, stock)):
        found.builds[kind] = [Build(time, time, memory) for time in seconds]
    return found


def test_a_ratio_is_the_median_of_pairs():
    # Of 0.5, 2 and 3; of the medians it would be 1.5.
    assert measured((1, 20, 3), (2, 10, 1)).ratio(CLEAN, STOCK) == 2


def test_every_target_is_judged_by_its_own_measurement():
    thousand, more = measured((12.0,), (10.0,)), measured((72.0,), (99.0,))
    rows = list(targets({1000: thousand, 5000: more}, 200))
    assert [row[1:] for row in rows] == [
        ["1.2×", "≤ 1.4×", "met"],
        ["1.2×", "≤ 1×", "**missed**"],
        ["6×", "≤ 5.5×", "**missed**"],
        ["200 ms", "≤ 200 ms", "met"],
    ]
    assert list(targets({10: thousand}, None)) == []
