"""Fields as databases and al-folio write them are read as the standard ones; these win."""

from __future__ import annotations

import pytest

from bibfolio.sources.other_names import standardized

from ..made import field


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"pdf": "a.pdf"}, {"file": "a.pdf"}),
        ({"pdf": "a.pdf", "file": "b.pdf"}, {"file": "b.pdf"}),
        ({"arxiv": "2001.01234"}, {"eprint": "2001.01234", "eprinttype": "arxiv"}),
        (
            {"journal": "arXiv preprint arXiv:2001.01234", "volume": "3"},
            {"eprint": "2001.01234", "journal": "", "volume": "3"},
        ),
        (
            {"journal": "CoRR", "volume": "abs/2001.01234"},
            {"eprint": "2001.01234", "journal": "", "volume": ""},
        ),
        ({"journal": "CoRR"}, {"journal": "CoRR"}),
        ({"url": "https://arxiv.org/abs/2001.01234v2"}, {"eprint": "2001.01234v2"}),
        ({"doi": "10.48550/arXiv.2001.01234"}, {"eprint": "2001.01234"}),
        ({"abbr": "NSDI"}, {"shortjournal": "NSDI"}),
        ({"abbr": "Preprint"}, {"shortjournal": ""}),
        ({"selected": "true", "keywords": "A"}, {"keywords": "A, selected"}),
        ({"selected": "false"}, {"keywords": ""}),
        ({"html": "https://a.example/"}, {"url": "https://a.example/"}),
        ({"award": "For a paper", "award_name": "Best Paper"}, {"award": "Best Paper"}),
        ({"url": "https://a.example/x papers3://b/c"}, {"url": "https://a.example/x"}),
        ({"selected": "yes", "tags": "A"}, {"keywords": "A, selected"}),
        (
            {"openreview": "aB3-dE_6hI"},
            {"openreview": "https://openreview.net/forum?id=aB3-dE_6hI"},
        ),
        ({"openreview": "yes"}, {"openreview": "yes"}),
        ({"note": "Publisher: Example Press Section: Research"}, {"note": ""}),
        ({"note": r"\_eprint: https://a.example/x"}, {"note": ""}),
        (
            {"note": "arXiv:2101.00001 [cs] version: 1"},
            {"note": "", "arxiv": "2101.00001", "eprint": "2101.00001", "eprinttype": "arxiv"},
        ),
        *(
            ({"note": note}, {"note": note})
            for note in (
                "arXiv:2101.00001. Accepted at the Conference on Waiting",
                "ISBN: 978-1-939133-39-8 (second printing)",
                "Number: 3 of the authors contributed",
            )
        ),
        ({"note": "Publishers: two"}, {"note": "Publishers: two"}),
        ({"url": "https://a.example/a b.pdf"}, {"url": "https://a.example/a%20b.pdf"}),
    ],
)
def test_a_field_of_another_name_is_read_as_the_standard_one(written, read):
    found = standardized(written, "article")
    assert {name: found.get(name, "") for name in read} == read


def test_a_venue_of_a_conference_is_its_badge_and_an_arxiv_paper_a_preprint():
    paper, told = field("abbr = {NSDI 2024}, booktitle = {B}", "inproceedings")
    assert (paper.badge, told) == ("NSDI 2024", [])
    paper, told = field("journal = {arXiv preprint arXiv:2001.01234}", "article")
    assert (paper.is_preprint, paper.eprint.value, paper.venue.name) == (True, "2001.01234", "")
    assert told == []


def test_every_page_of_a_paper_is_a_link_with_its_word():
    paper, told = field(
        "website = {https://p.example/}, dataset = {https://d.example/}, talk = {https://v.example/},"
        "video = {https://v.example/}, html = {https://openreview.net/forum?id=1},"
        "url = {https://u.example/ https://arxiv.org/abs/2001.01234},"
        "links = {Slides: https://s.example/a;b; The Register: https://r.example/c:d}"
    )
    assert told == []
    assert [link.label for link in paper.links] == [
        *("Video", "Project", "Data", "Publisher", "arXiv", "OpenReview"),
        *("Slides", "The Register"),
    ]
    assert "website" not in paper.bibtex


ON_SIGNS = [
    "* Equal contribution",
    "$^*$denotes equal contribution. $^\\dagger$ Corresponding author.",
    "\\textsuperscript{*}Joint first authors",
    "Doe and Roe contributed equally to this work.",
    "Equal contribution.",
    "* Example use of superscripts<br>† Albert Einstein",
]
NOT_ON_SIGNS = [
    "",
    "A store that never loses a word.",
    "Equal contributions to a common good are rare.",
    "*Nobody* waits.",
    "Who waits longer? " * 20 + "Doe and Roe contributed equally.",
]


@pytest.mark.parametrize("name", ["annotation", "additional_info"])
def test_what_is_said_of_signs_is_a_mark_and_no_summary(name):
    for text in ON_SIGNS:
        paper, told = field(f"author = {{Doe, Jane* and Roe, Ann*}}, {name} = {{{text}}}")
        assert (paper.summary, paper.note, told) == ("", "", []), text
        assert [mark.sign for author in paper.authors for mark in author.marks] == ["*", "*"]
        assert "annotation" not in paper.bibtex
    for text in NOT_ON_SIGNS:
        assert field(f"{name} = {{{text}}}")[0].summary == text * (name == "annotation"), text


def test_who_contributed_how_is_a_note_where_no_name_has_a_sign():
    paper, _told = field("author = {Doe, Jane}, annotation = {Both authors contributed equally.}")
    assert (paper.summary, paper.note) == ("", "Both authors contributed equally.")
