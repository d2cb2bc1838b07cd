"""The sheet in the page, and a policy that allows it and nothing else."""

from __future__ import annotations

import base64
import hashlib

import pytest

from bibfolio.assets.inline import _OUR_SCRIPTS as OURS
from bibfolio.assets.inline import policy, with_style, without_style

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


def test_without_its_sheet_a_page_is_as_it_was_before():
    page = PAGE.replace(">old<", "><")
    assert without_style(with_style(PAGE, "p{}")).replace(policy(["p{}"], OURS), "") == page
    assert without_style(page) == page


@pytest.mark.parametrize("page", ["<p>x</p>", '<p><style id="site-style">never ends'])
def test_where_there_is_no_place_for_a_sheet_nothing_happens(page):
    assert without_style(page) == page


def test_backslashes_of_a_sheet_are_kept():
    assert r'p::before{content:"\201c\1"}' in with_style(PAGE, r'p::before{content:"\201c\1"}')


def test_no_string_of_a_sheet_ends_it():
    assert r'<style id="site-style">p{content:"<\/style>"}</style>' in with_style(
        PAGE, 'p{content:"</style>"}'
    )
