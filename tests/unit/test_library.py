"""The library: papers by key and by page, in the order of the lists, and each read once."""

from __future__ import annotations

from bibfolio.library import Library, read_papers
from bibfolio.model import Profile

from .made import paper

A, B, C = (paper(key, "2024", title=key.upper()) for key in "abc")
LIBRARY = Library(Profile("Jane Doe"), (B, A, C))


def test_papers_are_found_by_key_and_by_page_in_their_order():
    assert list(LIBRARY.by_key) == ["b", "a", "c"]
    assert LIBRARY.paper_of("papers/a") is A
    assert LIBRARY.paper_of("index") is None


def test_a_paper_knows_its_neighbours_in_the_list():
    assert [LIBRARY.neighbours(p) for p in (B, A, C)] == [(None, A), (B, C), (A, None)]


def test_the_plain_form_of_a_paper_is_made_once():
    assert LIBRARY.record_of(A) is LIBRARY.record_of(A)


def test_several_files_share_their_keys_and_every_problem_names_its_file(tmp_path):
    entry = "@misc{key, title = {One}, year = 2024, doi = {https://doi.org/10.1234/x}}\n"
    for name in ("one.bib", "two.bib"):
        (tmp_path / name).write_text(entry, encoding="utf-8")
    read, problems = read_papers(tmp_path, ["one.bib", "two.bib"], frozenset(), "files")
    assert [p.key for one in read.values() for p in one.papers] == ["key", "key-2"]
    assert {"one.bib", "two.bib"} == {problem.file for problem in problems}


def test_a_file_that_is_not_there_is_a_problem_and_no_error(tmp_path):
    read, problems = read_papers(tmp_path, ["refs.bib"], frozenset(), "files")
    assert read["refs.bib"].papers == []
    assert [problem.kind.subtype for problem in problems] == ["bib_missing"]
