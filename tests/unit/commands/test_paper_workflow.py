"""The issue form of a new site adds a paper by a pull request; what is no identifier ends there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from bibfolio.services.lookup import identifier_of

_TEMPLATE = files("bibfolio.project") / "template/.github"
FORM = yaml.safe_load((_TEMPLATE / "ISSUE_TEMPLATE/paper.yml.in").read_text("utf-8"))
WORKFLOW = yaml.safe_load((_TEMPLATE / "workflows/paper.yml.in").read_text("utf-8"))
JOB = WORKFLOW["jobs"]["paper"]
BIBFOLIO = """#!/bin/sh
printf '%s|' "$@" >> "$RUNNER_TEMP/called"
if [ "$1" = check ]; then echo 'refs.bib:1: style'; exit 1; fi
if [ "$ADDS" = 1 ]; then echo '@misc{new}' >> refs.bib; echo '@misc{new}'; exit 0; fi
echo 'no service knows it'; exit 1
"""
GH = """#!/bin/sh
echo "$*" >> "$RUNNER_TEMP/asked"
if [ "$1 $2" = 'pr create' ]; then echo https://forge.example/1; fi
"""

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "git"))), reason="needs bash and git"
)


def opened(folder: Path, field: str, adds: str = "1") -> int:
    """Run the steps for an issue with this *field*; return the exit status of the last."""
    values = {
        "github.event.issue.body": f"### {FORM['body'][0]['attributes']['label']}\n\n{field}\n",
        "github.event.issue.number": "7",
    }
    owner = {
        f"GIT_{who}_{what}": "o" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **owner, "ADDS": adds, "GIT_CONFIG_GLOBAL": ""}
    environment |= {"RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(folder / "output")}
    environment["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
    for name, text in {"bibfolio": BIBFOLIO, "gh": GH}.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    begin = (
        "git init -q --bare -b main server; git clone -q server site 2>&1; cd site;"
        " git switch -q -C main; echo > refs.bib; git add .; git commit -qm start;"
        " git push -q origin main"
    )
    subprocess.run(["bash", "-ec", begin], cwd=folder, env=environment, check=True)
    for step in (one for one in JOB["steps"] if "run" in one and "pip" not in one["run"]):
        for line in (
            (folder / "output").read_text("utf-8").splitlines() if "PAPER" in step["env"] else ()
        ):
            name, _equals, value = line.partition("=")
            values[f"steps.field.outputs.{name}"] = value
        for name, text in {**JOB["env"], **step["env"]}.items():
            environment[name] = re.sub(
                r"\$\{\{ (.*?) \}\}", lambda found: values.get(found[1], ""), text
            )
        command = ["bash", "-e", "-c", step["run"]]
        status = subprocess.run(
            command, cwd=folder / "site", env=environment, check=False
        ).returncode
        if status:
            return status
    return 0


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


ACCEPTED = [
    *("10.1145/3292500.3330701", "doi:10.1002/(SICI)1096-8644(199601)99:1<1::AID-X>3.0.CO;2-1"),
    *("https://doi.org/10.1145/1", "https://dl.example.org/doi/abs/10.1145/3292500.3330701"),
    *("2404.12457", "arXiv:2404.12457v2", "hep-th/9901001", "https://arxiv.org/pdf/2404.12457v1"),
    *("conf/nsdi/DoeR24", "https://dblp.org/rec/conf/nsdi/DoeR24.html", " 10.1145/1 \r"),
]


@pytest.mark.parametrize("field", ACCEPTED)
def test_an_identifier_is_added_by_a_pull_request(tmp_path, field):
    assert identifier_of(field).kind != "file"
    assert opened(tmp_path, field) == 0
    assert read(tmp_path / "called") == f"add|--yes|--|{field.strip()}|check|"
    asked = read(tmp_path / "asked").splitlines()
    assert [line.split(" --")[0] for line in asked] == ["pr create", "issue comment 7"]
    assert asked[1].endswith(" https://forge.example/1")
    body = read(tmp_path / "body.md")
    assert body.startswith("Closes #7.\n\n    @misc{new}\n")
    assert body.endswith("says of the site with it:\n\n    refs.bib:1: style\n")
    log = ["git", "log", "--format=%s", "main..paper-7"]
    said = subprocess.check_output(log, cwd=tmp_path / "server", text=True)
    assert said == "A paper, asked for in #7\n"


REFUSED = [
    *("refs.bib", "../refs.bib", "/etc/passwd", "10.1145/refs.bib", "10.1145/../x.BIB"),
    *("$(touch owned)", "10.1145/$(touch owned)", "10.1145/`touch owned`", "10.1145/x;touch owned"),
    *("10.1145/x && touch owned", '10.1145/x"; touch owned; "', "10.1145/x'", "10.1145/${PATH}"),
    *("10.1145/x\n10.1145/y", "10.1145/x\nrefs.bib", "x\n10.1145/x", "10.1145/x\npaper=refs.bib"),
    *("10.1145/x\r10.1145/y\n", "--key=x", "-h", "--help 10.1145/x", "", "_No response_", "*"),
    *("10.1145/x\u2028y", "10.1145/\N{FULLWIDTH DIGIT ONE}", "a word", "${{ github.token }}"),
]


@pytest.mark.parametrize("field", REFUSED)
def test_what_is_no_identifier_is_refused_before_bibfolio_sees_it(tmp_path, field):
    assert opened(tmp_path, field) == 1
    assert read(tmp_path / "called") == read(tmp_path / "output") == ""
    assert not [*tmp_path.rglob("owned")]
    assert read(tmp_path / "asked").splitlines() == [
        "issue comment 7 --body This is no DOI, arXiv number or DBLP key, so nothing was added."
    ]


def test_a_paper_that_no_service_knows_is_said_in_the_issue(tmp_path):
    assert opened(tmp_path, "10.1145/1", adds="0") == 1
    assert "    no service knows it" in read(tmp_path / "answer.md")
    assert read(tmp_path / "asked").startswith("issue comment 7 --body-file ")


def test_the_workflow_has_few_rights_and_no_command_holds_what_an_event_says():
    assert WORKFLOW["permissions"] == {}
    assert WORKFLOW["concurrency"] == "paper"
    assert JOB["permissions"] == dict.fromkeys(("contents", "pull-requests", "issues"), "write")
    assert [step["run"] for step in JOB["steps"] if "${{" in step.get("run", "")] == []
    assert [one["type"] for one in FORM["body"]] == ["input"]
    allowed = re.search(r"fromJSON\('(.*?)'\), github.event.issue.author_association", JOB["if"])
    assert yaml.safe_load(allowed[1]) == ["OWNER", "MEMBER", "COLLABORATOR"]
    assert f"'### {FORM['body'][0]['attributes']['label']}'" in JOB["if"]
