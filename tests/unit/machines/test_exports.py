"""RIS and CSL-JSON: what is not of one field, and that no value can start a tag of its own.

What they say of each field is held against docs/forms.md by tests/build/test_readers.py, and of an
entry of each type against roots/types/expected/ by tests/build/test_exports.py.
"""

from __future__ import annotations

import json
import re
import warnings

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.machines import jsonld
from bibfolio.machines.exports import csl, csl_json, ris
from bibfolio.machines.scholar import scholar_tags
from bibfolio.model import Author, Profile, RichText, record_of
from bibfolio.sources.bibliography import decode, parse_bibliography
from tests.building import ROOTS

from ..made import first, paper

URL = "https://example.org/papers/ditto/"


@pytest.mark.parametrize("doi", ["n/a", "in 2010 press"])
def test_what_is_no_doi_is_in_no_output(doi):
    entry = first(f"@article{{k, title = {{T}}, journal = {{J}}, doi = {{{doi}}}}}")
    record = record_of(entry)
    outputs = (
        ris(record, URL),
        csl(record, URL),
        scholar_tags(record, URL, ""),
        jsonld.article(record, URL, str, Profile(), URL),
    )
    assert doi not in str(outputs)
    assert entry.links == ()


def test_without_an_address_in_the_entry_the_page_here_is_the_address():
    assert csl(record_of(paper()), URL)["URL"] == URL
    assert csl(record_of(paper(url="https://a.b/")), URL)["URL"] == "https://a.b/"
    assert "URL" not in csl(record_of(paper(doi="10.1/x")), "")


def test_exports_say_the_abstract_and_what_is_for_everybody_where_there_is_none():
    texts = (("A.", "S.", "A."), ("", "S.", "S."), ("A.", "", "A."))
    for abstract, summary, said in texts:
        record = record_of(paper(abstract=RichText.from_plain(abstract), summary=summary))
        assert csl(record, URL)["abstract"] == said
        assert f"AB  - {said}" in ris(record, URL).split("\r\n")
        assert jsonld.article(record, URL, str, Profile(), URL)["abstract"] == said
        assert record.summary == (summary or abstract)


def test_csl_json_is_a_list_in_unicode():
    text = csl_json([{"id": "a", "title": "Über 李"}])
    assert json.loads(text) == [{"id": "a", "title": "Über 李"}]
    assert "Über 李" in text
    assert text.endswith("\n")


@given(st.text(), st.text(), st.text())
def test_no_value_starts_a_tag_of_its_own(title, note, name):
    record = record_of(paper(title=title, summary=note, authors=(Author(name or "x"),)))
    text = ris(record, URL)
    lines = text.split("\r\n")
    assert [line for line in lines[:-1] if not re.match(r"[A-Z][A-Z0-9]  - ", line)] == []
    assert "\n" not in text.replace("\r\n", "")
    tags = [line[:2] for line in lines[:-1]]
    assert (tags[0], tags[-1], tags.count("TY"), tags.count("ER")) == ("TY", "ER", 1, 1)


def test_a_citation_processor_sets_every_entry_without_a_complaint():
    """But of `event-title`, which is new in CSL 1.0.2."""
    items = [
        csl(record_of(paper), URL)
        for path in sorted(ROOTS.glob("*/refs.bib"))
        for paper in parse_bibliography(decode(path.read_bytes())[0]).papers
    ]
    items = [item | {"id": f"k{number}"} for number, item in enumerate(items)]
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        list_ = CitationStylesBibliography(style, CiteProcJSON(items), formatters.plain)
        for item in items:
            list_.register(Citation([CitationItem(item["id"])]))
        lines = [str(line) for line in list_.bibliography()]
    assert {str(complaint.message).rpartition(": ")[2] for complaint in complaints} <= {
        "event_title"
    }
    assert len(lines) == len(items) > 50
    assert all(line.strip() for line in lines)
