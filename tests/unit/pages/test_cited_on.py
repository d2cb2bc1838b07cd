"""Links back: where a paper is cited."""

from __future__ import annotations

from docutils import nodes

from bibfolio.domain import Citation
from bibfolio.pages.cited_on import citing_places

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
