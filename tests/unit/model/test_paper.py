"""What a paper knows about itself: authors, kinds, badges, legends, links and order."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import KINDS, Author, Link, Mark, publication_order
from bibfolio.model.scripts import is_east_asian

from ..made import paper

STAR, DAGGER = Mark("*", "Equal contribution"), Mark("†", "Corresponding author")


def test_a_link_is_a_word():
    kinds = ("pdf", "doi", "arxiv", "slides", "poster", "video", "code", "page")
    words = ["PDF", "DOI", "arXiv", "Slides", "Poster", "Video", "Code", "Publisher"]
    assert [Link(kind, "https://example.org/").label for kind in kinds] == words


def test_a_link_knows_whether_this_site_serves_it():
    assert Link("pdf", "files/papers/k.pdf").is_local and Link("pdf", "httpd.pdf").is_local
    assert not Link("pdf", "https://example.org/k.pdf").is_local


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("article periodical", "journal"),
        ("inproceedings conference", "conference"),
        ("book mvbook collection booklet proceedings reference", "book"),
        ("inbook incollection inreference", "chapter"),
        ("thesis phdthesis mastersthesis", "thesis"),
        ("report techreport manual", "report"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("patent", "patent"),
        ("misc unpublished online", "other"),
    ],
)
def test_the_entry_type_decides_the_kind(types, kind):
    assert {paper(type=type_).kind for type_ in types.split()} == {kind}
    assert kind in KINDS


def test_the_legend_has_every_mark_once_in_order_of_appearance():
    authors = (
        Author("A", marks=(DAGGER,)),
        Author("B"),
        Author("C", marks=(STAR, DAGGER)),
        Author("D", marks=(STAR,)),
    )
    assert paper(authors=authors).legend == "† Corresponding author; * Equal contribution"


@pytest.mark.parametrize(
    ("authors", "et_al", "line"),
    [
        ((), False, ""),
        ((Author("Jay", "Chip"),), False, "Chip Jay"),
        ((Author("Jay", "Chip"), Author("李", "明")), False, "Chip Jay, 李明"),
        ((Author("Jay", "Chip"),), True, "Chip Jay, et al."),
        ((), True, "et al."),
    ],
)
def test_authors_in_one_line(authors, et_al, line):
    assert paper(authors=authors, et_al=et_al).author_names == line


def test_the_page_is_named_after_the_key_whatever_the_state():
    assert paper("jin2024", status="prepublished").page == "papers/jin2024"
    assert paper("jin2024", type="article").page == "papers/jin2024"


def test_the_short_title_is_the_name_if_there_is_one():
    assert paper(title="Ditto: Long").name == "Ditto: Long"
    assert paper(title="Ditto: Long", short_title="Ditto").name == "Ditto"


def test_moving_an_entry_in_the_file_does_not_change_the_paper():
    assert paper(line=1) == paper(line=99)


def test_a_paper_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        paper().key = "other"


def test_newest_year_first_then_the_order_of_the_file_and_undated_last():
    papers = [
        paper("undated"),
        paper("old", "2020"),
        paper("january", "2024-01"),
        paper("december", "2024-12"),
        paper("unknown month", "2024"),
        paper("new", "2025"),
    ]
    assert [p.key for p in publication_order(papers)] == [
        "new",
        "january",
        "december",
        "unknown month",
        "old",
        "undated",
    ]


@given(st.lists(st.sampled_from(["", "1", "999", "2024", "2024-05", "9999"]), max_size=12))
def test_ordering_loses_and_invents_no_paper(years):
    papers = [paper(str(i), year.rjust(4, "0") if year else "") for i, year in enumerate(years)]
    ordered = publication_order(papers)
    assert sorted(p.key for p in ordered) == sorted(p.key for p in papers)
    numbers = [p.date.year if p.date else 0 for p in ordered]
    assert numbers == sorted(numbers, reverse=True)


# -- authors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Author("Jay", "Chip"), "Chip Jay"),
        (Author("李", "明"), "李明"),
        (Author("李明"), "李明"),
        (Author("山田", "太郎"), "山田太郎"),
        (Author("ヤマダ", "タロウ"), "ヤマダタロウ"),
        (Author("김", "철수"), "김철수"),
        (Author("𠮷田", "明"), "𠮷田明"),
        (Author("Li", "明"), "明 Li"),
        (Author("Berg", "Jan", "van der"), "Jan van der Berg"),
        (Author("King", "Martin Luther", suffix="Jr."), "Martin Luther King Jr."),
        (Author("Open Compute Project"), "Open Compute Project"),
    ],
)
def test_a_name_has_the_order_of_its_script(author, name):
    assert author.name == name


def test_scripts_in_which_the_family_name_goes_first():
    assert all(map(is_east_asian, "李 李明 ヤマダ ひらがな 김철수 𠮷 豈".split()))
    assert not any(map(is_east_asian, ["Li", "李 明", "李a", "é", ""]))
