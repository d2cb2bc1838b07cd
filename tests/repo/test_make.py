"""The two commands of README.md do what it says; everything else of make is as thin."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.building import REPOSITORY


def commands(*words: str) -> str:
    """What make would run in a clean checkout, on one line for each command."""
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "VENV=new", *words],
        cwd=REPOSITORY,
        env=inherited,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.replace("\\\n", " ")


CHECKS = ("ruff check .", "ruff format --check .", "mypy", "lint-imports", "-m pytest")


@pytest.mark.parametrize(
    ("words", "run"),
    [
        (["site"], ["-m venv new", "install -r requirements.txt", "new/bin/bibfolio build"]),
        (
            ["test"],
            ["-r requirements.txt -r requirements-dev.txt", *CHECKS, "not slow and not every_page"],
        ),
        (["test-all"], CHECKS),
        (["check", "CHECKOPTS=--fix"], ["bibfolio check --fix"]),
        (["doctor", "DOCTOROPTS=--online"], ["bibfolio build", "bibfolio doctor --online"]),
        (["serve", "SERVEOPTS=--port 8001"], ["bibfolio serve --port 8001"]),
    ],
)
def test_make_installs_what_is_needed_and_calls_the_commands(words, run):
    shown = commands(*words)
    places = [shown.find(command) for command in run]
    assert -1 not in places, shown
    assert places == sorted(places)


def test_test_all_leaves_nothing_out():
    assert "not slow" not in commands("test-all")


def test_continuous_integration_runs_what_contributors_run():
    lines = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith(("#", "set ", "cd "))] == ["make test"]
