"""Answers → works: what each service says is understood, and nothing of its noise is left."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import Author, PartialDate
from bibfolio.model.work import Work
from bibfolio.services import arxiv, clean, crossref, datacite, dblp, lookup, orcid
from bibfolio.sources.bibtex_writer import fields_of
from tests.services import ANSWERS

from ..made import short
from ..table import Table

TABLE = Table(__file__)

CROSSREF = json.loads((ANSWERS / "crossref.json").read_text(encoding="utf-8"))


def names(work: Work) -> list[str]:
    return [one.name for one in work.authors]


def of_crossref(doi: str) -> Work:
    return crossref.work(CROSSREF[doi])


def test_every_real_answer_of_crossref_is_understood():
    works = {doi: crossref.work(answer) for doi, answer in CROSSREF.items()}
    assert {doi: work.doi for doi, work in works.items()} == {doi: doi for doi in works}
    assert all(work.title for work in works.values())
    assert works["10.1109/afrcon.2009.5308146"].event_dates.words == "September 23–25, 2009"
    lak = works["10.1145/3027385.3027428"]
    assert lak.event_name == "LAK 2017"
    assert lak.event == "7th International Learning Analytics and Knowledge Conference"
    assert "Analytics & Knowledge" in lak.container
    assert works["10.31390/gradschool_theses.6125"].type == "mastersthesis"
    assert works["10.31390/gradschool_theses.6125"].date == PartialDate(2025, 4, 1)
    assert works["10.1117/1.jei.28.6.063006"].number == "6"
    assert works["10.21326/ksdt.2008..18.018"].volume == ""
    assert works["10.1016/j.eng.2021.03.017"].preprint_doi == "10.1101/2020.06.17.20133843"


def test_noise_of_crossref_is_gone():
    odd = of_crossref("10.5555/odd")
    assert odd.title == "On the Escherichia Coli of Queues & the Use of Gpu Clusters"
    assert odd.container == "Proceedings of the 3rd Example Conference"
    assert odd.publisher == "Association for Examples"
    assert names(odd) == ["Jane Doe", "The Q Collaboration", "Martin King Jr."]
    assert odd.orcids[0] == "0000-0002-1825-0097"
    assert (odd.arxiv, odd.number, odd.pages) == ("2101.00001", "", "1-12")
    assert of_crossref("10.5555/retracted").title == "Carbon dioxide (CO₂) and x²"
    assert of_crossref("10.5555/retracted").date == PartialDate(2020, 2)


def test_corrections_and_notices_are_told_apart():
    assert of_crossref("10.5555/retracted").told == ["has a retraction: 10.5555/notice"]
    assert of_crossref("10.5555/notice").corrects == "retraction of 10.5555/retracted"
    assert not of_crossref("10.1371/journal.pone.0033693").corrects


#: Of Crossref: https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates
NOTICES = (
    "addendum clarification correction corrigendum erratum expression_of_concern new_edition "
    "new_version partial_retraction removal retraction withdrawal"
).split()


@pytest.mark.parametrize("sources", [("publisher",), ("retraction-watch",), None])
@pytest.mark.parametrize("type_", NOTICES)
def test_a_notice_is_one_whoever_names_it(type_, sources):
    """Publisher and Retraction Watch, alone and both."""
    named = [
        {"DOI": doi, "type": type_, "source": source, "label": type_.title(), "updated": {}}
        for source, doi in (("publisher", "10.5555/N"), ("retraction-watch", "10.5555/n"))
        if source in (sources or (source,))
    ]
    work = crossref.work({**CROSSREF["10.5555/retracted"], "updated-by": named})
    assert [one.type for one in work.updates] == [type_]
    assert not work.corrects


@pytest.mark.parametrize("type_", NOTICES)
def test_a_new_version_is_a_paper_and_a_notice_none(type_):
    updates = [{"DOI": "10.5555/first", "type": type_, "source": "publisher"}]
    work = crossref.work({**CROSSREF["10.5555/retracted"], "updated-by": [], "update-to": updates})
    is_paper = type_ in {"new_version", "new_edition"}
    assert bool(work.corrects) != is_paper
    assert work.told == [f"is the {type_} of 10.5555/first"] * is_paper


def test_a_paper_that_has_its_dois_retraction_is_no_notice():
    own = {"update-to": [{"DOI": "10.5555/Retracted", "type": "retraction"}], "updated-by": []}
    work = crossref.work({**CROSSREF["10.5555/retracted"], **own})
    assert (work.corrects, work.noticed) == ("", {"retracted": ("10.5555/Retracted",)})


def test_arxiv():
    works = arxiv.works(ET.fromstring((ANSWERS / "arxiv.xml").read_bytes()))
    first, *_rest = works
    assert (first.arxiv, first.arxiv_class, first.date) == (
        "1605.08386",
        "math.CO",
        PartialDate(2016, 5, 26),
    )
    assert names(first) == ["Caprice Stanley", "Tobias Windisch"]
    assert first.is_preprint
    assert {work.arxiv: work.published_doi for work in works if work.published_doi} == {
        "2202.12139": "10.1109/ICSTW55395.2022.00035",
        "2405.13786": "10.1109/ICSTW58534.2023.00023",
    }
    assert "Aurora Ramírez" in [name for work in works for name in names(work)]  # twice UTF-8


def test_datacite():
    answer = json.loads((ANSWERS / "datacite.json").read_text(encoding="utf-8"))
    work = datacite.work(answer["10.5555/zenodo.1234567"])
    assert (work.type, work.date, work.publisher) == ("dataset", PartialDate(2023, 5, 4), "Zenodo")
    assert work.authors[1] == Author("The Queueing Project", is_organization=True)
    assert work.orcids == ("0000-0002-1825-0097", "")


def test_a_chapter_is_in_its_book_and_the_book_in_its_series():
    """Crossref lists the titles of both, in no sure order; those of a journal are spellings."""

    def read(type_: str, *titles: str) -> dict[str, str]:
        answer = {"type": type_, "title": ["On Queues"], "container-title": [*titles]}
        fields = fields_of(crossref.work(answer))
        return {name: value for name, value in fields.items() if name != "title"}

    notes, book = "Lecture Notes in Computer Science", "Waiting at Scale"
    both = {"booktitle": book, "series": notes}
    assert read("book-chapter", notes, book) == read("book-chapter", book, notes) == both
    assert read("proceedings-article", "Queue Studies", book) == {**both, "series": "Queue Studies"}
    assert read("book-chapter", notes) == {"booktitle": notes}
    assert read("journal-article", "Queues", "Que.") == {"journal": "Queues"}


def test_dblp():
    answer = json.loads((ANSWERS / "dblp.json").read_text(encoding="utf-8"))
    (work,) = dblp.works(answer["conf/nsdi/DoeR24"])
    assert work.authors == (Author("Doe", "Jane"), Author("Roe", "Richárd", suffix="Jr."))
    assert work.title == "QueueKit: Waiting & Serving in O(n²) Steps"
    assert (work.event_name, work.place) == ("NSDI 2024", "Santa Clara, CA")
    assert work.event_dates.words == "April 15–17, 2024"
    (preprint,) = dblp.works(answer["journals/corr/abs-2202-12139"])
    assert (preprint.type, preprint.arxiv, preprint.container) == ("misc", "2202.12139", "")
    assert preprint.is_preprint
    (other,) = dblp.works("@article{k, title = {T}, abstract = {We \\emph{wait} in $O(n^2)$.}}")
    assert other.abstract == "We wait in O(n²)."


def test_orcid():
    (work,) = orcid.works(json.loads((ANSWERS / "orcid.json").read_text(encoding="utf-8")))
    assert (work.title, work.doi, work.type) == ("Work Title", "10.1087/20120404", "article")


def test_a_whole_name_is_split():
    TABLE.holds("names", lambda name: short(clean.name(name)))


def test_identifiers_are_understood_and_other_words_are_none():
    TABLE.holds("identifiers", lambda word: " ".join(lookup.identifier_of(word) or ()) or None)


def test_one_work_in_two_records():
    paper, author = Work(title="The Émigré's {Tale}"), (Author("Müller", "J."),)
    one = Work(title="the emigre’s tale", authors=author)
    assert not lookup.is_same(paper, one)
    assert lookup.is_same(one, Work(title="The Émigré's Tale", authors=(Author("Mueller"),)))
    assert lookup.is_same(Work(title="A", doi="10.5555/A"), Work(title="B", doi="10.5555/a"))
    assert lookup.is_same(Work(title="A", arxiv="1"), Work(title="B", arxiv="1"))
    assert not lookup.is_same(Work(title="", authors=author), Work(title="", authors=author))


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*"abc", "value", "date-parts", "name"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted({k for a in CROSSREF.values() for k in a})), JSON))
def test_nonsense_is_no_traceback(answer):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup.Client, "json", lambda *_a, **_k: {"message": answer})
        try:
            assert isinstance(lookup.by_doi("10.5555/x", lookup.Client()), Work)
        except lookup.ServiceError as error:
            assert "\n" not in str(error)
