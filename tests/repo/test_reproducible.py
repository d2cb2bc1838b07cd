"""Two clean builds of the same sources are the same, byte for byte, wherever and however made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.building import REPOSITORY, ROOTS, repository_files
from tests.output import contents, differences

#: Names a Python of another version that has the packages of requirements.txt.
OTHER = "BIBFOLIO_OTHER_PYTHON"


class Machine(NamedTuple):
    """Where and how a site is built."""

    folder: str
    environment: dict[str, str]
    processes: str
    #: When the sources were changed last.
    touched: int


#: As little in common as one can pretend. The zones are 25 hours apart, so that no moment has the
#: same date in both; written in full, they need no time zone database. The locale C without
#: Python's ways around it has ASCII as its encoding.
ONE = Machine("a", {"PYTHONHASHSEED": "1", "TZ": "AAA-14", "LC_ALL": "C.UTF-8"}, "1", 10**9)
OTHER_MACHINE = Machine(
    "another/and longer/folder",
    {
        "PYTHONHASHSEED": "4711",
        "TZ": "BBB+11",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    "2",
    16 * 10**8,
)


def copy_sources(which: str, target: Path, touched: int) -> None:
    """Copy a root of the tests, or the site: all that is under version control."""
    if which == "site":
        for path in repository_files():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / path, target / path)
    else:
        shutil.copytree(ROOTS / which, target)
    for path in target.rglob("*"):
        os.utime(path, (touched, touched))


def build(which: str, root: Path, machine: Machine, python: str = sys.executable) -> dict:
    folder = root / machine.folder
    copy_sources(which, folder / "src", machine.touched)
    left_out = ("READTHEDOCS", "PYTHON", "SOURCE_DATE_EPOCH", "LC_", "LANG")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    options = ["-b", "dirhtml", "-j", machine.processes, "-n", "-W", "--keep-going", "-q"]
    folders = ["-d", str(folder / "doctrees"), str(folder / "src"), str(folder / "out")]
    done = subprocess.run(
        [python, "-m", "sphinx", *options, *folders],
        cwd=folder,
        env=inherited | machine.environment | {"PYTHONPATH": str(REPOSITORY / "src")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return contents(folder / "out")


@pytest.fixture(scope="module", params=["whole", pytest.param("site", marks=pytest.mark.slow)])
def built(request, tmp_path_factory) -> tuple[str, Path, dict[str, bytes]]:
    """Which site, where, and what the one machine makes of it."""
    root = tmp_path_factory.mktemp("reproducible").resolve()
    return request.param, root, build(request.param, root, ONE)


def test_two_machines_make_the_same_files(built):
    which, root, one = built
    assert "index.html" in one
    assert differences(one, build(which, root, OTHER_MACHINE)) == []


def test_no_file_names_the_folder_it_was_made_in(built):
    _which, root, one = built
    homes = [os.fsencode(root), os.fsencode(REPOSITORY)]
    assert [name for name, data in one.items() if any(home in data for home in homes)] == []


@pytest.mark.skipif(not os.environ.get(OTHER), reason=f"{OTHER} names no other Python")
def test_another_version_of_python_makes_the_same_files(built, tmp_path):
    which, _root, one = built
    python = os.environ[OTHER]
    says = "import sys; print(*sys.version_info[:2])"
    versions = {
        subprocess.run([name, "-c", says], capture_output=True, check=True).stdout
        for name in (sys.executable, python)
    }
    assert len(versions) == 2, f"{python} is the same version"
    assert differences(build(which, tmp_path.resolve(), ONE, python), one) == []
