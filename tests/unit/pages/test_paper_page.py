"""Paper pages: all that is known of a paper, and a source text that changes when the page must."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from bibfolio.model import Author
from bibfolio.pages.cited_on import cited_on
from bibfolio.pages.nodes import formula
from bibfolio.pages.paper_page import description, page
from bibfolio.pages.site_links import download
from bibfolio.sources.bib_entry import read_results

from ..made import first, paper

FULL = first(
    "@inproceedings{ditto, title = {{Ditto}: On $n$}, author = {Jay, Chip and Li, Ming},"
    "year = 2023, booktitle = {Proc.}, doi = {10.1/x}, keywords = {A, B}, annotation = {In short.},"
    "abstract = {At length.}, results = {up to 2.5× sooner; 3--21× as much}}"
)


def parts(section: nodes.section) -> list[tuple[str, str]]:
    """Class or heading, and text, of everything directly in *section*."""
    found = []
    for child in section.children:
        if isinstance(child, nodes.section):
            found.append((child[0].astext(), child.astext()))
        elif isinstance(child, (nodes.paragraph, nodes.container)):
            found.append((child["classes"][0], re.sub(r"\n+", " ", child.astext())))
    return found


def test_the_page_says_everything_in_order():
    section = page(FULL, paper("newer", title="N"), paper("older", title="O", short_title="Old"))
    assert section[0].astext() == "Ditto: On n"
    reference = "Chip Jay, Ming Li. Ditto: On n. Proc, 2023. https://doi.org/10.1/x"
    assert parts(section) == [
        ("paper-page-venue", "2023"),
        ("paper-page-authors", "Chip Jay, Ming Li"),
        ("paper-page-summary", "In short."),
        ("paper-page-links", "Paper"),
        (
            "paper-page-facts",
            (
                "Venue Proc, 2023 Topics A, B Role First author DOI 10.1/x"
                " Export BibTeX, RIS, CSL-JSON up to 2.5× sooner 3–21× as much "
            ),
        ),
        ("Abstract", "Abstract\n\nAt length."),
        (
            "How to cite",
            f"How to cite\n\n{reference}\n\n{FULL.bibtex.strip()}",
        ),
        ("paper-page-neighbours", "Newer: N Older: Old "),
    ]


def test_the_page_of_a_book_has_its_isbn_and_how_long_it_is():
    fields = "title = {T}, isbn = {978-1-939133-39-7}, pagetotal = %s"

    def facts(type_: str, pages: str) -> str:
        found = dict(parts(page(first(f"@{type_}{{k, {fields % pages}}}"), None, None)))
        return found["paper-page-facts"].partition(" Export")[0]

    assert facts("book", "320") == "Book ISBN 978-1-939133-39-7, 320 pages"
    assert facts("proceedings", "{xvi, 320 S.}") == "Book ISBN 978-1-939133-39-7, xvi, 320 S."
    assert "ISBN" not in facts("inbook", "320")


def test_a_page_without_facts_has_no_empty_parts():
    assert [name for name, _ in parts(page(paper(), None, None))] == [
        "paper-page-links",  # where a script puts its button
        "paper-page-facts",
        "How to cite",
    ]


@pytest.mark.parametrize(
    ("result", "figure"),
    [
        ("up to 2.5× sooner", "2.5×"),
        ("68.03% lower latency than before 2020", "68.03%"),
        ("3–21× the throughput", "3–21×"),
        ("twice as fast", None),
    ],
)
def test_the_figure_of_a_result_stands_out(result, figure):
    section = page(paper(results=read_results(result)), None, None)
    found = [
        node.astext()
        for node in section.findall(nodes.inline)
        if "paper-result-number" in node["classes"]
    ]
    assert found == ([figure] if figure else [])
    assert result in section.astext()


@pytest.mark.parametrize(
    ("entry", "best"),
    [
        ("doi = {10.1/x}, code = {https://c.example.org/}", "Paper"),
        ("doi = {10.1145/x}, slides = {https://c.example.org/}", "Paper (ACM)"),
        ("url = {https://p.example.org/}, code = {https://c.example.org/}", "Paper"),
        ("eprint = {2504.01234}, eprinttype = {arxiv}, pubstate = {prepublished}", "PDF"),
        ("doi = {10.1/x}, file = {https://p.example.org/a.pdf}", "PDF"),
        ("code = {https://c.example.org/}", ""),
    ],
)
def test_the_best_way_to_the_text_comes_first(entry, best):
    section = page(first(f"@article{{k, title = {{T}}, year = 2020, {entry}}}"), None, None)
    links = list(section.findall(lambda n: isinstance(n, nodes.reference) and "reftitle" in n))
    assert [n.astext() for n in links if "paper-page-text" in n["classes"]] == [best][: bool(best)]
    assert not best or links[0].astext() == best


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


def test_the_page_says_where_the_paper_is_free():
    source = "@misc{k, title = {T}, eprint = {2401.00001}, license = {CC-BY-4.0}}"
    body = page(first(source), None, None)
    (free,) = (
        node for node in body.findall(nodes.definition) if "paper-page-free" in node["classes"]
    )
    assert free.astext() == "arXiv, CC BY 4.0"
    assert [node["refuri"] for node in free.findall(nodes.reference)] == [
        "https://arxiv.org/abs/2401.00001",
        "https://creativecommons.org/licenses/by/4.0/",
    ]
    bare = page(first("@misc{k, title = {T}, copyright = {ACM}}"), None, None)
    assert "Free to read" not in bare.astext()
