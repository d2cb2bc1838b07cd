"""Files served as they are: the output is the folder, no more, no less, and nothing hidden."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bibfolio.theme.files import mirror


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "source", {"a.pdf": b"A", "papers/b.pdf": b"B", "papers/x/c.pdf": b"C"})


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "files"


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_every_file_is_copied_under_its_own_name(source, target):
    mirror(source, target)
    assert held(target) == {"a.pdf": b"A", "papers/b.pdf": b"B", "papers/x/c.pdf": b"C"}


@pytest.mark.parametrize(
    "name", ["README.md", "papers/README.md", ".gitkeep", ".hidden/x.pdf", "papers/.DS_Store"]
)
def test_what_is_not_for_readers_stays_behind(source, target, name):
    write(source, {name: b"X"})
    mirror(source, target)
    assert held(target) == {"a.pdf": b"A", "papers/b.pdf": b"B", "papers/x/c.pdf": b"C"}


@pytest.mark.parametrize("name", ["李.pdf", "a b.pdf", "a#b%.pdf", "README.pdf", "x.tar.gz"])
def test_any_other_name_is_served(source, target, name):
    write(source, {name: b"X"})
    mirror(source, target)
    assert held(target)[name] == b"X"


def test_a_file_that_is_gone_goes_from_the_output(source, target):
    mirror(source, target)
    (source / "papers" / "b.pdf").unlink()
    mirror(source, target)
    assert held(target) == {"a.pdf": b"A", "papers/x/c.pdf": b"C"}


@pytest.mark.parametrize("seconds", [-1, 1], ids=["older", "newer"])
def test_a_file_that_changed_is_copied_again_although_its_size_is_the_same(source, target, seconds):
    mirror(source, target)
    write(source, {"a.pdf": b"Z"})
    stat = (target / "a.pdf").stat()
    os.utime(source / "a.pdf", ns=(stat.st_atime_ns, stat.st_mtime_ns + seconds * 10**9))
    mirror(source, target)
    assert held(target)["a.pdf"] == b"Z"


def test_a_file_that_is_the_same_is_not_touched(source, target):
    mirror(source, target)
    os.utime(target / "a.pdf", ns=(0, 0))
    mirror(source, target)
    assert (target / "a.pdf").stat().st_mtime_ns == 0


def test_a_folder_that_is_missing_serves_nothing(tmp_path, target):
    write(target, {"old.pdf": b"X"})
    mirror(tmp_path / "none", target)
    assert held(target) == {}


def test_links_out_of_the_folder_are_not_followed(source, target, tmp_path):
    write(tmp_path / "secret", {"key": b"S"})
    (source / "link").symlink_to(tmp_path / "secret" / "key")
    (source / "folder").symlink_to(tmp_path / "secret", target_is_directory=True)
    mirror(source, target)
    assert sorted(held(target)) == ["a.pdf", "papers/b.pdf", "papers/x/c.pdf"]


def test_links_within_the_folder_are_files(source, target):
    (source / "latest.pdf").symlink_to(source / "a.pdf")
    mirror(source, target)
    assert held(target)["latest.pdf"] == b"A"
    assert not (target / "latest.pdf").is_symlink()


def test_a_broken_link_is_no_file(source, target):
    (source / "broken.pdf").symlink_to(source / "none.pdf")
    mirror(source, target)
    assert sorted(held(target)) == ["a.pdf", "papers/b.pdf", "papers/x/c.pdf"]


def test_a_folder_where_a_file_was(source, target):
    write(source, {"thing": b"X"})
    mirror(source, target)
    (source / "thing").unlink()
    write(source, {"thing/inner.pdf": b"Y"})
    mirror(source, target)
    assert held(target)["thing/inner.pdf"] == b"Y"


def test_a_file_where_a_folder_was(source, target):
    write(source, {"thing/inner.pdf": b"Y"})
    mirror(source, target)
    (source / "thing" / "inner.pdf").unlink()
    (source / "thing").rmdir()
    write(source, {"thing": b"X"})
    mirror(source, target)
    assert held(target)["thing"] == b"X"
