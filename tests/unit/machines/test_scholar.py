"""Scholar tags: the names Google Scholar documents, only with values, authors in order."""

from __future__ import annotations

from bibfolio.machines.scholar import scholar_tags
from bibfolio.model import record_of

from ..made import first

PAGE, PDF = "https://example.org/papers/k/", "https://example.org/files/papers/k.pdf"


def tags(source: str, type_: str = "misc", pdf: str = "") -> list[tuple[str, str]]:
    record = record_of(first(f"@{type_}{{k, title = {{A {{Title}}}}, {source}}}"))
    return scholar_tags(record, PAGE, pdf)


def test_a_tag_without_a_value_is_left_out():
    assert tags("") == [("citation_title", "A Title"), ("citation_abstract_html_url", PAGE)]


def test_a_preprint_is_in_no_journal():
    names = [name for name, _ in tags("eprint = {2404.1}")]
    assert names == ["citation_title", "citation_arxiv_id", "citation_abstract_html_url"]
