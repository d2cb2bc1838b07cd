"""Paper pages: all that is known of a paper, and a source text that changes when the page must."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from docutils import nodes

from bibfolio.model import Author, Link
from bibfolio.pages.cited_on import cited_on
from bibfolio.pages.landing import description, page, sources, write_sources
from bibfolio.pages.sitelinks import download
from bibfolio.pages.text import formula

from ..made import first, paper

FULL = first(
    "@inproceedings{ditto, title = {{Ditto}: On $n$}, author = {Jin, Chao and Li, Ming},"
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
        ("paper-page-authors", "Chao Jin, Ming Li"),
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
    assert [name for name, _ in parts(page(paper(), None, None))] == [
        "How to cite",
        "paper-page-neighbours",
    ]


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
        ({"authors": (Author("Jin", "Chao"),), "et_al": True}, "Ditto, by Chao Jin, et al."),
    ],
)
def test_the_description_for_search_engines(values, text):
    assert description(paper(title="Ditto", **values)) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "Ditto."),
        ({"authors": (Author("Jin", "Chao"),), "et_al": True}, "Ditto, by Chao Jin, et al."),
    ],
)
def test_the_description_is_a_sentence(values, text):
    assert description(paper(title="Ditto", **values)) == text


# -- sources ---------------------------------------------------------------------------------

A, B, C, D = (paper(key, title=key.upper()) for key in "abcd")


def changed(before, after, notes_before=None, notes_after=None) -> set[str]:
    old, new = sources(before, notes_before or {}), sources(after, notes_after or {})
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_every_paper_has_a_source():
    assert list(sources([A, B], {})) == ["a.paper", "b.paper"]
    assert sources([], {}) == {}


@pytest.mark.parametrize(
    ("after", "pages"),
    [
        pytest.param([A, B, C, D], set(), id="nothing"),
        pytest.param([A, replace(B, note="x"), C, D], {"b.paper"}, id="a field"),
        pytest.param([A, replace(B, links=(Link("pdf", "f"),)), C, D], {"b.paper"}, id="a file"),
        pytest.param(
            [A, replace(B, short_title="x"), C, D], {"a.paper", "b.paper", "c.paper"}, id="a name"
        ),
        pytest.param([A, C, D], {"a.paper", "b.paper", "c.paper"}, id="one gone"),
        pytest.param([A, B, C], {"c.paper", "d.paper"}, id="the last gone"),
        pytest.param([A, B, D, C], {"b.paper", "c.paper", "d.paper"}, id="the order"),
    ],
)
def test_a_source_changes_when_its_page_does_and_only_then(after, pages):
    assert changed([A, B, C, D], after) == pages


def test_a_line_added_above_an_entry_does_not_change_its_page():
    assert changed([A, B], [replace(A, line=9), replace(B, line=19)]) == set()


def test_notes_change_the_page_of_their_paper():
    assert changed([A, B], [A, B], {"a": "x"}, {"a": "y"}) == {"a.paper"}
    assert changed([A, B], [A, B], {}, {"b": ""}) == set()
    assert changed([A, B], [A, B], {}, {"z": "x"}) == set()


def test_the_folder_holds_exactly_the_sources(tmp_path):
    folder = tmp_path / "papers"
    a, b, c, d = (f"Generated from the bibliography. {name}" for name in "abcd")
    assert write_sources(folder, {"a.paper": a, "b.paper": b}) == []
    assert write_sources(folder, {"b.paper": d, "c.paper": c}) == []
    assert {p.name: p.read_text() for p in folder.iterdir()} == {"b.paper": d, "c.paper": c}


@pytest.mark.parametrize("text", ["", "Generated fr"])
def test_a_source_that_was_cut_off_is_written_again(tmp_path, text):
    (tmp_path / "a.paper").write_text(text)
    (tmp_path / "b.paper").write_text(text)
    wanted = {"a.paper": "Generated from the bibliography. a"}
    assert write_sources(tmp_path, wanted) == []
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == wanted


def test_a_source_of_somebody_else_s_is_not_touched_but_named(tmp_path):
    (tmp_path / "a.paper").write_text("mine")
    (tmp_path / "b.paper").write_text("mine too")
    assert write_sources(tmp_path, {"a.paper": "Generated from the bibliography."}) == [
        "a.paper",
        "b.paper",
    ]
    assert {p.read_text() for p in tmp_path.iterdir()} == {"mine", "mine too"}


def test_other_files_of_the_folder_are_left_alone(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    write_sources(tmp_path, {})
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_a_source_that_is_the_same_is_not_touched(tmp_path):
    write_sources(tmp_path, {"a.paper": "A"})
    os.utime(tmp_path / "a.paper", ns=(0, 0))
    write_sources(tmp_path, {"a.paper": "A"})
    assert (tmp_path / "a.paper").stat().st_mtime_ns == 0
