"""Pages in Markdown: what keeps them from being read as they are meant, and nothing else."""

import re
import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.lint.pages import lint_pages
from bibfolio.model.trees import trees
from bibfolio.sources.bibliography import read_bibliography

from ..table import Table

TABLE = Table(__file__)
CONF = SimpleNamespace(
    bibtex_bibfiles=["refs.bib"],
    source_encoding="utf-8-sig",
    include_patterns=["*.md", "**/p*.md"],
    exclude_patterns=["README.md", "drafts"],
    bibfolio_files="files",
    extensions=["bibfolio"],
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


def test_what_is_wrong_with_a_page_is_told_once_with_its_place(tmp_path):
    TABLE.holds("pages that are right", lambda text: said(tmp_path, text))
    TABLE.holds("what is wrong", lambda text: said(tmp_path, text))


def test_pages_of_the_site_and_notes_are_read_and_nothing_else(tmp_path):
    told = (
        "1:1: ```: it is not closed and takes in all that follows; write ``` on a line of its own"
    )
    names = ["page.md", "research/page.md", "notes/page.md"]
    others = ["README.md", "drafts/page.md", "files/page.md", "_build/site/page.md", ".git/page.md"]
    others += ["python/pyvenv.cfg", "python/lib/page.md"]
    for name in [*names, *others]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("```\n", encoding="utf-8")
    found = lint_pages(tmp_path, CONF, {})
    assert sorted(problem.file for problem in found) == sorted(
        str(tmp_path / name) for name in names
    )
    assert {f"{p.line}:{p.column}: {p.message}"[: len(told)] for p in found} == {told}


def test_a_language_without_a_home_page_is_told(tmp_path):
    site = trees(["en", "zh-Hans", "de"], "")
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "index.md").write_text("# 主页\n", encoding="utf-8")
    (found,) = lint_pages(tmp_path, CONF, {}, site)
    assert found.file == str(tmp_path / "conf.py")
    assert found.message == "de: this language has no home page; write de/index.md"


def test_a_paper_of_another_project_may_be_named_through_intersphinx(tmp_path, monkeypatch):
    text = "{bib:paper}`xyz` {bib:paper}`roe2020fisk`"
    assert len(said(tmp_path, text)) == 2
    monkeypatch.setattr(CONF, "extensions", ["bibfolio", "sphinx.ext.intersphinx"])
    assert len(said(tmp_path, text)) == 1


SIGNS = ["\n", " ", "\t", "a: ", "> ", "- ", *"``` ::: ```` {note} {cite}` ` --- <!-- % [".split()]


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
