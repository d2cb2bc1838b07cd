"""Who wrote with the owner: a table while it can be taken in, then a list, and nothing for one."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.pages.coauthors import COLUMNS, LINES, ROWS, coauthors
from tests.unit.made import Author, paper

OWNER = Author("Doe", "Jane", is_owner=True)


def written(*people: str, key: str = "k", date: str = "2024", **values):
    authors = (OWNER, *(Author(name) for name in people))
    return paper(key, date, authors=authors, short_title=key, **values)


def rows(found) -> list[list[str]]:
    table = next(n for part in found for n in part.findall(nodes.table))
    return [[cell.astext() for cell in row.children] for row in table.findall(nodes.row)]


def test_the_table_names_rows_and_columns_and_says_in_words_what_each_paper_is():
    papers = [
        written("Poe", "Roe", key="new", date="2024", status="prepublished"),
        written("Poe", "Zoe", key="mid", date="2023"),
        written("Only", key="single", date="2022"),
        written("Roe", "Poe", "Poe", key="old", date="2021", topics=("b", "a")),
    ]
    found = coauthors(papers, {"a": "topic-1", "b": "topic-2"})
    assert rows(found) == [
        ["Co-author", "old", "mid", "new", "Papers"],
        ["Poe", "published", "published", "preprint", "3"],
        ["Roe", "published", "", "preprint", "2"],
    ]
    classes = [n["classes"] for n in found[0].findall(nodes.inline)]
    assert classes[0] == ["paper-coauthors-published", "topic-2"]
    assert found[1].astext() == "Poe, 3 papers, 2021–2024\n\nRoe, 2 papers, 2021–2024"


@pytest.mark.parametrize(
    "papers",
    [[], [written("Poe")], [written("Poe"), written("Roe")], [paper("a"), paper("b")]],
)
def test_nobody_with_two_papers_is_nothing(papers):
    assert coauthors(papers, {}) == []


@pytest.mark.parametrize(
    ("papers", "lines"),
    [
        ([written(*(f"P{n}" for n in range(ROWS + 1)))] * 2, ROWS + 1),
        ([written("Poe", key=f"k{n}") for n in range(COLUMNS + 1)], 1),
        ([written(*(f"P{n}" for n in range(3000)))] * 2, LINES),
    ],
)
def test_what_is_too_large_for_a_table_is_a_list(papers, lines):
    (found,) = coauthors(papers, {})
    assert len(found.children) == lines


def test_undated_papers_count():
    (_table, found) = coauthors([written("Poe", key=key, date="") for key in "ab"], {})
    assert found.astext() == "Poe, 2 papers"
