"""Of two builds of one folder, the second touches nothing; one that was killed leaves no lock."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bibfolio.commands import main
from tests.building import REPOSITORY

HOLD = """
import sys
from pathlib import Path
from bibfolio.project.lock import locked
with locked(Path(sys.argv[1])) as is_free:
    print(is_free, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(("command", "name"), [("build", "build.lock"), ("serve", "serve.lock")])
def test_the_second_says_so_and_touches_nothing(tmp_path, monkeypatch, capsys, command, name):
    (tmp_path / "conf.py").touch()
    made = tmp_path / "_build" / "next" / "index.html"
    made.parent.mkdir(parents=True)
    made.write_text("half", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "_build" / name],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "True\n"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert main([command]) == 1
    assert "is running" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    holder.kill()
    holder.communicate()
    again = subprocess.run(
        [sys.executable, "-c", HOLD, tmp_path / "_build" / name],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY / "src")},
        input="",
        capture_output=True,
        text=True,
        check=True,
    )
    assert again.stdout == "True\n"
