"""This site's own bibliography is clean, and stays so as the owner goes on with it."""

import re
import shutil

import pytest

from bibfolio.commands import main
from bibfolio.lint.mending import mend
from tests.building import REPOSITORY

BIB = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")
#: Files that entries name.
FILES = sorted(set(re.findall(r"files/[\w./-]+\.pdf", BIB)))


@pytest.fixture
def copy(tmp_path, monkeypatch):
    for name in ("refs.bib", "profile.toml", "conf.py"):
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_nothing_to_say(copy, capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_there_is_nothing_to_mend():
    assert mend(BIB) == BIB


@pytest.mark.parametrize("files", [*([name] for name in FILES), FILES], ids=lambda files: files[0])
def test_the_files_may_come_one_by_one(copy, capsys, files):
    for name in files:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    assert main(["check"]) == 0, capsys.readouterr().out


def test_showing_the_draft_is_one_word(copy, capsys):
    shown = BIB.replace("{inpreparation}", "{prepublished}")
    (copy / "refs.bib").write_text(shown, encoding="utf-8")
    assert main(["check"]) == 0, capsys.readouterr().out
