"""A bibliography is read again if anything has changed that decides about it, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bibfolio import reading
from bibfolio.problems import WarningKind
from bibfolio.reading import Bibliographies, read, read_again
from bibfolio.sources.bib import parse_bibliography
from bibfolio.sources.folder import Folder
from bibfolio.sources.lint import lint_bibliography

from ..work import calls_of

FIRST = """@article{a, title = {{\\"U}ber $x^2$ and {TeX}}, author = {Doe, Jane and Roe, R.},
  author+an = {1=equal}, journal = {J}, date = {2020-03}, file = {files/papers/a24.pdf},
  keywords = {x, selected}, url = {ftp://a.example.org}, crossref = {b}}
@proceedings{b, title = {P}, year = {2019}, eventdate = {2019-01-02/2019-01-04}}
@misc{c, title = {Draft}, pubstate = {inpreparation}}
"""
SECOND = "@misc{a, title = {Again}, year = {2021}, isbn = {1}}\n"


@pytest.fixture
def where(tmp_path):
    root = tmp_path / "root"
    for name, text in {
        "one.bib": FIRST,
        "two.bib": SECOND,
        "index.md": "[more](/files/slides/x.pdf)",
        "files/papers/a24.pdf": "",
        "files/papers/b.pdf": "",
        "files/papers/lost.pdf": "",
        "files/slides/x.pdf": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return Bibliographies(root, ("one.bib", "two.bib"), frozenset({"Jane Doe"}))


@pytest.fixture
def memory(where, tmp_path):
    """Where it is remembered what was read."""
    read_again(where, tmp_path / "memory")
    return tmp_path / "memory"


def parsed(where, memory, **options):
    """What a further build has, and which files it has parsed and judged for that."""
    subjects = {
        parse_bibliography: lambda given: given["name"],
        lint_bibliography: lambda given: "rules",
    }
    with calls_of(subjects) as found:
        result = read_again(where, memory, **options)
    assert result == read(where, Folder(where.root))
    return sorted(name for calls in found.values() for name in calls)


ALL = ["one.bib", "rules", "two.bib"]


def test_what_has_not_changed_is_not_read_again(where, memory):
    assert parsed(where, memory) == []


def test_what_is_remembered_is_what_was_read(where, memory):
    fresh, again = read(where, Folder(where.root)), read_again(where, memory)
    assert again == fresh
    assert {problem.kind for problem in again.problems} >= {
        WarningKind.BIB_URL,
        WarningKind.BIB_DUPLICATE_KEY,
        WarningKind.BIB_UNUSED_FILE,
    }
    assert [paper.line for paper in again.papers] == [paper.line for paper in fresh.papers]
    pairs = zip(sum(again.entries, ()), sum(fresh.entries, ()), strict=True)
    for one, other in pairs:
        assert type(one) is type(other)
        assert (one.key, one.type, one.original_type) == (
            other.key,
            other.type,
            other.original_type,
        )
        assert list(one.fields.items()) == list(other.fields.items())
        assert one.persons == other.persons
    assert all(map(lambda e, p: e.paper is p, sum(again.entries, ()), again.papers))


def test_what_is_not_trusted_is_read_again(where, memory):
    assert parsed(where, memory, is_trusted=False) == ALL
    assert parsed(where, memory) == []


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda root: (root / "two.bib").write_text(SECOND + "\n"), id="a file"),
        pytest.param(lambda root: (root / "files/papers/c.pdf").touch(), id="a new PDF"),
        pytest.param(lambda root: (root / "files/papers/a24.pdf").unlink(), id="a PDF less"),
        pytest.param(lambda root: (root / "files/posters").mkdir(), id="nothing"),
        pytest.param(
            lambda root: (root / "index.md").write_text("/files/papers/lost.pdf"), id="a mention"
        ),
    ],
)
def test_after_a_change_it_is_read_again(where, memory, edit, request):
    edit(where.root)
    assert parsed(where, memory) == ([] if request.node.callspec.id == "nothing" else ALL)
    assert parsed(where, memory) == []


@pytest.mark.parametrize(
    "other",
    [
        {"owner": frozenset({"R. Roe"})},
        {"served": "elsewhere"},
        {"names": ("two.bib", "one.bib")},
    ],
    ids=["the owner", "the folder", "the order"],
)
def test_read_in_another_way_it_is_read_again(where, memory, other):
    assert parsed(replace(where, **other), memory) == ALL


def test_the_text_of_a_page_is_of_no_matter(where, memory):
    page = where.root / "index.md"
    page.write_text(page.read_text() + "More.")
    assert parsed(where, memory) == []


def test_another_program_reads_again(where, memory, monkeypatch):
    monkeypatch.setattr(reading, "program", lambda *_: "another")
    assert parsed(where, memory) == ALL


def test_what_is_damaged_is_read_again(where, memory):
    memory.write_bytes(memory.read_bytes()[:-1])
    assert parsed(where, memory) == ALL
    assert parsed(where, memory) == []


def test_a_file_that_cannot_be_read_is_told_each_time(where, memory):
    (where.root / "two.bib").unlink()
    for _build in range(2):
        kinds = [problem.kind for problem in read_again(where, memory).problems]
        assert WarningKind.BIB_MISSING in kinds


def test_a_file_that_is_saved_meanwhile_is_not_remembered(where, tmp_path, monkeypatch):
    def read_late(where, folder):
        (where.root / "two.bib").write_text(SECOND.replace("Again", "Later"))
        return read(where, folder)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", read_late)
        read_again(where, tmp_path / "memory")
    (where.root / "two.bib").write_text(SECOND)
    assert parsed(where, tmp_path / "memory") == ALL
