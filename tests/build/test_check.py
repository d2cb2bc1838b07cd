"""A build says what `bibfolio check` says: the same problems, at the same places."""

import re

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
KINDS = {
    *("bib_unknown_field", "bib_escape", "bib_author", "bib_pages", "bib_form", "bib_isbn"),
    *("bib_venue", "bib_field", "bib_draft", "bib_orcid", "bib_unused_file"),
}


def as_command(line: str) -> str:
    """A warning of Sphinx as the command would put it."""
    match = re.fullmatch(
        r"(?P<place>[^:]+:\d+(?::\d+)?): WARNING: (?P<text>.*) \[bibfolio\.(?P<kind>\w+)\]", line
    )
    assert match, line
    place = match["place"] if match["place"].count(":") == 2 else f"{match['place']}:1"
    return f"{place}: {match['kind']}: {match['text']}"


def test_a_build_and_the_command_say_the_same_each_time_and_are_silenced_alike(
    build, monkeypatch, capsys
):
    built = build("minimal")
    monkeypatch.chdir(built.src)
    built.write("refs.bib", SLOPPY)
    built.edit("profile.toml", "[links]\n", '[links]\norcid = "0000-0002-1825-0098"\n')
    built.write("files/papers/nobodys.pdf", b"%PDF-1.4\n")
    conf = (built.src / "conf.py").read_text(encoding="utf-8") + 'bibfolio_lint = "build"\n'
    for silent in ([], [], ["bib_form"]):
        built.write(
            "conf.py", f"{conf}suppress_warnings = {[f'bibfolio.{kind}' for kind in silent]}\n"
        )
        built = built.rebuild(warnings=True)
        assert main(["check"]) == 1
        *said, _summary = capsys.readouterr().out.splitlines()
        assert sorted(map(as_command, built.warnings)) == sorted(said)
        kinds = {line.rpartition("[bibfolio.")[2].rstrip("]") for line in built.warnings}
        assert kinds == KINDS - set(silent)
    assert sorted(built.titles()) == ["Caching & Waiting", "Queues"]
