"""The built site from beside: addresses, and writing only what changed."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from bibfolio.output import Output


def output(folder, base: str = "https://example.org/en") -> Output:
    builder = SimpleNamespace(get_target_uri=lambda name: "" if name == "index" else f"{name}/")
    config = SimpleNamespace(html_baseurl=base, root_doc="index")
    return Output(SimpleNamespace(builder=builder, outdir=folder, config=config))


@pytest.mark.parametrize(
    ("base", "path", "url"),
    [
        ("https://example.org", "feed.xml", "https://example.org/feed.xml"),
        ("https://example.org/", "feed.xml", "https://example.org/feed.xml"),
        ("https://example.org/en/", "a/b.pdf", "https://example.org/en/a/b.pdf"),
        ("", "feed.xml", "/feed.xml"),
        ("https://example.org", "a b/ü.pdf", "https://example.org/a%20b/%C3%BC.pdf"),
        ("https://example.org", "a?b%c.pdf", "https://example.org/a%3Fb%25c.pdf"),
    ],
)
def test_addresses_of_files(tmp_path, base, path, url):
    assert output(tmp_path, base).url(path) == url


def test_addresses_of_pages(tmp_path):
    subject = output(tmp_path)
    assert subject.home_url == "https://example.org/en/"
    assert subject.page_url("papers/k") == "https://example.org/en/papers/k/"


@pytest.mark.parametrize("content", ["Ü\n", b"\x00\xff"])
def test_a_file_is_written_with_its_folders(tmp_path, content):
    output(tmp_path).write("a/b/c", content)
    data = content.encode() if isinstance(content, str) else content
    assert (tmp_path / "a" / "b" / "c").read_bytes() == data


def test_a_file_that_is_the_same_is_not_touched(tmp_path):
    subject = output(tmp_path)
    subject.write("a", "x")
    os.utime(tmp_path / "a", ns=(0, 0))
    subject.write("a", "x")
    assert (tmp_path / "a").stat().st_mtime_ns == 0
    subject.write("a", "y")
    assert (tmp_path / "a").read_text() == "y"


def test_a_file_of_the_same_size_is_replaced(tmp_path):
    subject = output(tmp_path)
    subject.write("a", "x")
    subject.write("a", "y")
    assert subject.read("a") == b"y"


def test_a_file_where_a_folder_has_to_be_is_named(tmp_path):
    subject = output(tmp_path)
    subject.write("a", "x")
    with pytest.raises(FileExistsError) as caught:
        subject.write("a/b", "y")
    assert caught.value.filename == str(tmp_path / "a")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        output(tmp_path).write("a/b", "x")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_read_and_remove_know_files_only(tmp_path):
    subject = output(tmp_path)
    subject.write("a/b", "x")
    assert (subject.read("a/b"), subject.read("a"), subject.read("c")) == (b"x", None, None)
    subject.remove("a/b")
    subject.remove("c")
    assert subject.read("a/b") is None


def test_keep_only_removes_the_rest_and_empty_folders(tmp_path):
    subject = output(tmp_path)
    for name in ("cards/a.png", "cards/x/b.png", "cards/x/c.png", "cards/y/d.png", "other/e"):
        subject.write(name, "")
    subject.keep_only("cards", {"cards/a.png", "cards/x/b.png"})
    left = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert left == ["cards/a.png", "cards/x/b.png", "other/e"]
    assert sorted(p.name for p in (tmp_path / "cards").iterdir()) == ["a.png", "x"]


def test_keep_only_of_a_folder_that_is_missing_does_nothing(tmp_path):
    output(tmp_path).keep_only("none", set())
    assert list(tmp_path.iterdir()) == []
