"""Texts of old pages become MyST; what has no counterpart is marked, and code is left alone."""

from __future__ import annotations

import re

import pytest

from bibfolio.importing import markdown
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
        "<b>We</b> won {{ x }}!\n\n![](/assets/img/x.png) See [this](/teaching/) &amp; <u>that</u>:"
        "\n\n* one.\n* two."
    )
    assert in_line(text, resolve) == "**We** won ! See [this](/teaching.md) & that: one. two."


def test_words_alone_have_neither_html_nor_signs():
    assert (
        words_of("<b>Professor</b> of *examples*, [here](/x) `x`")
        == "Professor of examples, here x"
    )


# -- a text of signs alone, in which nothing ends, takes no longer than any other -----------------


def test_a_beginning_reads_no_further_than_the_next_one():
    unbounded = re.compile(r"(?<![\\:])\.[*+{]|\\s[*+]\\s|\[^<>\]\*\?")
    assert [start for start, _end, _new in markdown._TABLE if unbounded.search(start)] == []


def test_an_end_that_is_missing_is_looked_for_once(monkeypatch):
    looked_for = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(re, name)

        def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
            looked_for.append(pattern)
            return re.compile(pattern, flags)

    monkeypatch.setattr(markdown, "re", Counting())
    converted("<!-- {% cite x {{ y <b> {{% alert " * 2000, resolve)
    assert sorted(looked_for) == ["%}", "-->", "-?%}", "</b *>", "}}"]
