"""Files that are named but not there, and there but not named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibfolio.sources.folder import Folder

from .made import entry, said


@pytest.fixture
def told(tmp_path: Path):
    def tell(text: str, *files: str, **pages: str) -> list[str]:
        for name in files:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        for name, page in pages.items():
            (tmp_path / f"{name}.md").write_text(page)
        found = said(text, folder=Folder(tmp_path))
        assert {kind for kind, *_ in found} <= {"bib_file", "bib_unused_file"}
        return [message for *_, message in found]

    return tell


NAMED = entry("file = {files/papers/A24-Walrus.pdf}")
ADVICE = "put it there, or remove it from the field"
UNUSED = "{} belongs to no entry; call it {}/KEY.pdf, or name it in one"


def test_nothing_is_said_before_the_first_file(told):
    assert told(NAMED) == []


def test_nothing_is_said_of_a_folder_that_only_explains_itself(told):
    assert told(NAMED, "files/README.md", "files/papers/README.md", "files/papers/.keep") == []


def test_a_file_in_another_folder_is_no_reason(told):
    assert told(NAMED, "files/slides/k.pdf") == []


@pytest.mark.parametrize(
    "file",
    ["files/papers/A24-Walrus.pdf", "files/papers/k.pdf"],
    ids=["named in the entry", "called by the key"],
)
def test_a_file_that_is_there(told, file):
    assert told(NAMED, file) == []


@pytest.mark.parametrize(
    "value", ["/files/papers/a\\_b.pdf", "https://a.org/x; files/papers/a_b.pdf"]
)
def test_every_way_to_name_a_file(told, value):
    assert told(entry(f"file = {{{value}}}"), "files/papers/a_b.pdf") == []


@pytest.mark.parametrize("file", ["files/papers/A24-Warlus.pdf", "files/papers/a24-walrus.PDF"])
def test_a_file_of_a_similar_name_is_meant(told, file):
    message = f"k: file: files/papers/A24-Walrus.pdf is not there; write {file}, which is"
    assert told(NAMED, file) == [message]


def test_a_file_whose_numbers_differ_is_another(told):
    assert told(entry("file = {files/papers/paper1.pdf}"), "files/papers/paper2.pdf") == [
        UNUSED.format("files/papers/paper2.pdf", "files/papers"),
        f"k: file: files/papers/paper1.pdf is not there; {ADVICE}",
    ]


def named(*keys: str) -> str:
    return "".join(entry(f"file = {{files/papers/Paper-{k}.pdf}}", key=k) for k in keys)


def test_one_of_many_is_dropped_and_the_others_are_not_missed(told):
    assert told(named("a", "b", "c"), "files/papers/Paper-a.pdf") == []


def test_one_of_many_is_missing(told):
    there = ["files/papers/Paper-a.pdf", "files/papers/Paper-b.pdf"]
    assert told(named("a", "b", "c"), *there) == [
        f"c: file: files/papers/Paper-c.pdf is not there; {ADVICE}"
    ]


@pytest.mark.parametrize(
    "other", ["; https://example.org/c.pdf}", "}, eprint = {2504.02263}"], ids=["address", "arXiv"]
)
def test_a_file_that_has_a_substitute_is_not_missed(told, other):
    text = named("a", "b", "c").replace("Paper-c.pdf}", f"Paper-c.pdf{other}")
    assert told(text, "files/papers/Paper-a.pdf", "files/papers/Paper-b.pdf") == []


def test_a_file_of_no_entry(told):
    assert told(entry(), "files/slides/old.pdf", "files/cv.pdf") == [
        UNUSED.format("files/slides/old.pdf", "files/slides")
    ]


def test_a_file_that_a_page_links_to_is_used(told):
    assert told(entry(), "files/papers/old.pdf", talks="[old](/files/papers/old.pdf)") == []


def test_the_file_of_a_draft_is_its_own(told):
    assert told(entry("pubstate = {inpreparation}"), "files/papers/k.pdf") == []


@pytest.mark.parametrize(
    "value",
    [":a.pdf:PDF", "C:\\\\x\\\\a.pdf", "../../a.pdf", "//host/a.pdf", "a\\0b/c.pdf", "x" * 300],
)
def test_what_is_no_path_of_the_site_is_let_be(told, value):
    assert told(entry(f"file = {{{value}}}"), "files/papers/k.pdf") == []
