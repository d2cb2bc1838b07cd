"""A disk that is full, a folder that cannot be written: one line, and the site is as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.building import REPOSITORY, run_sphinx
from tests.output import contents, differences

COMMAND = ("-b", "dirhtml", "-n", "-q")
#: `python -c LIMITED KILOBYTES …` is `python -m sphinx …` that cannot write larger files.
LIMITED = """
import resource, sys
limit = int(sys.argv[1]) * 1024
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from sphinx.cmd.build import main
sys.exit(main(sys.argv[2:]))
"""
NEW_NAME = 'name      = "Jane Roe"'


@pytest.fixture
def built(sphinx):
    run = sphinx("whole", {}, *COMMAND)
    assert (run.returncode, run.stderr) == (0, "")
    return run


def build_again(built, *command: str, home=None, out=None) -> str:
    """Build, which fails; what is said, which is one line."""
    built.edit("profile.toml", 'name      = "Jane Doe"', NEW_NAME)
    home = home or built.out.parent
    folders = ("-d", str(home / "doctrees"), str(built.src), str(out or home / "out"))
    done = subprocess.run(
        [sys.executable, *command, *COMMAND, *folders],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("ERROR: ")
    assert line.endswith(" [bibfolio.output]")
    return line


def readable(built) -> dict[str, bytes]:
    """The output, but for what Sphinx notes for itself."""
    return {name: data for name, data in contents(built.out).items() if name != ".buildinfo"}


def repaired(built, sphinx) -> bool:
    """Whether the next build makes what a clean one makes."""
    assert sphinx("whole", {}, *COMMAND).returncode == 0
    again = contents(built.out)
    shutil.rmtree(built.out)
    shutil.rmtree(built.out.parent / "doctrees")
    assert sphinx("whole", {}, *COMMAND).returncode == 0
    return differences(again, contents(built.out)) == []


@pytest.mark.parametrize("processes", ["1", "2"])
def test_files_that_do_not_fit_leave_the_site_as_it_was(built, sphinx, processes):
    before = readable(built)
    for kilobytes in ("1", "10", "100"):  # the doctrees, a page, a script
        line = build_again(built, "-c", LIMITED, kilobytes, "-j", processes)
        assert "File too large; free some space" in line
        built.edit("profile.toml", NEW_NAME, 'name      = "Jane Doe"')
        assert differences(before, readable(built)) == []
    assert repaired(built, sphinx)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_on_a_full_disk_every_file_is_the_old_one_or_the_new_one(
    built, sphinx, tmp_path, processes
):
    """A real one, of a few megabytes, with the site on it and nothing left."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a disk")
    try:
        run_sphinx(built.src, disk, *COMMAND)
        before = contents(disk / "out")
        with pytest.raises(OSError, match="No space left"), (disk / "rest").open("wb") as rest:
            while True:
                rest.write(bytes(4096))
                rest.flush()
        line = build_again(built, "-m", "sphinx", "-j", processes, home=disk)
        assert f"ERROR: {disk}/out" in line
        assert "No space left on device; free some space" in line
        after = contents(disk / "out")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert sphinx("whole", {}, *COMMAND).returncode == 0
    new = contents(built.out)
    after.pop(".buildinfo", None)
    torn = [name for name, data in after.items() if data not in {before.get(name), new.get(name)}]
    assert torn == []
    assert before.keys() - after.keys() == {".buildinfo"}


IN_THE_WAY = {
    "a file for a folder of ours": "cards",
    "a file for a folder of Sphinx's": "_static",
    "a folder for a page": "index.html/x",
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_something_in_the_way_is_named(built, name):
    path = IN_THE_WAY[name]
    first = built.out / path.partition("/")[0]
    if first.is_dir():
        shutil.rmtree(first)
    else:
        first.unlink()
    (built.out / path).parent.mkdir(exist_ok=True)
    (built.out / path).touch()
    line = build_again(built, "-m", "sphinx")
    assert str(first) in line
    assert "move it away" in line


def test_an_output_below_a_file_is_named(built):
    (built.src.parent / "file").touch()
    line = build_again(built, "-m", "sphinx", out=built.src.parent / "file" / "out")
    assert f"{built.src.parent}/file" in line
    assert "Not a directory" in line


def test_a_file_called_papers_in_the_sources_is_named(built):
    shutil.rmtree(built.src / "papers")
    (built.src / "papers").touch()
    assert f"ERROR: {built.src}/papers: cannot be written: " in build_again(built, "-m", "sphinx")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_without_the_right_to_write_is_named(built):
    before = readable(built)
    built.out.chmod(0o500)
    try:
        line = build_again(built, "-m", "sphinx")
    finally:
        built.out.chmod(0o700)
    assert "Permission denied; let your user write there" in line
    assert differences(before, readable(built)) == []


def test_a_truncated_environment_is_made_anew(built, sphinx):
    path = built.out.parent / "doctrees" / "environment.pickle"
    path.write_bytes(path.read_bytes()[:1000])
    before = contents(built.out)
    run = sphinx("whole", {}, "-b", "dirhtml", "-n", "-W")
    assert run.returncode == 0
    assert "loading pickled environment... failed" in run.stdout
    assert differences(before, contents(built.out)) == []


def test_a_build_that_did_not_end_is_named_by_the_next(built, sphinx):
    (built.out.parent / "doctrees" / "unfinished").touch()
    run = sphinx("whole", {}, "-b", "dirhtml", "-n", "-W")
    assert run.returncode == 0
    assert run.stdout.count("the last build did not come to its end") == 1
    assert "did not come to its end" not in sphinx("whole", {}, "-b", "dirhtml", "-n").stdout
