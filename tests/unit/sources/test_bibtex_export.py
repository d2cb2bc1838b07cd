"""The BibTeX that readers copy: complete, clean, and read again as the same paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.fields import OWN_FIELDS

from ..made import OWNER, first


def test_the_entry_is_laid_out_in_the_order_people_expect():
    text = """@InProceedings{ditto, year = 2023, month = sep, keywords = {b, selected, a},
      author+an = {1=equal}, pages = "1--3", author = {Jay, Chip and M{\\"u}ller, J.},
      file = {x.pdf}, title = {{Ditto}: {GPU}s
               in $n$}, doi = {https://doi.org/10.1/x}, booktitle = {Proc.}, zzz = {Z},
      aaa = {A}}"""
    assert first(text).bibtex == (
        "@inproceedings{ditto,\n"
        "  title = {{Ditto}: {GPU}s in $n$},\n"
        '  author = {Jay, Chip and M{\\"u}ller, J.},\n'
        "  booktitle = {Proc.},\n"
        "  pages = {1--3},\n"
        "  year = {2023},\n"
        "  month = sep,\n"
        "  doi = {10.1/x},\n"
        "  keywords = {b, a},\n"
        "  aaa = {A},\n"
        "  zzz = {Z},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("source", "year", "month"),
    [
        ("date = {2024-04-16}", "2024", "apr"),
        ("date = {2024}", "2024", None),
        ("year = 2024, month = {September}", "2024", "sep"),
        ("year = {c. 2024}", "2024", None),
        ("", None, None),
    ],
)
def test_a_date_becomes_year_and_month(source, year, month):
    text = first(f"@misc{{k, title = {{A}}, {source}}}").bibtex
    assert "date =" not in text
    assert (f"  year = {{{year}}},\n" in text) is (year is not None)
    assert (f"  month = {month},\n" in text) is (month is not None)


@pytest.mark.parametrize("name", sorted(OWN_FIELDS))
def test_what_only_this_site_understands_is_left_out(name):
    text = first(f"@misc{{k, title = {{A}}, author = {{B}}, {name} = {{https://a.b/}}}}").bibtex
    assert [line.split(" = ")[0].strip() for line in text.splitlines()[1:-1]] == ["title", "author"]


def test_the_mark_of_selected_papers_is_no_keyword():
    assert "keywords" not in first("@misc{k, title = {A}, keywords = {selected}}").bibtex


def test_abbreviations_are_written_out():
    text = (
        '@string{j = "Journal"}@article{k, title = {A}, journal = j # " X", month = jan, year = 1}'
    )
    exported = first(text.replace("year = 1", "year = 2001")).bibtex
    assert "  journal = {Journal X},\n" in exported
    assert "  month = jan,\n" in exported


@pytest.mark.parametrize("value", ["a}b", "a{b", "}{", "{a}}", "{{a}", "}}}", "{{{"])
def test_braces_are_balanced_whatever_was_written(value):
    quoted = first(f'@misc{{k, note = "{value}",\n title = {{A}}\n}}').bibtex
    assert quoted.count("{") == quoted.count("}")
    assert [entry.key for entry in read_entries(quoted)[0]] == ["k"]
    assert read_entries(quoted)[1] == []


def test_a_repeated_key_is_exported_under_the_name_it_is_shown_with():
    papers = parse_bibliography("@misc{a, title = {A}}\n@misc{a, title = {B}}").papers
    assert [paper.bibtex.splitlines()[0] for paper in papers] == ["@misc{a,", "@misc{a-2,"]


WORDS = st.lists(
    st.sampled_from("{GPU} $n^2$ {\\\"u} 50\\% A&B a -- 李明 x_y # \" 'q' (p)".split()),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(
    title=WORDS,
    author=st.sampled_from(["Jay, Chip", "李, 明 and Jay, Chip", "{A and B} and others"]),
    date=st.sampled_from(["", "date = {2024-04-16},", "year = 2024, month = sep,"]),
    journal=WORDS,
    doi=st.sampled_from(["", "doi = {10.1007/978\\_1},"]),
)
def test_what_is_exported_is_read_as_the_same_paper(title, author, date, journal, doi):
    source = (
        f"@article{{k, title = {{{title}}}, author = {{{author}}}, {date} {doi}"
        f"journal = {{{journal}}}, keywords = {{A, B}}, eprint = {{1}}}}"
    )
    (once,) = parse_bibliography(source, OWNER).papers
    result = parse_bibliography(once.bibtex, OWNER)
    assert result.problems == []
    (again,) = result.papers
    # The day is all that BibTeX has no field for.
    when = once.date and replace(once.date, day=0)
    assert again == replace(once, date=when, bibtex=again.bibtex)
    assert again.bibtex == once.bibtex
