"""What lies beside the bibliography."""

from __future__ import annotations

import pytest

from bibfolio.sources.folder import Folder


@pytest.fixture
def root(tmp_path):
    for name in ("files/papers/a.pdf", "files/papers/.hidden", "files/README.md", "files/b.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for name in ("index.md", "talks/old.md", ".venv/x.md", "_build/y.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"[x](/files/{name}.pdf)\n", encoding="utf-8")
    (tmp_path / "latin.md").write_bytes(b"gr\xfc\xdfe files/z.pdf")
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("files/papers", {"a.pdf"}),
        ("files", {"b.pdf"}),
        ("nowhere", set()),
        ("files/../files", set()),
        ("..", set()),
        ("a\0b", set()),
    ],
)
def test_files_that_are_handed_out(root, folder, names):
    assert Folder(root).names(folder) == names


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("files/papers/a.pdf", True),
        ("files/papers/A.pdf", False),
        ("files/papers/.hidden", False),
        ("files/README.md", False),
        ("files/papers", False),
        (f"files/{'x' * 300}", False),
        (f"{'x' * 300}/a.pdf", False),
        ("", False),
    ],
)
def test_a_file_is_there_under_exactly_its_name(root, path, is_there):
    assert Folder(root).holds(path) == is_there


@pytest.mark.parametrize(
    ("path", "is_offered"),
    [
        ("files/papers/a.pdf", True),
        ("files/papers/.hidden", False),
        ("files/README.md", False),
        ("talks/old.md", False),
        ("files/../index.md", False),
    ],
)
def test_readers_get_only_what_lies_in_the_folder_for_them(root, path, is_offered):
    assert Folder(root, "files").offers(path) == is_offered


@pytest.mark.parametrize(
    ("path", "is_mentioned"),
    [
        ("files/index.md.pdf", True),
        ("files/talks/old.md.pdf", True),
        ("files/z.pdf", True),
        ("files/.venv/x.md.pdf", False),
        ("files/_build/y.md.pdf", False),
    ],
)
def test_pages_that_name_a_file(root, path, is_mentioned):
    assert Folder(root).is_mentioned(path) == is_mentioned


def test_no_folder_has_nothing():
    assert Folder().names("files") == frozenset()
    assert not Folder().is_mentioned("files")
