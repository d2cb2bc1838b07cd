"""A new site is complete, holds the names as they are, and destroys nothing."""

from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from yaml import safe_load

from bibfolio import __version__
from bibfolio.commands import main
from bibfolio.commands.new import render

FILES = {
    *("conf.py", "profile.toml", "refs.bib", "index.md", "publications.md", "cv.md", "404.md"),
    *("requirements.txt", ".readthedocs.yaml", ".gitignore", "README.md"),
}
ANN = ["--name", "Ann Roe", "--institution", "University of Examples"]


def new(*words: str) -> int:
    return main(["new", *words])


def test_a_new_site_is_a_handful_of_small_files(tmp_path, capsys):
    folder = tmp_path / "sites" / "ann"
    assert new(str(folder), *ANN, "--yes") == 0
    assert {path.name for path in folder.iterdir()} == FILES
    assert f"bibfolio build {folder}" in capsys.readouterr().out
    assert [path.name for path in folder.iterdir() if "{{" in path.read_text("utf-8")] == []
    conf = ast.parse((folder / "conf.py").read_text(encoding="utf-8"))
    assert len([node for node in conf.body if isinstance(node, ast.Assign)]) <= 6
    assert f"bibfolio=={__version__}\n" in (folder / "requirements.txt").read_text("utf-8")
    assert len((folder / "README.md").read_text(encoding="utf-8").splitlines()) <= 30


@pytest.mark.parametrize("name", ["index.md", ".gitignore"])
def test_a_file_that_is_there_is_told_and_nothing_is_written(tmp_path, capsys, name):
    (tmp_path / name).write_text("mine", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert new(str(tmp_path), *ANN, "--yes") == 1
    assert str(tmp_path / name) in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {name, "notes.txt"}
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    (tmp_path / name).unlink()
    assert new(str(tmp_path), *ANN, "--yes") == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert new(str(tmp_path / "file" / "site"), *ANN, "--yes") == 1
    assert capsys.readouterr().err.count("\n") == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "words", "name"),
    [
        (Terminal("Ann Roe\nU\n"), [], "Ann Roe"),
        (Terminal("\n"), [], "Your Name"),
        (Terminal(""), [], "Your Name"),
        (Terminal("U\n"), ["--name", "Ann Roe"], "Ann Roe"),
        (Terminal("Ann Roe\n"), ["--yes"], "Your Name"),
        (io.StringIO("Ann Roe\n"), [], "Your Name"),
        (None, [], "Your Name"),
    ],
)
def test_questions_are_asked_at_a_terminal_only(tmp_path, monkeypatch, stream, words, name):
    monkeypatch.setattr(sys, "stdin", stream)
    assert new(str(tmp_path / "ann"), *words) == 0
    profile = tomllib.loads((tmp_path / "ann/profile.toml").read_text(encoding="utf-8"))
    assert profile["name"] == name


def front_matter(page: str) -> dict[str, str]:
    return safe_load(page.split("---\n")[1])["myst"]["html_meta"]


HOSTILE = ['Ann "A" \\ Roe', "*Ann* <b>Roe</b> [x](y)", "{profile}`name`", "# & $x$ {{name:toml}}"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_itself_wherever_it_stands(name):
    check_name(name)


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_any_name_is_itself_wherever_it_stands(name):
    check_name(" ".join(name.split()) or "x")


def check_name(name: str) -> None:
    files = render(name, name)
    profile = tomllib.loads(files["profile.toml"])
    assert (profile["name"], profile["affiliation"]["institution"]) == (name, name)
    assert front_matter(files["index.md"])["description"].startswith(f"{name}, {name}: ")
    heading = re.search(r"^# .*$", files["index.md"].split("---\n", 2)[2], re.MULTILINE)[0]
    _open, inline, _close = MarkdownIt("commonmark").parse(heading)
    assert "".join(child.content for child in inline.children) == name
    assert {child.type for child in inline.children} <= {"text", "text_special"}


def test_what_cannot_be_printed_is_no_part_of_a_name(tmp_path):
    words = ["--name", "Ann\n[x]\t\x1b\u202eRoe ", "--institution", " \n "]
    assert new(str(tmp_path / "ann"), *words, "--yes") == 0
    profile = tomllib.loads((tmp_path / "ann/profile.toml").read_text(encoding="utf-8"))
    assert profile["name"] == "Ann [x] Roe"
    assert profile["affiliation"]["institution"] == "Your Institution"


def test_check_says_of_a_new_site_only_that_it_is_nowhere_yet(tmp_path, monkeypatch, capsys):
    new(str(tmp_path / "ann"), *ANN, "--yes")
    monkeypatch.chdir(tmp_path / "ann")
    capsys.readouterr()
    assert main(["check"]) == 0
    assert main(["check", "--fix", "--yes"]) == 0
    out, err = capsys.readouterr()
    assert {line.split(": ")[1] for line in out.splitlines()} == {"no_address"}
    assert err == ""


def test_templates_are_no_modules_and_no_pages():
    folder = Path(sys.modules["bibfolio.commands"].__file__).parent / "template"
    found = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert found == {".in"}
