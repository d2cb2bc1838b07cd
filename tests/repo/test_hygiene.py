"""What must not be in the repository, and the commands people are told to type.

Looks at every file under version control or about to be, so that it speaks before a commit. What
is searched for is put together here from pieces, or this file would find itself.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.building import REPOSITORY, repository_files
from tests.repo.test_documents import code_in

#: As in .gitattributes; anything else is text.
BINARY = {".ico", ".jpg", ".png", ".woff2"}
#: Where the owner drops PDFs and slides; everything else in the repository is source.
DROPPED_IN = "files"
#: Bibliographies that are no text, or hold what no text may: the reader has to bear them.
BAD_BYTES = "tests/unit/sources/corpus/bytes"
GENERATED = ("_build/", "papers/", "dist/", ".venv/", "test-results/")
GENERATED_PARTS = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}


def any_of(*words: str) -> str:
    return "|".join(re.escape(word) for word in words)


#: A path of somebody's machine. Not preceded by what would make it part of an address.
_ROOTS = any_of(*(f"/{name}/" for name in ("root", "work", "tmp", "Users")))
MACHINE_PATH = re.compile(rf"(?<![\w.:/~-])(?:{_ROOTS}|/{'home'}/\w)|\b[A-Z]:\\{'Users'}\\")
REGISTRY = re.compile(
    any_of("pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js.org")
)
#: Domains that nobody can own (RFC 2606) are for examples.
_EXAMPLE = r"(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)(?![\w.-]*\w)"
EMAIL = re.compile(rf"[\w.+-]+{'@'}(?!{_EXAMPLE})(?:[\w-]+\.)+[A-Za-z]{{2,}}")
MERGE_MARKER = re.compile(rf"^(?:{'<' * 7}|{'>' * 7}|[|]{{7}})(?: |$)", re.MULTILINE)


@cache
def texts() -> dict[str, str]:
    """Path → content of all files but pictures; bytes that are not UTF-8 as lone surrogates."""
    named = {p.as_posix(): REPOSITORY / p for p in repository_files() if not _is_binary(p)}
    return {n: path.read_bytes().decode("utf-8", "surrogateescape") for n, path in named.items()}


def _is_binary(path: Path) -> bool:
    is_bad = path.suffix == ".bib" and path.parent == Path(BAD_BYTES)
    is_dropped = path.parts[0] == DROPPED_IN and path.suffix != ".md"
    return path.suffix in BINARY or is_bad or is_dropped


@pytest.mark.parametrize(
    "pattern",
    [MACHINE_PATH, REGISTRY, EMAIL, MERGE_MARKER],
    ids=["a path of a machine", "a package registry", "a plain e-mail address", "a merge marker"],
)
def test_no_file_holds(pattern):
    assert "conf.py" in texts()
    found = [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (MACHINE_PATH, "open('/" + "tmp/x')", True),
        (MACHINE_PATH, "cd /" + "home/ada/site", True),
        (MACHINE_PATH, "C:\\" + "Users\\ada", True),
        (MACHINE_PATH, "https://example.org/" + "work/x, ../" + "tmp/x", False),
        (EMAIL, "ada" + "@math.cam.ac.uk", True),
        (EMAIL, "ada" + "@example.org.evil.com", True),
        (EMAIL, "ada@example.org, ada@mail.example.com, ada@uni.invalid", False),
        (EMAIL, "@pytest.fixture, a@media, lighthouse@12.0.1", False),
        (MERGE_MARKER, "<" * 7 + " HEAD", True),
        (MERGE_MARKER, "=" * 7, False),
    ],
)
def test_the_patterns_find_what_they_should(pattern, text, is_found):
    assert bool(pattern.search(text)) == is_found


def test_texts_are_utf8_and_end_with_a_newline():
    offences = []
    for name, text in texts().items():
        if re.search("[\0\ud800-\udfff]", text):
            offences.append(f"{name} is not UTF-8")
        elif text and (not text.endswith("\n") or text.endswith("\n\n")):
            offences.append(f"{name} does not end with exactly one newline")
        elif "\r" in text or text.startswith("\ufeff"):
            offences.append(f"{name} has carriage returns or a byte order mark")
    assert offences == []


def test_nothing_generated_and_no_pdfs_but_the_owners():
    offences = [
        path.as_posix()
        for path in repository_files()
        if path.as_posix().startswith(GENERATED)
        or path.suffix in {".pyc", ".doctree", ".pickle"}
        or GENERATED_PARTS & set(path.parts)
        or (path.parts[0] not in {DROPPED_IN, "tests"} and path.suffix.lower() == ".pdf")
    ]
    assert offences == []
    ignored = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    assert subprocess.run(ignored, cwd=REPOSITORY, capture_output=True, check=True).stdout == b""


# -- commands ----------------------------------------------------------------------------------


def targets() -> dict[str, str]:
    """Target of the Makefile → what its line says about it."""
    lines = re.findall(r"^([a-z][a-z -]*):(?!=)(?:.*?## (.*))?", texts()["Makefile"], re.MULTILINE)
    return {name: words for names, words in lines for name in names.split()}


def test_every_target_is_phony_and_says_what_it_does():
    phony = re.search(r"^\.PHONY:(.*)$", texts()["Makefile"], re.MULTILINE)[1]
    assert sorted(phony.split()) == sorted(targets())
    assert [name for name, words in targets().items() if not words] == []


def test_commands_in_documents_can_be_made():
    """The changelog may name what has gone since."""
    documents = {n: t for n, t in texts().items() if re.search(r"^(?!CHANGE)[A-Z]+\.md$", n)}
    made = {
        name: set(re.findall(r"^\$? ?make ((?!-)[a-z-]+)", code_in(text), re.MULTILINE))
        for name, text in documents.items()
    }
    assert {"site", "test"} <= made["README.md"]
    assert {n: unknown for n, found in made.items() if (unknown := found - targets().keys())} == {}
