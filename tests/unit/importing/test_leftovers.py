"""What is a template's is known by its content, never by its name, and never by a comment."""

from __future__ import annotations

import re
import subprocess

import pytest

from bibfolio.importing import leftovers
from bibfolio.importing.leftovers import digest, is_template, telltale


def test_the_digest_is_the_name_that_git_gives(tmp_path):
    (tmp_path / "x").write_bytes(b"text\n")
    named = subprocess.run(
        ["git", "hash-object", str(tmp_path / "x")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert named.stdout.startswith(digest(b"text\n"))
    assert digest(b"text\r\n") == digest(b"text\n")


def test_the_list_holds_digests_and_nothing_else():
    lines = leftovers.LIST.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 500
    assert [line for line in lines if not re.fullmatch(r"[0-9a-f]{16}", line)] == []
    assert lines == sorted(set(lines))


def test_a_file_of_the_owner_is_no_leftover():
    assert not is_template(b"---\ndate: 2024-01-01\n---\nMine.\n")


@pytest.mark.parametrize("value", ["You R. Name", "Albert Einstein", "UA-XXXXXXXXX", "al-folio"])
def test_words_that_no_owner_writes_are_told(value):
    assert telltale(value)


@pytest.mark.parametrize(
    "value", ["Ann Example", "On Einstein's years in Bern", "UA-1234567-1", ""]
)
def test_words_that_owners_write_are_not(value):
    assert not telltale(value)
