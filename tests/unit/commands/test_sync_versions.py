"""`bibfolio sync` among versions of one work, and beside what is odd: nothing is written twice."""

# ruff: noqa: F401, F811 (fixtures)

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from bibfolio.commands import main
from bibfolio.services.client import Client
from tests.unit.commands.test_sync import (
    QUEUES,
    REFS,
    folder,
    orcid_list,
    refs,
    services,
)

TITLE = "Waiting in Line"
PRINT = """@inproceedings{doe2020waiting,
  title     = {Waiting in Line},
  author    = {Doe, Jane and Roe, R.},
  booktitle = {Proc. Q},
  year      = {2020},
  doi       = {10.5555/waiting},
}
"""
PREPRINT = """@misc{doe2019waiting,
  title      = {Waiting in Line},
  author     = {Doe, Jane and Roe, R.},
  date       = {2019-02-24},
  eprint     = {1902.00001},
  eprinttype = {arxiv},
  pubstate   = {prepublished},
}
"""
DBLP_PREPRINT = """@article{DBLP:journals/corr/x, author = {Jane Doe and R. Roe},
  title = {Waiting in Line.}, journal = {CoRR}, volume = {abs/1902.00001}, year = {2019}}
"""
AUTHORS = [{"given": "Jane", "family": "Doe"}, {"given": "R.", "family": "Roe"}]


def record(doi: str, type_: str = "proceedings-article", year: int = 2020, **more: Any) -> Any:
    """What Crossref knows of a work with this DOI."""
    values = {"DOI": doi, "title": [TITLE], "type": type_, "container-title": [f"Venue of {doi}"]}
    return {**values, "author": AUTHORS, "issued": {"date-parts": [[year]]}, **more}


def told(capsys: Any) -> tuple[list[tuple[str, list[str]]], dict[str, Any], str]:
    """Kind and identifiers of what is proposed; everything for programs; what went wrong."""
    capsys.readouterr()
    main(["sync", "--dry-run", "--format", "json"])
    said = capsys.readouterr()
    every = json.loads(said.out)
    return [(one["what"], one["identifiers"]) for one in every["changes"]], every, said.err


@pytest.mark.parametrize("text", [PRINT + PREPRINT, PREPRINT + PRINT])
def test_a_preprint_beside_its_print_stays_a_preprint(folder, services, capsys, text):
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    related = {"relation": {"has-preprint": [{"id-type": "arxiv", "id": "1902.00001"}]}}
    services.crossref["10.5555/waiting"] = record("10.5555/waiting", **related)
    services.dblp, services.search = {"12/345": DBLP_PREPRINT}, ["10.5555/waiting"]
    services.orcid = orcid_list("10.5555/waiting")
    assert told(capsys)[0] == []


def test_of_two_prints_of_a_preprint_the_first_is_written(folder, services, capsys):
    (folder / "refs.bib").write_text(PREPRINT, encoding="utf-8")
    services.crossref["10.5555/a"] = record("10.5555/a")
    services.crossref["10.5555/b"] = record("10.5555/b", "journal-article", 2022)
    services.dblp, services.orcid = {"12/345": ""}, orcid_list("10.5555/a", "10.5555/b")
    services.dblp = {"12/345": DBLP_PREPRINT}
    proposed, every, _wrong = told(capsys)
    assert [what for what, _ids in proposed] == ["published"]
    assert "doe2019waiting has also appeared as 10.5555/b; that is not written" in every["notes"]
    main(["sync", "--yes"])
    now = refs(folder)
    assert "10.5555/b" not in now
    main(["sync", "--yes"])
    assert refs(folder) == now


def test_versions_of_one_work_are_one_proposal(folder, services, capsys):
    """Of Zenodo's versions the first; what a list knows no DOI of is the one with a DOI."""
    for end in "abc":
        services.crossref[f"10.5555/{end}"] = record(f"10.5555/{end}")
    services.orcid = orcid_list("10.5555/a", "10.5555/b", "10.5555/c")
    entry = f"author = {{Jane Doe and R. Roe}}, title = {{{TITLE}.}}, pages = {{3--4}}, year = 2020"
    services.dblp = {"12/345": f"@inproceedings{{DBLP:w, booktitle = {{P}}, {entry}}}"}
    proposed, every, _wrong = told(capsys)
    assert [ids for what, ids in proposed if what == "new"] == [["10.5555/a"]]
    assert "pages     = {3--4}" in every["changes"][0]["diff"]
    because = "it may be another version of what is new (10.5555/a)"
    assert every["not_proposed"] == [{"title": TITLE, "because": because}] * 2


def test_a_search_that_finds_a_namesakes_paper_publishes_nothing(folder, services, capsys):
    """Same title, one family name of three in common."""
    (folder / "refs.bib").write_text(
        PREPRINT.replace("Roe, R.", "Poe, E. and Moe, M."), encoding="utf-8"
    )
    services.crossref["10.5555/other"] = record("10.5555/other")
    services.search, services.orcid = ["10.5555/other"], orcid_list()
    services.dblp = {"12/345": QUEUES}
    assert [what for what, _ids in told(capsys)[0]] == ["new"]


def test_a_namesakes_retraction_is_not_told(folder, services, capsys):
    services.crossref["10.5555/retracted"]["author"] = [{"given": "E.", "family": "Poe"}]
    assert "10.5555/notice" not in str(told(capsys)[1]["notes"])


def test_what_is_filled_stays_though_two_entries_share_a_key(folder, services, capsys):
    """The second has no pages, the first has; the change is refused, and said."""
    entry = "@Article{doe, title = {Queues}, author = {Doe, Jane}, year = {2020}}\n"
    other = entry.replace("Queues", "Old").replace("year", "pages = {1}, year")
    (folder / "refs.bib").write_text(other + entry, encoding="utf-8")
    services.orcid = orcid_list()
    assert main(["sync", "--yes"]) == 0
    assert refs(folder) == other + entry
    assert "Not proposed: “Queues”, because doe-2 is written" in capsys.readouterr().out


def test_a_field_that_was_declined_keeps_no_other_from_being_filled(folder, capsys):
    (folder / "sync.toml").write_text(
        '[[declined]]\nwhat = "fields"\nidentifiers = ["doe2019queues pages"]\n', encoding="utf-8"
    )
    assert ("fields", ["doe2019queues doi"]) in told(capsys)[0]


def test_filling_a_field_changes_no_other_byte(folder, services):
    """Not the case of the type either, nor quotes, nor line ends."""
    text = '@ARTICLE{Q,\r\n  Title = "Queues",\r\n  Author = "Jane Doe",\r\n  Year = 2020,\r\n}\r\n'
    (folder / "refs.bib").write_bytes(text.encode())
    services.orcid = orcid_list()
    assert main(["sync", "--yes"]) == 0
    now = (folder / "refs.bib").read_bytes().decode()
    added = [line for line in now.split("\r\n") if line not in text.split("\r\n")]
    assert [line.split()[0] for line in added] == ["pages", "doi"]
    assert "".join(now.split("\r\n")) == "".join(
        [*text.split("\r\n")[:4], *added, *text.split("\r\n")[4:]]
    )


def test_an_answer_that_cannot_be_read_is_asked_for_again(folder, services, monkeypatch, capsys):
    keeping = partial(Client, environment=services.environment, cache=folder / "kept")
    monkeypatch.setattr("bibfolio.commands.sync.Client", lambda **_: keeping(sleep=lambda _s: None))
    services.faults |= {"/v3.0": "<html>", "/pid": "<html>"}
    assert "instead of text" in told(capsys)[2]
    services.faults.clear()
    proposed, _every, wrong = told(capsys)
    assert (len(proposed), wrong) == (3, "")
    assert refs(folder) == REFS
