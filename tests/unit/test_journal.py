"""The journal: whether the last build into an output has ended, and which files are its own."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from bibfolio.journal import Journal


@pytest.fixture
def app(tmp_path):
    for name in ("src", "doctrees", "out"):
        (tmp_path / name).mkdir()
    return SimpleNamespace(
        builder=SimpleNamespace(name="dirhtml"),
        srcdir=tmp_path / "src",
        doctreedir=tmp_path / "doctrees",
        outdir=tmp_path / "out",
    )


def write(app, *names: str, text: str = "x") -> None:
    for name in names:
        (app.outdir / name).parent.mkdir(parents=True, exist_ok=True)
        (app.outdir / name).write_text(text)


def files(app) -> set[str]:
    found = (path for path in app.outdir.rglob("*") if path.is_file())
    return {path.relative_to(app.outdir).as_posix() for path in found}


def build(app, *names: str, recipe: str = "r", copies: tuple[str, ...] = ()) -> None:
    journal = Journal(app)
    journal.begin()
    write(app, *names)
    journal.end(recipe, copies)


def sweepings(app, *kept: str) -> list[str]:
    return Journal(app).sweepings(set(kept), {"papers"})


def test_an_output_agrees_with_what_it_was_made_from(app):
    assert not Journal(app).agrees("r")
    build(app, "a")
    assert Journal(app).agrees("r")
    assert not Journal(app).agrees("other")


def test_an_output_agrees_with_nothing_until_the_build_has_ended(app):
    build(app, "a")
    Journal(app).begin()
    assert not Journal(app).agrees("r")


def test_the_next_build_that_ends_makes_an_output_agree_again(app):
    build(app, "a")
    Journal(app).begin()
    build(app, "a")
    assert Journal(app).agrees("r")


def test_what_stays_the_same_is_not_written_again(app):
    build(app, "a", copies=("_images/a.png",))
    (path,) = app.doctreedir.iterdir()
    os.utime(path, ns=(0, 0))
    build(app, "a", copies=("_images/a.png",))
    assert path.stat().st_mtime_ns == 0


def test_each_output_has_a_journal_of_its_own(app, tmp_path):
    other = SimpleNamespace(**vars(app) | {"outdir": tmp_path / "other"})
    other.outdir.mkdir()
    build(app, "a")
    assert not Journal(other).agrees("r")
    build(other, "b")
    assert Journal(app).agrees("r")


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"recipe": 1, "made": 2, "foreign": 3}'])
@pytest.mark.parametrize("suffix", [".json", ".begun"])
def test_a_journal_that_cannot_be_read_agrees_with_nothing(app, text, suffix):
    build(app, "a")
    (path,) = app.doctreedir.glob("*.json")
    path.with_suffix(suffix).write_text(text)
    assert not Journal(app).agrees("r")
    build(app, "a")
    assert Journal(app).agrees("r")


def test_what_builds_have_made_is_swept_and_nothing_else(app):
    write(app, "CNAME", ".git/config")
    build(app, "a", "b/c", "papers/d", "kept")
    write(app, "later")
    assert sweepings(app, "kept") == ["a", "b/c"]


def test_what_a_killed_build_has_made_is_swept(app):
    write(app, "CNAME")
    build(app, "a")
    Journal(app).begin()
    write(app, "b")
    assert sweepings(app) == ["a", "b"]


def test_what_a_build_has_written_over_is_its_own(app):
    write(app, "index.html", "CNAME")
    journal = Journal(app)
    journal.begin()
    write(app, "index.html", text="new")
    journal.end("r", ())
    assert sweepings(app) == ["index.html"]


def test_of_an_unknown_output_only_folders_with_names_of_sphinx_s_are_swept(app):
    write(app, "_static/a.css", "_images/b.png", "papers/c.bib", "thesis/d.pdf", "CNAME")
    assert sweepings(app) == ["_images/b.png", "_static/a.css"]


def test_nothing_is_swept_where_the_sources_are(app):
    app.outdir = app.srcdir.parent
    build(app, "a")
    assert sweepings(app) == []


def test_what_is_put_aside_comes_back_after_a_failure(app):
    build(app, "a", "b/c", "keep")
    journal = Journal(app)
    journal.begin()
    journal.put_aside(["a", "b/c"])
    assert files(app) == {"keep"}
    assert not (app.outdir / "b").exists()
    write(app, "a", text="half")
    journal.put_back()
    assert files(app) == {"a", "b/c", "keep"}
    assert (app.outdir / "a").read_text() == "x"


def test_what_is_put_aside_comes_back_after_a_kill(app):
    build(app, "a", "keep")
    Journal(app).put_aside(["a"])
    Journal(app).begin()
    assert files(app) == {"a", "keep"}


def test_what_is_put_aside_is_gone_after_a_build(app):
    build(app, "a", "keep")
    journal = Journal(app)
    journal.begin()
    journal.put_aside(["a"])
    journal.end("r", ())
    assert files(app) == {"keep"}
    assert [path.suffix for path in app.doctreedir.iterdir()] == [".json"]


def test_copies_that_are_not_wanted_any_more_are_known(app):
    build(app, copies=("_images/a.png", "_images/b.png"))
    assert Journal(app).forgotten({"_images/b.png"}) == ["_images/a.png"]
