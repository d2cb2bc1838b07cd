"""Fixtures that build sites: tiny ones from tests/roots/ (`build`, `sphinx`), this one (`site`).

What they return is described in tests/output.py and tests/building.py.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests import payloads
from tests.building import (
    Build,
    Built,
    Run,
    Site,
    build_site,
    builder,
    builder_once,
    copy_root,
    run_sphinx,
    run_to_its_end,
    shared,
)
from tests.output import Output


def pytest_collection_finish() -> None:
    """Look for garbage less often: all that is loaded stays. That saves a tenth of a build."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`build(ROOT, {path: text})` builds tests/roots/ROOT with those files put over it.

    Keyword arguments: `builder`; `parallel`, the number of processes; `warnings`, the text each
    warning must contain, in order (without it there must be none; True allows any); everything
    else overrides a value of conf.py. Returns a :class:`Built`; its `rebuild()` builds again.
    """
    return builder(lambda: tmp_path_factory.mktemp("build").resolve())


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """As `build`, but the same is built once in a run, for all tests: read it, never change it."""
    return builder_once(tmp_path_factory)


@pytest.fixture(scope="session")
def awkward(build_once: Build) -> Built:
    """The site with an entry of every type and every field (roots/awkward); read it."""
    return build_once("awkward", warnings=True)


@pytest.fixture
def build_to_its_end(tmp_path: Path) -> Callable[..., Built]:
    """`build_to_its_end(ROOT, {path: text})`: as `build`, but the build may stop.

    Called again in one test, it builds the same folder again, with the files put over it.
    """
    source = Output(tmp_path.resolve() / "src", tmp_path)

    def call(root: str, files: Mapping[str, str | bytes]) -> Built:
        if not source.src.exists():
            copy_root(root, {}, source.src)
        for name, text in files.items():
            source.write(name, text)
        return run_to_its_end(source.src)

    return call


@pytest.fixture
def sphinx(tmp_path: Path) -> Callable[..., Run]:
    """`sphinx(ROOT, {path: text}, *ARGUMENTS)`: the command `sphinx-build`, on a tiny site.

    Called again in one test, it builds the same folder again, with the files put over it.
    """
    target = tmp_path.resolve()

    def call(root: str, files: Mapping[str, str | bytes], *arguments: str) -> Run:
        if not (target / "src").exists():
            copy_root(root, {}, target / "src")
        source = Output(target / "src", target)
        for name, text in files.items():
            source.write(name, text)
        return run_sphinx(source.src, target, *arguments)

    return call


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This repository's site, built once; read it, never change it."""
    return shared(tmp_path_factory, "site", lambda folder: build_site(folder, {}))


@pytest.fixture(scope="module")
def site_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """`site_with({path: text})`: a new copy of this site, built with files added to it."""
    folders = []

    def make(files: Mapping[str, str | bytes] | None = None) -> Site:
        folders.append(tmp_path_factory.mktemp("site"))
        return build_site(folders[-1], files or {})

    yield make
    for folder in folders:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def payload_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Run]:
    """`payload_site("preview")`: the site of tests/payloads.py, built once with this tag; read it.

    Without a tag, pages have the policy that allows no foreign code.
    """

    def make(folder: Path, tag: str) -> Run:
        copy_root("whole", payloads.sources(), folder / "src")
        link = folder / "src" / "files" / "papers" / "link.pdf"
        link.symlink_to(folder / "secret.txt")
        run = run_sphinx(folder / "src", folder, "-b", "dirhtml", "-t", tag)
        # Some payloads lose a part of an entry: an error, but all pages are there.
        assert (run.out / "index.html").is_file(), run.stderr
        assert not run.says_traceback
        return run

    @cache
    def build(tag: str = "published") -> Run:
        return shared(tmp_path_factory, f"payloads-{tag}", lambda folder: make(folder, tag))

    return build
