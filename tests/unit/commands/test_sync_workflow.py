"""The monthly workflow of a new site opens a pull request, and never pushes to the main branch."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

WORKFLOW = yaml.safe_load(
    (files("bibfolio.project") / "template/.github/workflows/sync.yml.in").read_text("utf-8")
)
BIBFOLIO = "#!/bin/sh\necho 'new: because'\necho '% new' >> refs.bib\nexit 1\n"
GH = '#!/bin/sh\necho "$1 $2" >> "$RUNNER_TEMP/asked"\nif [ "$2" = list ]; then echo "$OPEN"; fi\n'

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "git"))), reason="needs bash and git"
)


def month(folder: Path, is_open: str) -> dict[str, str]:
    """Branch → commit at the server, after the steps of one month."""
    owner = {
        f"GIT_{who}_{what}": "o" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **owner, "RUNNER_TEMP": str(folder), "OPEN": is_open}
    environment |= {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": ""}
    for name, text in {"bibfolio": BIBFOLIO, "gh": GH}.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    steps = (
        ["git clone -q -b main server site"]
        if (folder / "server").exists()
        else [
            "git init -q --bare -b main server; git clone -q server site; touch site/refs.bib",
            "cd site; git switch -q -C main; git add .; git commit -qm start",
            "cd site; git push -q origin main",
        ]
    )
    steps += [f"cd site; {one['run']}" for one in WORKFLOW["jobs"]["sync"]["steps"][-2:]]
    for step in steps:
        subprocess.run(["bash", "-ec", step], cwd=folder, env=environment, check=True)
    shutil.rmtree(folder / "site")
    said = subprocess.check_output(["git", "show-ref"], cwd=folder / "server", text=True)
    return {line.split()[1]: line.split()[0] for line in said.splitlines()}


def test_a_pull_request_is_opened_and_one_that_waits_stays_as_it_is(tmp_path):
    first = month(tmp_path, "0")
    assert first.keys() == {"refs/heads/main", "refs/heads/bibfolio-sync"}
    assert (tmp_path / "asked").read_text().split("\n") == ["pr list", "pr create", ""]
    assert "new: because\n" in (tmp_path / "short.md").read_text()
    assert month(tmp_path, "1") == first
    main = subprocess.check_output(["git", "log", "--format=%s", "main"], cwd=tmp_path / "server")
    assert main == b"start\n"


def test_the_workflow_may_write_nothing_but_a_branch_and_a_pull_request():
    assert WORKFLOW["permissions"] == {}
    assert WORKFLOW["jobs"]["sync"]["permissions"] == {
        "contents": "write",
        "pull-requests": "write",
    }
