"""One author in two spellings, and papers without the owner: told where that is clear."""

from __future__ import annotations

import pytest

from bibfolio.lint import lint_bibliography
from bibfolio.problems import WarningKind
from bibfolio.sources.bibliography import parse_bibliography

from .made import entry, messages, said

# -- rules ---------------------------------------------------------------------------------------


def papers(*authors: str) -> str:
    """A file in which the entries a, b, c … have these authors."""
    return "".join(
        f"@misc{{{key}, title = {{Paper {key}}}, year = {{2024}}, author = {{{names}}}}}\n"
        for key, names in zip("abcdefgh", authors, strict=False)
    )


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (
            ["Roe, Ann and Poe, Ed", "Roe, A."],
            ["b: the author Roe, A. is Roe, Ann in a; write Roe, Ann"],
        ),
        (
            ["Roe, A.", "Roe, Ann", "Roe, A.", "Ann Roe"],
            ["a: the author Roe, A. is Roe, Ann in b; write Roe, Ann; also in c"],
        ),
        (
            ["Roe, A.", "Roe, Ann", *["Roe, A."] * 5],
            ["a: the author Roe, A. is Roe, Ann in b; write Roe, Ann; also in c, d, e and 2 more"],
        ),
        (
            ["Muller, Zoe", "M{\\\"u}ller, Zo{\\'e}"],
            ["a: the author Muller, Zoe is Müller, Zoé in b; write Müller, Zoé"],
        ),
        (
            ["Mueller, Z.", "Müller, Zoe"],
            ["a: the author Mueller, Z. is Müller, Zoe in b; write Müller, Zoe"],
        ),
        (
            ["ROE, Ann", "ROE, Ann", "Roe, Ann"],
            ["a: the author ROE, Ann is Roe, Ann in c; write Roe, Ann; also in b"],
        ),
        (
            ["Li, Xiaoming", "Li, Xiao-Ming", "Li, Xiao-Ming"],
            ["a: the author Li, Xiaoming is Li, Xiao-Ming in b; write Li, Xiao-Ming"],
        ),
        (
            ["Roe, A.", "Roe, Ann", "Roe, Ann B."],
            [
                "a: the author Roe, A. is Roe, Ann B. in c; write Roe, Ann B.",
                "b: the author Roe, Ann is Roe, Ann B. in c; write Roe, Ann B.",
            ],
        ),
    ],
)
def test_a_lesser_spelling_is_told_at_its_first_use(authors, expected):
    assert messages(papers(*authors), "bib_author") == expected


@pytest.mark.parametrize(
    "authors",
    [
        ["Roe, Ann", "Roe, Ann"],
        ["Roe, Ann", "Ann Roe", "{Roe}, {Ann}"],
        ["Jay, Chip", "Jay, Xin"],
        ["Jay, C.", "Jay, Chip", "Jay, Cheng"],
        ["Li, Wei", "Li, Wei Ming", "Li, Wen"],
        ["Roe, A.", "Roe, A. B."],
        ["Roe, Ann and others", "Roe, Bob and others"],
        ["李明", "李, 明", "李, 梅"],
        ["A, B, C, D", "A, B"],
    ],
)
def test_different_people_and_equal_names_are_let_be(authors):
    assert said(papers(*authors)) == []


def test_it_is_told_where_the_name_stands():
    text = papers("Roe, Ann") + entry("author = {Poe, Ed and\n   Roe,\n  A.}")
    ((kind, line, column, _),) = said(text)
    assert (kind, line, column) == ("bib_author", 3, 4)


def test_editors_count_where_there_are_no_authors():
    text = papers("Roe, Ann") + "@misc{k, title = {T}, year = {2024}, editor = {Roe, A.}}"
    assert [message for *_, message in said(text)] == [
        "k: the author Roe, A. is Roe, Ann in a; write Roe, Ann"
    ]


OWNER = frozenset({"Ann Roe", "A. Roe"})


def test_spellings_that_the_owner_has_declared_are_one():
    assert said(papers("Roe, Ann", "Roe, A.", "A. Roe", "Roe, A"), owner=OWNER) == []


def test_another_spelling_of_the_owner_is_told_with_the_one_of_the_profile():
    text = papers("Poe, Ed", "Roe, Ann B.", "ROE, Ann")
    assert messages(text, "bib_author", owner=OWNER) == [
        "b: the author Roe, Ann B. is Roe, Ann in profile.toml; write Roe, Ann",
        "c: the author ROE, Ann is Roe, Ann in profile.toml; write Roe, Ann",
    ]


def without(*authors: str, owner: frozenset[str] = OWNER) -> list[str]:
    return messages(papers(*authors), "bib_owner", owner)


MISSING = "Ann Roe is not among the authors; add the name, or a spelling to name_variants"


def test_a_paper_without_the_owner_is_told_if_nearly_all_others_have_them():
    mine = ["Roe, Ann", "Poe, Ed and Roe, A.", "Ann Roe and Poe, Ed", "Roe, Ann"]
    assert without(*mine, "Poe, Ed and Doe, Jane") == [f"e: {MISSING}"]
    assert without(*mine, *mine[2:], "Poe, Ed", "Doe, Jane") == [f"g: {MISSING}", f"h: {MISSING}"]


@pytest.mark.parametrize(
    "authors",
    [
        ["Roe, Ann", "Roe, Ann", "Roe, Ann", "Poe, Ed"],
        [*["Roe, Ann"] * 5, "Poe, Ed", "Doe, Jane", "Moe, Joe"],
        ["Poe, Ed", "Doe, Jane", "Moe, Joe", "Zoe, Sue"],
        [*["Roe, Ann"] * 4, "Poe, Ed and others"],
        [*["Roe, Ann"] * 4, ""],
    ],
)
def test_a_bibliography_of_other_people_s_papers_is_let_be(authors):
    assert without(*authors) == []


def test_without_a_profile_nobody_is_missed():
    assert without(*["Roe, Ann"] * 4, "Poe, Ed", owner=frozenset()) == []


def test_a_draft_and_a_volume_need_not_have_the_owner():
    text = papers(*["Roe, Ann"] * 4)
    draft = entry("author = {Poe, Ed}, pubstate = {inpreparation}")
    volume = "@proceedings{v, title = {V}, year = {2024}, editor = {Poe, Ed}}"
    assert said(text + draft + volume, owner=OWNER) == []


def test_a_name_that_may_be_the_owner_s_is_told_once():
    text = papers(*["Roe, Ann"] * 4, "Roe, Ann B. and Poe, Ed")
    assert [kind for kind, *_ in said(text, owner=OWNER)] == ["bib_author"]


@pytest.mark.parametrize(
    ("owner", "authors", "found"),
    [
        (
            "Ana Nunez Li",
            ["Núñez-李, Ana", "Poe, Ed and Núñez-李, Ana"],
            "Núñez-李, Ana (2 papers)",
        ),
        ("Ann Roe", ["Roe, A. B. and Poe, Ed"], "Roe, A. B. (1 paper)"),
        ("Ann Roe", ["Poe, Ed", "Doe, Jo and Poe, Ed", "Doe, Al and others"], "Poe, Ed (2 papers)"),
        ("Jo Müller", ["M\\uller, J and Poe, Ed"], "Muller, J (1 paper)"),
        ("Zoe Müller", ["Müller Z, Poe E", "Poe E, Moe J"], "Müller, Z (1 paper)"),
        ("Ann Roe", ["Poe, Ed"], None),
        ("Ann Roe", ["Poe, Ed and others", "Roe, A. and others"], None),
        ("Ann Roe", ["Poe, Ed", "Doe, Jane", "Moe, Joe"], None),
        ("Ann Roe", ["Poe, Ed", "Poe, Ed", "Roe, Ann"], None),
        ("Ann Roe", [], None),
    ],
)
def test_that_no_paper_has_the_owner_is_told_once_with_who_may_be_meant(owner, authors, found):
    read = parse_bibliography(papers(*authors), frozenset({owner}))
    told = lint_bibliography({"a.bib": read}, frozenset({owner}), profile="me.toml")
    told = [(p.file, p.message) for p in told if p.kind is WarningKind.BIB_NO_OWNER]
    number = f"{len(authors)} paper{'s' * (len(authors) > 1)}"
    message = f"none of {number} names {owner}; closest: {found}; write it into name_variants"
    assert told == ([("me.toml", message)] if found else [])
