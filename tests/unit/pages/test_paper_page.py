"""Paper pages: all that is known of a paper, and a source text that changes when the page must."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.model import Author
from bibfolio.pages.cited_on import cited_on
from bibfolio.pages.nodes import formula
from bibfolio.pages.paper_page import description, page
from bibfolio.pages.site_links import download

from ..made import first, paper

FULL = first(
    "@inproceedings{ditto, title = {{Ditto}: On $n$}, author = {Jay, Chip and Li, Ming},"
    "year = 2023, booktitle = {Proc.}, doi = {10.1/x}, keywords = {A, B}, annotation = {In short.},"
    "abstract = {At length.}}"
)


def parts(section: nodes.section) -> list[tuple[str, str]]:
    """Class or heading, and text, of everything directly in *section*."""
    found = []
    for child in section.children:
        if isinstance(child, nodes.section):
            found.append((child[0].astext(), child.astext()))
        elif isinstance(child, nodes.paragraph):
            found.append((child["classes"][0], child.astext()))
    return found


def test_the_page_says_everything_in_order():
    section = page(FULL, paper("newer", title="N"), paper("older", title="O", short_title="Old"))
    assert section[0].astext() == "Ditto: On n"
    assert parts(section) == [
        ("paper-page-authors", "Chip Jay, Ming Li"),
        ("paper-page-venue", "Proc., 2023."),
        ("paper-page-links", "DOI"),
        ("paper-page-summary", "In short."),
        ("paper-page-topics", "Topics: A, B"),
        ("Abstract", "Abstract\n\nAt length."),
        (
            "How to cite",
            f"How to cite\n\n{FULL.bibtex.strip()}\n\nDownload: BibTeX, RIS, CSL-JSON",
        ),
        ("paper-page-neighbours", "Newer: N Older: Old "),
    ]


def test_a_page_without_facts_has_no_empty_parts():
    assert [name for name, _ in parts(page(paper(), None, None))] == ["How to cite"]


def test_the_owners_notes_stand_before_how_to_cite():
    section = page(FULL, None, None, [nodes.paragraph("", "Mine", classes=["note"])])
    names = [name for name, _ in parts(section)]
    assert names[names.index("note") + 1] == "How to cite"


def test_the_title_keeps_its_formula():
    section = page(FULL, None, None)
    assert [node.astext() for node in section[0].findall(formula)] == ["n"]


def test_the_places_that_cite_the_paper_come_later():
    (placeholder,) = page(FULL, None, None).findall(cited_on)
    assert placeholder["key"] == "ditto"
    assert placeholder.astext() == "Cited on this site"


def test_every_format_can_be_saved():
    found = [
        (n.astext(), n["site_file"], n["type"]) for n in page(FULL, None, None).findall(download)
    ]
    assert found == [
        ("BibTeX", "papers/ditto.bib", "application/x-bibtex"),
        ("RIS", "papers/ditto.ris", "application/x-research-info-systems"),
        ("CSL-JSON", "papers/ditto.json", "application/vnd.citationstyles.csl+json"),
    ]


def test_neighbours_lead_to_their_pages():
    last = page(FULL, paper("newer"), paper("older")).children[-1]
    assert [n["site_page"] for n in last.findall(nodes.reference)] == [
        "papers/newer",
        "papers/older",
    ]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"summary": "In short."}, "In short."),
        ({"authors": (Author("Jay", "Chip"),), "et_al": True}, "Ditto, by Chip Jay, et al."),
    ],
)
def test_the_description_for_search_engines(values, text):
    assert description(paper(title="Ditto", **values)) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "Ditto."),
        ({"authors": (Author("Jay", "Chip"),), "et_al": True}, "Ditto, by Chip Jay, et al."),
    ],
)
def test_the_description_is_a_sentence(values, text):
    assert description(paper(title="Ditto", **values)) == text
