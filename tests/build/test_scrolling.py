"""What can be wider than the page can have the focus, and so be scrolled by a keyboard."""

import pytest

BLOCKS = {
    "highlighted": "```python\nx = 1\n```",
    "plain": "```\nx < 1\n```",
    "with links": "```{parsed-literal}\n[x](https://a.b)\n```",
    "quoted": "```{code-block} text\n:caption: A caption\n\nx <pre y\n```",
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("theme", ["basic", "bibfolio"])
def test_a_block_of_code_can_have_the_focus(build, name, theme):
    main = build("minimal", {"index.md": f"# A\n\n{BLOCKS[name]}\n"}, html_theme=theme).main()
    assert [pre.get("tabindex") for pre in main.find_all("pre")] == ["0"]
    assert ("<pre y" in main.find("pre").get_text()) == (name == "quoted")


def test_a_table_can_have_the_focus(build):
    page = "# A\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    main = build("minimal", {"index.md": page}, html_theme="bibfolio").main()
    assert main.find("table").parent["tabindex"] == "0"


def test_the_bibtex_of_a_paper_is_no_stop_as_it_is_never_cut_off(build):
    main = build("minimal", html_theme="bibfolio").main("papers/doe2021cache")
    assert "tabindex" not in main.find("pre").attrs
