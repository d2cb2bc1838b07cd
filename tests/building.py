"""Ways to build a site: in this process, by the command, and this repository's own."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import jinja2
import pybtex.plugin
import sphinx.registry
import sphinx.theming
import sphinxcontrib.bibtex.plugin
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp, _clean_up_global_state

from bibfolio.model import words
from bibfolio.theme import social_card
from tests.output import Output

REPOSITORY = Path(__file__).parents[1]
ROOTS = Path(__file__).parent / "roots"
#: How `make site` calls Sphinx, but for the folders.
MAKE_SITE = ("-b", "dirhtml", "-j", "auto", "-n", "-W", "--keep-going")

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

# -- tiny sites, in this process -----------------------------------------------------------------

# What is installed, and what templates compile to, is the same for every build of this process.
for _module in (pybtex.plugin, sphinx.registry, sphinx.theming, sphinxcontrib.bibtex.plugin):
    _module.entry_points = cache(_module.entry_points)  # type: ignore[attr-defined]


#: So are the pictures for previews.
_drawn = cache(social_card.draw_card)


class _Templates(jinja2.BytecodeCache):
    """Keeps compiled templates in memory; jinja2 compares their sources."""

    found: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if code := self.found.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Any) -> None:
        self.found[bucket.key] = bucket.bytecode_to_string()


@dataclass
class Built(Output):
    """What one run of Sphinx on a tiny site did."""

    #: One for each line that was logged, paths relative to the source.
    warnings: list[str] = field(default_factory=list)
    #: What else it said, and the exit status that the command would have.
    status: str = ""
    statuscode: int = 0
    #: Documents read and documents written.
    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    #: The arguments of :func:`_run`, to run it again.
    options: dict[str, Any] = field(default_factory=dict)

    def rebuild(self, warnings: Sequence[str] | bool = ()) -> Built:
        """Run again on the same folders, as a new process would; see :func:`build`."""
        return _checked(_run(self.src, **self.options), warnings)

    def rebuild_as(self, builder: str) -> Built:
        """Run again in another format, on the same doctrees."""
        return _run(self.src, **{**self.options, "builder": builder})

    def build_clean(self) -> Built:
        """Build a copy of the sources from nothing."""
        source = self.src.parent / "clean" / "src"
        shutil.rmtree(source.parent, ignore_errors=True)
        shutil.copytree(self.src, source, ignore=shutil.ignore_patterns("*.paper"))
        return _run(source, **self.options)


@contextmanager
def application(
    src: Path,
    *,
    builder: str,
    parallel: int = 0,
    confoverrides: Mapping[str, Any] | None = None,
    warning: StringIO | None = None,
) -> Iterator[SphinxTestApp]:
    """Sphinx for the folder *src*, which leaves nothing behind in this process.

    *warning* takes what is logged, for builds that end before there is an application.
    """
    plugins = {group: dict(names) for group, names in pybtex.plugin._RUNTIME_PLUGINS.items()}
    pybtex.plugin._RUNTIME_PLUGINS.clear()
    path = sys.path.copy()
    app = None
    logging.disable(logging.DEBUG)  # hundreds of records a build, which nobody reads
    draw, social_card.draw_card = social_card.draw_card, _drawn
    try:
        app = SphinxTestApp(
            builder,
            srcdir=src,
            builddir=src.parent / "built",
            parallel=parallel,
            confoverrides={"nitpicky": True, **(confoverrides or {})},
            warning=warning,
        )
        if templates := getattr(app.builder, "templates", None):
            templates.environment.bytecode_cache = _Templates()
        yield app
    finally:
        # Directives, roles and node classes of docutils, and what pybtex knows, are global.
        # The app of a build that was stopped by SystemExit has not cleaned up after itself.
        app.cleanup() if app else _clean_up_global_state()
        logging.disable(logging.NOTSET)
        social_card.draw_card = draw
        words.use()
        sys.path[:] = path
        pybtex.plugin._RUNTIME_PLUGINS.clear()
        pybtex.plugin._RUNTIME_PLUGINS.update(plugins)


def run_to_its_end(src: Path) -> Built:
    """Build *src*; the build may stop, and then has neither pages nor a traceback."""
    log = StringIO()
    try:
        return _run(src, builder="dirhtml", warning=log)
    except (SystemExit, ConfigError) as stop:
        assert isinstance(stop, ConfigError) or stop.code == 1
        return Built(src, src.parent / "built" / "dirhtml", _lines(log, src))


def _lines(log: StringIO, src: Path) -> list[str]:
    """What was logged, paths relative to the source."""
    text = _COLOURS.sub("", log.getvalue()).replace(f"{src}{os.sep}", "")
    return [line for line in text.splitlines() if line.strip()]


def _run(src: Path, **options: Any) -> Built:
    with application(src, **options) as app:
        result = Built(src, Path(app.outdir), options=options)
        app.connect("env-before-read-docs", lambda _app, _env, names: result.read.update(names))
        app.connect("doctree-resolved", lambda _app, _tree, name: result.written.add(name))
        app.build()
        result.warnings = _lines(app.warning, src)
        result.status = _COLOURS.sub("", app.status.getvalue())
        result.statuscode = app.statuscode
        return result


def _checked(built: Built, expected: Sequence[str] | bool) -> Built:
    if expected is True:
        return built
    wanted = [expected] if isinstance(expected, str) else list(expected or ())
    matched = len(wanted) == len(built.warnings) and all(
        words in line for words, line in zip(wanted, built.warnings, strict=True)
    )
    assert matched, f"expected warnings: {wanted}\nbut there were: {built.warnings}"
    return built


def copy_root(root: str, files: Mapping[str, str | bytes | None], target: Path) -> Output:
    """Copy tests/roots/ROOT to *target* and put *files* (path → text, or None: gone) over it."""
    copy = Output(target, target)
    shutil.copytree(ROOTS / root, target)
    for name, text in files.items():
        if text is None:
            copy.delete(name)
        else:
            copy.write(name, text)
    return copy


Build = Callable[..., Built]


def builder(new_folder: Callable[[], Path]) -> Build:
    """The function behind the fixture `build`, which describes it; each call takes a new folder."""

    def build(
        root: str = "minimal",
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        builder: str = "dirhtml",
        warnings: Sequence[str] | bool = (),
        parallel: int = 0,
        **confoverrides: Any,
    ) -> Built:
        src = new_folder() / "src"
        copy_root(root, files or {}, src)
        run = _run(src, builder=builder, parallel=parallel, confoverrides=confoverrides)
        return _checked(run, warnings)

    return build


# -- one build for all processes of a test run ---------------------------------------------------


def shared(factory: Any, name: str, make: Callable[[Path], Any]) -> Any:
    """Return what *make* builds in a folder; of the processes of pytest-xdist, one calls it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base).resolve() / name
    result = folder.with_name(f"{name}.pickle")
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 300
        while not result.exists():
            assert time.monotonic() < deadline, f"nobody finishes {folder}"
            time.sleep(0.05)
    else:
        try:
            made = make(folder)
        except Exception as error:
            made = AssertionError(f"{name}: {error}")
        part = folder.with_name(f"{name}.part")
        part.write_bytes(pickle.dumps(made))
        part.rename(result)
    found = pickle.loads(result.read_bytes())
    if isinstance(found, AssertionError):
        raise found
    return found


def builder_once(factory: Any) -> Build:
    """The function behind the fixture `build_once`, which describes it."""

    found: dict[str, Built] = {}

    def build(
        root: str = "minimal",
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        warnings: Sequence[str] | bool = (),
        **options: Any,
    ) -> Built:
        asked = repr((root, sorted((files or {}).items()), sorted(options.items())))
        if asked not in found:
            name = f"{Path(root).name}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"
            found[asked] = shared(
                factory,
                name,
                lambda folder: builder(lambda: folder)(root, files, warnings=True, **options),
            )
        return _checked(found[asked], warnings)

    return build


# -- Sphinx as a command -------------------------------------------------------------------------


@dataclass
class Run(Output):
    """What `python -m sphinx` said and made."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def errors(self) -> list[str]:
        """The lines of standard error, paths relative to the source."""
        return self.stderr.replace(f"{self.src}{os.sep}", "").splitlines()

    @property
    def says_traceback(self) -> bool:
        """Whether it speaks to the author as to a programmer."""
        return "Traceback" in self.stdout + self.stderr


def run_sphinx(src: Path, target: Path, *arguments: str, **more: str) -> Run:
    """Build *src* into `target/out` with the command line, in a process of its own.

    *more* is added to its environment.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("READTHEDOCS")}
    # The roots' own copy of the package, and no colours.
    environment |= {"PYTHONPATH": str(REPOSITORY / "src"), "NO_COLOR": "1", **more}
    out = target / "out"
    folders = ["-d", str(target / "doctrees"), str(src), str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments, *folders],
        cwd=src,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    stdout, stderr = (_COLOURS.sub("", text) for text in (done.stdout, done.stderr))
    return Run(src, out, done.returncode, stdout, stderr)


# -- this repository's own site ------------------------------------------------------------------


@dataclass
class Site(Run):
    """This repository's site, built from a copy of its sources as `make site` builds it."""

    @cached_property
    def profile(self) -> Any:
        """The person, as the package reads them."""
        from bibfolio.sources.profile_toml import read_profile

        return read_profile(self.src / "profile.toml")

    @cached_property
    def papers(self) -> list[Any]:
        """The papers the site shows, in the order in which it shows them."""
        from bibfolio.model import publication_order
        from bibfolio.model.topics import with_topics
        from bibfolio.sources.bibliography import read_bibliography
        from bibfolio.sources.folder import Folder

        bibliography = read_bibliography(
            self.src / "refs.bib", self.profile.names, Folder(self.src)
        )
        return publication_order(with_topics(bibliography.papers, self.profile.topics))

    def rebuild(self) -> Site:
        """Build again, incrementally; it need not succeed."""
        run = run_sphinx(self.src, self.out.parent, *MAKE_SITE)
        return Site(run.src, run.out, run.returncode, run.stdout, run.stderr)


def repository_files() -> list[Path]:
    """Files under version control or about to be, relative to the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True
    )
    paths = [Path(name) for name in listed.stdout.split("\0") if name]
    return [path for path in paths if (REPOSITORY / path).is_file()]


def _copy_repository(target: Path) -> Path:
    for path in repository_files():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / path, target / path)
    return target


def build_site(folder: Path, files: Mapping[str, str | bytes]) -> Site:
    """Copy this repository to *folder*, put *files* over it and build the site, which succeeds."""
    src = _copy_repository(folder.resolve() / "src")
    source = Output(src, src)
    for name, text in files.items():
        source.write(name, text)
    site = Site(src, folder.resolve() / "out", 0, "", "").rebuild()
    assert site.returncode == 0, f"the site does not build:\n{site.stdout}\n{site.stderr}"
    return site
