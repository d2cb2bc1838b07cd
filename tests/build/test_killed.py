"""A build that is killed at any moment: the next one makes what a clean one makes, by itself.

A moment is the N-th time that the build is about to open a file for writing, to rename or to remove
one, in whichever of its processes; so a test that fails does so again. What was going to be written
in place is left half written, as a kill in the middle would leave it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import REPOSITORY, ROOTS, copy_root
from tests.output import contents, differences

ROOT = ROOTS / "whole"
#: Loaded by Python when it starts. The process group dies as a whole: nobody is left to write.
HOOK = """
import os, signal, sys

AT, FOLDER = int(os.environ.get("KILL_AT", "0")), os.environ["KILL_IN"]
count = 0

def watch(event, args):
    global count
    if event == "open":
        path, mode, flags = args
        if not isinstance(path, str) or not flags & (os.O_WRONLY | os.O_RDWR):
            return
    elif event in ("os.rename", "os.remove", "os.rmdir"):
        path = os.fspath(args[0])
    else:
        return
    if not str(path).startswith(FOLDER):
        return
    count += 1
    if count == AT:
        if event == "open":
            tear(path)
        os.killpg(0, signal.SIGKILL)
    if AT == 0:
        os.write(2, b"MOMENT\\n")

def tear(path):
    try:
        half = os.path.getsize(path) // 2
    except OSError:
        half = 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.ftruncate(handle, half)
    os.write(handle, b"half")
    os.close(handle)

sys.addaudithook(watch)
"""
#: Two states of the sources, which every kind of edit separates.
OTHER = {
    "refs.bib": lambda text: text.replace("Remember", "Forget").replace(
        "{prepublished}", "{inpreparation}"
    ),
    "research/essay.md": lambda text: text.replace("# On waiting", "# On queues"),
    "index.md": lambda text: text.replace("\ncv\n", "\n").replace("![A picture](picture.png)", ""),
    "cv.md": None,
    "picture.png": None,
    "conf.py": lambda text: text.replace(', "old/essay": "research/essay"', ""),
    "_static/notice.txt": None,
    "_static/css/lines.css": lambda text: text.replace("1.5", "1.7"),
    "files/papers/poe2023queue.pdf": None,
    "notes/doe2021cache.md": lambda text: text.replace("caches", "stores"),
}
MOMENTS = 20


class Workshop:
    """A site between its two states, and the command that builds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = copy_root("whole", {}, folder / "src")
        self.is_other = False
        (folder / "hook").mkdir()
        (folder / "hook" / "sitecustomize.py").write_text(HOOK)

    def change(self) -> None:
        """Go over to the other state."""
        self.is_other = not self.is_other
        for name, edit in OTHER.items():
            if self.is_other and edit is None:
                self.source.delete(name)
            elif self.is_other:
                self.source.write(name, edit((ROOT / name).read_text(encoding="utf-8")))
            else:
                self.source.write(name, (ROOT / name).read_bytes())

    def build(
        self, processes: int = 1, kill_at: int | None = None, built: str = "built"
    ) -> subprocess.CompletedProcess[str]:
        home = self.folder / built
        environment = {n: v for n, v in os.environ.items() if not n.startswith("READTHEDOCS")}
        environment |= {"PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
        if kill_at is not None:
            environment["PYTHONPATH"] += f"{os.pathsep}{self.folder / 'hook'}"
            environment |= {"KILL_AT": str(kill_at), "KILL_IN": str(home)}
        command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-n", "-W", "--keep-going"]
        command += ["-j", str(processes), "-d", str(home / "doctrees")]
        return subprocess.run(
            [*command, str(self.source.src), str(home / "out")],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            start_new_session=True,
        )

    def clean(self) -> dict[str, bytes]:
        """What a build from nothing makes of the sources as they are."""
        shutil.rmtree(self.source.src / "papers", ignore_errors=True)
        done = self.build(built="clean")
        assert done.returncode == 0, done.stderr
        made = contents(self.folder / "clean" / "out")
        shutil.rmtree(self.folder / "clean")
        return made


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    return Workshop(tmp_path_factory.mktemp("killed").resolve())


@pytest.fixture(scope="module")
def clean(workshop) -> dict[bool, dict[str, bytes]]:
    """State → what a clean build makes of it."""
    made = {workshop.is_other: workshop.clean()}
    workshop.change()
    made[workshop.is_other] = workshop.clean()
    return made


@pytest.fixture(scope="module")
def moments(workshop, clean) -> int:
    """How many there are in an incremental build between the states, in either direction."""
    assert workshop.build().returncode == 0
    counts = []
    for _direction in range(2):
        workshop.change()
        done = workshop.build(kill_at=0)
        assert done.returncode == 0, done.stderr
        counts.append(done.stderr.count("MOMENT"))
    return min(counts)


@pytest.mark.parametrize("number", range(MOMENTS))
def test_the_build_after_a_kill_makes_what_a_clean_one_makes(workshop, clean, moments, number):
    # One in each twentieth of the build, and every fourth time in two processes.
    at = int(moments * (number + random.Random(number).random()) / MOMENTS) + 1
    processes = 2 if number % 4 == 3 else 1
    workshop.change()
    killed = workshop.build(processes, kill_at=at)
    if processes == 1:
        assert killed.returncode == -signal.SIGKILL, f"moment {at} of {moments}: {killed.stderr}"
    again = workshop.build(processes)
    assert (again.returncode, again.stderr) == (0, ""), f"moment {at} of {moments}"
    made = contents(workshop.folder / "built" / "out")
    assert differences(made, clean[workshop.is_other]) == [], f"moment {at} of {moments}"
