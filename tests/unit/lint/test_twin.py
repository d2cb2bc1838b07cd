"""A preprint beside its published paper, and a draft among the selected."""

from __future__ import annotations

import pytest

from .made import entry, messages, said

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
