"""What the README owes its readers: every warning, setting and field; and why each requirement."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bibfolio.config import Settings
from bibfolio.problems import WarningKind
from bibfolio.sources.fields import FIELDS
from tests.building import REPOSITORY


def read(name: str | Path) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def code_in(markdown: str) -> str:
    """All that is set as code, a line each: what a reader is meant to type."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    flat = [t for outer in tokens for t in (outer, *(outer.children or ()))]
    return "\n".join(t.content for t in flat if t.type in {"code_inline", "code_block", "fence"})


def undocumented(names: set[str]) -> list[str]:
    code = code_in(read("README.md"))
    return sorted(n for n in names if not re.search(rf"(?<![\w+]){re.escape(n)}(?![\w+])", code))


def test_readme_names_every_warning():
    assert undocumented({kind.subtype for kind in WarningKind}) == []


def test_readme_names_every_setting():
    assert undocumented({f"bibfolio_{field.name}" for field in fields(Settings)}) == []


def test_readme_names_every_field():
    names = {name for key in FIELDS for name in re.findall(r"[a-z+]+", key)}
    assert {"title", "author+an"} <= names
    assert undocumented(names) == []


# -- requirements ------------------------------------------------------------------------------

REQUIREMENTS = sorted(path.name for path in REPOSITORY.glob("requirements*.txt"))


#: A comment may speak for several that belong together, but not for a list.
MAX_SHARING = 3


def requirements(name: str) -> dict[str, list[str]]:
    """Comment → the requirements right below it; those without one below an empty text."""
    groups: dict[str, list[str]] = {}
    comment = ""
    for line in read(name).splitlines():
        if line.startswith("#"):
            comment = line
        elif not line.strip():
            comment = ""
        elif not line.startswith("-"):
            groups.setdefault(comment, []).append(line)
    return groups


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_says_why(name):
    groups = requirements(name)
    assert groups
    assert groups.get("", []) == []
    assert [lines for lines in groups.values() if len(lines) > MAX_SHARING] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_locked(name):
    lock = [
        Requirement(line) for line in read("requirements.lock").splitlines() if line[0].isalpha()
    ]
    assert [str(pin) for pin in lock if [s.operator for s in pin.specifier] != ["=="]] == []
    locked: dict[str, list[str]] = {}
    for pin in lock:
        versions = locked.setdefault(canonicalize_name(pin.name), [])
        versions += [specifier.version for specifier in pin.specifier]
    wanted = [Requirement(line) for lines in requirements(name).values() for line in lines]
    unlocked = [
        str(requirement)
        for requirement in wanted
        if not (versions := locked.get(canonicalize_name(requirement.name)))
        or not all(requirement.specifier.contains(v, prereleases=True) for v in versions)
    ]
    assert unlocked == []


def test_every_requirements_file_applies_the_lock():
    first = {name: read(name).splitlines()[0] for name in REQUIREMENTS}
    assert first == {
        "requirements.txt": "-c requirements.lock",
        "requirements-dev.txt": "-r requirements.txt",
    }
