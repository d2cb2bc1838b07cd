"""What `make` removes and replaces: what builds have made, and nothing of the owner's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bibfolio.pages.paper_sources import MARK
from tests.building import REPOSITORY

#: What a build and the checks leave behind.
MADE = {
    "_build/site/index.html": "x",
    "_build/doctrees/environment.pickle": "x",
    "papers/doe2021cache.paper": f"{MARK} doe2021cache 1234\n",
    "papers/-rf.paper": f"{MARK} -rf 1234\n",
    "bibfolio/pages/__pycache__/cards.cpython-311.pyc": "x",
    "tests/__pycache__/output.cpython-311.pyc": "x",
    "tools/__pycache__/audit.cpython-311.pyc": "x",
    "benchmarks/__pycache__/site.cpython-311.pyc": "x",
    "__pycache__/conf.cpython-311.pyc": "x",
    ".pytest_cache/README.md": "x",
    ".mypy_cache/3.11/a.json": "x",
    ".ruff_cache/0.1/a": "x",
    ".hypothesis/examples/a": "x",
}
#: What the owner may have where one would not look for it.
OWN = {
    "papers/thesis.pdf": "%PDF",
    "papers/drafts/notes.paper": "Dear diary",
    "papers/drafts/copy.paper": f"{MARK} copied by hand\n",
    "papers/mine.paper": f"Not {MARK}\n",
    "files/papers/doe2021cache.pdf": "%PDF",
    "files/_build/a": "x",
    "research/papers/a.paper": f"{MARK} elsewhere\n",
    "experiments/__pycache__/a.cpython-311.pyc": "x",
    "bibfolio/__pycache__/notes.txt": "x",
    "a file; rm -rf $HOME `x` 'y'.md": "x",
    "_static/papers/a.paper": "x",
    ".venv/lib/__pycache__/a.cpython-311.pyc": "x",
    "refs.bib": "x",
}


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=inherited,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    shutil.copyfile(REPOSITORY / "Makefile", folder / "Makefile")
    for name, text in (MADE | OWN).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_clean_removes_what_builds_have_made_and_nothing_else(folder):
    done = make(folder, "clean")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(folder) == {"Makefile", *OWN}
    assert (folder / "papers").is_dir()


def test_clean_leaves_no_empty_folder(folder):
    for name in OWN:
        (folder / name).unlink()
    shutil.rmtree(folder / "papers" / "drafts")
    assert make(folder, "clean").returncode == 0
    assert files(folder) == {"Makefile"}
    for name in ("papers", "__pycache__", "_build", "bibfolio/pages/__pycache__"):
        assert not (folder / name).exists()


def test_clean_does_not_follow_links_to_what_lies_elsewhere(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("_build", "papers"):
        shutil.rmtree(folder / name)
        (folder / name).symlink_to(elsewhere)
    (elsewhere / "a.paper").write_text(f"{MARK}\n")
    assert make(folder, "clean").returncode == 0
    assert files(elsewhere) == {"a.paper"}


def test_clean_again_has_nothing_to_do(folder):
    make(folder, "clean")
    done = make(folder, "clean")
    assert (done.returncode, done.stderr) == (0, "")


#: Stands in for the Python that builds: `-m sphinx … FOLDER`.
BUILDER = """
import pathlib, sys
out = pathlib.Path(sys.argv[-1])
out.mkdir(parents=True)
(out / "index.html").write_text("new")
sys.exit({})
"""


@pytest.mark.parametrize("code", [0, 1])
def test_the_site_is_replaced_when_the_new_one_is_complete_and_not_before(folder, code):
    for stamp in ("requirements.txt", "requirements.lock", ".venv/.made", ".venv/.site-installed"):
        (folder / stamp).touch()
    (folder / "builder.py").write_text(BUILDER.format(code))
    done = make(folder, "site", f"PY={sys.executable} builder.py")
    assert bool(done.returncode) == bool(code), done.stderr
    text = (folder / "_build" / "site" / "index.html").read_text()
    assert text == ("x" if code else "new")
