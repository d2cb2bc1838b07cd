"""Entries take from others what biblatex says they take, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.inheritance import inherit

VOLUME = (
    "@proceedings{nsdi, title = {Proceedings of NSDI}, editor = {Roe, Ann}, year = 2024,\n"
    " publisher = {USENIX}, isbn = {978-1}, doi = {10.1/volume}, keywords = {x}}\n"
)


def fields(text: str, key: str) -> dict[str, str]:
    entries, problems = inherit(read_entries(text)[0])
    assert problems == []
    return dict(next(entry.fields for entry in entries if entry.key == key))


def test_a_paper_takes_from_its_volume_what_the_volume_knows():
    paper = fields(VOLUME + "@inproceedings{a, title = {A}, crossref = {nsdi}}", "a")
    assert paper == {
        "title": "A",
        "crossref": "nsdi",
        "booktitle": "Proceedings of NSDI",
        "editor": "Roe, Ann",
        "year": "2024",
        "publisher": "USENIX",
        "isbn": "978-1",
    }


def test_a_volume_keeps_its_files_and_numbers_whatever_they_are_called():
    volume = "@proceedings{v, title = {V}, pdf = {v.pdf}, arxiv = {2001.01234}, abbr = {V 2020}}"
    paper = fields(f"{volume}\n@inproceedings{{a, title = {{A}}, crossref = {{v}}}}", "a")
    assert paper == {"title": "A", "crossref": "v", "booktitle": "V", "abbr": "V 2020"}


@pytest.mark.parametrize("order", ["volume first", "volume last"])
def test_a_papers_own_fields_win_wherever_the_volume_stands(order):
    paper = "@inproceedings{a, title = {A}, Year = 2023, crossref = {NSDI}}\n"
    text = VOLUME + paper if order == "volume first" else paper + VOLUME
    assert fields(text, "a")["Year"] == "2023"
    assert "year" not in fields(text, "a")


def test_an_article_takes_the_journals_title_as_its_journal():
    text = "@periodical{j, title = {Journal}}@article{a, title = {A}, crossref = {j}}"
    assert fields(text, "a")["journal"] == "Journal"


@pytest.mark.parametrize(("own", "title"), [("", "Book"), ("title = {Part}, ", "Part")])
def test_a_part_of_a_book_takes_the_author_and_the_title_that_it_lacks(own, title):
    text = f"@book{{b, title = {{Book}}, author = {{Roe, Ann}}}}@inbook{{a, {own}crossref = {{b}}}}"
    paper = fields(text, "a")
    assert (paper["title"], paper["author"]) == (title, "Roe, Ann")
    assert ("booktitle" in paper) == (title == "Part")


def test_xdata_gives_all_it_has_through_any_number_of_steps_and_is_no_paper():
    text = (
        "@xdata{acm, publisher = {ACM}}\n@xdata{city, address = {York}, xdata = {acm}}\n"
        "@book{a, title = {A}, xdata = {city}}"
    )
    assert fields(text, "a") == {
        "title": "A",
        "xdata": "city",
        "address": "York",
        "publisher": "ACM",
    }
    assert [paper.key for paper in parse_bibliography(text).papers] == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "@misc{a, title = {A}, crossref = {b}}",
            "a: crossref names b, which is not in the file; write the key of one that is",
        ),
        (
            "@misc{a, title = {A}, xdata = {b}}",
            "a: xdata names b, which is not in the file; write the key of one that is",
        ),
        (
            "@misc{a, title = {A}, crossref = {A}}",
            "a: crossref names A, which leads back to it; remove one of the two",
        ),
    ],
)
def test_a_parent_that_cannot_be_used_is_told_and_the_paper_shown(text, message):
    result = parse_bibliography(text)
    assert [paper.title.plain for paper in result.papers] == ["A"]
    assert [problem.message for problem in result.problems] == [message]


def test_a_circle_of_entries_ends_and_is_told():
    entries, problems = inherit(
        read_entries("@misc{a, title={A}, xdata={b}}@misc{b, note={N}, xdata={a}}")[0]
    )
    assert [dict(entry.fields).get("note") for entry in entries] == ["N", "N"]
    assert {p.message.split("which ")[1] for p in problems} == {
        "leads back to it; remove one of the two"
    }


def test_readers_copy_an_entry_that_stands_alone():
    text = VOLUME + "@inproceedings{a, title = {A}, crossref = {nsdi}}"
    (paper,) = [p for p in parse_bibliography(text).papers if p.key == "a"]
    assert "crossref" not in paper.bibtex
    assert "booktitle = {Proceedings of NSDI}" in paper.bibtex
