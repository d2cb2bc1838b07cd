"""Links back: where a paper is cited, and on how many pages."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.domain import Mention, Place
from bibfolio.pages.cited_on import count, places

ESSAY = Mention(Place("k", "research/llm", "cites-k-1", "Caching"), "Language Models")
AGAIN = Mention(Place("k", "research/llm", "cites-k-2", ""), "Language Models")
HOME = Mention(Place("k", "index", "cites-k-1", ""), "Jane Doe")


def test_each_place_is_named_and_leads_to_the_citation_itself():
    found = list(places([HOME, ESSAY, AGAIN]).findall(nodes.reference))
    assert [(n.astext(), n["site_page"], n["anchor"]) for n in found] == [
        ("Jane Doe", "index", "cites-k-1"),
        ("Language Models, Caching", "research/llm", "cites-k-1"),
        ("Language Models", "research/llm", "cites-k-2"),
    ]


@pytest.mark.parametrize(
    ("mentions", "text"),
    [
        ([HOME], "Cited on 1 page"),
        ([ESSAY, AGAIN], "Cited on 1 page"),
        ([HOME, ESSAY], "Cited on 2 pages"),
    ],
)
def test_pages_are_counted_not_citations(mentions, text):
    (link,) = count(mentions, "papers/k")
    assert (link.astext(), link["site_page"], link["anchor"]) == (text, "papers/k", "cited-on")


def test_what_is_cited_nowhere_says_nothing():
    assert count([], "papers/k") == []
