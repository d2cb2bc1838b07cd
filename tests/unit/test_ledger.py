"""The ledger: what was made of what, so that the same is not made twice."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bibfolio import ledger
from bibfolio.ledger import Ledger


@pytest.fixture
def app(tmp_path):
    for name in ("doctrees", "out"):
        (tmp_path / name).mkdir()
    return SimpleNamespace(
        builder=SimpleNamespace(name="dirhtml", get_target_uri=lambda name: name),
        config=SimpleNamespace(html_baseurl="", root_doc="index"),
        doctreedir=tmp_path / "doctrees",
        outdir=tmp_path / "out",
    )


def make(app, recipes: dict[str, str]) -> list[str]:
    """What one build makes of *recipes*: each file holds its recipe in capitals."""
    kept = Ledger(app, "test")
    stale = kept.stale(recipes)
    for path in stale:
        (app.outdir / path).write_text(recipes[path].upper())
    for path in kept.forgotten(recipes):
        (app.outdir / path).unlink()
    kept.enter(recipes)
    return stale


def files(app) -> dict[str, str]:
    return {path.name: path.read_text() for path in app.outdir.iterdir()}


def test_only_what_changed_is_made_again(app):
    assert make(app, {"a": "x", "b": "y"}) == ["a", "b"]
    assert make(app, {"a": "x", "b": "y"}) == []
    assert make(app, {"a": "x", "b": "z"}) == ["b"]
    assert files(app) == {"a": "X", "b": "Z"}


def test_another_program_makes_all_again(app, monkeypatch):
    make(app, {"a": "x", "b": "y"})
    monkeypatch.setattr(ledger, "program", lambda: "another")
    assert make(app, {"a": "x", "b": "y"}) == ["a", "b"]


@pytest.mark.parametrize("meddle", [lambda p: p.unlink(), lambda p: p.write_text("other")])
def test_a_file_that_is_not_as_it_was_made_is_made_again(app, meddle):
    make(app, {"a": "x"})
    meddle(app.outdir / "a")
    assert make(app, {"a": "x"}) == ["a"]


def test_an_output_that_shares_the_doctrees_gets_its_own(app, tmp_path):
    """Two builders in turns: what one has made last says nothing about the other's files."""
    other = SimpleNamespace(**vars(app) | {"outdir": tmp_path / "other"})
    other.outdir.mkdir()
    make(app, {"a": "x"})
    assert make(other, {"a": "y"}) == ["a"]
    assert make(app, {"a": "y"}) == ["a"]


def test_what_is_not_wanted_any_more_is_forgotten(app):
    make(app, {"a": "x", "b": "y"})
    make(app, {"b": "y"})
    assert files(app) == {"b": "Y"}


def test_what_others_have_put_in_its_place_is_not(app):
    make(app, {"a": "x"})
    (app.outdir / "a").write_text("the owner's own")
    make(app, {})
    assert files(app) == {"a": "the owner's own"}


@pytest.mark.parametrize("text", ["", "no JSON", '{"a": "as the version before wrote it"}'])
def test_a_ledger_that_cannot_be_read_is_empty(app, text):
    (app.doctreedir / "test.json").write_text(text)
    assert make(app, {"a": "x"}) == ["a"]
    assert make(app, {"a": "x"}) == []
