"""The distributions hold the package, whole, and nothing of the owner of the site around it."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from bibfolio import __version__
from tests.building import REPOSITORY, repository_files

pytestmark = pytest.mark.slow

#: What has to be there for a site to be built, by way of example.
NEEDED = (
    *("py.typed", "theme/theme.toml", "theme/layout.html", "cv/cv.typ"),
    *("locale/bibfolio.pot", "locale/zh_Hans/LC_MESSAGES/bibfolio.po"),
)


def run(*words: str | Path, **options) -> subprocess.CompletedProcess[str]:
    command = list(map(str, words))
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with wheel and sdist, built from what is under version control."""
    folder = tmp_path_factory.mktemp("package")
    for path in repository_files():
        if path.parts[0] != "tests":
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes((REPOSITORY / path).read_bytes())
    run(sys.executable, "-m", "build", "--no-isolation", cwd=folder)
    return folder / "dist"


@pytest.fixture(scope="module")
def wheel(built):
    (path,) = built.glob(f"bibfolio-{__version__}-py3-none-any.whl")
    return path


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    package = {p.relative_to("src").as_posix() for p in repository_files() if p.parts[0] == "src"}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == package
    assert {f"bibfolio/{name}" for name in NEEDED} <= names
    hidden = {".gitignore", ".github/workflows/publish.yml", ".github/workflows/check.yml"}
    assert {f"bibfolio/project/template/{name}.in" for name in hidden} <= names
    assert any(name.endswith(".css") for name in names)
    assert any(name.endswith(".js") for name in names)


def test_the_wheel_says_who_made_it_where_and_under_which_licences(wheel):
    with zipfile.ZipFile(wheel) as archive:
        info = f"bibfolio-{__version__}.dist-info"
        said = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        licences = [
            archive.read(f"{info}/licenses/{name}") for name in said.get_all("License-File")
        ]
    assert said["License-Expression"] == "MIT AND OFL-1.1"
    assert [text.split()[0] for text in licences] == [b"MIT", b"Copyright"]
    assert said["Author"] == "The bibfolio developers"
    kinds = {line.partition(",")[0] for line in said.get_all("Project-URL")}
    assert kinds == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}


def test_the_sdist_holds_no_page_and_no_paper(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        inside = [Path(*Path(name).parts[1:]) for name in archive.getnames()]
    tops = {path.parts[0] for path in inside if path.parts}
    assert tops <= {
        "src",
        "PACKAGE.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
        "PKG-INFO",
        ".gitignore",
    }


def test_the_package_does_not_name_the_owner(wheel):
    profile = tomllib.loads((REPOSITORY / "profile.toml").read_text(encoding="utf-8"))
    words = [profile["name"].encode(), *(v.encode() for v in profile["links"].values())]
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if "METADATA" not in name}
    assert [name for name, data in files.items() if any(word in data for word in words)] == []


def test_a_site_is_made_and_built_with_the_wheel(wheel, tmp_path):
    installed = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-index"]
    run(*pip, "--no-deps", "--target", installed, wheel)
    (script,) = (installed / "bin").glob("bibfolio*")
    environment = {n: v for n, v in os.environ.items() if not n.startswith("READTHEDOCS")}
    options = {"cwd": tmp_path, "env": environment | {"PYTHONPATH": str(installed)}}
    where = run(sys.executable, "-c", "import bibfolio; print(bibfolio.__file__)", **options)
    assert Path(where.stdout.strip()).is_relative_to(installed)
    assert run(script, "--version", **options).stdout == f"bibfolio {__version__}\n"
    run(script, "new", "ann", "--name", "Ann Roe", "--institution", "U", "--yes", **options)
    run(script, "build", "ann", **options)
    assert "Ann Roe" in (tmp_path / "ann/_build/site/index.html").read_text(encoding="utf-8")
    run(script, "doctor", "--source", "ann", **options)
