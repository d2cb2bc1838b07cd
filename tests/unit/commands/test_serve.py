"""The preview starts, or says in one line what helps."""

from __future__ import annotations

import importlib.util
import shlex
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from bibfolio import preview
from bibfolio.commands import main


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """Host and words of each preview that was begun, from a folder with a conf.py."""
    found: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(preview, "serve", lambda host, words: found.append((host, words)))
    monkeypatch.setattr(signal, "signal", lambda *_handler: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf.py").touch()
    return found


def test_a_preview_keeps_to_its_own_folder_and_ignores_what_builds_write(calls, tmp_path):
    (tmp_path / "_build/serve/site").mkdir(parents=True)
    (tmp_path / "_build/serve/site/old.html").touch()
    assert main(["serve", "--port", "0"]) == 0
    ((host, command),) = calls
    assert host == "127.0.0.1"
    words = " ".join(command).replace("\\", "/")
    assert words.startswith("--port 0")
    assert "-t preview" in words
    assert "--ignore _build" in words
    assert "people/[^/]+/.person)$" in words
    assert words.endswith("-d _build/serve/doctrees . _build/serve/site")
    assert not (tmp_path / "_build/serve/site/old.html").exists()


def test_without_sphinx_autobuild_it_says_how_to_get_it(calls, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.endswith('pip install "bibfolio[serve]"\n')
    assert calls == []


def test_an_interruption_is_how_a_preview_ends(calls, monkeypatch, capsys):
    def interrupted(_host, _words):
        raise KeyboardInterrupt

    monkeypatch.setattr(preview, "serve", interrupted)
    assert main(["serve", "--port", "0"]) == 0
    assert capsys.readouterr().err == ""


def test_a_folder_without_conf_py_has_nothing_to_serve(tmp_path, capsys):
    assert main(["serve", str(tmp_path)]) == 2
    assert "There is no conf.py in" in capsys.readouterr().err


def test_a_port_in_use_is_told_with_one_that_is_free(calls, capsys):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"Port {port} is in use; write --port ")
        free = said.split()[-1]
        assert calls == []
        assert main(["serve", "--port", free]) == 0
    assert main(["serve", "--port", str(port)]) == 0
    assert len(calls) == 2


def test_after_a_build_that_said_something_every_page_is_read_again(calls, tmp_path):
    assert main(["serve", "--port", "0"]) == 0
    ((_host, command),) = calls
    forget = shlex.split(command[command.index("--pre-build") + 1])
    said, read = Path(command[command.index("-w") + 1]), Path(command[command.index("-d") + 1])
    read.mkdir()
    for words, is_kept in (("", True), ("x: WARNING: y", False), ("not read", False)):
        said.write_text(words, encoding="utf-8")
        subprocess.run(forget, check=True)
        assert read.exists() == is_kept
