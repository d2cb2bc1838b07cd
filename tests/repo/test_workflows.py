"""What runs elsewhere can run: commands exist, versions agree with pyproject.toml, rights are few.

Where a version or a bound changes, this fails until every place says the same.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from itertools import product
from pathlib import PurePosixPath
from typing import Any

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from bibfolio import __version__
from bibfolio.commands import _COMMANDS
from tests.building import REPOSITORY, repository_files
from tests.repo.test_hygiene import targets

FILES = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
#: Modules that are run, and what installs them.
MODULES = {"pytest": "requirements-dev.txt", "build": "build", "twine": "twine", "sphinx": "."}
MODULES |= dict.fromkeys(("pip", "venv", "tools.set_address"), "")
each_workflow = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def loaded(name: str) -> dict[Any, Any]:
    path = REPOSITORY / ".github" / "workflows" / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def combinations(job: dict[str, Any]) -> list[dict[str, str]]:
    """The values of *job*'s matrix, one of each for every machine, as GitHub combines them."""
    matrix = dict(job.get("strategy", {}).get("matrix", {}))
    exclude, include = matrix.pop("exclude", []), matrix.pop("include", [])
    found = [dict(zip(matrix, values, strict=True)) for values in product(*matrix.values())]
    found = [one for one in found if not any(more.items() <= one.items() for more in exclude)]
    added = []
    for more in include:
        wanted = {name: value for name, value in more.items() if name in matrix}
        fitting = [one for one in found if wanted.items() <= one.items()] if matrix else []
        for one in fitting:
            one.update(more)
        added += [] if fitting else [more]
    return found + added if matrix or not added else added


def commands(job: dict[str, Any]) -> list[str]:
    """Every command that *job* runs on any machine."""
    found = []
    for one in combinations(job):
        lines = [step["run"] for step in job.get("steps", ()) if "run" in step]
        for name in {"pre", "pins", *one}:
            lines = [line.replace(f"${{{{ matrix.{name} }}}}", one.get(name, "")) for line in lines]
        found += lines
    return found


# -- rights ----------------------------------------------------------------------------------------


def test_workflows_may_read_and_one_job_may_publish():
    rights = {}
    for path in FILES:
        workflow = loaded(path.stem)
        assert workflow["permissions"] == {"contents": "read"}, path.name
        assert "pull_request_target" not in workflow[True], path.name  # YAML reads `on` so
        for name, job in workflow["jobs"].items():
            if "permissions" in job:
                rights[f"{path.stem}/{name}"] = job["permissions"]
    assert rights == {"release/publish": {"id-token": "write"}}


def test_a_release_is_of_a_tag_tested_built_and_then_published():
    release = loaded("release")
    assert release[True] == {"push": {"tags": ["v*"]}}
    jobs = release["jobs"]
    order = ["address", "ci", "build", "publish"]
    assert [jobs[name].get("needs") for name in order] == [None, *order[:-1]]
    assert jobs["publish"]["environment"] == "pypi"
    assert commands(jobs["address"]) == ["python3 -m tools.set_address --check"]
    # Each distribution makes a site where nothing else is installed.
    for name, ending in (("wheel", "whl"), ("sdist", "tar.gz")):
        assert f"{name}/bin/pip install dist/*.{ending}" in commands(jobs["build"])
        assert f"{name}/bin/bibfolio build" in "\n".join(commands(jobs["build"]))
    # What is published is what was built: nothing is run beside the two actions.
    assert [step["uses"].partition("@")[0] for step in jobs["publish"]["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


def test_the_weekly_run_tries_releases_and_pre_releases():
    weekly = loaded("weekly")
    assert set(weekly[True]) == {"schedule", "workflow_dispatch"}
    job = weekly["jobs"]["newest"]
    lines = [line.split() for line in commands(job) if "sphinx pydata-sphinx-theme" in line]
    assert ["--pre" in line for line in lines] == [False, True]


def test_every_night_runs_what_the_short_tests_leave_out():
    nightly = loaded("nightly")
    assert set(nightly[True]) == {"schedule", "workflow_dispatch"}
    (job,) = nightly["jobs"].values()
    assert commands(job) == ["make test-all PYTHON=python"]


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("citation-file-format", "CITATION.cff"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[0-9]*.yml"),
        ("github-workflows", ".github/workflows/*.yml"),
        ("readthedocs", "**/.readthedocs.yaml"),
    ],
)
def test_files_for_services_are_valid_by_their_schemas(schema, names):
    paths = [str(path) for path in repository_files() if PurePosixPath(path).match(names)]
    assert paths
    words = ["--builtin-schema", f"vendor.{schema}", *paths]
    done = CliRunner().invoke(check_jsonschema.main, words)
    assert done.exit_code == 0, done.output


def test_the_version_is_the_same_wherever_it_is_said():
    cited = yaml.safe_load(_read("CITATION.cff"))
    assert cited["version"] == __version__
    assert "date-released" not in cited
    # A release needs the date: the workflow looks for it.
    heading = r"^## (\S+), (?:20\d\d-\d\d-\d\d|not released yet)$"
    newest, *_older = re.findall(heading, _read("CHANGELOG.md"), re.M)
    assert newest == __version__


@each_workflow
def test_actions_are_pinned_by_major_version(path):
    steps = [s for job in loaded(path.stem)["jobs"].values() for s in (job, *job.get("steps", ()))]
    for uses in (step["uses"] for step in steps if "uses" in step):
        if uses.startswith("./"):
            assert (REPOSITORY / uses).is_file()
        else:
            assert re.fullmatch(r"[\w-]+/[\w-]+@(release/)?v\d+", uses), uses


# -- commands --------------------------------------------------------------------------------------


@each_workflow
def test_commands_exist(path):
    for job in loaded(path.stem)["jobs"].values():
        lines = commands(job)
        installed = " ".join(line for line in lines if "pip install" in line)
        for line in lines:
            assert "${{" not in line, line
            match shlex.split(line):
                case ["make", target, *_]:
                    assert target in targets(), line
                case ["python" | "python3", "-m", module, *_]:
                    assert MODULES[module] in installed, line
                case [script, "install", *_] if script.endswith("/bin/pip"):
                    assert f"python -m venv {script.partition('/')[0]}" in lines, line
                case [script, command, *_] if script.endswith("/bin/bibfolio"):
                    assert command in _COMMANDS, line
                case words:
                    assert words[:2] == ["test", "-f"] or words[0] == "grep", line
            for name in re.findall(r"(?:-r |\s)(requirements[\w.-]+|tests/[\w/]+)", line):
                assert (REPOSITORY / name).exists(), line
            for extra in re.findall(r"\.\[(\w+)\]", line):
                assert extra in PROJECT["project"]["optional-dependencies"], line


def test_only_linux_needs_more_than_python():
    (job,) = (job for name, job in loaded("ci")["jobs"].items() if name != "linux")
    assert {line.split()[0] for line in commands(job)} == {"python"}


# -- versions --------------------------------------------------------------------------------------


def pythons() -> list[str]:
    """Python versions of the classifiers, oldest first."""
    names = (line.rpartition(" :: ")[2] for line in PROJECT["project"]["classifiers"])
    return sorted((n for n in names if re.fullmatch(r"3\.\d+", n)), key=lambda n: int(n[2:]))


def lower_bound(name: str) -> str:
    (wanted,) = (
        one for one in map(Requirement, PROJECT["project"]["dependencies"]) if one.name == name
    )
    (bound,) = (one.version for one in wanted.specifier if one.operator == ">=")
    return bound


def test_one_set_of_python_versions():
    oldest, newest = pythons()[0], pythons()[-1]
    assert PROJECT["project"]["requires-python"] == f">={oldest}"
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    for job in loaded("ci")["jobs"].values():
        assert job["strategy"]["matrix"]["python"] == pythons()
    for name, job in (("weekly", "newest"), ("release", "build")):
        (setup,) = (s for s in loaded(name)["jobs"][job]["steps"] if "setup-python" in str(s))
        assert setup["with"]["python-version"] == newest


def test_the_oldest_packages_are_those_of_the_lower_bounds():
    pins = {
        f"sphinx=={lower_bound('sphinx')}.*",
        f"pydata-sphinx-theme=={lower_bound('pydata-sphinx-theme')}.0",
    }
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (oldest,) = re.findall(r"^test-oldest: WITH = (.*)$", makefile, re.MULTILINE)
    assert set(shlex.split(oldest)) == pins
    elsewhere = loaded("ci")["jobs"]["elsewhere"]
    given = {one["packages"]: one.get("pins", "") for one in combinations(elsewhere)}
    assert set(given["oldest"].split()) == pins
    assert given["newest"] == ""


def test_every_combination_that_can_exist_is_tried():
    """Sphinx's lower bound is the last version for the oldest Python: no newer one to try there."""
    jobs = loaded("ci")["jobs"]
    ends = {"oldest", "newest"}
    impossible = (pythons()[0], "newest")
    for system in ("ubuntu", *jobs["elsewhere"]["strategy"]["matrix"]["os"]):
        if system == "ubuntu":
            ran = [(c["python"], c["target"]) for c in combinations(jobs["linux"])]
            assert {(p, "test") for p in pythons()} <= set(ran)
            tried = {(p, t.removeprefix("test-")) for p, t in ran if t.startswith("test-")}
        else:
            machines = combinations(jobs["elsewhere"])
            tried = {(c["python"], c["packages"]) for c in machines if c["os"] == system}
        assert tried == set(product(pythons(), ends)) - {impossible}, system
    lines = (REPOSITORY / ".github/workflows/ci.yml").read_text(encoding="utf-8").splitlines()
    reasons = [lines[n + 1].strip() for n, line in enumerate(lines) if "exclude:" in line]
    assert all(reason.startswith("# ") for reason in reasons)
    (locked,) = re.findall(r"^sphinx==(\S+)", _read("requirements.lock"), re.MULTILINE)
    assert SpecifierSet(f"=={lower_bound('sphinx')}.*").contains(locked)


def _read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def test_the_index_shows_a_text_about_the_package():
    readme = PROJECT["project"]["readme"]
    assert readme != "README.md"
    assert f"/{readme}" in PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    # A link into this repository would lead nowhere there.
    links = re.findall(r"\]\(([^)]+)\)", _read(readme))
    assert [link for link in links if not link.startswith("https://")] == []
    (bound,) = (d for d in PROJECT["project"]["dependencies"] if d.startswith("sphinx>"))
    oldest, end = re.fullmatch(r"sphinx>=(.+),<(.+)", bound).groups()
    assert f"Sphinx {oldest} or newer, below {end}." in _read(readme)
    assert f"Python {pythons()[0]} or newer" in _read(readme)


def test_the_lines_for_a_project_that_exists_build_a_list(build):
    conf, page = (
        re.search(rf"^(`{{{n}}}){language}\n(.*?)^\1$", _read("PACKAGE.md"), re.M | re.S)[2]
        for n, language in ((3, "python"), (4, "markdown"))
    )
    built = build("minimal", {"conf.py": conf, "index.md": f"# Papers\n\n{page}"})
    assert len(built.cards()) == 3
