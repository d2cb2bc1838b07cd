"""Venues that other entries spell differently: case, punctuation, abbreviation, acronym."""

from __future__ import annotations

import pytest

from .made import messages, said


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
            [
                f"b: journal is spelt {TPDS!r} in a; write it the same; also in c",
            ],
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
            [
                f"b: booktitle is spelt {PROCEEDINGS.format('21st')!r} in a; write it the same",
            ],
        ),
        (
            ["Proc. of the 2nd Symp. on Tests", PROCEEDINGS.format("3rd")],
            [
                f"a: booktitle is spelt {PROCEEDINGS.format('3rd')!r} in b; write it the same",
            ],
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
