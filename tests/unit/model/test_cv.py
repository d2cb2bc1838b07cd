"""What stands in a CV: sections, papers, and what is left out."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.cv.pdf import pdf_data
from bibfolio.cv.resume import resume
from bibfolio.cv.text import text
from bibfolio.model import KINDS, DateRange, Link, publication_order
from bibfolio.model import cv as model
from bibfolio.model.profile import Cv, CvOptions, CvVariant, Service
from bibfolio.model.sentence import plain
from bibfolio.model.wording import Phrase

from ..cv.made import document
from ..made import BARE, FULL, paper

SECTIONS = ["interests", "education", "positions", "publications", "teaching", "awards"]


def names(cv: model.CvDocument) -> list[str]:
    return [section.name for section in cv.sections]


def publications(cv: model.CvDocument) -> model.Section:
    return next(section for section in cv.sections if section.name == "publications")


def only(cv: model.CvDocument) -> model.CvPaper:
    """The only paper of *cv*."""
    ((_, (item,)),) = publications(cv).groups
    return item


# -- sections --------------------------------------------------------------------------------


def test_every_section_stands_in_it_in_the_usual_order():
    assert names(document()) == SECTIONS


def test_what_is_not_known_leaves_no_section():
    assert names(document(BARE, ())) == []
    assert names(document(BARE)) == ["publications"]
    assert names(document(dataclasses.replace(BARE, awards=FULL.awards), ())) == ["awards"]


def test_the_owner_says_which_sections_and_in_which_order():
    assert names(document(sections=("awards", "education", "awards"))) == ["awards", "education"]
    assert names(document(sections=())) == []


def test_headings_can_be_worded_otherwise():
    cv = document(headings={"awards": "Prizes"})
    assert [section.heading for section in cv.sections] == [
        *("Research interests", "Education", "Experience", "Publications", "Teaching", "Prizes")
    ]


def test_the_owner_says_which_kinds_of_papers_come_first():
    papers = [paper(type_, type=type_) for type_ in ("article", "book", "misc")]
    cv = document(BARE, papers, kinds=("book",))
    assert [items[0].paper.key for _label, items in publications(cv).groups] == [
        *("book", "article", "misc")
    ]


def test_papers_stand_under_their_kind():
    groups = publications(document()).groups
    assert [(label, [item.paper.key for item in items]) for label, items in groups] == [
        ("Journal articles", ["b"]),
        ("Preprints", ["a"]),
    ]


def test_the_short_variant_holds_the_selected_papers_and_says_so():
    short = publications(document(papers="selected"))
    assert [item.paper.key for _, items in short.groups for item in items] == ["b"]
    assert short.heading == "Selected publications"
    named = document(papers="selected", headings={"publications": "Papers"})
    assert publications(named).heading == "Papers"


def test_a_short_variant_without_selected_papers_has_no_heading_for_them():
    assert "publications" not in names(document(bib=[paper()], papers="selected"))


# -- variants --------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(["", "1999", "2020", "2024-05"]), max_size=8),
    st.sampled_from([None, 2000, 2024]),
    st.sampled_from([None, 1, 3]),
)
def test_older_papers_are_left_out_and_then_all_but_the_newest(dates, since, limit):
    papers = publication_order(paper(f"k{n}", date) for n, date in enumerate(dates))
    chosen = model.cv_papers(CvOptions(since=since, limit=limit), papers, lambda *_: False)
    new = [one for one in papers if not one.date or not since or one.date.year >= since]
    assert list(chosen) == new[: limit or len(new)]


def test_a_filter_chooses_papers():
    cv = document(papers="Article")
    assert [item.paper.key for item in publications(cv).papers] == ["b"]
    assert publications(cv).heading == "Publications"


def test_older_items_are_left_out_but_education_and_positions_stay():
    def service(date: str) -> Service:
        return Service(plain(date), plain("x"), date=DateRange.parse(date) if date else None)

    services = tuple(map(service, ("2019/2023", "2019/2024", "2019/", "2025", "")))
    profile = dataclasses.replace(FULL, service=services)
    cv = document(profile, (), since=2024)
    assert names(cv) == ["interests", "education", "positions", "teaching", "awards", "service"]
    items = {section.name: section.items for section in cv.sections}
    assert items["service"] == services[1:]
    assert [award.title for award in items["awards"]] == ["Merit"]
    assert (items["education"], items["positions"]) == (FULL.education, FULL.positions)


def test_what_a_variant_does_not_say_is_as_in_the_cv():
    variant = CvVariant(id="x", numbered=False, limit=3, headings={"awards": "Prizes"})
    cv = Cv(papers="selected", numbered=True, headings={"awards": "A", "talks": "T"}, pages=2)
    assert cv.completed(variant) == CvVariant(
        id="x",
        papers="selected",
        limit=3,
        numbered=False,
        headings={"awards": "Prizes", "talks": "T"},
        pages=2,
    )


# -- papers ----------------------------------------------------------------------------------

DOI = Link("doi", "https://doi.org/10.1/x")
PAGE = Link("page", "https://publisher.example/x")
ARXIV = Link("arxiv", "https://arxiv.org/abs/1")


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ((ARXIV, PAGE, DOI), DOI.url),
        ((ARXIV, PAGE), PAGE.url),
        ((ARXIV,), ARXIV.url),
        ((Link("pdf", "https://a.example/a.pdf"),), "https://jane.example/papers/k/"),
    ],
)
def test_a_paper_is_found_at_its_best_address(links, url):
    assert only(document(bib=[paper(links=links)])).url == url


def test_a_site_without_an_address_has_no_pages_to_lead_to():
    item = only(document(bib=[paper(links=(Link("pdf", "files/x.pdf"),))], site=""))
    assert (item.url, item.links) == ("", ())


def test_further_links_are_named_and_the_doi_comes_first_in_full():
    links = (Link("pdf", "files/x.pdf"), Link("code", "https://c.example/"), DOI)
    item = only(document(bib=[paper(doi="10.1/x", links=links)]))
    assert item.links == (
        Phrase("doi:10.1/x", DOI.url),
        Phrase("PDF", "https://jane.example/files/x.pdf"),
        Phrase("Code", "https://c.example/"),
    )


def test_a_link_is_not_repeated():
    assert only(document(bib=[paper(links=(PAGE,))])).links == ()


# -- numbers ---------------------------------------------------------------------------------

TYPES = st.sampled_from("article inproceedings book inbook phdthesis patent dataset misc".split())
YEARS = st.sampled_from(["", "1999", "2024"])


@given(
    st.lists(st.tuples(TYPES, YEARS), max_size=12),
    st.sampled_from([True, "kind"]),
    st.lists(st.sampled_from([*KINDS]), max_size=3).map(tuple),
)
def test_numbers_count_down_to_1_in_the_order_shown_and_are_the_same_in_every_file(
    rows, numbered, kinds
):
    papers = [paper(f"k{n}", date, f"Title{n}x", type=t) for n, (t, date) in enumerate(rows)]
    cv = document(BARE, papers, kinds=kinds, numbered=numbered)
    shown = [item for section in cv.sections for item in section.papers]
    letters = [KINDS[item.paper.kind].letter * (numbered == "kind") for item in shown]
    count = Counter(letters)
    for letter in count:
        mine = [
            int(i.number[len(letter) :])
            for i, of in zip(shown, letters, strict=True)
            if of == letter
        ]
        assert (mine[0], mine[-1]) == (count[letter], 1)
        assert all(one == other + 1 for one, other in pairwise(mine))
    numbers = [item.number for item in shown]
    assert [of + n.lstrip(of) for of, n in zip(letters, numbers, strict=True)] == numbers
    assert [p["number"] for p in json.loads(resume(cv)).get("publications", [])] == numbers
    words = text(cv)
    lines = [next(s for s in words.splitlines() if s.endswith(i.paper.title.plain)) for i in shown]
    assert [line.split()[-2] for line in lines] == [f"{number}." for number in numbers]
    groups = [g for s in json.loads(pdf_data(cv, "en"))["sections"] for g in s["groups"]]
    assert [p["number"] for g in groups for p in g["papers"]] == [f"{n}." for n in numbers]


def test_without_being_asked_for_there_are_no_numbers():
    assert [item.number for item in publications(document()).papers] == ["", ""]
    assert "number" not in resume(document())
