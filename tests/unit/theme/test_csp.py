"""What a page loads, and the policy that allows just that."""

from __future__ import annotations

import base64
import hashlib
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.theme import csp

from ..table import Table

TABLE = Table(__file__)

OWN = "_static/own.js"
ELSEWHERE = "https://cdn.example.org/x.js"
CONSTANTS = ["_static/documentation_options.js", "_static/doctools.js"]
HIGHLIGHT = "_static/sphinx_highlight.js"
OURS = "_static/bibfolio.js"


def asset(address: str | None = None, **attributes: str) -> SimpleNamespace:
    """A script or sheet as Sphinx hands it to templates."""
    return SimpleNamespace(filename=address, attributes=attributes)


def directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {name: words for name, *words in parts}


def names(files: list[SimpleNamespace]) -> list[str]:
    return [csp.address_of(file) or csp.text_of(file) for file in files]


# -- what a page loads ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "loaded"),
    [
        ([], [OURS]),
        (["_static/bibfolio-copy.js"], [OURS, "_static/bibfolio-copy.js"]),
        ([OWN], [OURS, *CONSTANTS, OWN]),
        ([ELSEWHERE], [OURS, *CONSTANTS, ELSEWHERE]),
    ],
)
def test_what_sphinx_loads_comes_only_with_scripts_of_others(others, loaded):
    files = [asset(name) for name in [OURS, *CONSTANTS, HIGHLIGHT, *others]]
    assert names(csp.scripts(files)) == loaded


def test_constants_of_the_parent_are_left_out_and_an_owner_s_own_code_is_not():
    parent = asset(None, body="\n  DOCUMENTATION_OPTIONS.pagename = 'index';")
    own = asset(None, body="window.own = 1;")
    assert csp.scripts([parent]) == []
    assert csp.scripts([parent, own]) == [own]


@pytest.mark.parametrize("colours", [False, True])
def test_no_sheet_of_sphinx_or_the_parent_is_loaded(colours):
    theirs = ["basic.css", "styles/theme.css", "styles/pydata-sphinx-theme.css"]
    files = [asset(f"_static/{name}") for name in [*theirs, "pygments.css", "own.css"]]
    expected = ["_static/pygments.css", "_static/own.css"] if colours else ["_static/own.css"]
    assert names(csp.stylesheets(files, colours=colours)) == expected


def test_names_without_attributes_are_understood():
    """An extension may put plain texts into the lists."""
    assert csp.scripts([OWN]) == [OWN]
    assert "style-src" in csp.policy("", [""], [OWN], ["_static/own.css"])


# -- what it may load ----------------------------------------------------------------------------


def test_a_page_of_ours_may_load_its_own_files_and_nothing_else():
    script, styles = "run()", ["p{}", "a{}"]
    assert directives(csp.policy(script, styles)) == {
        "default-src": ["'none'"],
        "script-src": ["'self'", csp.hash_source(script)],
        "style-src": [*map(csp.hash_source, styles), "'self'"],  # the search has a sheet
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }


def test_what_the_owner_adds_is_allowed_by_hash_or_host():
    body = "  window.own = '1';\n"
    found = directives(
        csp.policy(
            "",
            [""],
            [asset(None, body=body), asset(OWN)],
            [
                asset("https://fonts.example.org/a.css", rel="stylesheet"),
                asset("//icons.example.org/i.png", rel="icon"),
            ],
            ["https://img.example.org:8443/a/b.png?c", "_images/own.png", "data:image/png;base64,"],
        )
    )
    assert found["script-src"][2:] == [csp.hash_source(body)]
    assert found["connect-src"] == ["'self'"]
    assert found["style-src"][1:] == ["'self'", "https://fonts.example.org"]
    assert found["font-src"] == ["'self'", "https://fonts.example.org", "data:"]
    assert found["img-src"][2:] == ["https://icons.example.org", "https://img.example.org:8443"]


def test_a_script_from_elsewhere_may_write_styles_and_load_fonts():
    """It runs at the owner's wish; MathJax draws nothing without."""
    found = directives(csp.policy("", ["p{}"], [asset(ELSEWHERE)]))
    assert found["script-src"][2:] == ["https://cdn.example.org"]
    assert found["connect-src"] == ["'self'", "https://cdn.example.org"]
    assert found["style-src"] == ["'unsafe-inline'", "'self'", "https://cdn.example.org"]
    assert found["font-src"] == ["'self'", "https://cdn.example.org", "data:"]


@pytest.mark.parametrize(
    ("html", "has"),
    [
        ('<img alt="a" style="width: 50%">', True),
        ("<COL\nSTYLE=width:1px>", True),
        ("<p>style=&quot;color: red&quot;</p>", False),
        ('<p class="style">a style = b</p>', False),
        ('<a data-style="x">', False),
    ],
)
def test_style_attributes_are_allowed_only_where_there_are_some(html, has):
    assert csp.has_style_attributes(html) == has
    found = directives(csp.policy("", [""], style_attributes=csp.has_style_attributes(html)))
    assert found.get("style-src-attr") == (["'unsafe-inline'"] if has else None)


@given(st.text())
def test_the_hash_is_that_of_the_text(text):
    expected = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert csp.hash_source(text) == f"'sha256-{expected}'"


@given(st.lists(st.text(max_size=20) | st.text(max_size=12).map("https://a.example".__add__)))
def test_no_address_adds_a_directive(addresses):
    found = directives(csp.policy("", [""], [asset(a) for a in addresses], [], addresses))
    assert found.keys() == directives(csp.policy("", [""])).keys()
    assert "'unsafe-inline'" not in found["script-src"]


# -- what it blocks ------------------------------------------------------------------------------

HERE, THERE = "files/a", "https://b.example.org/a"
HOSTS = csp.policy("", [""], [asset(ELSEWHERE)], [], [THERE])


def test_what_is_blocked_is_told_with_what_to_write_and_nothing_else():
    policy = csp.policy("", [""])
    TABLE.holds("what is blocked", lambda html: [f"{n}: {m}" for n, m in csp.blocked(html, policy)])
    TABLE.holds("what is allowed", lambda html: csp.blocked(html, HOSTS))


@given(st.text(alphabet="<>/=\"' \nabcdeimnoprstyfl[]:{}"))
def test_no_html_is_too_broken(html):
    csp.blocked(html, HOSTS)
