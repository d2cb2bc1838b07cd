"""What lies beside the bibliography."""

from __future__ import annotations

import pytest

from bibfolio.sources.folder import Folder

from ..table import Table

TABLE = Table(__file__)


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


def test_only_what_lies_in_the_folder_for_readers_under_exactly_its_name_is_handed_out(root):
    """And pages name files."""

    def questions(path: str) -> list[str]:
        folder = Folder(root, "files")
        answers = {
            "is there": folder.holds(path),
            "is offered": folder.offers(path),
            "is mentioned": folder.is_mentioned(path),
        }
        return [question for question, answer in answers.items() if answer]

    TABLE.holds("names", lambda folder: sorted(Folder(root).names(folder)))
    TABLE.holds("files", questions)


def test_no_folder_has_nothing():
    assert Folder().names("files") == frozenset()
    assert not Folder().is_mentioned("files")
