"""A stylesheet as one text: what it imports, and addresses that hold on every page."""

from __future__ import annotations

import pytest

from bibfolio.assets.imports import read_sheet


@pytest.mark.parametrize(
    ("sheet", "read"),
    [
        ("p{background:url(x.svg)}", "p{background:url({root}_static/css/x.svg)}"),
        ("p{background:url('../x.svg')}", "p{background:url({root}_static/x.svg)}"),
        ('p{background:url("x.svg?v=1")}', "p{background:url({root}_static/css/x.svg?v=1)}"),
        (
            "p{background:url(data:image/png;base64,AA)}",
            "p{background:url(data:image/png;base64,AA)}",
        ),
        ("p{background:url(https://a.b/x)}", "p{background:url(https://a.b/x)}"),
        ("p{fill:url(#a)}", "p{fill:url(#a)}"),
    ],
)
def test_files_of_a_sheet_are_named_from_the_root(tmp_path, sheet, read):
    path = tmp_path / "_static" / "css" / "a.css"
    path.parent.mkdir(parents=True)
    path.write_text(sheet)
    assert read_sheet(path, tmp_path) == read


def imported(tmp_path, form: str, inner: str) -> str:
    """A sheet that imports b/c.css, which says *inner*, and has a rule of its own."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.css").write_text(inner)
    (tmp_path / "a.css").write_text(f"@import {form};q{{top:0}}")
    return read_sheet(tmp_path / "a.css", tmp_path)


@pytest.mark.parametrize("form", ['"b/c.css"', "'b/c.css'", 'url("b/c.css")', "url('b/c.css')"])
def test_an_import_is_replaced_by_what_it_imports(tmp_path, form):
    assert imported(tmp_path, form, "p{left:0}") == "p{left:0}q{top:0}"


def test_an_import_without_quotes_is_replaced_too(tmp_path):
    assert imported(tmp_path, "url(b/c.css)", "p{left:0}") == "p{left:0}q{top:0}"


def test_files_of_an_imported_sheet_are_named_from_the_root(tmp_path):
    sheet = imported(tmp_path, '"b/c.css"', "p{background:url(x.svg)}")
    assert sheet == "p{background:url({root}b/x.svg)}q{top:0}"
