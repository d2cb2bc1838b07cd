"""Venues in two spellings, papers that are there twice, and drafts among the selected."""

from __future__ import annotations

from bibfolio.project.new_site import render

from ..table import Table
from .made import entry, lines, said

TABLE = Table(__file__)


def papers(*venues: str, name: str = "journal") -> str:
    """A file in which the entries a, b, c … appeared at these venues."""
    return "".join(
        f"@misc{{{key}, title = {{Paper {key}}}, year = {{2024}}, {name} = {{{venue}}}}}\n"
        for key, venue in zip("abcdefgh", venues, strict=False)
    )


def of_venues(line: str) -> list[str]:
    """What is said of papers in `FIELD: VENUE | VENUE`."""
    name, _, venues = line.partition(": ")
    return lines(papers(*venues.split(" | "), name=name))


def test_venues_in_two_spellings_are_told_from_two_venues():
    """Conferences are compared without what changes every year."""
    TABLE.holds("venues in two spellings", of_venues)
    TABLE.holds("different venues", of_venues)


def test_a_journal_and_a_book_are_not_compared():
    text = papers("Journal of Tests") + papers("journal of tests", name="booktitle")
    assert said(text.replace("{a, title", "{b, title", 2)) == []


PUBLISHED = entry(type_="article", key="p", title="A long title of a paper")


def test_a_preprint_is_told_where_its_number_belongs():
    TABLE.holds("preprints of what is published", lambda text: lines(text + PUBLISHED))
    TABLE.holds("other papers and drafts", lambda text: lines(text + PUBLISHED))


def test_a_draft_among_the_selected_and_two_papers_with_one_doi_are_told():
    TABLE.holds("drafts among the selected", lines)
    TABLE.holds("two papers with one DOI", lines)


def test_the_example_of_a_new_site_is_told_beside_papers_and_nowhere_else():
    example = render("Ann Roe", "U")["refs.bib"]
    text = "@string{a = {b}}\n@comment{c}\n"
    assert said(example + text) == []
    (found,) = said(example + entry())
    assert found[0] == "bib_example"
