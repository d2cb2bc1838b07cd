"""Texts of old pages become MyST; what has no counterpart is marked, and code is left alone."""

from __future__ import annotations

import pytest

from bibfolio.importing.markdown import converted, in_line, words_of
from tests.unit.table import Table

TABLE = Table(__file__)
PLACES = {
    "/teaching/": "/teaching.md",
    "/teaching": "/teaching.md",
    "/_pages/teaching.md": "/teaching.md",
    "/assets/pdf/x.pdf": "/old/assets/pdf/x.pdf",
    "assets/img/x.png": "/old/assets/img/x.png",
    "/assets/img/x.png": "/old/assets/img/x.png",
    "/assets/video/x.mp4": "/old/assets/video/x.mp4",
}


def resolve(target: str) -> str | None:
    return None if target.startswith("http") else PLACES.get(target, "")


@pytest.mark.parametrize("section", TABLE.sections)
def test_what_becomes_of(section):
    TABLE.holds(section, lambda text: converted(text, resolve, {"doe2024"})[0].splitlines())


def test_a_line_of_the_profile_has_no_blocks_and_no_comments():
    text = (
        "<b>We</b> won {{ x }}!\n\n![](/assets/img/x.png) See [this](/teaching/) &amp; <u>that</u>."
    )
    assert in_line(text, resolve) == "**We** won ! See [this](/teaching.md) & that."


def test_words_alone_have_neither_html_nor_signs():
    assert (
        words_of("<b>Professor</b> of *examples*, [here](/x) `x`")
        == "Professor of examples, here x"
    )
