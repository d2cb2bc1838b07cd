"""One author in two spellings, and papers without the owner: told where that is clear."""

from __future__ import annotations

from bibfolio.lint import lint_bibliography
from bibfolio.model import Profile
from bibfolio.problems import WarningKind
from bibfolio.sources.bibliography import parse_bibliography

from ..table import Table
from .made import entry, said

TABLE = Table(__file__)
OWNER = frozenset({"Ann Roe", "A. Roe"})


def papers(*authors: str) -> str:
    """A file in which the entries a, b, c … have these authors."""
    return "".join(
        f"@misc{{{key}, title = {{Paper {key}}}, year = {{2024}}, author = {{{names}}}}}\n"
        for key, names in zip("abcdefgh", authors, strict=False)
    )


def of_papers(line: str) -> list[str]:
    return [f"{kind}: {message}" for kind, *_, message in said(papers(*line.split(" | ")))]


def of_owner(line: str) -> list[str]:
    found = said(papers(*line.split(" | ")), owner=OWNER)
    return [f"{kind}: {message}" for kind, *_, message in found]


def of_nobody(line: str) -> list[str]:
    """What is told, once, of a bibliography that never names the owner."""
    owner, _, authors = line.partition(": ")
    read = parse_bibliography(papers(*authors.split(" | ")), frozenset({owner}))
    found = lint_bibliography({"a.bib": read}, Profile(owner), profile="me.toml")
    return [f"{p.file}: {p.message}" for p in found if p.kind is WarningKind.BIB_NO_OWNER]


def test_a_lesser_spelling_is_told_at_its_first_use():
    TABLE.holds("lesser spellings", of_papers)
    TABLE.holds("different people and equal names", of_papers)


def test_a_paper_without_the_owner_is_told_if_nearly_all_others_have_them():
    """Spellings that the owner has declared are one; others are told with that of the profile."""
    TABLE.holds("the owner, who is Ann Roe and A. Roe", of_owner)


def test_that_no_paper_has_the_owner_is_told_once_with_who_may_be_meant():
    TABLE.holds("no paper has the owner", of_nobody)


def test_it_is_told_where_the_name_stands():
    text = papers("Roe, Ann") + entry("author = {Poe, Ed and\n   Roe,\n  A.}")
    ((kind, line, column, _),) = said(text)
    assert (kind, line, column) == ("bib_author", 3, 4)


def test_editors_count_where_there_are_no_authors():
    text = papers("Roe, Ann") + "@misc{k, title = {T}, year = {2024}, editor = {Roe, A.}}"
    assert [message for *_, message in said(text)] == [
        "k: the author Roe, A. is Roe, Ann in a; write Roe, Ann"
    ]


def test_without_a_profile_nobody_is_missed():
    assert said(papers(*["Roe, Ann"] * 4, "Poe, Ed")) == []


def test_a_draft_and_a_volume_need_not_have_the_owner():
    text = papers(*["Roe, Ann"] * 4)
    draft = entry("author = {Poe, Ed}, pubstate = {inpreparation}")
    volume = "@proceedings{v, title = {V}, year = {2024}, editor = {Poe, Ed}}"
    assert said(text + draft + volume, owner=OWNER) == []


def test_the_owner_may_have_edited_or_translated_what_somebody_else_wrote():
    text = papers(*["Roe, Ann"] * 4)
    edition = entry("author = {Poe, Ed}, editor = {Roe, A.}")
    translation = entry("author = {Poe, Ed}, translator = {Doe, Jane and Roe, Ann}")
    chapter = entry("author = {Poe, Ed}, booktitle = {B}, editor = {Roe, Ann}")
    assert said(text + edition + translation, owner=OWNER) == []
    assert len(said(text + chapter, owner=OWNER)) == 1
