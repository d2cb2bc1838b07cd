"""Sizes of pictures, tables and columns: from attributes that the policy forbids to classes."""

from __future__ import annotations

import pytest

from bibfolio.assets.sizes import rules, with_classes


@pytest.mark.parametrize(
    ("tag", "new"),
    [
        ('<img style="width: 30%;" src="x">', '<img class="size-width-30%" src="x">'),
        ('<col style="width: 33.3%" />', '<col class="size-width-33.3%" />'),
        ("<col style='width:5px'>", '<col class="size-width-5px">'),
        ("<col style=width:5px>", '<col class="size-width-5px">'),
        ('<col STYLE\n=\n"Width: 5px">', '<col class="size-width-5px">'),
        ('<col StYlE="width:5px">–', '<col class="size-width-5px">–'),
        (
            '<figure class="align-right" id="a" style="width: 300px">',
            '<figure class="size-width-300px align-right" id="a">',
        ),
        (
            '<img alt="a > b" style="width: 2em; height: 1.5em;">',
            '<img class="size-width-2em size-height-1.5em" alt="a > b">',
        ),
        ('<p style="">', "<p>"),
        ('<p data-x=" style=y">', '<p data-x=" style=y">'),
        ("<p>style=width:1px</p>", "<p>style=width:1px</p>"),
        ("<code>&lt;p style=&quot;width:1px&quot;</code>",) * 2,
    ],
)
def test_a_size_becomes_a_class(tag, new):
    assert with_classes(tag) == (new, [])


@pytest.mark.parametrize("letter", ["s", "S", "\N{LATIN SMALL LETTER LONG S}"])
@pytest.mark.parametrize("space", ["", " ", "\n", "\x1c", "\x85", "\xa0", "\u2003", "\u3000 "])
def test_a_page_that_may_be_styled_is_not_passed_over(letter, space):
    """Whatever the expression for attributes takes for one; a quick look comes before it."""
    assert (
        with_classes(f'<col {letter}tYLE{space}="width:5px">')[0] == '<col class="size-width-5px">'
    )


@pytest.mark.parametrize(
    "style",
    [
        "color: red",
        "width: 1px; position: fixed",
        "width: calc(1px + 2px)",
        "width: 1px!important",
        "width: -1px",
        "width: url(x)",
        "width: 1px}p{top:0",
        "--field-indent: 1em",
    ],
)
def test_any_other_style_stays_and_is_reported(style):
    tag = f'<p style="{style}">'
    assert with_classes(tag) == (tag, [style])


def test_the_class_says_what_its_rule_does():
    names = {"size-width-33.3%", "size-height-2em", "size-width-x", "size-top-1px", "other"}
    assert rules(names) == (
        r".size-height-2em{height:2em!important;max-width:100%}"
        r".size-width-33\.3\%{width:33.3%!important;max-width:100%}"
    )
