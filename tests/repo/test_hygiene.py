"""What must not be in the repository, and the commands people are told to type.

Looks at every file under version control or about to be, so that it speaks before a commit. What
is searched for is put together here from pieces, or this file would find itself.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

from tests.building import REPOSITORY, repository_files
from tests.repo.test_documented import code_in

#: As in .gitattributes; anything else is text.
BINARY = {".ico", ".jpg", ".png"}
#: Where the owner drops PDFs and slides; everything else in the repository is source.
DROPPED_IN = "files"
#: Bibliographies that are no text, or hold what no text may: the reader has to bear them.
BAD_BYTES = "tests/unit/sources/corpus/bytes"
GENERATED = ("_build/", "papers/", ".venv/", "test-results/")
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
def files() -> list[Path]:
    found = repository_files()
    assert Path("conf.py") in found
    return found


@cache
def texts() -> dict[str, str]:
    """Path → content of all files but pictures; bytes that are not UTF-8 as lone surrogates."""
    named = {path.as_posix(): REPOSITORY / path for path in files() if not _is_binary(path)}
    return {n: path.read_bytes().decode("utf-8", "surrogateescape") for n, path in named.items()}


def _is_binary(path: Path) -> bool:
    is_bad = path.suffix == ".bib" and path.parent == Path(BAD_BYTES)
    is_dropped = path.parts[0] == DROPPED_IN and path.suffix != ".md"
    return path.suffix in BINARY or is_bad or is_dropped


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_paths_of_a_machine():
    assert lines_with(MACHINE_PATH) == []


def test_no_package_registries():
    assert lines_with(REGISTRY) == []


def test_no_plain_email_address():
    assert lines_with(EMAIL) == []


def test_no_merge_markers():
    assert lines_with(MERGE_MARKER) == []


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (MACHINE_PATH, "open('/" + "tmp/x')", True),
        (MACHINE_PATH, "cd /" + "home/ada/site", True),
        (MACHINE_PATH, "C:\\" + "Users\\ada", True),
        (
            MACHINE_PATH,
            "https://example.org/" + "work/x, ../" + "tmp/x, {doc}`home </index>`",
            False,
        ),
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


def test_no_pdfs_but_the_owners():
    offences = [
        path.as_posix()
        for path in files()
        if path.parts[0] != DROPPED_IN
        and path.parts[:2] != ("tests", "roots")  # a line of text with that name
        and (path.suffix.lower() == ".pdf" or (REPOSITORY / path).read_bytes()[:5] == b"%PDF-")
    ]
    assert offences == []


def test_nothing_generated():
    offences = [
        path.as_posix()
        for path in files()
        if path.as_posix().startswith(GENERATED)
        or path.suffix in {".pyc", ".doctree", ".pickle"}
        or GENERATED_PARTS & set(path.parts)
    ]
    assert offences == []
    assert run("git", "ls-files", "--cached", "--ignored", "--exclude-standard") == ""


# -- commands ----------------------------------------------------------------------------------

_TARGET = re.compile(r"^(?P<names>[A-Za-z][\w -]*):(?!=)(?P<rest>.*)$", re.MULTILINE)


def run(*command: str) -> str:
    # Under `make test`, make would tell the inner make to be a part of it.
    environment = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKELEVEL"}}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@cache
def targets() -> dict[str, str]:
    """Target of the Makefile → what its line says about it."""
    found = {}
    for match in _TARGET.finditer(texts()["Makefile"]):
        _needs, mark, words = match["rest"].partition("## ")
        found |= dict.fromkeys(match["names"].split(), words.strip() if mark else "")
    assert {"site", "test"} <= found.keys()
    return found


def test_every_target_says_what_it_does():
    assert [name for name, words in targets().items() if not words] == []


def test_every_target_is_phony():
    phony = re.search(r"^\.PHONY:(.*)$", texts()["Makefile"], re.MULTILINE)[1]
    assert sorted(phony.split()) == sorted(targets())


def test_make_alone_prints_the_targets():
    printed = dict(line.split(maxsplit=2)[1:] for line in run("make").splitlines())
    assert printed == targets()


def made(code: str) -> set[str]:
    """Targets that the commands in *code* make."""
    found: set[str] = set()
    for line in code.splitlines():
        if not re.search(r"\bmake\b", line):
            continue
        words = shlex.split(line.removeprefix("$ "), comments=True)
        while words:
            command = list(takewhile(lambda word: word not in {"&&", "||", ";", "|"}, words))
            words = words[len(command) + 1 :]
            if command[:1] == ["make"]:
                found |= {w for w in command[1:] if "=" not in w and not w.startswith("-")}
    return found


def test_commands_in_documents_can_be_made():
    documents = [path for path in files() if path.suffix == ".md" and path.name[:1].isupper()]
    commands = {path.as_posix(): made(code_in(texts()[path.as_posix()])) for path in documents}
    assert {"site", "test"} <= commands["README.md"]
    assert {k: v for k, words in commands.items() if (v := words - targets().keys())} == {}


def test_commands_are_understood():
    code = """$ make site && make serve PORT=8001  # then look
pip install make && echo "don't"
make -n lock
make
make test PYTESTOPTS='-n 2 -k bib'
"""
    assert made(code) == {"site", "serve", "lock", "test"}


def test_continuous_integration_runs_the_tests_and_nothing_else():
    text = texts()[".ci/run"]
    lines = [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
    preparation: list[Callable[[str], bool]] = [
        lambda line: line.startswith("set -"),
        lambda line: line.startswith("cd "),
    ]
    commands = [line for line in lines if not any(is_that(line) for is_that in preparation)]
    assert commands == ["make test"]
    assert run("git", "ls-files", "--stage", ".ci/run").startswith("100755")
