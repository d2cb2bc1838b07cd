"""Records: one plain wording of each fact for every machine-readable output."""

from __future__ import annotations

import pytest

from bibfolio.model import Link, Venue, record_of
from bibfolio.model.dates import DateRange

from ..made import first, paper

DATES = DateRange.parse("2024-04-16/2024-04-18")


@pytest.mark.parametrize(
    ("values", "container", "kind"),
    [
        ({"type": "article", "venue": Venue("J")}, "J", "journal"),
        ({"type": "inproceedings", "booktitle": "P", "venue": Venue("E")}, "P", "proceedings"),
        ({"type": "inproceedings", "venue": Venue("E")}, "E", "proceedings"),
        ({"type": "incollection", "booktitle": "B", "venue": Venue("B")}, "B", "book"),
        ({"type": "misc", "eprint": "1"}, "arXiv", "repository"),
        ({"type": "misc", "eprint": "1", "eprint_type": "arxiv"}, "arXiv", "repository"),
        ({"type": "misc", "eprint": "1", "eprint_type": "hal"}, "HAL", "repository"),
        ({"type": "misc", "status": "prepublished"}, "", "repository"),
        ({"type": "misc", "status": "prepublished", "venue": Venue("E")}, "E", "repository"),
        ({"type": "phdthesis", "venue": Venue("UoX")}, "UoX", "institution"),
        ({"type": "techreport", "venue": Venue("UoX")}, "UoX", "institution"),
        ({"type": "book"}, "", ""),
        ({"type": "misc"}, "", ""),
        ({"type": "misc", "venue": Venue("W")}, "W", ""),
        ({"type": "misc", "venue": Venue("O"), "organization": "O"}, "", ""),
        ({"type": "proceedings", "venue": Venue("E", is_event=True)}, "", ""),
    ],
)
def test_what_contains_the_paper(values, container, kind):
    record = record_of(paper(**values))
    assert (record.container, record.container_kind) == (container, kind)


@pytest.mark.parametrize(
    ("values", "event"),
    [
        (
            {
                "type": "inproceedings",
                "booktitle": "P",
                "venue": Venue("E", place="X", dates=DATES),
            },
            ("E", "X", DATES),
        ),
        ({"type": "inproceedings", "booktitle": "P", "venue": Venue("P")}, ("", "", None)),
        (
            {"type": "inproceedings", "booktitle": "P", "venue": Venue("P", dates=DATES)},
            ("P", "", DATES),
        ),
        ({"type": "article", "venue": Venue("J")}, ("", "", None)),
        ({"type": "proceedings", "venue": Venue("E", is_event=True)}, ("E", "", None)),
        ({"type": "misc", "venue": Venue("E", is_event=True)}, ("E", "", None)),
        ({"type": "proceedings", "venue": Venue("O"), "organization": "O"}, ("", "", None)),
    ],
)
def test_an_event_is_one_if_the_entry_says_so(values, event):
    record = record_of(paper(**values))
    assert (record.event, record.event_place, record.event_dates) == event


@pytest.mark.parametrize(
    ("pages", "first_page", "last_page"),
    [
        ("406–419", "406", "419"),
        ("1–5, 9–12", "1", "12"),
        ("1, 5", "1", "5"),
        ("123–45", "123", "45"),
        ("23:1–23:25", "23:1", "23:25"),
        *((page, page, "") for page in ("", "7", "S-3", "034102-4", "e123", "123+")),
    ],
)
def test_pages_are_first_and_last(pages, first_page, last_page):
    record = record_of(paper(pages=pages))
    assert (record.first_page, record.last_page, record.pages) == (first_page, last_page, pages)


def test_the_number_of_an_article_stands_for_pages_if_there_are_none():
    assert record_of(paper(eid="e12-3")).first_page == "e12-3"
    assert record_of(paper(eid="e12", pages="1–9")).pages == "1–9"


@pytest.mark.parametrize(
    ("values", "arxiv"),
    [
        ({"eprint": "2404.1"}, "2404.1"),
        ({"eprint": "2404.1", "eprint_type": "arxiv"}, "2404.1"),
        ({"eprint": "2404.1", "eprint_type": "hal"}, ""),
        ({}, ""),
    ],
)
def test_an_arxiv_number_is_one_of_arxivs(values, arxiv):
    assert record_of(paper(**values)).value_of("arxiv") == arxiv


def test_addresses_elsewhere_come_with_the_best_first():
    links = (
        Link("pdf", "https://a.b/x.pdf"),
        Link("code", "https://a.b/code"),
        Link("doi", "https://doi.org/10.1/x"),
        Link("arxiv", "https://arxiv.org/abs/1"),
        Link("page", "https://a.b/"),
    )
    assert record_of(paper(links=links)).same_as == (
        "https://doi.org/10.1/x",
        "https://a.b/",
        "https://arxiv.org/abs/1",
    )


@pytest.mark.parametrize(
    ("url", "hosted"), [("files/papers/k.pdf", "files/papers/k.pdf"), ("https://a.b/x.pdf", "")]
)
def test_a_pdf_is_hosted_only_if_this_site_serves_it(url, hosted):
    assert record_of(paper(links=(Link("pdf", url),))).hosted_pdf == hosted


def test_the_title_is_plain_text():
    record = record_of(first('@misc{k, title = {{\\"U}ber \\emph{$k$}-NN}}'))
    assert (record.title, record.page, record.key) == ("Über k-NN", "papers/k", "k")
