"""Entries as pybtex reads them, fit for every style and for citations."""

from __future__ import annotations

import pickle

import pytest
from pybtex.database import parse_string
from pybtex.style.formatting import unsrt

from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.pybtex_entries import (
    as_misc_if_incomplete,
    for_filters,
    for_labels,
    for_style,
    read_entry,
    with_inherited_fields,
)

from ..made import OWNER, paper
from ..table import Table

TABLE = Table(__file__)

STYLE = unsrt.Style()


def entries_of(text: str):
    """The only entry: as pybtex reads it, completed for styles, and as citations have it."""
    read = parse_bibliography(text, OWNER)
    paper, raw = read.papers[0], read.entries[read.papers[0].key]
    entry = read_entry(raw, paper.key)
    completed = with_inherited_fields(entry, paper, raw)
    return entry, completed, for_labels(completed, paper)


@pytest.mark.parametrize(
    "text",
    [
        r"@Article{1987:nelson, Title = {Saving 50\% of {NASA}'s {\LaTeX}}, Author = {Doe, J}}",
        r"@misc{müller+2020, title = {A   B}, editor = {M{\"u}ller, J and others}, year = 2020}",
        "@book{b, title = {A}, title = {B}, month = jan, author = {{The Walrus Society}}}",
        '@thing{x, TITLE = "A {"}quoted{"} one"}',
    ],
)
def test_an_entry_read_here_is_the_one_that_pybtex_reads(text):
    (expected,) = parse_string(text.replace("title = {B}, ", ""), "bibtex").entries.values()
    entry, _, _ = entries_of(text)
    assert entry == expected
    assert (entry.key, entry.original_type) == (expected.key, expected.original_type)
    assert list(entry.fields) == list(expected.fields)


def formatted(entry) -> str:
    whole = as_misc_if_incomplete(for_style(entry, [STYLE]), [STYLE])
    return STYLE.format_entry("1", whole).text.render_as("text")


def test_stock_styles_format_what_biblatex_allows():
    TABLE.holds(
        "stock styles, and what biblatex allows", lambda text: formatted(entries_of(text)[1])
    )


def test_a_type_that_the_style_knows_is_left_alone():
    entry, _, _ = entries_of("@patent{k, title = {T}}")
    assert for_style(entry, [STYLE]) is entry


def test_citations_see_the_decoded_title_names_and_year():
    _, _, entry = entries_of(
        '@Article{k, Title = {{\\"U}ber {GPU}s}, author = {M{\\"u}ller, J{\\"o}rg and van Dam, Jan}'
        ", date = {2024-04}, JournalTitle = {J}}"
    )
    assert (entry.type, entry.key) == ("article", "k")
    assert (entry.fields["title"], entry.fields["year"]) == ("Über GPUs", "2024")
    assert [str(person) for person in entry.persons["author"]] == ["Müller, Jörg", "van Dam, Jan"]


def test_filters_know_fields_by_the_names_of_this_site_too():
    read = parse_bibliography("@misc{k, title = {A}, journaltitle = {J}, ArchivePrefix = {arXiv}}")
    entry = for_filters(read.papers[0], read.entries["k"])
    assert (entry.fields["journal"], entry.fields["eprinttype"]) == ("J", "arXiv")


def test_filters_find_papers_that_are_selected_by_another_field():
    read = parse_bibliography("@misc{k, title = {A}, keywords = {queues}, selected = {true}}")
    entry = for_filters(read.papers[0], read.entries["k"])
    assert entry.fields["keywords"] == "queues, selected"


def test_an_entry_survives_the_pickle_of_the_environment():
    _, entry, _ = entries_of("@misc{k, title = {$n$ A}, author = {Jay, Chip}, doi = {10.1/x}}")
    copy = pickle.loads(pickle.dumps(entry))
    assert (copy, copy.key, copy.paper) == (entry, entry.key, entry.paper)


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("{Open {Compute} Project}", "Open Compute Project"),
        ("{100\\% Open}", "100\\% Open"),  # pybtex reads it as TeX: a bare % would be a comment
        ("{李明}", "李明"),
        ("{O'Brien, Inc.}", "O'Brien, Inc."),
        ("{a \\textbackslash b}", "a b"),
    ],
)
def test_names_hold_nothing_that_tex_would_understand(name, last):
    _, completed, cited = entries_of(f"@misc{{k, title = {{A}}, author = {{{name}}}}}")
    for entry in (completed, cited):
        assert [person.last_names for person in entry.persons["author"]] == [[last]]


def test_et_al_stays_and_a_paper_of_nobody_has_no_persons():
    _, _, entry = entries_of("@misc{k, title = {A}, author = {Doe, Jane and others}}")
    assert [str(person) for person in entry.persons["author"]] == ["Doe, Jane", "others"]
    assert for_labels(entry, paper("k")).persons == {}


@pytest.mark.parametrize("title", ["A \\ B", "A\\", "{\\'", "\\begin", "a } b { c", "\\url{%}"])
def test_tex_at_which_pybtex_stops_is_shown_as_it_can_be(title):
    read = parse_bibliography(f"@misc{{k, title = {{{title}}}, note = {{fine}}}}")
    entry = read_entry(read.entries["k"], "k")
    assert "fine" in formatted(entry)
