"""Markdown twins and llms.txt: the words of the page, links that work from anywhere."""

from __future__ import annotations

import pytest

from bibfolio.machines.twins import llms_txt, markdown

URL = "https://example.org/research/llm/"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>A<a class='headerlink' href='#a'>#</a></h1><p>b</p>", "# A\n\nb\n"),
        ("<p><a href='../x/'>x</a></p>", "[x](https://example.org/research/x/)\n"),
        ('<p><a href="https://a.b/" title="t">x</a></p>', "[x](https://a.b/)\n"),
        ("<p><a href='#s'>x</a></p>", f"[x]({URL}#s)\n"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"),
        ("<p>a</p>\n\n\n<div></div>\n\n<p>b</p>", "a\n\nb\n"),
        ("", "\n"),
    ],
)
def test_a_page_in_markdown(html, text):
    assert markdown(html, URL) == text


def test_llms_txt_lists_every_page_with_what_it_says_of_itself():
    sections = {"Pages": [("Home", "https://a.b/", "Who"), ("CV", "https://a.b/cv", "")]}
    assert llms_txt("Jane", "A site.", sections) == (
        "# Jane\n\n> A site.\n\n## Pages\n\n- [Home](https://a.b/): Who\n- [CV](https://a.b/cv)\n"
    )


def test_without_a_summary_there_is_none():
    assert llms_txt("Jane", "", {}) == "# Jane\n"


def test_brackets_of_a_title_do_not_end_the_link():
    text = llms_txt("J", "", {"P": [("a [b] \\c", "https://a.b/", "")]})
    assert "- [a \\[b\\] \\\\c](https://a.b/)\n" in text
