"""Grants and their papers: one relation, whoever says it, told from both ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.cv.resume import resume
from bibfolio.lint import lint_bibliography
from bibfolio.machines import jsonld
from bibfolio.model import Profile, cv_document, record_of
from bibfolio.model.grants import grants_of, with_papers
from bibfolio.model.lines import NAMED_OF_GRANT
from bibfolio.model.profile import Grant
from bibfolio.model.sentence import PaperName, plain, with_names
from bibfolio.pages.paper_page import page
from bibfolio.pages.tables import grant_report

from ..made import first, paper
from ..made import parse_bibliography as parsed

KEYS, NUMBERS = "abcd", ("INV-1", "INV-2", "INV-3", "")
#: As entries may have the numbers.
WRITTEN = {"INV-1": "inv–1", "INV-2": "INV-2", "INV-3": " inv-3 ", "": "", "INV-9": "INV-9"}
PAPERS = st.fixed_dictionaries(
    {key: st.lists(st.sampled_from([*WRITTEN]), max_size=3) for key in KEYS}
)
GRANTS = st.lists(
    st.tuples(st.sampled_from(NUMBERS), st.lists(st.sampled_from([*KEYS, "gone"]), max_size=4)),
    max_size=4,
)


def grant(number: str, keys: list[str] | str = "", **values: str) -> Grant:
    names = tuple(PaperName(key=key) for key in keys)
    return Grant(plain(f"On {number}"), plain("Slow Fund"), number, papers=names, **values)


@given(PAPERS, GRANTS)
def test_grants_and_papers_agree_both_ways(papers, grants):
    dates = dict(zip(KEYS, ("2020", "2022", "", "2021"), strict=True))
    made = [
        paper(key, dates[key], grants=tuple(WRITTEN[number] for number in numbers))
        for key, numbers in papers.items()
    ]
    profile = Profile("Jane Doe", grants=tuple(grant(*one) for one in grants))
    whole = with_names(with_papers(profile, made), {one.key: one for one in made})
    said = {
        (index, key)
        for index, (number, keys) in enumerate(grants)
        for key in KEYS
        if key in keys or (number and number in papers[key])
    }
    from_grants = [(i, name.key) for i, one in enumerate(whole.grants) for name in one.papers]
    assert len(from_grants) == len(said) and {*from_grants} == said
    of = {key: grants_of(whole, key) for key in KEYS}
    assert {(i, k) for i, one in enumerate(whole.grants) for k in KEYS if one in of[k]} == said
    for one in whole.grants:
        assert [name.key for name in one.papers] == [k for k in "bdac" if k in _keys(one)]
    # The page of a paper, its data for programs, and the report say the same.
    for each in made:
        theirs = grants_of(whole, each.key)
        funding = jsonld.article(record_of(each), "u", str, whole, "h").get("funding", [])
        assert [one.get("identifier", "") for one in funding] == [one.number for one in theirs]
        shown = page(each, None, None, grants=theirs).astext()
        assert all(f"Slow Fund {one.number}".strip() in shown for one in theirs)


def _keys(one: Grant) -> set[str]:
    return {name.key for name in one.papers}


def test_a_line_names_the_newest_papers_and_so_does_every_cv():
    made = [
        paper(f"k{year}", str(year), f"Paper {year}", grants=("7",)) for year in range(2015, 2022)
    ]
    profile = with_papers(Profile("Jane Doe", grants=(grant("7"),)), made)
    named = with_names(profile, {one.key: one for one in made})
    (section,) = (s for s in cv_document(named, named.cv, made).sections if s.name == "grants")
    words = [link.text for link in section.entries[0].links]
    assert words == ["Paper 2021", "Paper 2020", "Paper 2019"][:NAMED_OF_GRANT]
    assert all(word in resume(cv_document(named, named.cv, made)) for word in words)


def test_a_report_says_what_is_free_where_and_the_data():
    source = "data = {https://data.example/1}, eprint = {2401.00001}, license = {CC-BY-4.0}"
    made = first(f"@misc{{k, title = {{Queues}}, author = {{Doe, Jane}}, {source}}}")
    closed = first("@article{c, title = {Closed}, author = {Doe, Jane}, journal = {J}}")
    one = replace(grant("7", url=None), amount=plain("€ 1"))
    parts = grant_report(one, [made, closed])
    text = "\n".join(part.astext() for part in parts)
    assert "Slow Fund 7, € 1" in text
    assert "Free to read: arXiv, CC BY 4.0 · Data" in text
    assert text.count("Free to read") == 1
    links = [node.get("refuri") for part in parts for node in part.findall(nodes.reference)]
    assert "https://data.example/1" in links


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("INV-42", ""),
        ("inv--42; {A, B}", ""),
        ("INV-43", "none of [[grants]] has the number 'INV-43'; did you mean INV-42?"),
        ("<b>; ", "none of [[grants]] has the number '<b>'; write it as number of one"),
    ],
)
def test_a_number_of_no_grant_is_told_with_the_nearest(value, told):
    read = parsed(f"@misc{{k, title = {{T}}, year = 2020, author = {{A B}}, grants = {{{value}}}}}")
    person = Profile("Jane Doe", grants=(grant("INV-42"), grant("A, B")))
    found = [p for p in lint_bibliography({"refs.bib": read}, person) if "grant" in p.message]
    assert [p.message for p in found] == [f"k: {told}"] * bool(told)
    assert "grants" not in read.papers[0].bibtex
