"""Markdown twins and llms.txt: the words of the page, links that work from anywhere."""

from __future__ import annotations

import pytest

from bibfolio.machines.twins import llms_txt, markdown
from bibfolio.pages.mathml import boxed

URL = "https://example.org/research/llm/"
MATH = "<math><mi>x</mi></math>"
TABLE = (
    "<table><thead><tr><th class='head'><p>a|b</p></th>"
    '<th class="head text-right"><p>b</p></th><th class="head text-center"><p>c</p></th>'
    "</tr></thead><tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>"
)
EQUATION = (
    '<div class="math notranslate nohighlight" id="e">\n<span class="eqno">(1)'
    "<a class='headerlink' href='#e'>#</a></span>\\[x_1\n= y\\]</div>"
)
CODE = (
    '<div class="highlight-{} notranslate"><div class="highlight"><pre><span></span>'
    '<span class="linenos">1</span>x &lt; y;\n</pre></div></div>'
)


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
        ("<p>10<sup>6</sup> CO<sub>2</sub></p>", "10⁶ CO₂\n"),
        # Code: its language, without numbers of lines.
        (CODE.format("c++"), "```c++\nx < y;\n```\n"),
        (CODE.format("default"), "```\nx < y;\n```\n"),
        # Tables: how their columns are set.
        (
            TABLE,
            "| a\\|b | b | c |\n| --- | ---: | :---: |\n| 1 | 2 | 3 |\n",
        ),
    ],
)
def test_a_page_in_markdown(html, text):
    assert markdown(html, URL) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<p>{boxed('x_1 < y*z', MATH)}, {boxed('2', MATH)}</p>", "$x_1 < y*z$, $2$\n"),
        (f"<p>a</p><div>{boxed('x', MATH, block=True)}</div><p>b</p>", "a\n\n$$x$$\n\nb\n"),
        (f"<p>{boxed('<b>[c](d)', MATH)}</p>", "$< b>[c] (d)$\n"),
        (f"<p><math><mi>a</mi></math> {boxed('x', MATH)}</p>", "a $x$\n"),
        (
            f"<table><tr><th>a</th></tr><tr><td>{boxed('|x|', MATH)}</td></tr></table>",
            r"| $\|x\|$ |",
        ),
        # What a script would draw in the browser.
        (
            '<p><span class="math notranslate nohighlight">\\(x_1 &lt; y\\)</span></p>',
            "$x_1 < y$\n",
        ),
        (f"<p>a</p>{EQUATION}", "a\n\n$$x_1 = y$$\n"),
    ],
)
def test_a_formula_is_its_source(html, text):
    assert text in markdown(html, URL)


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


@pytest.mark.parametrize("around", ["<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>"])
def test_a_table_inside_something_keeps_its_columns_and_no_sign_of_ours(around):
    text = markdown(around.format(TABLE), URL)
    assert "---:" in text
    assert "\U0010fffd" not in text
