"""The sources of pages of ours: a text that changes when the page must; the owner's files stay."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace

import pytest

from bibfolio.pages import documents
from bibfolio.pages.documents import Wanted
from bibfolio.pages.paper_page import KIND
from bibfolio.pages.person_page import KIND as PEOPLE

from ..made import paper

A, B, C = (paper(key, title=key.upper()) for key in "abc")


def sources(papers, notes) -> dict[str, str]:
    return documents.sources(Wanted(KIND, tuple(paper.slug for paper in papers)), notes)


def write_sources(folder, wanted, kind=KIND) -> list[str]:
    return documents.write_sources(folder, wanted, kind)


def changed(before, after, notes_before=None, notes_after=None) -> set[str]:
    old, new = sources(before, notes_before or {}), sources(after, notes_after or {})
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_every_paper_has_a_source():
    assert list(sources([A, B], {})) == ["a.paper", "b.paper"]
    assert sources([], {}) == {}


def test_notes_change_the_page_of_their_paper():
    assert changed([A, B], [A, B], {"a": "x"}, {"a": "y"}) == {"a.paper"}
    assert changed([A, B], [A, B], {}, {"b": ""}) == set()
    assert changed([A, B], [A, B], {}, {"z": "x"}) == set()
    assert changed([A, B], [replace(A, note="x"), C]) == {"b.paper", "c.paper"}


def test_the_folder_holds_exactly_the_sources(tmp_path):
    folder = tmp_path / "papers"
    a, b, c, d = (f"Generated from the bibliography. {name}" for name in "abcd")
    assert write_sources(folder, {"a.paper": a, "b.paper": b}) == []
    assert write_sources(folder, {"b.paper": d, "c.paper": c}) == []
    assert {p.name: p.read_text() for p in folder.glob("*.paper")} == {"b.paper": d, "c.paper": c}


def test_a_folder_of_ours_is_kept_out_of_version_control_and_no_other(tmp_path):
    ours, theirs, kept = (tmp_path / name for name in ("ours", "theirs", "kept"))
    wanted = {"a.paper": "Generated from the bibliography. a"}
    kept.mkdir()
    theirs.mkdir()
    (kept / ".gitignore").write_text("mine")
    (theirs / "README.md").write_text("mine")
    for folder in (ours, theirs, kept):
        write_sources(folder, wanted)
    assert (ours / ".gitignore").read_bytes() == b"*.paper\n.gitignore\n"
    assert (kept / ".gitignore").read_text() == "mine"
    assert not (theirs / ".gitignore").exists()
    subprocess.run(["git", "init", "--quiet", tmp_path / "ours"], check=True)
    status = ["git", "-C", tmp_path / "ours", "status", "--porcelain"]
    assert subprocess.run(status, check=True, capture_output=True).stdout == b""
    write_sources(ours, {})
    assert (ours / ".gitignore").exists()
    write_sources(tmp_path / "none", {})
    assert not (tmp_path / "none").exists()


def test_what_the_owner_writes_about_people_lies_beside_their_sources(tmp_path):
    (tmp_path / "jane-doe.md").write_text("mine")
    write_sources(tmp_path, {"jane-doe.person": "Generated from the bibliography."}, PEOPLE)
    assert (tmp_path / ".gitignore").read_bytes() == b"*.person\n.gitignore\n"
    write_sources(tmp_path, {}, PEOPLE)
    assert {path.name for path in tmp_path.iterdir()} == {".gitignore", "jane-doe.md"}


@pytest.mark.parametrize("text", ["", "Generated fr"])
def test_a_source_that_was_cut_off_is_written_again(tmp_path, text):
    (tmp_path / "a.paper").write_text(text)
    (tmp_path / "b.paper").write_text(text)
    wanted = {"a.paper": "Generated from the bibliography. a"}
    assert write_sources(tmp_path, wanted) == []
    assert {p.name: p.read_text() for p in tmp_path.glob("*.paper")} == wanted


def test_a_source_of_somebody_else_s_is_not_touched_but_named(tmp_path):
    (tmp_path / "a.paper").write_text("mine")
    (tmp_path / "b.paper").write_text("mine too")
    assert write_sources(tmp_path, {"a.paper": "Generated from the bibliography."}) == [
        "a.paper",
        "b.paper",
    ]
    assert {p.read_text() for p in tmp_path.iterdir()} == {"mine", "mine too"}


def test_other_files_of_the_folder_are_left_alone(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    write_sources(tmp_path, {})
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_a_source_that_is_the_same_is_not_touched(tmp_path):
    write_sources(tmp_path, {"a.paper": "A"})
    os.utime(tmp_path / "a.paper", ns=(0, 0))
    write_sources(tmp_path, {"a.paper": "A"})
    assert (tmp_path / "a.paper").stat().st_mtime_ns == 0
