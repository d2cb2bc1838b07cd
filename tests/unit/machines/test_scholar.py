"""Scholar tags: the names Google Scholar documents, only with values, authors in order."""

from __future__ import annotations

import pytest

from bibfolio.machines.scholar import scholar_tags
from bibfolio.model import record_of

from ..made import first

PAGE, PDF = "https://example.org/papers/k/", "https://example.org/files/papers/k.pdf"


def tags(source: str, type_: str = "misc", pdf: str = "") -> list[tuple[str, str]]:
    record = record_of(first(f"@{type_}{{k, title = {{A {{Title}}}}, {source}}}"))
    return scholar_tags(record, PAGE, pdf)


def test_a_journal_article_has_every_tag():
    source = (
        "author = {Jin, Chao and 李, 明}, journal = {Transactions}, volume = 35, number = 9,"
        "pages = {1536--1550}, date = {2024-09-01}, doi = {10.1/x}, issn = {1045-9219},"
        "publisher = {IEEE}, eprint = {2404.1}"
    )
    assert tags(source, "article", PDF) == [
        ("citation_title", "A Title"),
        ("citation_author", "Chao Jin"),
        ("citation_author", "李明"),
        ("citation_publication_date", "2024/09/01"),
        ("citation_journal_title", "Transactions"),
        ("citation_volume", "35"),
        ("citation_issue", "9"),
        ("citation_firstpage", "1536"),
        ("citation_lastpage", "1550"),
        ("citation_doi", "10.1/x"),
        ("citation_arxiv_id", "2404.1"),
        ("citation_publisher", "IEEE"),
        ("citation_issn", "1045-9219"),
        ("citation_abstract_html_url", PAGE),
        ("citation_pdf_url", PDF),
    ]


@pytest.mark.parametrize(
    ("type_", "source", "tag"),
    [
        ("inproceedings", "booktitle = {P}", ("citation_conference_title", "P")),
        ("incollection", "booktitle = {B}", ("citation_inbook_title", "B")),
        ("phdthesis", "school = {PKU}", ("citation_dissertation_institution", "PKU")),
        (
            "techreport",
            "institution = {PKU}",
            ("citation_technical_report_institution", "PKU"),
        ),
        ("misc", "year = 2024", ("citation_publication_date", "2024")),
        ("misc", "date = {2024-09}", ("citation_publication_date", "2024/09")),
    ],
)
def test_the_container_has_the_tag_of_its_kind(type_, source, tag):
    assert tags(source, type_)[1:-1] == [tag]


def test_a_tag_without_a_value_is_left_out():
    assert tags("") == [("citation_title", "A Title"), ("citation_abstract_html_url", PAGE)]


def test_a_preprint_is_in_no_journal():
    names = [name for name, _ in tags("eprint = {2404.1}")]
    assert names == ["citation_title", "citation_arxiv_id", "citation_abstract_html_url"]
