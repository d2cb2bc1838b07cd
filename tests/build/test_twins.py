"""A Markdown twin of every page: the same words, links that work from anywhere, up to date."""

import pytest

from tests.building import ROOTS
from tests.reading import links, markdown

PAGE = """---
orphan: true
---

# A title with *emphasis* and `code`

First paragraph, a {doc}`page </waiting>`, {ref}`place <part>`, [elsewhere](https://a.example.org/?b=1&c).

(part)=
## Part

- one
- two

\\[a\\](https://b.example.org) and &lt;c&gt;

\\# d

![A cat](cat.png)

```python
if a < b: pass
```

| a | b |
|---|--:|
| 1 | 2 |
"""


@pytest.fixture(scope="module")
def deep(build_once):
    return build_once("citing", {"essays/deep.md": PAGE, "essays/cat.png": b"\x89PNG"})


def test_a_twin_says_what_its_page_says(deep):
    text = deep.text("essays/deep.md")
    twin = markdown(text)
    assert twin.headings == ["A title with emphasis and code", "Part"]
    assert twin.paragraphs[0].startswith("First paragraph, a page, place, elsewhere.")
    # What looks like Markdown is still text.
    assert twin.paragraphs[-3:-1] == ["[a](https://b.example.org) and <c>", "# d"]
    assert "- one\n\n- two\n" in text
    assert "```python\nif a < b: pass\n```" in text
    assert "| a | b |\n| --- | ---: |\n| 1 | 2 |" in text
    assert twin.html == []


def test_links_and_pictures_of_a_twin_work_from_anywhere(deep):
    address = "https://jane.example.org/_images/cat.png"
    assert markdown(deep.text("essays/deep.md")).images == [address]
    assert markdown(deep.text("essays/deep.md")).links == [
        ("page", "https://jane.example.org/waiting/"),
        ("place", "https://jane.example.org/essays/deep/#part"),
        ("elsewhere", "https://a.example.org/?b=1&c"),
    ]


def test_every_page_but_hidden_ones_has_a_twin_and_names_it(deep):
    twins = {name for name in deep.files if name.endswith(".md")}
    named = set()
    for page in deep.pages:
        found = [
            href for href, type_ in links(deep.soup(page), "alternate") if type_ == "text/markdown"
        ]
        named |= {href.removeprefix("https://jane.example.org/") for href in found}
    assert twins == named
    assert len(twins) == len(deep.pages) - len({"404", "search", "genindex"})


def test_llms_txt_lists_pages_and_then_papers_as_the_list_has_them(deep):
    index = markdown(deep.text("llms.txt"))
    assert index.headings == ["Jane Doe", "Pages", "Publications"]
    found = [href.removeprefix("https://jane.example.org/") for _, href in index.links]
    assert found == [
        "essays/deep.md",
        "index.md",
        "notes/memory.md",
        "publications.md",
        "waiting.md",
        "papers/poe2023queue.md",
        "papers/doe2023draftless.md",
        "papers/doe2021cache.md",
    ]


def test_llms_full_txt_is_every_twin_in_the_order_of_llms_txt(deep):
    text, links = deep.text("llms-full.txt"), markdown(deep.text("llms.txt")).links
    names = [href.removeprefix("https://jane.example.org/") for _, href in links]
    places = [text.index(deep.text(name).strip()) for name in names]
    assert places == sorted(places)
    assert text.count("\n---\n\n<https://jane.example.org/") == len(names) - 1


def test_llms_txt_says_what_pages_say_of_themselves(build):
    meta = "---\nmyst:\n  html_meta:\n    description: What it is about.\n---\n\n"
    bib = (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8")
    bib = bib.replace("  journal      = {", "  annotation = {In short.},\n  journal = {")
    page = meta + "# Papers\n\n```{publications}\n```\n"
    lines = build("minimal", {"index.md": page, "refs.bib": bib}).text("llms.txt").splitlines()
    assert lines[:3] == ["# Jane Doe", "", "> What it is about."]
    assert "- [Papers](https://jane.example.org/index.md): What it is about." in lines
    address = "https://jane.example.org/papers/doe2021cache.md"
    assert f"- [Caches that Remember]({address}): In short." in lines


def test_twins_stand_beside_pages_of_any_form(build_once):
    built = build_once("citing", builder="html")
    assert markdown(built.text("papers/poe2023queue.md")).headings[0] == "Queue: Waiting in C++"
    hrefs = [href for _, href in markdown(built.text("publications.md")).links]
    assert "https://jane.example.org/papers/poe2023queue.html" in hrefs


@pytest.mark.parametrize("renderer", ["bibfolio", "mathjax"])
def test_a_formula_is_its_source(build, renderer):
    """That of a title too: in the heading of the paper's page and in lists."""
    page = (
        "---\norphan: true\n---\n\n# D\n\nIn {math}`O(n^2)` steps.\n\n```{math}\na_1 = b_1\n```\n"
    )
    bib = "\n@misc{c, title = {CO$_2$ and $\\foo(n_1)$}, year = 2020}\n"
    bib = (ROOTS / "citing" / "refs.bib").read_text(encoding="utf-8") + bib
    quiet = {"html_math_renderer": renderer, "suppress_warnings": ["bibfolio.bib_math"]}
    built = build("citing", {"deep.md": page, "refs.bib": bib}, **quiet)
    assert markdown(built.text("deep.md")).paragraphs == ["In $O(n^2)$ steps.", "$$a_1 = b_1$$"]
    assert built.text("papers/c.md").startswith("# CO$_2$ and $\\foo(n_1)$\n")
    assert "[CO$_2$ and $\\foo(n_1)$](" in built.text("publications.md")
