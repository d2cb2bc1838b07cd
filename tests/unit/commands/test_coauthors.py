"""`bibfolio coauthors`: the list, and beside it what the list cannot know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bibfolio.commands import coauthors, main

ORCID = "0000-0002-1825-0097"
REFS = """\
@misc{a, title = {Of Lines}, author = {Doe, Jane and Fable, Nora and Li, W.}, year = 2024}
@misc{b, title = {Of Queues}, author = {Doe, Jane and Li, Wei and Li, Wen and others}}
@misc{c, title = {Of Drafts}, author = {Doe, Jane and Poe, Ola}, year = 2026,
  pubstate = {inpreparation}}
@misc{d, title = {Of Others}, author = {Roe, Ann}, year = 2025}
@misc{e, title = {Of Old}, author = {Doe, Jane and Roe, Ann}, year = 2020}
"""
PROFILE = f"""\
name = "Jane Doe"
[people."Nora Fable"]
orcid = "{ORCID}"
affiliation = "University of Examples"
"""

ADVICE = 'write the full name into the entry, or the short one into aliases of [people."NAME"].'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(coauthors, "today", lambda: date(2026, 12, 3))
    for name, text in {"refs.bib": REFS, "profile.toml": PROFILE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_list_is_printed_and_what_is_not_certain_beside_it(capsys):
    assert main(["coauthors"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"Fable, Nora; University of Examples; {ORCID}; 1 paper, the last 2024: Of Lines",
        "Li, W.; 1 paper, the last 2024: Of Lines",
        "Li, Wei; 1 paper, the last without a date: Of Queues",
        "Li, Wen; 1 paper, the last without a date: Of Queues",
        "Poe, Ola; 1 paper, the last 2026: Of Drafts",
    ]
    assert said.err.splitlines() == [
        "5 co-authors of Jane Doe since 2022-12-03.",
        '4 without an affiliation; write affiliation into [people."NAME"].',
        "Without a date, and counted: b.",
        "Not all authors are named in b, which end in `and others`.",
        "Not counted, as Jane Doe is not among the authors: d.",
        f"Li, W. may be Li, Wei or Li, Wen; {ADVICE}",
    ]


def test_a_time_and_a_form_can_be_chosen(capsys):
    assert main(["coauthors", "--since", "2025-01", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "| Li | Wei |  |  |  | Of Queues | 1 |",
        "| Li | Wen |  |  |  | Of Queues | 1 |",
        "| Poe | Ola |  |  | 2026 | Of Drafts | 1 |",
    ]
    assert main(["coauthors", "--since", "2019", "--format", "csv"]) == 0
    assert "Roe,Ann,,,2020,Of Old,1\n" in capsys.readouterr().out


def test_what_is_no_time_is_refused_with_what_is(capsys):
    with pytest.raises(SystemExit):
        main(["coauthors", "--since", "12days"])
    assert "'12days' is not a date; write YYYY" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("profile", "cure"),
    [
        ("", "write name into profile.toml"),
        ("interests = []\n", "write name into profile.toml"),
        ("name = 1\n", "profile.toml:1:1: profile: name: must be a text in quotes"),
    ],
)
def test_without_an_owner_it_says_what_to_write(folder, capsys, profile, cure):
    (folder / "profile.toml").write_text(profile, encoding="utf-8")
    assert main(["coauthors"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert cure in said.err


def test_what_cannot_be_read_is_told(folder, capsys):
    (folder / "refs.bib").unlink()
    assert main(["coauthors"]) == 0
    assert "refs.bib:1:1: bib_missing: cannot read the bibliography" in capsys.readouterr().err


def test_the_profile_of_a_site_in_two_languages_is_read(folder, capsys):
    (folder / "conf.py").write_text(
        'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\nbibfolio_languages = ["en", "zh"]\n',
        encoding="utf-8",
    )
    text = PROFILE.replace('"Jane Doe"', '{en = "Jane Doe", zh = "多简"}')
    (folder / "profile.toml").write_text(text, encoding="utf-8")
    assert main(["coauthors"]) == 0
    assert "5 co-authors of Jane Doe" in capsys.readouterr().err
