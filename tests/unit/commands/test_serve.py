"""The preview starts, or says in one line what helps."""

from __future__ import annotations

import importlib.util
import subprocess
from types import SimpleNamespace

import pytest

from bibfolio.commands import main


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """The commands that were run instead of a preview, from a folder with a conf.py."""
    found: list[list[str]] = []

    def run(command, **_options):
        found.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf.py").touch()
    return found


def test_a_preview_keeps_to_its_own_folder_and_ignores_what_builds_write(calls, tmp_path):
    (tmp_path / "_build/serve/site").mkdir(parents=True)
    (tmp_path / "_build/serve/site/old.html").touch()
    assert main(["serve", "--port", "8001"]) == 0
    (command,) = calls
    words = " ".join(command).replace("\\", "/")
    assert "--host 127.0.0.1 --port 8001" in words
    assert "-t preview" in words
    assert "--ignore _build" in words
    assert ".paper$" in words
    assert words.endswith("-d _build/serve/doctrees . _build/serve/site")
    assert not (tmp_path / "_build/serve/site/old.html").exists()


def test_without_sphinx_autobuild_it_says_how_to_get_it(calls, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.endswith('pip install "bibfolio[serve]"\n')
    assert calls == []


def test_an_interruption_is_how_a_preview_ends(calls, monkeypatch, capsys):
    def interrupted(_command, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", interrupted)
    assert main(["serve", "--port", "8001"]) == 0
    assert capsys.readouterr().err == ""


def test_a_folder_without_conf_py_has_nothing_to_serve(tmp_path, capsys):
    assert main(["serve", str(tmp_path)]) == 2
    assert "There is no conf.py in" in capsys.readouterr().err
