"""The built site from beside: addresses, and writing only what changed."""

from __future__ import annotations

import errno
import os
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from bibfolio.output import Output, describe_failure


def output(folder, base: str = "https://example.org/en") -> Output:
    builder = SimpleNamespace(get_target_uri=lambda name: "" if name == "index" else f"{name}/")
    config = SimpleNamespace(html_baseurl=base, root_doc="index", html_extra_path=[])
    return Output(SimpleNamespace(builder=builder, outdir=folder, confdir=folder, config=config))


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
    assert (tmp_path / "a").read_bytes() == b"y"


def test_a_file_is_removed_with_the_folders_it_leaves_empty(tmp_path):
    subject = output(tmp_path)
    for name in ("a/b/c", "a/d"):
        subject.write(name, "x")
    for name in ("a/b/c", "none"):
        subject.remove(name)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["a", "a/d"]


def wrapped(error: BaseException) -> BaseException:
    outer = ExtensionError("Handler threw an exception", error)
    outer.__cause__ = error
    return outer


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/site/index.html")


@pytest.mark.parametrize("error", [FULL, wrapped(FULL), wrapped(wrapped(FULL))])
def test_a_file_that_cannot_be_written_is_one_line_with_path_reason_and_cure(error):
    line = describe_failure(error)
    assert line.startswith(f"/site/index.html: cannot be written: {os.strerror(errno.ENOSPC)}; ")
    assert "free some space" in line
    assert line.endswith(" [bibfolio.output]")
    assert "\n" not in line


@pytest.mark.parametrize(
    "error", [ValueError("[Errno 28]"), FileNotFoundError(errno.ENOENT, "not there", "/site/a")]
)
def test_other_errors_are_left_to_sphinx(error):
    assert describe_failure(error) == ""
