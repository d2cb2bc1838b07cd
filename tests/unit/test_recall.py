"""What one build keeps for the next comes back whole, for the same recipe, or not at all."""

from __future__ import annotations

import pickle

import pytest

from bibfolio import recall as module
from bibfolio.recall import recall, remember

RECIPE = [b"program", b"text"]
VALUE = {"a": (1, 2), "b": "ü"}


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "memory"
    remember(path, RECIPE, VALUE)
    return path


def test_a_value_comes_back(memory):
    assert recall(memory, RECIPE) == VALUE


@pytest.mark.parametrize(
    "recipe", [[], [b"program"], [b"program", b"texts"], [b"programt", b"ext"], [b"programtext"]]
)
def test_another_recipe_has_no_value(memory, recipe):
    assert recall(memory, recipe) is None


def test_where_nothing_was_kept_nothing_is_known(tmp_path):
    assert recall(tmp_path / "none", RECIPE) is None
    assert recall(tmp_path, RECIPE) is None


def test_a_file_that_is_cut_off_or_damaged_knows_nothing(memory):
    data = memory.read_bytes()
    for place in range(len(data)):
        memory.write_bytes(data[:place])
        assert recall(memory, RECIPE) is None
        memory.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert recall(memory, RECIPE) is None
    memory.write_bytes(data + b"x")
    assert recall(memory, RECIPE) is None


class _Gone:
    """Of another version: what it was made from is refused."""

    def __reduce__(self):
        return float, ("one",)


def test_a_value_that_cannot_be_made_any_more_is_none(tmp_path):
    remember(tmp_path / "memory", RECIPE, _Gone())
    with pytest.raises(ValueError, match="one"):
        pickle.loads(pickle.dumps(_Gone()))
    assert recall(tmp_path / "memory", RECIPE) is None


def test_what_cannot_be_kept_is_no_error(tmp_path):
    (tmp_path / "memory").mkdir()
    remember(tmp_path / "memory", RECIPE, VALUE)
    assert [path.name for path in tmp_path.iterdir()] == ["memory"]
    assert recall(tmp_path / "memory", RECIPE) is None


def test_a_program_is_another_with_each_change_of_its_files(tmp_path, monkeypatch):
    """Whatever they are: a template decides as much as code does. But not what editors keep."""
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    program = module.program.__wrapped__  # within one run, it is the same
    (tmp_path / "part").mkdir()
    found = [program()]
    for name, text in (("a.py", "1"), ("a.py", "2"), ("part/b.typ", "1"), ("part/c.py", "")):
        (tmp_path / name).write_text(text)
        found.append(program())
    (tmp_path / ".#a.py").symlink_to("nowhere")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    assert program() == found[-1]
    found.append(program("pybtex"))
    assert len(set(found)) == len(found)
