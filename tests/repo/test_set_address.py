"""The address of the repository is the same wherever it stands, and one command writes it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

import pytest

from tests.building import REPOSITORY
from tests.repo.test_hygiene import texts
from tools import set_address

#: An address of a repository of this name, on any host but those of examples.
NAMED = re.compile(r"https://(?!(?:\w+\.)?example\.org)[\w.-]+(?:/[\w.-]+)*?/bibfolio\b")
URLS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
NEW = "https://code.example.org/group/bibfolio"


def test_every_mention_of_the_repository_is_the_address_of_pyproject():
    own = {"tools/set_address.py", "tests/repo/test_set_address.py"}
    found = {
        name: addresses
        for name, text in texts().items()
        if name not in own and (addresses := set(NAMED.findall(text)))
    }
    assert {"pyproject.toml", "CITATION.cff", "PACKAGE.md"} <= found.keys()
    # The documentation may have a host of its own, such as OWNER.github.io.
    known = {set_address.address(REPOSITORY), *NAMED.findall(URLS["Documentation"])}
    assert {n: a - known for n, a in found.items() if a - known} == {}


def test_the_command_writes_it_everywhere(tmp_path, monkeypatch, capsys):
    for name in ("pyproject.toml", "CITATION.cff", "README.md"):
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    monkeypatch.setattr(set_address, "REPOSITORY", tmp_path)
    before = (tmp_path / "CITATION.cff").read_text(encoding="utf-8")
    old = set_address.address(tmp_path)
    assert set_address.main(["--check"]) == (old == set_address.PLACEHOLDER)
    assert set_address.main([f"{NEW}.git/"]) == 0
    assert {"pyproject.toml", "CITATION.cff"} <= set(capsys.readouterr().out.split())
    assert set_address.address(tmp_path) == NEW
    assert (tmp_path / "CITATION.cff").read_text(encoding="utf-8") == before.replace(old, NEW)
    assert set_address.main(["--check"]) == 0


@pytest.mark.parametrize("url", ["", "bibfolio", "https://example.org", 'https://x.org/a"b'])
def test_what_is_no_address_is_refused(url, capsys):
    with pytest.raises(SystemExit):
        set_address.main([url])
    assert "write the address" in capsys.readouterr().err
