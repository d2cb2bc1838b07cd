"""This site's own bibliography is clean, and stays so as the owner goes on with it."""

import re
import shutil

import pytest

from bibfolio.commands import main
from bibfolio.lint.mending import mend
from tests.building import REPOSITORY

BIB = (REPOSITORY / "refs.bib").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    for name in ("refs.bib", "profile.toml", "conf.py"):
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_nothing_to_say_and_nothing_to_mend(copy, capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "")
    assert mend(BIB) == BIB


def test_files_that_entries_name_may_come(copy, capsys):
    for name in re.findall(r"files/[\w./-]+\.pdf", BIB):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    assert main(["check"]) == 0, capsys.readouterr().out
