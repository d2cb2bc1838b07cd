"""Pages in Markdown: what keeps them from being read as they are meant, and nothing else."""

import re
import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.pages import lint_pages
from bibfolio.sources.bibliography import read_bibliography

CONF = SimpleNamespace(
    bibtex_bibfiles=["refs.bib"],
    source_encoding="utf-8-sig",
    include_patterns=["*.md", "**/p*.md"],
    exclude_patterns=["README.md", "drafts"],
    bibfolio_files="files",
)
BIB = """@misc{roe2020fish, title = {A}, author = {Roe, Ann}, year = {2020}}
@misc{roe2021draft, title = {B}, author = {Roe, Ann}, year = {2021}, pubstate = {inpreparation}}
"""


def said(folder, text: str | bytes, name: str = "page.md") -> list[str]:
    """What is told of a page: line, column and message."""
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = lint_pages(folder, CONF, {"refs.bib": read_bibliography(folder / "refs.bib")})
    assert {problem.file for problem in found} <= {str(folder / name)}
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n---\n",
        "---\norphan: true\n---\n\n# A\n",
        "---\nmyst: {a: b}\n...\n\n---\n\nNote: a rule.\n",
        "---\n\nA rule, and no front matter.\n",
        "\ufeff---\r\norphan: true\r\n---\r\n\r\n# A\r\n\r\n```{profile} card\r\n```\r\n",
        "````md\n```{publications}\n```\n````\n\n~~~\n```\n~~~\n",
        "::::{note}\n:::{tip} Of {cite}`roe2020fish`\n```python\n::\n```\n:::\n::::\n",
        "- a\n\n  ```python\n  wait()\n  ```\n- ```\n  wait()\n  ```\n\n> ```\n> wait\n> ```\n",
        "Words\n: ```\n  wait()\n  ```\n\nA `` ``` `` in words, and ```` ```{x} ```` too.\n",
        "Write `{cite}` and then `roe`, or ``{cite}`roe` ``; \\{cite}`roe`.\n",
        "```md\n{cite}`nobody`\n```\n\n% {cite}`nobody`\n\n<!-- {cite}`nobody`\n\n{cite}`no` -->\n",
        "A\n\n    ```{x}\n    {cite}`nobody`\n\n<!--\n```{profile}\n-->\n\n<p>{cite}`nobody`</p>\n",
        "---\ndescription: '{cite}`nobody`'\n---\n\n```python\n    ```x\n```\n",
        "{cite:p}`{see}roe2020fish{p. 3, 4}, roe2020fish` {footcite}`roe2020fish`\n",
        "{bib:paper}`Her, own, words <roe2020fish>` {external+x:bib:paper}`nobody` {doc}`nobody`\n",
    ],
)
def test_nothing_is_told_of_a_page_that_is_right(tmp_path, text):
    assert said(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("::::{note}\n\n:::{tip}\nA\n::::\n", "3:1: :::{tip}: it is not closed before ::::;"),
        ("- A\n\n  ```{x} y\n", "3:3: ```{x} y: it is not closed and takes in all that follows;"),
        ("```\nA\n\n```{x}\n```\n\n```\n", "1:1: ```: it is not closed before ```{x};"),
        ("A\n:::\n", "2:1: :::: it is not closed"),
        ("- ```python\n  wait()\n```\nA\n", "1:3: ```python: it is not closed"),
        (":::{note} {cite}``no``\nA\n:::\n", "1:19: no: no paper has this key"),
        ("---\na: [\n---\n", "3:1: front matter: expected the node content"),
        ("---\n- a\n---\n", "2:1: front matter: this is no key and value"),
        ("---\na: \x01\n\ta: b\n---\n", "3:1: front matter: a tab stands here"),
        (
            "A\n{cite}`roe2020fish,\nroe2020fisk`",
            "3:1: roe2020fisk: no paper has this key; did you",
        ),
        ("{bib:paper}`a, b <xyz>`, {cite}`xyz`", "1:33: xyz: no paper has this key; add the entry"),
        ("{cite:t}`roe2021draft`", "1:10: roe2021draft: it is a draft"),
        (
            "\r\n{cite}`roe2020fisk`\r\n".encode("utf-16"),
            "1:0: the file is UTF-16; save the file as UTF-8",
        ),
    ],
)
def test_what_is_wrong_is_told_once_with_its_place(tmp_path, text, words):
    line, *more = said(tmp_path, text)
    assert line.startswith(words)
    assert more == (
        []
        if isinstance(text, str)
        else ["2:8: roe2020fisk: no paper has this key; did you mean roe2020fish?"]
    )


def test_pages_of_the_site_and_notes_are_read_and_nothing_else(tmp_path):
    told = (
        "1:1: ```: it is not closed and takes in all that follows; write ``` on a line of its own"
    )
    names = ["page.md", "research/page.md", "notes/page.md"]
    others = ["README.md", "drafts/page.md", "files/page.md", "_build/site/page.md", ".git/page.md"]
    for name in [*names, *others]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("```\n", encoding="utf-8")
    found = lint_pages(tmp_path, CONF, {})
    assert sorted(problem.file for problem in found) == sorted(
        str(tmp_path / name) for name in names
    )
    assert {f"{p.line}:{p.column}: {p.message}"[: len(told)] for p in found} == {told}


SIGNS = [
    "```",
    ":::",
    "````",
    "{note}",
    "{cite}`",
    "`",
    "---",
    "\n",
    " ",
    "a: ",
    "\t",
    "<!--",
    "%",
    "> ",
    "- ",
    "[",
]


@given(st.lists(st.sampled_from(SIGNS)).map("".join))
def test_no_page_ends_the_check(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any", numbered=True)
    for message in said(folder, text):
        assert re.match(r"[1-9]\d*:[1-9]\d*: \S", message)


@pytest.mark.parametrize("sign", ["`", "` `` ", "<!--", "#", "# ", ":::\n", "{cite}`", "a,", "a<"])
def test_a_page_of_one_sign_is_read_in_no_time(tmp_path, sign):
    text = f"# A\n\n{{cite}}`{sign * (100_000 // len(sign))}`\n"
    begin = time.process_time()
    said(tmp_path, text)
    assert time.process_time() - begin < 2
