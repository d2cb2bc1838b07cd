"""What sphinxcontrib-bibtex does alone it does with bibfolio: `tools/peer_tests.py` compares."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.building import REPOSITORY
from tools import peer_tests
from tools.peer_tests import Build, compare, judge, read_allowed

PAGE = Build("", ["index.rst:1: WARNING: a"], {"index.html": b"<p>\nold\n", "gone.html": b""})
CHANGED = "index.html\n- old\n+ new"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"failure": "OSError: no", "log": []}, [("failure", "- \n+ OSError: no")]),
        ({"log": [*PAGE.log, *PAGE.log]}, [("log", f"+ {PAGE.log[0]}")]),
        ({"log": []}, [("log", f"- {PAGE.log[0]}")]),
        ({"files": {**PAGE.files, "new.js": b""}}, [("output", "+ new.js")]),
        ({"files": {"index.html": b"<p>\nold\n"}}, [("output", "- gone.html")]),
        ({"files": {**PAGE.files, "index.html": b"<p>\nnew"}}, [("output", CHANGED)]),
    ],
)
def test_each_kind_of_difference_is_found_once(changed, told):
    assert list(compare(PAGE, PAGE._replace(**changed))) == told


def test_only_what_is_not_allowed_and_what_is_allowed_in_vain_is_told():
    differences = {"a": [("log", "+ x")], "b": [("log", "+ x"), ("output", "+ y")], "c": []}
    allowed = read_allowed("# A comment\n\nb log said in the manual\nc output it was once so\n")
    told = {("log", "+ x"): ["a"], ("output", "+ y"): ["b"]}
    assert judge(differences, allowed) == (told, [("c", "output")])


def test_few_roots_are_allowed_to_differ():
    text = (REPOSITORY / peer_tests.ALLOWED).read_text(encoding="utf-8")
    assert len({root for root, _ in read_allowed(text)}) <= 4


@pytest.mark.parametrize("line", ["root log", "root logs for a reason"])
def test_a_difference_is_allowed_for_a_reason_only(line):
    with pytest.raises(ValueError, match=line):
        read_allowed(line)


@pytest.mark.slow
def test_its_own_test_roots_are_built_as_without_bibfolio(monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    try:
        peer_tests.source()
    except OSError as error:
        pytest.skip(str(error))
    command = [sys.executable, "-m", "tools.peer_tests"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if not done.stdout:
        raise RuntimeError(done.stderr)
    assert not done.returncode, done.stdout
