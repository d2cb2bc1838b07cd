"""The sheet in the page: relative addresses, and a policy that allows it and nothing else."""

from __future__ import annotations

import base64
import hashlib

import pytest

from bibfolio.assets.inline import _OUR_SCRIPTS as OURS
from bibfolio.assets.inline import policy, read_sheet, with_style

PAGE = (
    '<html data-content_root="../"><head>'
    '<meta http-equiv="Content-Security-Policy" content=""><style id="site-style">old</style>'
    '<script>one()</script><script src="x.js"></script></head></html>'
)


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_the_policy_allows_what_is_in_the_page_and_nothing_from_elsewhere():
    assert policy(["p{}"], ["one()", "two()"]) == (
        f"default-src 'none'; script-src 'self' {digest('one()')} {digest('two()')}; "
        f"style-src {digest('p{}')}; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )


def test_without_inline_styles_none_are_allowed():
    assert "style-src 'none';" in policy([], [])


def test_a_page_gets_sheet_and_a_policy_for_our_own_script_alone():
    page = with_style(PAGE, "p{background:url({root}_static/x.svg)}")
    sheet = "p{background:url(../_static/x.svg)}"
    assert f'<style id="site-style">{sheet}</style>' in page
    assert f'content="{policy([sheet], OURS)}"' in page
    assert "one()" in page
    assert digest("one()") not in page


def test_a_second_time_changes_nothing():
    page = with_style(PAGE, "p{}")
    assert with_style(page, "p{}") == page


def test_backslashes_of_a_sheet_are_kept():
    assert r'p::before{content:"\201c\1"}' in with_style(PAGE, r'p::before{content:"\201c\1"}')


def test_no_string_of_a_sheet_ends_it():
    assert r'<style id="site-style">p{content:"<\/style>"}</style>' in with_style(
        PAGE, 'p{content:"</style>"}'
    )


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
