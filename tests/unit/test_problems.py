"""Kinds of warnings, and how problems reach the owner: at their place, and without a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bibfolio import problems
from bibfolio.problems import Problem, WarningKind, stop, warn_of


@pytest.mark.parametrize("kind", WarningKind)
def test_a_kind_is_suppressed_by_its_own_name_and_says_what_it_means(kind):
    assert kind.subtype == kind.name.lower()
    assert (kind.meaning[0].isupper(), kind.meaning[-1]) == (True, ".")


class Log:
    """Notes level, message and place of what is logged."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, Any]] = []

    def warning(self, message: str, location: Any, type: str, subtype: str) -> None:
        self.said.append((f"{type}.{subtype}", message, location))

    def error(self, message: str, location: Any = None) -> None:
        self.said.append(("error", message, location))


@pytest.fixture
def log(monkeypatch) -> Log:
    log = Log()
    monkeypatch.setattr(problems, "_logger", lambda: log)
    return log


def test_a_problem_is_logged_at_its_place_under_its_name(log):
    found = [Problem(WarningKind.BIB_DOI, "x", 3, 7, "a.bib"), Problem(WarningKind.MATH, "y", 2)]
    warn_of(found, Path("root"))
    assert log.said == [
        ("bibfolio.bib_doi", "x", f"{Path('root/a.bib')}:3:7"),
        ("bibfolio.math", "y", "root:2"),
    ]


def test_what_stops_a_build_is_said_in_full_and_is_no_traceback(log):
    with pytest.raises(SystemExit) as error:
        stop([Problem(WarningKind.PROFILE, "x", 3, file="profile.toml"), "y"])
    assert error.value.code == 1
    assert log.said == [("error", "x", "profile.toml:3"), ("error", "y", None)]


def test_reading_and_linting_do_not_load_sphinx():
    # The package itself is an extension; what it imports is not at issue here.
    script = f"""
import sys, types
sys.modules["bibfolio"] = package = types.ModuleType("bibfolio")
package.__path__ = [{str(Path(problems.__file__).parent)!r}]
import bibfolio.lint.mending, bibfolio.sources.profile_toml
print([name for name in sys.modules if name.partition(".")[0] == "sphinx"])
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
