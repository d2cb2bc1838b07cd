"""Venues in two spellings, papers that are there twice, and drafts among the selected."""

from __future__ import annotations

import pytest

from .made import entry, messages, said

# -- venues --------------------------------------------------------------------------------------


def papers(*venues: str, name: str = "journal") -> str:
    """A file in which the entries a, b, c … appeared at these venues."""
    return "".join(
        f"@misc{{{key}, title = {{Paper {key}}}, year = {{2024}}, {name} = {{{venue}}}}}\n"
        for key, venue in zip("abcdefgh", venues, strict=False)
    )


TPDS = "IEEE Transactions on Parallel and Distributed Systems"
PROCEEDINGS = "Proceedings of the {} Symposium on Tests"


@pytest.mark.parametrize(
    ("venues", "expected"),
    [
        (
            ["Journal of Tests", "journal of tests"],
            ["b: journal is spelt 'Journal of Tests' in a; write it the same"],
        ),
        (
            ["journal of Tests", "Journal of Tests", "Journal of {Tests}"],
            ["a: journal is spelt 'Journal of Tests' in b; write it the same"],
        ),
        (
            ["Tests \\& Trials", "Tests and Trials", "Tests and Trials"],
            ["a: journal is spelt 'Tests and Trials' in b; write it the same"],
        ),
        (
            ["The Journal of Tests", "Journal of Tests"],
            ["b: journal is spelt 'The Journal of Tests' in a; write it the same"],
        ),
        (
            [TPDS, *["IEEE Trans. Parallel Distrib. Syst."] * 2],
            [f"b: journal is spelt {TPDS!r} in a; write it the same; also in c"],
        ),
        (
            ["J. Tests", "Journal of Tests", "J. Tests"],
            ["a: journal is spelt 'Journal of Tests' in b; write it the same; also in c"],
        ),
        (
            ["Phys. Rev. A", "Phys Rev A"],
            ["b: journal is spelt 'Phys. Rev. A' in a; write it the same"],
        ),
    ],
)
def test_a_journal_in_two_spellings(venues, expected):
    assert messages(papers(*venues), "bib_venue") == expected


@pytest.mark.parametrize(
    "venues",
    [
        ["Journal of Tests", "Journal of {Tests}", "Journal  of Tests"],
        ["Phys. Rev. A", "Phys. Rev. B", "Physical Review Applied"],
        ["Journal of Tests", "Journal of Trials", "J. T."],
        ["J. Comp. Sci.", "Journal of Computer Science", "Journal of Computational Science"],
        ["Nature", "Nature Physics", "Nat. Phys. Lett."],
        ["Circuits I", "Circuits II"],
        ["J. Comp. Tests", "J. Comput. Tests"],
        ["计算机学报", "软件学报"],
    ],
)
def test_different_journals_are_let_be(venues):
    assert said(papers(*venues)) == []


@pytest.mark.parametrize(
    ("venues", "expected"),
    [
        (
            [
                "Proceedings of the 21st Symposium on Tests",
                "Proceedings of the 20th symposium on tests",
            ],
            [f"b: booktitle is spelt {PROCEEDINGS.format('21st')!r} in a; write it the same"],
        ),
        (
            ["Proc. of the 2nd Symp. on Tests", PROCEEDINGS.format("3rd")],
            [f"a: booktitle is spelt {PROCEEDINGS.format('3rd')!r} in b; write it the same"],
        ),
    ],
)
def test_conferences_are_compared_without_what_changes_every_year(venues, expected):
    assert messages(papers(*venues, name="booktitle"), "bib_venue") == expected


@pytest.mark.parametrize(
    "venues",
    [
        [
            "Proceedings of the 21st Symposium on Tests",
            "Proceedings of the 20th Symposium on Tests",
        ],
        ["Tests '23", "Tests 2024", "Tests 24"],
        ["Proceedings of Tests (TEST 2023)", "Proceedings of Tests (TEST 2024)"],
        ["Proceedings of the Twenty-First Tests", "Proceedings of the Ninth Tests"],
        ["2024", "2023"],
    ],
)
def test_other_years_are_no_other_spelling(venues):
    assert said(papers(*venues, name="eventtitle")) == []


def test_a_journal_and_a_book_are_not_compared():
    text = papers("Journal of Tests") + papers("journal of tests", name="booktitle")
    assert said(text.replace("{a, title", "{b, title", 2)) == []


def test_a_journal_called_by_the_acronym_that_another_entry_declares():
    text = papers("Journal of Tests}, shortjournal = {JoT", "JoT")
    assert messages(text, "bib_venue") == [
        "b: journal is spelt 'Journal of Tests' in a; write it the same"
    ]


def test_what_is_inherited_is_not_compared():
    text = """@proceedings{p, title = {Proceedings of Tests}, year = {2024}}
@inproceedings{a, title = {A Paper}, author = {Roe, Ann}, crossref = {p}}
@inproceedings{b, title = {B Paper}, author = {Roe, Ann}, year = {2024},
  booktitle = {Proceedings of Tests}}
"""
    assert said(text) == []


# -- papers --------------------------------------------------------------------------------------


TITLE = "A Long {Title} of a Paper"
PUBLISHED = entry(type_="article", key="p", title="A long title of a paper")

GIVE = "k: the same paper is published as p; give that entry {}, and remove this one"


def told(preprint: str) -> list[str]:
    return messages(preprint + PUBLISHED, "bib_twin")


@pytest.mark.parametrize(
    "preprint",
    [
        entry("eprint = {2504.02263}, author = {Roe, Ann}", title=TITLE),
        entry("eprint = {2504.02263}, author = {Roe, Ann and Poe, Ed}", title=TITLE),
        entry("eprint = {2504.02263}", title=TITLE),
        entry("pubstate = {prepublished}, eprint = {2504.02263}", title=TITLE),
        entry("journal = {CoRR}, eprint = {2504.02263}", title=TITLE),
        entry("journal = {arXiv preprint arXiv:2504.02263}, eprint = {2504.02263}", title=TITLE),
        entry("eprint = {2504.02263}, subtitle = {of a Paper}", title="A Long Title"),
    ],
)
def test_a_preprint_is_told_where_its_number_belongs(preprint):
    assert told(preprint) == [GIVE.format("eprint = {2504.02263}")]


def test_a_preprint_without_a_number():
    text = entry("howpublished = {arXiv}", title=TITLE)
    assert told(text) == [GIVE.format("what is only here")]


@pytest.mark.parametrize(
    "other",
    [
        entry("eprint = {2504.02263}, author = {Poe, Ed}", title=TITLE),
        entry("eprint = {2504.02263}", title="A Long Title of a Paper, Extended"),
        entry("eprint = {2504.02263}, pubstate = {inpreparation}", title=TITLE),
        entry("journal = {Correlations}", title=TITLE),
        entry("journal = {Journal of Tests}", title=TITLE),
        entry(title=TITLE),
    ],
)
def test_other_papers_and_drafts_are_no_twins(other):
    assert told(other) == []


def test_short_titles_are_shared_by_different_papers():
    text = entry(type_="article", key="p", title="Editorial") + entry(
        "eprint = {2504.02263}", title="Editorial"
    )
    assert said(text) == []


@pytest.mark.parametrize("keywords", ["selected", "caches, Selected", "selected, caches"])
def test_a_draft_among_the_selected(keywords):
    text = entry(f"keywords = {{{keywords}}}, pubstate = {{inpreparation}}")
    message = "k: a draft is shown nowhere; remove selected, or change pubstate"
    assert messages(text, "bib_draft") == [message]


@pytest.mark.parametrize(
    "fields",
    [
        "keywords = {selected}",
        "keywords = {selected}, pubstate = {prepublished}",
        "keywords = {unselected}, pubstate = {inpreparation}",
        "pubstate = {inpreparation}",
    ],
)
def test_others_may_be_selected(fields):
    assert said(entry(fields)) == []


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        (entry("doi = {10.1000/ABC}", title="Other"), True),
        (entry("doi = {10.1000/abd}", title="Other"), False),
        (entry("doi = {10.1000/abc}, pubstate = {inpreparation}", title="Other"), False),
    ],
)
def test_two_papers_cannot_have_one_doi(other, is_told):
    text = entry("doi = {10.1000/abc}", type_="article", key="p", title="One") + other
    message = "k: p has the same DOI; correct it, or remove one of the two entries if they are"
    found = messages(text, "bib_twin")
    assert [said.startswith(message) for said in found] == [True] * is_told
