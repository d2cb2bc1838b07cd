"""RIS and CSL-JSON: every fact under its tag, and no value can start a tag of its own."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.machines import jsonld
from bibfolio.machines.exports import csl, csl_json, ris
from bibfolio.machines.scholar import scholar_tags
from bibfolio.model import Author, Profile, record_of

from ..made import first, paper

URL = "https://example.org/papers/ditto/"
FULL = record_of(
    first(
        "@inproceedings{ditto, title = {{Ditto}}, author = {van Dam, Jan and King, Jr., Martin and"
        " {Open Group} and 李, 明}, booktitle = {Proc. NSDI}, eventtitle = {NSDI}, venue = {SC},"
        "eventtitleaddon = {NSDI 2024}, date = {2024-04-16}, pages = {406--419}, doi = {10.1/x},"
        "publisher = {USENIX}, isbn = {978-1}, keywords = {A, B}, annotation = {In short.}}"
    )
)


def test_a_ris_record():
    assert ris(FULL, URL).split("\r\n") == [
        "TY  - CPAPER",
        "ID  - ditto",
        "TI  - Ditto",
        "AU  - van Dam, Jan",
        "AU  - King, Martin, Jr.",
        "AU  - Open Group",
        "AU  - 李, 明",
        "T2  - NSDI",
        "C3  - Proc. NSDI",
        "CY  - SC",
        "PY  - 2024",
        "DA  - 2024/04/16/",
        "SP  - 406",
        "EP  - 419",
        "PB  - USENIX",
        "SN  - 978-1",
        "DO  - 10.1/x",
        "KW  - A",
        "KW  - B",
        "AB  - In short.",
        "UR  - https://doi.org/10.1/x",
        f"UR  - {URL}",
        "ER  - ",
        "",
    ]


def test_a_csl_item():
    assert csl(FULL, URL) == {
        "id": "ditto",
        "type": "paper-conference",
        "title": "Ditto",
        "author": [
            {"family": "Dam", "given": "Jan", "non-dropping-particle": "van"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
            {"literal": "Open Group"},
            {"family": "李", "given": "明"},
        ],
        "issued": {"date-parts": [[2024, 4, 16]]},
        "container-title": "Proc. NSDI",
        "container-title-short": "NSDI 2024",
        "event-title": "NSDI",
        "event-place": "SC",
        "page": "406-419",
        "publisher": "USENIX",
        "ISBN": "978-1",
        "DOI": "10.1/x",
        "URL": URL,
        "abstract": "In short.",
        "keyword": "A, B",
    }


@pytest.mark.parametrize(
    ("date", "ris_date", "csl_date"),
    [
        ("2024-04-16", "2024/04/16/", [2024, 4, 16]),
        ("2024-04", "2024/04//", [2024, 4]),
        ("2024", None, [2024]),
    ],
)
def test_dates_say_what_is_known(date, ris_date, csl_date):
    record = record_of(paper(date=date))
    found = re.findall(r"^DA  - (.*?)\r$", ris(record, URL), re.MULTILINE)
    assert found == ([ris_date] if ris_date else [])
    assert csl(record, URL)["issued"] == {"date-parts": [csl_date]}


def test_both_ends_of_a_range_are_dates():
    record = record_of(
        first("@book{k, title = {T}, date = {2010/2012-03}, urldate = {2020-01-02}}")
    )
    item = csl(record, URL)
    assert item["issued"] == {"date-parts": [[2010], [2012, 3]]}
    assert item["accessed"] == {"date-parts": [[2020, 1, 2]]}
    assert "Y2  - 2020/01/02/" in ris(record, URL).split("\r\n")


@pytest.mark.parametrize(
    ("source", "page", "number", "tags"),
    [
        ("pages = {1--5, 9--12}", "1-5, 9-12", None, ["SP  - 1", "EP  - 12"]),
        ("pages = {034102-4}", "034102-4", None, ["SP  - 034102-4"]),
        ("eid = {e7}", "e7", None, ["SP  - e7", "C7  - e7"]),
        ("eid = {e7}, pages = {1--9}", "1-9", "e7", ["SP  - 1", "EP  - 9", "C7  - e7"]),
    ],
)
def test_where_in_its_volume_a_paper_is(source, page, number, tags):
    record = record_of(first(f"@article{{k, title = {{T}}, journal = {{J}}, {source}}}"))
    item = csl(record, URL)
    assert (item["page"], item.get("number")) == (page, number)
    found = [line for line in ris(record, URL).split("\r\n") if line[:2] in {"SP", "EP", "C7"}]
    assert found == tags


@pytest.mark.parametrize(
    ("type_", "series", "issue", "number"),
    [
        ("article", "", "7", ""),
        ("inproceedings", "", "7", ""),
        ("inproceedings", "S", "", ""),
        ("book", "S", "", ""),
        ("techreport", "S", "", "7"),
        ("misc", "", "", "7"),
    ],
)
def test_a_number_counts_what_the_entry_is_about(type_, series, issue, number):
    item = csl(record_of(paper(type=type_, number="7", series=series)), URL)
    assert (item.get("issue", ""), item.get("number", "")) == (issue, number)
    assert item.get("collection-number", "") == ("" if issue or number else "7")


@pytest.mark.parametrize("doi", ["n/a", "in 2010 press"])
def test_what_is_no_doi_is_in_no_output(doi):
    entry = first(f"@article{{k, title = {{T}}, journal = {{J}}, doi = {{{doi}}}}}")
    record = record_of(entry)
    outputs = (
        ris(record, URL),
        csl(record, URL),
        scholar_tags(record, URL, ""),
        jsonld.article(record, URL, "", Profile(), URL),
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
        record = record_of(paper(abstract=abstract, summary=summary))
        assert csl(record, URL)["abstract"] == said
        assert f"AB  - {said}" in ris(record, URL).split("\r\n")
        assert jsonld.article(record, URL, "", Profile(), URL)["abstract"] == said
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
