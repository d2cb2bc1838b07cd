"""Files of an old site are read whatever they hold, and nothing outside of it ever is."""

from __future__ import annotations

import os

import pytest
import yaml

from bibfolio.importing.source import OldSite, kind_of, read_yaml

LAUGHS = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x]"]
    + [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)


def site(folder, **files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return OldSite(folder)


def test_every_scalar_is_text_and_no_tag_means_anything():
    text = "a: 012\nb: no\nc: 2024-00-00\nd: !!python/object/apply:os.system [x]\ne: ~\n"
    assert read_yaml(text) == {"a": "012", "b": "no", "c": "2024-00-00", "d": ["x"], "e": "~"}


@pytest.mark.parametrize("text", [LAUGHS, "[" * 10_000, "a: &a [*a]", "- " * 500 + "x"])
def test_more_than_anybody_writes_is_refused(text):
    with pytest.raises(yaml.YAMLError):
        read_yaml(text)


def test_an_alias_of_something_small_is_read():
    assert read_yaml("a: &name Ann\nb: *name\n") == {"a": "Ann", "b": "Ann"}


def test_what_is_not_quite_yaml_is_read_line_by_line_and_told(tmp_path):
    old = site(tmp_path, **{"x.md": "---\ntitle: A: b\nvenue:\t\tHere\n---\nText\n"})
    page = old.page("x.md")
    assert (page.get("title"), page.get("venue"), page.body, page.line) == (
        "A: b",
        "Here",
        "Text\n",
        5,
    )
    assert [(one.file, one.line) for one in old.unread] == [("x.md", 2)]


def test_text_that_is_not_utf_8_is_read_and_told(tmp_path):
    old = site(tmp_path, **{"x.md": b"caf\xe9\r\n"})
    assert old.text("x.md") == "café\n"
    assert [one.why for one in old.unread] == ["this file is not UTF-8; it was read as Latin-1"]


def test_a_link_out_of_the_source_is_not_followed(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("secret")
    (tmp_path / "old").mkdir()
    try:
        (tmp_path / "old" / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
        (tmp_path / "old" / "file.md").symlink_to(tmp_path / "outside" / "secret.md")
        (tmp_path / "old" / "circle.md").symlink_to("circle.md")
    except OSError:
        pytest.skip("this system makes no links")
    old = site(tmp_path / "old", **{"x.md": "x"})
    assert [*old.files] == ["x.md"]
    assert [one.file for one in old.unread] == ["folder", "file.md"]


def test_a_name_that_is_not_utf_8_is_told(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"b\xff.md")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    old = site(tmp_path, **{"x.md": "x"})
    assert [*old.files] == ["x.md"]
    assert [one.file for one in old.unread] == ["b\N{REPLACEMENT CHARACTER}.md"]


def test_a_file_that_is_too_long_is_named_and_not_read(tmp_path):
    old = site(tmp_path, **{"x.md": b"x" * (5 << 20)})
    assert old.page("x.md") is None
    assert [one.why for one in old.unread] == ["this file has more than 4 MB, so it was left out"]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("al-folio", ("_config.yml", "_bibliography/papers.bib")),
        ("academicpages", ("_config.yml", "_publications/x.md")),
        ("hugoblox", ("config/_default/params.yaml", "content/authors/admin/_index.md")),
        ("", ("theme/exampleSite/config.toml", "theme/exampleSite/content/_index.md")),
        ("", ("index.html",)),
    ],
)
def test_the_kind_is_found_out(tmp_path, kind, names):
    assert kind_of(site(tmp_path, **dict.fromkeys(names, ""))) == kind
