"""`bibfolio add`: what is written, what is said, and that nothing else happens to the file."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr
from functools import partial
from pathlib import Path

import pytest

from bibfolio.commands import main
from bibfolio.services.client import Client
from tests.services import Services, playing

REFS = """% My papers.

@misc{ahuja2022dl,
  title    = {Testing Deep Learning Models},
  author   = {Ahuja, Mohit Kumar and Gotlieb, Arnaud and Spieker, Helge},
  date     = {2022-02-24},
  eprint   = {2202.12139},
  pubstate = {prepublished},
  keywords = {testing},
}

@article{doe2019queues,
  title   = {Queues},
  author  = {Doe, Jane},
  journal = {Journal of Queues},
  year    = {2019},
}
"""
PROFILE = """name = "Jane Doe"
name_variants = ["J. Doe"]
[affiliation]
institution = "U"
[links]
website = "https://jane.example"
"""
CONF = 'extensions = ["bibfolio"]\nhtml_theme = "bibfolio"\n'
DOI = "10.5555/retracted"
ENTRY = """@article{doe2020carbon,
  title     = {Carbon dioxide ({CO}₂) and x²},
  author    = {Doe, Jane},
  journal   = {Journal of Examples},
  date      = {2020-02},
  doi       = {10.5555/retracted},
  retracted = {10.5555/notice},
}
"""
NOTE = """

@article{doe2001note,
  title   = {A Note},
  author  = {Doe, Jane},
  journal = {J},
  year    = {2001},
}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"refs.bib": REFS, "profile.toml": PROFILE, "conf.py": CONF}.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


@pytest.fixture(autouse=True)
def services(monkeypatch) -> Services:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with playing() as services:
        patient = partial(Client, sleep=lambda _s: None, environment=services.environment)
        monkeypatch.setattr("bibfolio.commands.add.Client", patient)
        yield services


def add(*words: str) -> int:
    return main(["add", *words])


def refs(folder: Path) -> str:
    return (folder / "refs.bib").read_bytes().decode()


def test_a_paper_is_put_above_the_older_ones_and_shown(folder, capsys):
    assert add(DOI) == 0
    assert refs(folder) == REFS.replace("@article{doe2019", f"{ENTRY}\n@article{{doe2019")
    said = capsys.readouterr()
    assert said.out == f"{ENTRY}Its page will be https://jane.example/papers/doe2020carbon/\n"
    assert said.err == "Note: this work has a retraction: 10.5555/notice\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_stay(folder, mark):
    (folder / "refs.bib").write_bytes(mark + REFS.replace("\n", "\r\n").encode())
    assert add(DOI) == 0
    text = REFS.replace("@article{doe2019", f"{ENTRY}\n@article{{doe2019")
    assert (folder / "refs.bib").read_bytes() == mark + text.replace("\n", "\r\n").encode()


def test_an_old_encoding_stays_or_refuses(folder, capsys):
    old = REFS.replace("Queues", "Quéues").encode("latin-1")
    (folder / "refs.bib").write_bytes(old)
    assert add("10.1371/journal.pone.0033693", "--yes") == 1
    assert "is not UTF-8 and stays as it is" in capsys.readouterr().err
    (folder / "conf.py").write_text(f'{CONF}bibtex_encoding = "latin-1"\n', encoding="utf-8")
    assert add("10.1371/journal.pone.0033693", "--yes") == 0
    assert "Quéues" in (folder / "refs.bib").read_bytes().decode("latin-1")


def test_a_new_version_of_a_paper_is_added_as_a_paper(folder, services, capsys):
    services.crossref["10.5555/retracted"] |= {
        "updated-by": [],
        "update-to": [{"DOI": "10.5555/first", "type": "new_version"}],
    }
    assert add(DOI) == 0
    assert "doe2020carbon" in refs(folder)
    assert capsys.readouterr().err == "Note: this work is the new_version of 10.5555/first\n"


def test_what_is_there_is_not_added_again(folder, capsys):
    assert add(DOI) == 0
    before = refs(folder)
    assert add(f"https://doi.org/{DOI}", f"doi:{DOI.upper()}") == 0
    assert "refs.bib:12: doe2020carbon is this paper\n" * 2 in capsys.readouterr().out
    assert refs(folder) == before


PRINT = [
    ("@misc{ahuja", "@inproceedings{ahuja"),
    (
        "{Testing Deep Learning Models}",
        "{Testing Deep Learning Models: A First Comparative Study of Multiple Testing Techniques}",
    ),
    (
        "  date     = {2022-02-24},\n",
        """\
  booktitle = {2022 IEEE International Conference on Software Testing, Verification and Validation \
Workshops (ICSTW)},
  eventtitle = {2022 IEEE International Conference on Software Testing, Verification and \
Validation Workshops},
  eventtitleaddon = {ICSTW 2022},
  eventdate = {2022-04-04/2022-04-13},
  venue    = {Exampleville, Nowhere},
  date     = {2022-04},
  pages    = {1001--1009},
  publisher = {IEEE},
  doi      = {10.1109/ICSTW55395.2022.00035},
""",
    ),
    (
        "{2202.12139},\n  pubstate = {prepublished},\n",
        "{2202.12139},\n  eprinttype = {arxiv},\n  eprintclass = {cs.SE},\n",
    ),
]


def test_a_preprint_that_is_published_becomes_the_paper_if_that_is_wanted(folder, capsys):
    assert add("2202.12139") == 3
    assert refs(folder) == REFS
    said = capsys.readouterr()
    assert "+  pages    = {1001--1009}," in said.out
    assert "--yes writes it" in said.err
    assert add("2202.12139", "--yes") == 0
    text = REFS
    for old, new in PRINT:
        text = text.replace(old, new)
    assert refs(folder) == text
    capsys.readouterr()
    assert add("2202.12139") == add("10.1109/icstw55395.2022.00035") == 0
    assert refs(folder) == text


def test_a_preprint_as_google_scholar_writes_it_becomes_the_paper(folder):
    text = "@article{x,\n  title={Testing},\n  author={Ahuja, Mohit Kumar and Doe, Jane},\n"
    text += "  journal={arXiv preprint arXiv:2202.12139},\n  year={2022},\n  month=feb\n}\n"
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    assert add("2202.12139") == 3
    assert add("2202.12139", "--yes") == 0
    now = refs(folder)
    assert now.startswith("@inproceedings{x,\n  title={Testing Deep Learning Models: A First ")
    assert "journal" not in now
    assert "  year={2022},\n  month=apr,\n  pages = {1001--1009},\n" in now
    assert "Ahuja, Mohit Kumar and Doe, Jane}" in now


def test_someone_elses_paper_is_asked_for(folder, capsys, monkeypatch):
    assert add("1605.08386") == 3
    assert "Jane Doe is not among the authors of Heat-bath" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    assert add("1605.08386") == 3
    assert refs(folder) == REFS
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert add("1605.08386") == 0
    assert "stanley2016heatbath" in refs(folder)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_profile_nobody_is_asked(folder, capsys):
    (folder / "profile.toml").unlink()
    assert add("1605.08386") == 0
    assert "no profile says who the owner is" in capsys.readouterr().err


def test_a_key_follows_the_file_or_is_given(folder, capsys):
    text = REFS.replace("ahuja2022dl", "Ahuja_2022").replace("doe2019queues", "Doe_2019")
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    assert add(DOI, "10.5555/zenodo.1234567", "conf/nsdi/DoeR24") == 0
    assert add("10.5555/odd", "--key", "mine") == 0
    for key in ("Doe_2020", "Doe_2023", "Doe_2024", "mine"):
        assert f"{{{key},\n" in refs(folder)
    with pytest.raises(SystemExit, match="2"):
        add("10.5555/odd", DOI, "--key", "mine")
    with pytest.raises(SystemExit, match="2"):
        add("10.5555/odd", "--key", "a b")


def test_a_key_that_is_taken_gets_a_letter(folder):
    text = REFS.replace("doe2019queues", "doe2020carbon").replace("{2019}", "{2020}")
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    assert add(DOI) == 0
    assert "{doe2020carbona,\n" in refs(folder)


def test_the_abstract_is_added_if_it_is_wanted(folder):
    assert add("10.5555/zenodo.1234567", "--abstract") == 0
    assert "  abstract  = {All of them.},\n" in refs(folder)


def test_a_file_is_added_entry_by_entry(folder, capsys):
    text = "@misc{x, doi = {10.5555/zenodo.1234567}, title = {T}}\n@article{y, title = {A Note.},"
    text += " author = {Jane Doe}, journal = {J}, year = 2001}"
    (folder / "pasted.bib").write_text(text, encoding="utf-8")
    assert add("pasted.bib") == 0
    assert "{Traces of queues" in refs(folder)
    assert refs(folder).endswith(NOTE)


def test_what_the_linter_says_of_the_entry_is_told(folder, capsys):
    answer = "10.1371/journal.pone.0033693"
    assert add(answer, "--yes") == 0
    assert "bib_" not in capsys.readouterr().out
    assert add("10.2172/10115553", "--yes") == 0


@pytest.mark.parametrize(
    ("identifier", "fault", "line"),
    [
        ("10.5555/none", None, "neither Crossref nor DataCite knows this DOI"),
        ("0000.0000", None, ""),
        ("2404.99999", None, "arXiv does not know this number"),
        ("conf/nsdi/None24", None, "DBLP does not know it"),
        ("none.bib", None, "cannot be read: No such file or directory"),
        ("10.5555/notice", None, "this is no paper but the retraction of 10.5555/retracted"),
        ("10.1007/978-1-4302-0197-7_9", None, "has no authors and no date"),
        (DOI, "<html>", "a web page instead of JSON"),
        (DOI, "[]", "in a form that is not understood"),
        (DOI, ["busy", 3600, 9], "asks to wait 3600 s"),
    ],
)
def test_a_failure_is_one_line_and_the_file_stays(folder, services, identifier, fault, line):
    if fault is not None:
        services.faults["/works"] = fault
    if not line:
        with pytest.raises(SystemExit, match="2"):
            add(identifier)
    else:
        with redirect_stderr(io.StringIO()) as stream:
            assert add(identifier) == 1
        said = stream.getvalue()
        assert line in said
        assert said.count("\n") == 1
    assert refs(folder) == REFS


def test_one_failure_does_not_keep_the_others(folder):
    assert add("10.5555/none", DOI) == 1
    assert ENTRY in refs(folder)


def test_a_link_stays_a_link_and_a_read_only_file_stays(folder, tmp_path, capsys):
    real = tmp_path / "elsewhere.bib"
    (folder / "refs.bib").rename(real)
    (folder / "refs.bib").symlink_to(real)
    assert add(DOI) == 0
    assert (folder / "refs.bib").is_symlink()
    assert ENTRY in real.read_text(encoding="utf-8")
    real.chmod(0o444)
    before = refs(folder)
    assert add("10.5555/zenodo.1234567") == 1
    assert "read-only and stays as it is" in capsys.readouterr().err
    assert refs(folder) == before
