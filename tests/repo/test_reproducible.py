"""Two clean builds of the same sources are the same, byte for byte, wherever and however made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import REPOSITORY, repository_files
from tests.output import contents, differences

#: Names a Python of the other version that has the packages of requirements.txt.
OTHER = "BIBFOLIO_OTHER_PYTHON"
#: Two machines that have as little in common as one can pretend. The zones are 25 hours apart, so
#: that no moment has the same date in both; written in full, they need no time zone database. The
#: locale C without Python's ways around it has ASCII as its encoding.
MACHINES = {
    "a": {
        "environment": {"PYTHONHASHSEED": "1", "TZ": "AAA-14", "LC_ALL": "C.UTF-8"},
        "processes": "1",
        "touched": 1_000_000_000,
    },
    "another/and longer/folder": {
        "environment": {
            "PYTHONHASHSEED": "4711",
            "TZ": "BBB+11",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
        "processes": "2",
        "touched": 1_600_000_000,
    },
}


def copy_repository(target: Path, touched: int) -> None:
    for path in repository_files():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / path, target / path)
        os.utime(target / path, (touched, touched))


def build(
    folder: Path,
    environment: dict[str, str],
    processes: str,
    touched: int,
    python: str = sys.executable,
) -> Path:
    copy_repository(folder / "src", touched)
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("READTHEDOCS", "PYTHON", "SOURCE_DATE_EPOCH", "LC_", "LANG"))
    }
    options = ["-b", "dirhtml", "-j", processes, "-n", "-W", "--keep-going", "-q"]
    folders = ["-d", str(folder / "doctrees"), str(folder / "src"), str(folder / "out")]
    done = subprocess.run(
        [python, "-m", "sphinx", *options, *folders],
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return folder / "out"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> list[dict[str, bytes]]:
    root = tmp_path_factory.mktemp("reproducible").resolve()
    return [contents(build(root / name, **machine)) for name, machine in MACHINES.items()]


def test_two_machines_make_the_same_files(outputs):
    one, other = outputs
    assert "index.html" in one
    assert sorted(one.keys() ^ other.keys()) == []


def test_the_files_are_the_same(outputs):
    one, other = outputs
    different = [name for name in sorted(one.keys() & other.keys()) if one[name] != other[name]]
    assert different == []


def test_no_file_names_the_folder_it_was_made_in(outputs, tmp_path_factory):
    base = os.fsencode(tmp_path_factory.getbasetemp().resolve())
    homes = [base, os.fsencode(REPOSITORY)]
    found = [name for name, data in outputs[0].items() if any(home in data for home in homes)]
    assert found == []


@pytest.mark.skipif(not os.environ.get(OTHER), reason=f"{OTHER} names no other Python")
def test_another_version_of_python_makes_the_same_files(outputs, tmp_path):
    """Of the two that are supported, this runs in one; the other needs the site's packages too."""
    python = os.environ[OTHER]
    says = "import sys; print(*sys.version_info[:2])"
    versions = {
        subprocess.run([name, "-c", says], capture_output=True, check=True).stdout
        for name in (sys.executable, python)
    }
    assert len(versions) == 2, f"{python} is the same version"
    machine = next(iter(MACHINES.values()))
    made = contents(build(tmp_path.resolve(), **machine, python=python))
    assert differences(made, outputs[0]) == []
