"""What `conf.py` says in plain words, read without running it."""

from __future__ import annotations

import pytest

from bibfolio.problems import Problem, WarningKind
from bibfolio.project.settings import Settings, read_settings


def settings(tmp_path, text: str | bytes) -> Settings:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "conf.py").write_bytes(data)
    return read_settings(tmp_path)


def test_values_that_are_written_out(tmp_path):
    text = """
import os
extensions = ["bibfolio"]
bibtex_bibfiles = ["a.bib", "more/b.bib"]
bibtex_encoding = "latin-1"
bibfolio_profile = "me.toml"
bibfolio_files = "papers"
suppress_warnings = ["bibfolio.bib_doi"]
"""
    assert settings(tmp_path, text) == Settings(
        *(("a.bib", "more/b.bib"), "latin-1", "me.toml", "papers", ("bibfolio.bib_doi",)),
        extensions=("bibfolio",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bibtex_bibfiles = glob('*.bib')\nbibfolio_profile = os.environ['X']",
        "if True:\n    bibtex_bibfiles = ['x.bib']",
        "raise SystemExit(1)",
        "bibfolio_profile = 3\nbibtex_bibfiles = 'refs.bib'",
        "not python",
        b"\xff\xfe",
        b"x = '\x00'",
    ],
)
def test_what_is_computed_or_broken_leaves_the_defaults(tmp_path, text):
    assert settings(tmp_path, text) == Settings()


def test_no_file_leaves_the_defaults(tmp_path):
    assert read_settings(tmp_path / "nowhere") == Settings()


@pytest.mark.parametrize(
    ("suppressed", "is_told"),
    [
        ((), True),
        (("bibfolio.bib_doi",), False),
        (("bibfolio",), False),
        (("bibfolio.*",), False),
        (("bibfolio.bib_isbn", "bibtex", "myst.header"), True),
    ],
)
def test_kinds_are_passed_over_as_in_sphinx(suppressed, is_told):
    problems = [Problem(WarningKind.BIB_DOI, "")]
    told = Settings(suppress_warnings=suppressed).without_silenced(problems)
    assert told == (problems if is_told else [])
