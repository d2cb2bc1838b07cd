"""What a paper knows about itself: kinds, badges, legends, links and order."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import KINDS, Author, Link, Mark, Venue, publication_order

from ..made import paper

STAR, DAGGER = Mark("*", "Equal contribution"), Mark("†", "Corresponding author")


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("pdf", "PDF"),
        ("doi", "DOI"),
        ("arxiv", "arXiv"),
        ("slides", "Slides"),
        ("poster", "Poster"),
        ("video", "Video"),
        ("code", "Code"),
        ("page", "Publisher"),
    ],
)
def test_a_link_is_a_word(kind, label):
    assert Link(kind, "https://example.org/").label == label


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("files/papers/k.pdf", True),
        ("httpd.pdf", True),
        ("https://example.org/k.pdf", False),
        ("http://example.org/k.pdf", False),
    ],
)
def test_a_link_knows_whether_this_site_serves_it(url, local):
    assert Link("pdf", url).is_local is local


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("article", "journal"),
        ("periodical", "journal"),
        ("inproceedings", "conference"),
        ("conference", "conference"),
        ("proceedings", "conference"),
        ("book", "book"),
        ("mvbook", "book"),
        ("collection", "book"),
        ("booklet", "book"),
        ("inbook", "chapter"),
        ("incollection", "chapter"),
        ("inreference", "chapter"),
        ("thesis", "thesis"),
        ("phdthesis", "thesis"),
        ("mastersthesis", "thesis"),
        ("report", "report"),
        ("techreport", "report"),
        ("manual", "report"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("patent", "patent"),
        ("misc", "other"),
        ("unpublished", "other"),
    ],
)
def test_the_entry_type_decides_the_kind(type_, kind):
    assert paper(type=type_).kind == kind


def test_every_kind_has_a_heading():
    kinds = {paper(type=type_).kind for type_ in ("article", "book", "thesis", "misc", "patent")}
    assert kinds - KINDS.keys() == set()
    assert paper(status="prepublished").kind in KINDS


@pytest.mark.parametrize(
    ("values", "preprint"),
    [
        pytest.param({"status": "prepublished"}, True, id="says so"),
        pytest.param(
            {"status": "prepublished", "venue": Venue("NSDI")}, True, id="says so, with a venue"
        ),
        pytest.param({"eprint": "2404.12457"}, True, id="e-print and no venue"),
        pytest.param({"eprint": "2404.12457", "venue": Venue("NSDI")}, False, id="published too"),
        pytest.param({}, False, id="neither"),
        pytest.param({"status": "inpress"}, False, id="in press"),
    ],
)
def test_a_preprint_is_recognised(values, preprint):
    assert paper(**values).is_preprint is preprint
    assert (paper(**values).kind == "preprint") is preprint


@pytest.mark.parametrize(
    ("values", "badge"),
    [
        ({"venue": Venue("Networked Systems", badge="NSDI 2024")}, "NSDI 2024"),
        ({"status": "prepublished"}, "Preprint"),
        ({"status": "prepublished", "venue": Venue(badge="NSDI 2024")}, "NSDI 2024"),
        ({"eprint": "2404.12457"}, "Preprint"),
        ({"venue": Venue("A Journal")}, ""),
        ({}, ""),
    ],
)
def test_the_badge_says_at_a_glance_where_it_appeared(values, badge):
    assert paper(**values).badge == badge


@pytest.mark.parametrize(("date", "year"), [("2024-04", "2024"), ("2024", "2024"), ("", "")])
def test_the_year_is_text_and_empty_if_unknown(date, year):
    assert paper(date=date).year == year


def test_the_legend_has_every_mark_once_in_order_of_appearance():
    authors = (
        Author("A", marks=(DAGGER,)),
        Author("B"),
        Author("C", marks=(STAR, DAGGER)),
        Author("D", marks=(STAR,)),
    )
    assert paper(authors=authors).legend == (DAGGER, STAR)


def test_no_marks_no_legend():
    assert paper(authors=(Author("A"),)).legend == ()


@pytest.mark.parametrize(
    ("authors", "et_al", "line"),
    [
        ((), False, ""),
        ((Author("Jin", "Chao"),), False, "Chao Jin"),
        ((Author("Jin", "Chao"), Author("李", "明")), False, "Chao Jin, 李明"),
        ((Author("Jin", "Chao"),), True, "Chao Jin, et al."),
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
