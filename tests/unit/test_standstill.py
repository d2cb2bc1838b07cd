"""What tells whether there is nothing to write; what builds do then: tests/build."""

from __future__ import annotations

import logging

import pytest

from bibfolio.known import are_known, module_of
from bibfolio.standstill import Remarks, _installed, _states


@pytest.mark.parametrize(
    ("level", "kind", "is_one"),
    [
        (logging.INFO, {}, False),
        (logging.WARNING, {}, True),
        (logging.ERROR, {}, True),
        (logging.WARNING, {"type": "bibfolio", "subtype": "style"}, True),
        (logging.WARNING, {"type": "other", "subtype": "font"}, True),
        # Asked for, and told, by every build.
        (logging.WARNING, {"type": "bibfolio", "subtype": "font"}, False),
    ],
)
def test_what_has_to_be_said_again_is_a_remark(level, kind, is_one):
    remarks, record = Remarks(), logging.LogRecord("sphinx", level, "", 0, "words", (), None)
    record.__dict__.update(kind)
    assert remarks.filter(record)
    assert remarks.are_some == is_one


def test_what_is_installed_is_told_with_its_version(tmp_path, monkeypatch):
    before = sorted(_installed())
    assert any(name.startswith("sphinx-") for name in map(str.lower, before))
    (tmp_path / "some_extension-1.2.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert sorted(set(_installed()) - set(before)) == ["some_extension-1.2.dist-info"]


def test_a_file_is_told_by_its_place_size_and_time(tmp_path):
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "a.css"
    file.write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (path, size, _), *others = _states(str(tmp_path))
    assert (path, size, others) == (str(file), 1, [])
    assert list(_states(str(file))) == list(_states(str(tmp_path)))
    assert list(_states(str(tmp_path / "nowhere"))) == []


def test_who_is_not_known_is_not_taken_for_somebody_else():
    assert are_known(["sphinx", "sphinx.builders.html", "bibfolio.upkeep", "notfound.extension"])
    assert not are_known(["sphinx", "sphinx_gallery.gen_gallery"])
    assert not are_known(["my_extension"])
    assert not are_known([""])


def test_what_a_conf_py_defines_has_no_module():
    given: dict = {}
    exec("def handler(): ...", given)
    assert not are_known([module_of(given["handler"])])
