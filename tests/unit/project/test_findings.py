"""Problems as text, JSON and workflow commands, whatever stands in them."""

from __future__ import annotations

import json

from bibfolio.problems import Problem, WarningKind
from bibfolio.project.findings import as_github, as_json, as_text, visible

DOI = Problem(WarningKind.BIB_DOI, "k: 'x' is no DOI", 3, 5, "refs.bib")
FILE = Problem(WarningKind.BIB_MISSING, "cannot read", file="a/b.bib")
HOSTILE = Problem(
    WarningKind.BIB_KEY, "a%b\r\n::error::x \x1b[31m \u202eevil\ud800", 1, 2, "x,y:z\n%.bib"
)


def test_a_line_that_is_not_known_is_left_out():
    problem = Problem(WarningKind.DEAD_LINK, "a/ is gone", 0, file="a.md")
    assert as_text([problem]) == "a.md: dead_link: a/ is gone\n"
    assert as_github([problem]) == "::warning file=a.md,title=dead_link::a/ is gone\n"
    assert json.loads(as_json([problem]))[0]["line"] == 0


def test_text_obeys_nothing_that_a_file_says():
    assert as_text([HOSTILE]) == (
        "x,y:z\\n%.bib:1:2: bib_key: a%b\\r\\n::error::x \\x1b[31m \\u202eevil\\ud800\n"
    )


def test_json_is_a_list_of_objects():
    assert json.loads(as_json([DOI, FILE])) == [
        {
            "file": "refs.bib",
            "line": 3,
            "column": 5,
            "kind": "bib_doi",
            "message": "k: 'x' is no DOI",
        },
        {
            "file": "a/b.bib",
            "line": 1,
            "column": 0,
            "kind": "bib_missing",
            "message": "cannot read",
        },
    ]
    assert json.loads(as_json([])) == []
    assert json.loads(as_json([HOSTILE]))[0]["message"] == HOSTILE.message
    assert as_json([HOSTILE]).isascii()


def test_github_is_a_command_for_each_problem():
    assert as_github([DOI, FILE]) == (
        "::warning file=refs.bib,line=3,col=5,title=bib_doi::k: 'x' is no DOI\n"
        "::warning file=a/b.bib,line=1,title=bib_missing::cannot read\n"
    )


def test_a_command_holds_no_other_command():
    assert as_github([HOSTILE]) == (
        "::warning file=x%2Cy%3Az\\n%25.bib,line=1,col=2,title=bib_key::"
        "a%25b\\r\\n::error::x \\x1b[31m \\u202eevil\\ud800\n"
    )


def test_what_can_be_seen_stays():
    assert visible("Zoë\t李明 — \u00a0") == "Zoë\t李明 — \u00a0"
