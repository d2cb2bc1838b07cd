"""Links back: where a paper is cited, and on how many pages."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.domain import Citation
from bibfolio.pages.cited_on import citation_count, citing_places

ESSAY = Citation("k", "research/llm", "cites-k-1", "Caching", "Language Models")
AGAIN = Citation("k", "research/llm", "cites-k-2", "", "Language Models")
HOME = Citation("k", "index", "cites-k-1", "", "Jane Doe")


def test_each_place_is_named_and_leads_to_the_citation_itself():
    found = list(citing_places([HOME, ESSAY, AGAIN]).findall(nodes.reference))
    assert [(n.astext(), n["site_page"], n["anchor"]) for n in found] == [
        ("Jane Doe", "index", "cites-k-1"),
        ("Language Models, Caching", "research/llm", "cites-k-1"),
        ("Language Models", "research/llm", "cites-k-2"),
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
