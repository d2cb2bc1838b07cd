"""What is known of pages without reading them, from one build to the next."""

from __future__ import annotations

import json

import pytest

from bibfolio.assets.seen import Look, Seen
from bibfolio.assets.used import Used

STATE = (3, 1_700_000_000_000_000_001)
LOOKS = {
    "index.html": Look(STATE, Used(frozenset({"p", "a"}), frozenset({"x", "y"})), ("color: red",)),
    "other.html": Look(STATE, Used(frozenset({"p", "a"}), frozenset({"y", "é<"}))),
    "empty.html": Look(STATE, Used(frozenset(), frozenset())),
    "files/own.html": Look(STATE, None),
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "seen.json"
    Seen(path).keep(LOOKS, "a sheet")
    return path


def test_what_was_seen_is_recalled(path):
    seen = Seen(path)
    assert seen.given == "a sheet"
    assert {name: seen.recall(name, STATE) for name in LOOKS} == LOOKS


@pytest.mark.parametrize("state", [(4, STATE[1]), (3, STATE[1] + 1)])
def test_of_a_file_in_another_state_nothing_is_known(path, state):
    assert Seen(path).recall("index.html", state) is None


def test_of_another_file_nothing_is_known(path):
    assert Seen(path).recall("new.html", STATE) is None


def test_a_memory_that_says_the_same_is_not_written_again(path):
    before = path.stat().st_mtime_ns, path.stat().st_ino
    Seen(path).keep(LOOKS, "a sheet")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_what_is_not_kept_is_forgotten(path):
    Seen(path).keep({"index.html": LOOKS["index.html"]}, "a sheet")
    assert Seen(path).recall("other.html", STATE) is None
    assert "é" not in path.read_text(encoding="utf-8")


def test_names_stand_in_it_once(path):
    memory = json.loads(path.read_text(encoding="utf-8"))
    assert memory["words"] == ["x", "y", "é<"]
    assert memory["tags"] == [[], ["a", "p"]]


@pytest.mark.parametrize(
    "change",
    [
        {"program": "of another version"},
        {"pages": []},
        {"pages": {"index.html": []}},
        {"pages": {"index.html": [3, STATE[1], 9, [], []]}},
        {"pages": {"index.html": [3, STATE[1], 0, [9], []]}},
        {"pages": {"index.html": [3, STATE[1], None, [], []]}},
        {"pages": {"index.html": [3, STATE[1], -1, [], None]}},
        {"words": None},
        {"tags": 1},
        {"tags": [[], [[]]]},
    ],
)
def test_a_memory_of_another_form_counts_as_none(path, change):
    memory = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(memory | change), encoding="utf-8")
    assert not any(Seen(path).recall(name, STATE) for name in LOOKS)


@pytest.mark.parametrize("data", [b"", b"no JSON", b"\xff\xfe", b"[]", b"1", b"{}", b"[" * 100_000])
def test_a_memory_that_cannot_be_read_counts_as_none(path, data):
    path.write_bytes(data)
    seen = Seen(path)
    assert seen.given == ""
    assert not any(seen.recall(name, STATE) for name in LOOKS)
