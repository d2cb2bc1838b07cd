"""The console script says what it can do, and works in the plainest of environments."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bibfolio import __version__
from bibfolio.commands import check, main

SOURCES = Path(__file__).parents[3] / "src"
COMMANDS = ("new", "build", "serve", "coauthors", "check", "doctor")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--version"], 0, f"bibfolio {__version__}"),
        (["--help"], 0, "usage: bibfolio"),
        *(([name, "--help"], 0, f"usage: bibfolio {name}") for name in COMMANDS),
        ([], 2, "usage: bibfolio"),
        (["biuld"], 2, "invalid choice: 'biuld'"),
        (["build", "--nonsense"], 2, "unrecognized arguments: --nonsense"),
        (["check", "--yes"], 2, "--yes goes with --fix"),
        (["doctor", "--format", "xml"], 2, "invalid choice: 'xml'"),
        (["new", "--url", "x"], 2, "--url: x is no address"),
    ],
)
def test_it_says_how_it_is_used(capsys, words, code, said):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == code
    printed = capsys.readouterr()
    assert said in (printed.err if code else printed.out)


def test_every_command_is_explained_in_one_line(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if not re.search(rf"\n    {name}\s+\w", shown)] == []


def test_an_interruption_is_one_word(capsys, monkeypatch):
    def interrupted(_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "run", interrupted)
    assert main(["check"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has another error for it")
def test_a_reader_that_has_enough_is_no_error(tmp_path):
    (tmp_path / "refs.bib").write_text("@misc{k, title = {A}, titel = {B}}\n", encoding="utf-8")
    command = [sys.executable, "-m", "bibfolio", "check"]
    environment = os.environ | {"PYTHONPATH": str(SOURCES), "PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment}
    with subprocess.Popen(command, cwd=tmp_path, **pipes) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_it_runs_where_nothing_but_ascii_can_be_printed(tmp_path):
    text = "@misc{k, title = {A}, year = {2024}, ünknown = {x}}\n"
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "bibfolio", "check"],
        cwd=tmp_path,
        env=environment | {"PATH": os.defpath, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        encoding="ascii",
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("refs.bib:1:")
    assert r"\xfcnknown" in done.stdout


def test_check_starts_fast_as_it_loads_no_sphinx(tmp_path):
    """Nor do the modules with which it shares a package."""
    (tmp_path / "refs.bib").write_text("@misc{k, title = {A}, year = {2024}}\n", encoding="utf-8")
    script = (
        "import sys; from bibfolio.commands import main; main(['check']);"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'sphinx', 'bs4', 'typst'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PATH": os.defpath, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "\n"
