"""What the documents say of the code is so: tables, links, names, examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.lint import lint_bibliography
from tools import document

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *DECISIONS,
]
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def test_the_tables_are_up_to_date():
    stale = [path.name for path, (old, new) in document.documents().items() if old != new]
    assert not stale, "run make docs"


@each_document
def test_links_lead_to_files_and_headings(path):
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    headings = {_slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in ("".join(pair) for pair in links):
        name, _, anchor = target.partition("#")
        if name:
            assert target.startswith("https://") or (path.parent / name).exists(), target
        else:
            assert anchor in headings, target


@each_document
def test_files_that_are_named_exist(path):
    """Names in `code` that look like a part of the machinery; content comes and goes."""
    text = path.read_text(encoding="utf-8")
    folders = "bibfolio|tests|tools|docs|_static/css|_templates"
    names = re.findall(rf"`((?:{folders})/[\w./-]*)`", text)
    missing = {name for name in names if not (ROOT / name).exists()}
    assert missing <= {"tests/unit/x/test_y.py", "tests/build/test_y.py", "bibfolio/x/y.py"}


def test_tests_that_are_named_exist():
    """Rules of ARCHITECTURE.md name what checks them: a test and the file it is in."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rules = text.partition("## Invariants")[2]
    named = re.findall(r"`(test_\w+)`", rules)
    tests = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    assert named
    assert [name for name in named if f"def {name}(" not in tests] == []


def block(language: str) -> str:
    """The one block of README.md in a language."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return found


def test_the_example_of_an_entry_has_no_mistake():
    bibliography = parse_bibliography(block("bibtex"))
    assert (len(bibliography.papers), lint_bibliography({"": bibliography})) == (1, [])


def test_the_lines_for_another_project_build_a_site(sphinx):
    run = sphinx("minimal", {"conf.py": block("python")}, "-n", "-W", "--keep-going")
    assert run.returncode == 0, run.stderr


def test_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in DECISIONS] == [f"{i + 1:04}" for i in range(len(DECISIONS))]
    for number, path in enumerate(DECISIONS, start=1):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Options", "Decision", "Consequences"]


def _slug(heading: str) -> str:
    """The anchor that git hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
