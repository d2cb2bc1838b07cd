"""`bibfolio sync`: what is proposed and why, and that nothing else ever happens to the file."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bibfolio.commands import main
from bibfolio.services.client import Client, ServiceError
from bibfolio.sources.bib_parser import read_entries
from tests.services import Services, playing

ORCID = "0000-0002-1825-0097"
REFS = """% My papers.

@misc{ahuja2022dl,
  title    = {Testing Deep Learning Models: A First Comparative Study of Multiple Testing
              Techniques},
  author   = {Ahuja, Mohit Kumar and Gotlieb, Arnaud and Spieker, Helge},
  date     = {2022-02-24},
  eprint   = {2202.12139},
  pubstate = {prepublished},
}

@article{doe2019queues,
  title   = {Queues},
  author  = {Doe, Jane},
  journal = {Journal of Queues},
  year    = {2019},
}
"""
PROFILE = f"""name = "Jane Doe"
name_variants = ["J. Doe"]
[affiliation]
institution = "U"
[links]
orcid = "{ORCID}"
dblp = "12/345"
"""
PREPRINT = """@article{DBLP:journals/corr/x, author = {Jane Doe 0003}, title = {Testing.},
  journal = {CoRR}, volume = {abs/2202.12139}, year = {2022}}
"""
QUEUES = """@article{DBLP:q, author = {Jane Doe 0003}, title = {Queues.}, journal = {J. Queues},
  pages = {1--9}, year = {2020}, doi = {10.5555/queues}}
"""
NAMESAKES = """@article{DBLP:n, author = {Janet Doe and J. Q. Public}, title = {Of Someone Else.},
  journal = {J}, year = {2021}}
"""


def orcid_list(*dois: str) -> str:
    """ORCID's answer with works of these DOIs."""
    ids = [
        {"external-id-type": "doi", "external-id-value": doi, "external-id-relationship": "self"}
        for doi in dois
    ]
    works = [
        {"title": {"title": {"value": doi}}, "external-ids": {"external-id": [one]}}
        for doi, one in zip(dois, ids, strict=True)
    ]
    return json.dumps({"group": [{"work-summary": [one]} for one in works]})


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"refs.bib": REFS, "profile.toml": PROFILE}.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


@pytest.fixture(autouse=True)
def services(monkeypatch, tmp_path) -> Services:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    known = {"12/345": PREPRINT + QUEUES + NAMESAKES}
    with playing(dblp=known, orcid=orcid_list("10.5555/retracted", "10.5555/notice")) as services:
        patient = partial(Client, sleep=lambda _s: None, environment=services.environment)
        monkeypatch.setattr("bibfolio.commands.sync.Client", lambda **_: patient())
        yield services


def refs(folder: Path) -> str:
    return (folder / "refs.bib").read_text(encoding="utf-8")


def proposed(capsys, *words: str) -> dict[str, str]:
    """Kind of each change → its reason."""
    main(["sync", "--dry-run", "--format", "json", *words])
    return {one["what"]: one["reason"] for one in json.loads(capsys.readouterr().out)["changes"]}


def test_what_is_missing_published_or_empty_is_shown_with_reasons_and_written_once(folder, capsys):
    assert main(["sync", "--dry-run"]) == 3
    assert refs(folder) == REFS
    said = capsys.readouterr().out
    assert "fields: doe2019queues has no doi, pages; in the list of DBLP with them\n---" in said
    assert "published: ahuja2022dl has appeared: in the list of DBLP, 10.1109/ICSTW5" in said
    assert "new: in the list of ORCID, 10.5555/retracted; Jane Doe is an author\n---" in said
    assert "Note: Carbon dioxide (CO₂) and x² has a retraction: 10.5555/notice" in said
    assert "Note: doe2019queues: the years differ (2019 here, 2020 at the service)" in said
    assert "Not proposed: “Of Someone Else”, because you are not among its authors" in said
    assert "because it is the retraction of 10.5555/retracted" in said
    assert main(["sync", "--yes"]) == 0
    now = refs(folder)
    assert "  pages   = {1--9},\n" in now
    assert "@inproceedings{ahuja2022dl,\n" in now
    assert "pubstate" not in now
    assert "@article{doe2020carbon,\n" in now
    assert {raw.key for raw in read_entries(now)[0]} == {
        *("ahuja2022dl", "doe2019queues", "doe2020carbon")
    }
    capsys.readouterr()
    assert main(["sync", "--yes"]) == main(["sync", "--dry-run"]) == 0
    assert "Nothing to propose." in capsys.readouterr().out
    assert refs(folder) == now


@pytest.mark.parametrize("way", ["relation", "search"])
def test_the_print_of_a_preprint_is_looked_for(folder, services, capsys, way):
    """In arXiv's own DOI, and by one search where nobody says so."""
    services.orcid, services.dblp = orcid_list(), {"12/345": QUEUES}
    if way == "search":
        services.arxiv = services.arxiv.replace("10.1109/ICSTW55395.2022.00035", "")
        assert "published" not in proposed(capsys)
        services.search = ["10.1109/icstw55395.2022.00035"]
    assert proposed(capsys)["published"].lower() == (
        "ahuja2022dl has appeared: found at arxiv or crossref, 10.1109/icstw55395.2022.00035"
    )


def test_a_namesake_with_another_orcid_is_not_the_owner(folder, services, capsys):
    services.crossref["10.5555/retracted"]["author"] = [
        {"given": "Jane", "family": "Doe", "ORCID": "https://orcid.org/0000-0001-5109-3700"}
    ]
    assert "new" not in proposed(capsys)


def test_another_version_of_a_paper_is_told_and_neither_mixed_nor_added(folder, capsys):
    text = REFS.replace("  year    = {2019}", "  doi = {10.5555/other},\n  year = {2019}")
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    assert "fields" not in proposed(capsys)
    main(["sync", "--dry-run"])
    assert "doe2019queues (article 10.5555/other) may be another" in capsys.readouterr().out


WAITING = """
@misc{doe2022waiting,
  title      = {Waiting},
  author     = {Doe, Jane},
  date       = {2022},
  eprint     = {2201.00001},
  eprinttype = {arxiv},
  pubstate   = {prepublished},
}
"""
WAITED = """
@article{doe2023waiting,
  title   = {Waiting},
  author  = {Doe, Jane},
  journal = {J},
  year    = {2023},
  doi     = {10.5555/journal},
}
"""


@pytest.mark.parametrize("text", [WAITING + WAITED, WAITED + WAITING])
def test_a_preprint_whose_print_has_an_entry_does_not_become_a_second(folder, services, text):
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    services.orcid, services.dblp = orcid_list(), {"12/345": WAITED}
    services.crossref["10.5555/journal"] = {
        "DOI": "10.5555/journal",
        "title": ["Waiting"],
        "type": "journal-article",
        "author": [{"given": "Jane", "family": "Doe"}],
        "issued": {"date-parts": [[2023]]},
        "relation": {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2201.00001"}]},
    }
    assert main(["sync", "--yes"]) == 0
    assert refs(folder) == text


def retracted(folder: Path, services: Services, *fields: str) -> str:
    """An entry of a paper that has a retraction, with more *fields*, as no list names it."""
    services.orcid, services.dblp = orcid_list(), {"12/345": QUEUES.replace("Queues", "Rows")}
    entry = WAITED.replace("journal}", "retracted}").replace("Waiting", "Carbon")
    entry = entry.replace("\n}", "".join(f"\n  {field}," for field in fields) + "\n}")
    (folder / "refs.bib").write_text(entry, encoding="utf-8")
    return entry


def test_a_retraction_of_what_no_list_names_is_proposed_and_then_known(folder, services, capsys):
    entry = retracted(folder, services)
    services.dblp = {"12/345": WAITED.replace("journal}", "retracted}")}
    assert proposed(capsys)["notice"] == (
        "doe2023waiting has a notice at Crossref (retracted): 10.5555/notice"
    )
    assert main(["sync", "--yes"]) == 0
    now = refs(folder)
    assert "  retracted = {10.5555/notice},\n" in now
    assert now.replace("  retracted = {10.5555/notice},\n", "").split() == entry.split()
    capsys.readouterr()
    assert main(["sync", "--yes"]) == 0
    assert refs(folder) == now
    assert "has a" not in capsys.readouterr().out


def test_a_second_correction_stands_behind_the_first_and_one_that_is_declined_does_not(
    folder, services, capsys
):
    retracted(folder, services, "correction = {10.5555/first}")
    ends = ("FIRST", "second", "third")
    updates = [{"DOI": f"10.5555/{end}", "type": "erratum"} for end in ends]
    updates.append({"DOI": "10.5555/more", "type": "addendum"})
    services.crossref["10.5555/retracted"]["updated-by"] = updates
    declined = '[[declined]]\nwhat = "notice"\nidentifiers = ["doe2023waiting 10.5555/third"]\n'
    (folder / "sync.toml").write_text(declined, encoding="utf-8")
    main(["sync", "--yes"])
    assert "  correction = {10.5555/first; 10.5555/second},\n" in refs(folder)
    assert "has an addendum: 10.5555/more" in capsys.readouterr().out


def test_what_becomes_graver_is_proposed_again(folder, services):
    retracted(folder, services, "concern = {10.5555/notice}")
    main(["sync", "--yes"])
    assert "  retracted = {10.5555/notice},\n" in refs(folder)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_declined_is_not_asked_again(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("never\nno\nnever\n"))
    assert main(["sync"]) == 0
    assert refs(folder) == REFS
    text = (folder / "sync.toml").read_text(encoding="utf-8")
    assert text.startswith("# What `bibfolio sync` does not propose again.")
    assert 'what = "new"\nidentifiers = ["10.5555/retracted"]\ntitle = "Carbon dioxide' in text
    capsys.readouterr()
    assert len(proposed(capsys)) == 1
    (folder / "sync.toml").unlink()
    assert len(proposed(capsys)) == 3


def test_all_and_quit(folder, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("quit\n"))
    assert main(["sync"]) == 0
    assert refs(folder) == REFS
    monkeypatch.setattr(sys, "stdin", Terminal("all\n"))
    assert main(["sync"]) == 0
    assert "doe2020carbon" in refs(folder)
    assert "pubstate" not in refs(folder)


def test_a_mistake_in_what_was_declined_is_told_and_nothing_written(folder, capsys):
    (folder / "sync.toml").write_text("[[declined]\n", encoding="utf-8")
    assert main(["sync", "--yes"]) == 1
    assert "sync.toml cannot be read" in capsys.readouterr().err
    assert refs(folder) == REFS


def test_a_service_that_fails_is_told_and_the_others_count(folder, services, capsys):
    services.faults["/v3.0"] = "<html>"
    assert main(["sync", "--yes"]) == 1
    assert "ORCID: ORCID answers with a web page instead of JSON\n" in capsys.readouterr().err
    assert "10.5555/queues" in refs(folder)


def test_services_that_all_fail_are_not_asked_on_and_on(folder, services, capsys):
    services.faults |= {"/works": 500, "/api": 500}
    assert main(["sync", "--yes"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 3
    assert said.endswith("try later; nothing more is asked\n")
    assert refs(folder) == REFS


def test_what_authors_tell_arxiv_and_lists_without_authors_are_understood(folder, services, capsys):
    services.dblp = {"12/345": QUEUES}
    one = {"title": {"title": {"value": "QUEUES."}}}
    services.orcid = json.dumps({"group": [{"work-summary": [one]}]})
    told = "<arxiv:journal_ref>J. of Tests 5</arxiv:journal_ref><arxiv:comment"
    doi = "10.1109/ICSTW55395.2022.00035"
    services.arxiv = services.arxiv.replace(doi, "").replace("<arxiv:comment", told)
    assert main(["sync", "--dry-run"]) == 3
    out = capsys.readouterr().out
    assert "Not proposed" not in out
    assert "Note: ahuja2022dl: its authors tell arXiv that it appeared in J. of Tests 5" in out
    assert any("J.+of+Tests+5" in path for path, _headers in services.asked)


def test_github_shows_changes_at_their_lines(folder, capsys):
    assert main(["sync", "--format", "github"]) == 3
    out = capsys.readouterr().out
    assert "::notice file=refs.bib,line=12,title=fields::doe2019queues has no doi" in out


@pytest.mark.parametrize("words", [["--orcid", "0000-0002-1825-0098"], ["--dblp", "../x"]])
def test_what_is_no_identifier_is_refused(folder, words):
    with pytest.raises(SystemExit, match="2"):
        main(["sync", *words])


TEXT = st.text('aé{}\\%&,@=" \n', max_size=8)
RECORD = st.fixed_dictionaries(
    {
        "DOI": st.sampled_from(["10.5555/queues", "10.5555/retracted"]),
        "title": st.sampled_from([["Queues"], ["Other"]]),
        "type": st.sampled_from(["journal-article", "proceedings-article", "posted-content"]),
        "author": st.just([{"given": "Jane", "family": "Doe"}]),
        "issued": st.sampled_from([{"date-parts": [[2019]]}, {"date-parts": [[2024, 3]]}]),
    },
    optional={"page": TEXT, "volume": TEXT, "container-title": st.lists(TEXT, max_size=1)},
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(RECORD, RECORD)
def test_no_filled_field_changes_nothing_goes_and_twice_is_once(folder, services, one, other):
    (folder / "refs.bib").write_text(REFS, encoding="utf-8")
    services.dblp = {"12/345": QUEUES}
    services.orcid = orcid_list("10.5555/queues", "10.5555/retracted")
    services.crossref |= {"10.5555/queues": one, "10.5555/retracted": other}
    assert main(["sync", "--yes"]) == 0
    now = refs(folder)
    before, after = ({r.key: r for r in read_entries(t)[0]} for t in (REFS, now))
    assert before["doe2019queues"].fields == tuple(
        (name, value)
        for name, value in after["doe2019queues"].fields
        if name not in {"doi", "pages", "isbn"}
    )
    assert [key for key in after if key in before] == list(before)
    assert main(["sync", "--yes"]) == 0
    assert refs(folder) == now


def test_a_run_that_is_killed_leaves_the_old_file(folder, services):
    """While an answer is held back, and whatever was answered before."""
    services.faults["/works/10.5555%2Fretracted"] = "drip"
    environment = os.environ | services.environment | {"XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-m", "bibfolio", "sync", "--yes"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as run:
        until = time.monotonic() + 30
        while not any("retracted" in path for path, _headers in services.asked):
            assert time.monotonic() < until
            time.sleep(0.02)
        os.kill(run.pid, signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    assert refs(folder) == REFS
    assert list(folder.glob(".*")) == []


def test_an_answer_is_kept_for_a_day(services, tmp_path):
    client = Client(environment=services.environment, cache=tmp_path / "cache")
    for _ in range(2):
        assert client.json("crossref", "/works/10.5555%2Fodd")["message"]
    assert len(services.asked) == 1
    (kept,) = (tmp_path / "cache").iterdir()
    os.utime(kept, (0, 0))
    assert client.json("crossref", "/works/10.5555%2Fodd")["message"]
    assert len(services.asked) == 2


def test_an_answer_that_cannot_be_read_is_not_kept(services, tmp_path):
    client = Client(environment=services.environment, cache=tmp_path / "cache")
    services.faults["/works"] = "<html>Log in to this network</html>"
    with pytest.raises(ServiceError, match="a web page instead of JSON"):
        client.json("crossref", "/works/10.5555%2Fodd")
    services.faults.clear()
    assert client.json("crossref", "/works/10.5555%2Fodd")["message"]
