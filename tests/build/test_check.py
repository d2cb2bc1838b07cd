"""A build says what `bibfolio check` says: the same problems, at the same places."""

import re

import pytest

from bibfolio.commands import main

SLOPPY = """\
@article{doe2020cache,
  tilte   = {Caching},
  title   = {Caching & Waiting},
  author  = {Doe, Jane and Poe, E.},
  journal = {Journal of Tests},
  year    = {2020},
  pages   = {12-34},
  doi     = {https://doi.org/10.1000/182},
  isbn    = {978-1-939133-39-8},
}

@article{poe2021queue,
  title   = {Queues},
  author  = {Poe, Edgar},
  journal = {journal of tests},
  year    = {twenty},
}
@misc{doe2022later, title = {Later}, keywords = {selected}, pubstate = {inpreparation}}
"""
WRONG_ORCID = '[links]\norcid = "0000-0002-1825-0098"\n'


@pytest.fixture
def sloppy(build):
    """A site with mistakes of many kinds, in the bibliography, the profile and the files."""
    built = build("minimal")
    built.write("refs.bib", SLOPPY)
    built.edit("profile.toml", "[links]\n", WRONG_ORCID)
    built.write("files/papers/nobodys.pdf", b"%PDF-1.4\n")
    return built


def as_command(line: str) -> str:
    """A warning of Sphinx as the command would put it."""
    match = re.fullmatch(
        r"(?P<place>[^:]+:\d+(?::\d+)?): WARNING: (?P<text>.*) \[bibfolio\.(?P<kind>\w+)\]", line
    )
    assert match, line
    place = match["place"] if match["place"].count(":") == 2 else f"{match['place']}:1"
    return f"{place}: {match['kind']}: {match['text']}"


def test_a_build_and_the_command_say_the_same(sloppy, monkeypatch, capsys):
    warnings = sloppy.rebuild(warnings=True).warnings
    monkeypatch.chdir(sloppy.src)
    assert main(["check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert sorted(map(as_command, warnings)) == sorted(said)
    kinds = {line.rpartition("[bibfolio.")[2].rstrip("]") for line in warnings}
    assert kinds == {
        *("bib_unknown_field", "bib_escape", "bib_author", "bib_pages", "bib_doi", "bib_isbn"),
        *("bib_venue", "bib_field", "bib_draft", "bib_orcid", "bib_unused_file"),
    }


def test_a_problem_can_be_silenced_by_name_in_both(sloppy, monkeypatch, capsys):
    conf = (sloppy.src / "conf.py").read_text(encoding="utf-8")
    sloppy.write("conf.py", f'{conf}suppress_warnings = ["bibfolio.bib_doi"]\n')
    warnings = sloppy.rebuild(warnings=True).warnings
    monkeypatch.chdir(sloppy.src)
    main(["check"])
    for told in ("\n".join(warnings), capsys.readouterr().out):
        assert "bib_isbn" in told
        assert "bib_doi" not in told


def test_mistakes_are_told_on_every_build_and_hide_no_paper(sloppy):
    first = sloppy.rebuild(warnings=True)
    assert sorted(first.titles()) == ["Caching & Waiting", "Queues"]
    assert sloppy.rebuild(warnings=True).warnings == first.warnings
