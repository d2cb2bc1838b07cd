"""Links back: where a paper is cited, and on how many pages."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.domain import Citation
from bibfolio.pages.cited_on import citation_count, citing_places

ESSAY = Citation(
    "k", "research/llm", "cites-k-1", "Caching", "Language Models", "Doe et al. [2021] cache."
)
AGAIN = Citation("k", "research/llm", "cites-k-2", "", "Language Models")
HOME = Citation("k", "index", "cites-k-1", "", "Jane Doe")


def test_each_page_is_named_once_and_leads_to_its_first_citation():
    places = citing_places([HOME, ESSAY, AGAIN])
    assert [[p.astext() for p in item.findall(nodes.paragraph)] for item in places] == [
        ["Jane Doe"],
        ["Doe et al. [2021] cache.", "Language Models, Caching"],
    ]
    assert [(n.astext(), n["site_page"], n["anchor"]) for n in places.findall(nodes.reference)] == [
        ("Jane Doe", "index", "cites-k-1"),
        ("Language Models", "research/llm", "cites-k-1"),
    ]


@pytest.mark.parametrize(
    ("citations", "text"),
    [
        ([HOME], "Cited on 1 page"),
        ([ESSAY, AGAIN], "Cited on 1 page"),
        ([HOME, ESSAY], "Cited on 2 pages"),
    ],
)
def test_pages_are_counted_not_citations(citations, text):
    (link,) = citation_count(citations, "papers/k")
    assert (link.astext(), link["site_page"], link["anchor"]) == (text, "papers/k", "cited-on")


def test_what_is_cited_nowhere_says_nothing():
    assert citation_count([], "papers/k") == []
