"""What stands around the content of a page, as far as Sphinx is not needed for it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

from bibfolio.theme import components, layout

SHEET, COPY, FILTER = "bibfolio-components.css", "bibfolio-copy.js", "bibfolio-filter.js"


def document(*children: nodes.Node) -> nodes.document:
    result = new_document("page")
    result += nodes.section("", *children)
    return result


@pytest.mark.parametrize(
    ("classes", "files"),
    [
        ([], []),
        (["other", "profiles", "paper"], []),
        (["profile-of-mine", "cv-block", "paper-card-mine"], []),
        (["profile-list"], [SHEET]),
        (["cv-head"], [SHEET]),
        (["paper-page-bibtex"], [SHEET, COPY]),
        (["x", "paper-card-complete"], [SHEET, FILTER]),
        (["paper-card-complete", "paper-page-bibtex"], [SHEET, COPY, FILTER]),
    ],
)
def test_a_page_loads_what_its_components_need(classes, files):
    page = document(nodes.paragraph("", "x"), nodes.container(classes=classes))
    assert components.needs(page) == files


def test_a_page_without_a_document_has_no_components():
    assert components.needs(None) == []


@pytest.mark.parametrize(
    ("html", "focusable"),
    [
        ("<pre>", '<pre tabindex="0">'),
        ('<pre class="literal-block">', '<pre tabindex="0" class="literal-block">'),
        ('<pre class="paper-page-bibtex literal-block">', None),
        ('<pre tabindex="-1">', None),
        (
            '<div class="pst-scrollable-table-container">',
            '<div class="pst-scrollable-table-container" tabindex="0">',
        ),
        ("<p>&lt;pre&gt;</p>", None),
        ("<predicate>", None),
    ],
)
def test_what_may_be_wider_than_the_page_can_have_the_focus(html, focusable):
    assert layout.with_focus(f"<p>a</p>{html}b") == f"<p>a</p>{focusable or html}b"


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, []),
        ({"navbar_end": ["x"], "logo": {"text": "x"}}, []),
        ({"show_toc_level": 2, "switcher": {"json_url": "x"}}, ["show_toc_level", "switcher"]),
        ({"back_to_top_button": False, "analytics": {}}, []),  # asks for nothing
        ({"announcement": "<b>Hello</b>"}, []),
        ({"announcement": "https://example.org/a.html"}, ["announcement"]),
        ({"not_an_option": 1}, []),  # Sphinx warns of it
    ],
)
def test_options_without_effect_are_named(chosen, names):
    known = layout.HONOURED | {"show_toc_level", "switcher", "back_to_top_button", "analytics"}
    assert layout.unsupported(chosen, known) == names


def test_a_sheet_loses_only_comments_and_indentation():
    css = '/* a\n  b */\n@media print {\n  a[href^="x  y"]::after {\n    content: "/";\n  }\n}\n'
    expected = '@media print {\na[href^="x  y"]::after {\ncontent: "/";\n}\n}'
    assert layout.compact(css) == expected


# -- the sheets ----------------------------------------------------------------------------------

STATIC = Path(layout.__file__).parent / "static"
THEME, COMPONENTS = ((STATIC / name).read_text("utf-8") for name in ("bibfolio.css", SHEET))
#: Hexadecimal, and functions that name a colour by numbers.
RAW = re.compile(
    r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(", re.I
)
NAMED = re.compile(r":[^;{}]*\b(?:black|white|red|green|blue|gr[ae]y|silver|gold|navy)\b", re.I)


def declared(css: str) -> str:
    """*css* without comments and strings."""
    return re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)


def test_raw_colours_stand_in_the_tokens_only():
    tokens, line, rest = THEME.partition("/* -- Plain elements")
    assert line
    assert RAW.search(tokens)
    for css in (rest, COMPONENTS):
        assert [*RAW.findall(declared(css)), *NAMED.findall(declared(css))] == []


def test_components_read_variables_at_their_top_only():
    """So that another theme has one place to look at."""
    top, rest = declared(COMPONENTS).split("}", 1)
    ours = set(re.findall(r"(--bf-[a-z]+):", top))
    assert set(re.findall(r"var\((--[a-z-]+)", rest)) == ours
    assert all(
        name.startswith(("--bibfolio-", "--pst-", "--color-"))
        for name in re.findall(r"var\((--[a-z-]+)", top)
    )


def test_both_sheets_are_small():
    sheet = layout.compact(f"{THEME}\n{COMPONENTS}").encode()
    assert len(sheet) <= 24_000
    assert len(gzip.compress(sheet, 9)) <= 6_000
