"""Notices about a paper: no form of it leaves out that it is retracted, corrected or in doubt."""

from __future__ import annotations

import io

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bibfolio.cv import text
from bibfolio.cv.pdf import make_pdf, pdf_data
from bibfolio.cv.resume import resume
from bibfolio.machines import jsonld
from bibfolio.machines.exports import csl, ris
from bibfolio.machines.feeds import item_of
from bibfolio.model import Profile, record_of
from bibfolio.model.notices import NOTICES, Update
from bibfolio.model.wording import description
from bibfolio.model.work import Work
from bibfolio.pages import cards, style
from bibfolio.pages.paper_page import page
from bibfolio.sources.bibtex_writer import fields_of
from bibfolio.theme.side_notes import side_notes

from ..cv.made import document
from ..made import first, told
from ..made import parse_bibliography as parsed

URL = "https://jane.example/papers/k/"


def notices_on(body: nodes.section) -> list[nodes.paragraph]:
    return [one for one in body.findall(nodes.paragraph) if "paper-page-notice" in one["classes"]]


@pytest.mark.parametrize("name", NOTICES)
def test_every_form_says_it(name):
    word, notice = NOTICES[name].word, "https://doi.org/10.5555/notice"
    made = first(f"@article{{k, title = {{T}}, journal = {{J}}, {name} = {{10.5555/notice}}}}")
    record = record_of(made)
    (banner,) = notices_on(page(made, None, None))
    assert banner.astext() == f"{word}. See doi:10.5555/notice."
    assert [link["refuri"] for link in banner.findall(nodes.reference)] == [notice]
    for form in ("card", "row", "full"):
        assert word in " ".join(part.astext() for part in cards.card(made, {}, form))
    for shown in (cards.reference(made), style.reference(made), [side_notes([made], {})]):
        assert word in "".join(node.astext() for node in shown)
    assert item_of(record, URL).title == f"{word}: T"
    assert description(made).startswith(f"{word}. ")
    cv = document(bib=[made])
    pages = PdfReader(io.BytesIO(make_pdf(pdf_data(cv, "en"))[0])).pages
    assert word in " ".join(" ".join(one.extract_text() for one in pages).split())
    assert word in text.text(cv)
    assert word in resume(cv)
    said = jsonld.article(record, URL, lambda _path: "", Profile(), URL)
    assert (said["creativeWorkStatus"], said["correction"]) == (word, [notice])
    note = f"{word}: {notice}"
    assert f"N1  - {note}\r\n" in ris(record, URL)
    assert csl(record, URL)["note"] == note
    assert f"note = {{{note}}}" in made.bibtex


def test_a_list_says_the_gravest_and_the_page_all():
    source = "correction = {10.5555/c}, concern = {10.5555/b}, retracted = {10.5555/a}"
    made = first(f"@misc{{k, title = {{T}}, {source}}}")
    assert made.flag == "Retracted"
    words = [one[0].astext() for one in notices_on(page(made, None, None))]
    assert words == ["Retracted.", "Expression of concern.", "Corrected."]
    assert not first("@misc{k, title = {T}}").flag


_DOIS = st.from_regex(r"10\.\d{4,5}/[!-~]{0,12}[a-z0-9]", fullmatch=True).filter(
    lambda doi: not set(doi) & set('{}\\"')
)


@given(st.dictionaries(st.sampled_from([*NOTICES]), st.lists(_DOIS, min_size=1, max_size=3)))
def test_what_others_copy_reads_as_the_same(fields):
    notices = ", ".join(f"{name} = {{{'; '.join(dois)}}}" for name, dois in fields.items())
    read = parsed(f"@misc{{k, title = {{T}}, note = {{In a box; see there}}, {notices}}}")
    made, again = read.papers[0], first(read.papers[0].bibtex)
    assert (again.notices, again.note) == (made.notices, "In a box; see there")
    assert again.bibtex == made.bibtex


@pytest.mark.parametrize("value", ["yes", "javascript:alert(1)", "see the journal", "<b>", "10."])
def test_what_is_no_notice_is_an_error_and_in_no_form(value):
    read = parsed(f"@misc{{k, title = {{T}}, retracted = {{{value}}}}}")
    assert [problem.kind.is_error for problem in read.problems] == [True]
    assert told(read)[0][0] == "bib_notice"
    assert read.papers[0].notices == ()


def test_an_address_without_a_doi_is_led_to():
    made = first("@misc{k, title = {T}, retracted = {https://j.example/10.5555/x?a=1&b=~c}}")
    assert [one.url for one in made.notices] == ["https://j.example/10.5555/x?a=1&b=~c"]
    assert first(made.bibtex).notices == made.notices


#: What Crossref calls a notice → the field that is proposed for it, if it is one.
PROPOSED = {
    **dict.fromkeys("retraction partial_retraction withdrawal removal".split(), "retracted"),
    "expression_of_concern": "concern",
    **dict.fromkeys("correction corrigendum erratum".split(), "correction"),
    **dict.fromkeys("addendum clarification new_version new_edition unheard_of".split(), ""),
}


@pytest.mark.parametrize(("type_", "name"), PROPOSED.items())
def test_each_type_of_notice_has_its_field_or_is_only_told(type_, name):
    work = Work(title="T", updates=(Update(type_, "10.5555/n"), Update(type_, "10.5555/N")))
    found = {field: value for field, value in fields_of(work).items() if field != "title"}
    assert found == ({name: "10.5555/N"} if name else {})
    assert all(type_ in words for words in work.told)
