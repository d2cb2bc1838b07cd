"""What the owner does to the site in a year, done to a copy of it."""

import pytest

NEW = """
@inproceedings{jin2031future,
  title           = {Next Year's Paper},
  author          = {Jin, Chao and Doe, Jane},
  eventtitle      = {Conference of the Future},
  eventtitleaddon = {FUTURE 2031},
  year            = {2031},
  keywords        = {LLM systems},
}
"""
TITLE = "Next Year’s Paper"


@pytest.fixture(scope="module")
def edited(site_with):
    """The site before and after an entry of a new year was added to refs.bib, and nothing else."""
    before = site_with()
    before.titles("publications")
    bib = (before.src / "refs.bib").read_text(encoding="utf-8")
    before.write("refs.bib", bib + NEW)
    return before.rebuild()


@pytest.mark.parametrize("name", ["index", "publications"])
def test_a_paper_of_a_new_year_heads_every_list_where_it_belongs(site, edited, name):
    assert edited.returncode == 0, edited.stderr
    titles = edited.titles(name)
    assert titles[0].replace("'", "’") == TITLE
    assert titles[1:] == site.titles(name)


def test_a_paper_of_a_new_year_gets_a_heading_of_its_own(site, edited):
    groups = edited.groups("publications")
    assert list(groups) == ["2031", *site.groups("publications")]
    assert len(groups["2031"]) == 1


def test_a_paper_of_a_new_year_can_be_cited(edited):
    (card,) = [card for card in edited.cards("publications") if card.badge == "FUTURE 2031"]
    assert card.id == "cite-jin2031future"
    assert card.owner == ["Chao Jin"]


def test_a_preprint_that_gets_published_is_an_edit_of_its_entry_alone(site, site_with):
    copy = site_with()
    bib = (copy.src / "refs.bib").read_text(encoding="utf-8")
    before, after = bib.split("@misc{jin2024ragcache,")
    published = "journal = {Journal of Caches},\n  shortjournal = {JC},"
    after = after.replace("pubstate        = {prepublished},", published, 1)
    copy.write("refs.bib", f"{before}@article{{jin2024ragcache,{after}")
    again = copy.rebuild()
    assert again.returncode == 0, again.stderr
    anchors = {card.id for card in site.cards("publications")}
    assert {card.id for card in again.cards("publications")} == anchors
    (card,) = [card for card in again.cards("publications") if card.id == "cite-jin2024ragcache"]
    assert (card.badge, "Journal of Caches" in card.venue) == ("JC 2024", True)


def test_a_paper_that_is_removed_but_cited_stops_the_build_at_the_paragraph(site_with):
    copy = site_with()
    bib = (copy.src / "refs.bib").read_text(encoding="utf-8")
    start = bib.index("@article{qi2024pyxis")
    copy.write("refs.bib", bib[:start] + bib[bib.index("@inproceedings{zhang2024jolteon") :])
    after = copy.rebuild()
    essay = (copy.src / "research/serverless-and-cloud.md").read_text(encoding="utf-8")
    paragraph = essay.rindex("\n\n", 0, essay.index("qi2024pyxis")) + 2
    line = essay.count("\n", 0, paragraph) + 1
    assert after.returncode != 0
    (warning,) = [text for text in after.errors if "qi2024pyxis" in text]
    assert warning.startswith(f"research/serverless-and-cloud.md:{line}: WARNING: could not find")
    assert not after.says_traceback
