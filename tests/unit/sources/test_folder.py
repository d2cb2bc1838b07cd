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


SERVED = ["_static/a.pdf", "assets/pdf/b.pdf", "elsewhere/c.pdf", "other/d.pdf", "files/e.pdf"]


def test_a_file_is_handed_out_where_the_site_serves_it(tmp_path):
    """By its place in the site or in the sources."""
    for name in SERVED:
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).touch()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "f.pdf").touch()
    extra = ["assets", "elsewhere/c.pdf", "../shared"]
    folder = Folder(tmp_path / "site", "files", ["_static"], extra)
    TABLE.holds("served", folder.address)
    assert not Folder(tmp_path / "site").address("_static/a.pdf")


def test_a_link_is_not_followed_out_of_the_site(tmp_path):
    """Nor out of the folder that is copied; a whole folder may be elsewhere."""
    site, away = tmp_path / "site", tmp_path / "away"
    for name in ("files/papers/a.pdf", "extra/own.pdf", "../away/b.pdf", "../away/notes/c.md"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    links = {
        "files/papers/out.pdf": away / "b.pdf",
        "files/papers/in.pdf": site / "files/papers/a.pdf",
        "files/papers/aside.pdf": site / "extra/own.pdf",
        "extra/out.pdf": away / "b.pdf",
        "extra/in.pdf": site / "files/papers/a.pdf",
        "notes": away / "notes",
    }
    for name, target in links.items():
        (site / name).symlink_to(target)
    folder = Folder(site, extra=["extra"])
    names = [name for name in links if name != "notes"]
    assert [n for n in names if folder.offers(n)] == ["files/papers/in.pdf", "extra/in.pdf"]
    assert [n for n in (*names, "notes/c.md") if folder.leads_out(n)] == [
        *("files/papers/out.pdf", "files/papers/aside.pdf", "extra/out.pdf")
    ]


def test_no_folder_has_nothing():
    assert Folder().names("files") == frozenset()
    assert not Folder().is_mentioned("files")
