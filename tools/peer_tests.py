"""Build sphinxcontrib-bibtex's own test roots without and with bibfolio, and compare.

``python -m tools.peer_tests`` fetches the source distribution of the installed version once, into
``_build/peer/``. Each root is built with the builders and values that its tests ask for, in fresh
copies: as it is, and with ``"bibfolio"`` as a guest at the end of its ``extensions``. How the build
ends, what it warns of and every file it writes have to be the same. Returns 1 if they are not, but
for what ``tests/peer/allowed.txt`` names: root and kind of difference, none of them in vain.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import multiprocessing
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.application import Sphinx

from tools.markdown import table

PACKAGE = "sphinxcontrib-bibtex"
CACHE = Path("_build/peer")
ALLOWED = Path("tests/peer/allowed.txt")
#: Kind of difference → name in the summary of the roots with such a difference.
KINDS = {"failure": "fail differently", "log": "other log", "output": "other output"}
#: The report cuts longer lines.
LONGEST = 160

#: Colours, and the addresses of objects in memory.
_PASSING = re.compile(r"\x1b\[[0-9;]*m|(?<= at )0x[0-9a-f]+")
#: Files that Sphinx writes for each domain and extension that is loaded, used or not.
_LOADED = re.compile(
    rb' xmlns:(?:bib|cite|footcite)="https://www\.sphinx-doc\.org/"|,"sphinxcontrib\.bibtex":\d+'
)
#: Without sphinxcontrib-bibtex, a root would be a site.
_GUEST = """
extensions = [*globals().get('extensions', []), 'bibfolio']
bibfolio_mode = 'guest'
"""

#: Kind and lines of a difference: ``-`` without bibfolio, ``+`` with it.
Difference = tuple[str, str]


class Case(NamedTuple):
    """A way to build a root: values that override ``conf.py``, and plugins of a module."""

    root: str
    builder: str
    values: dict[str, Any]
    module: str


class Build(NamedTuple):
    """The result of a build: the exception that ended it, if any; its warnings; its files."""

    failure: str
    log: list[str]
    files: dict[str, bytes]


# -- comparing -------------------------------------------------------------------------------------


def compare(stock: Build, guest: Build) -> Iterator[Difference]:
    """Yield the differences between the builds without and with bibfolio."""
    if stock.failure != guest.failure:
        yield "failure", f"- {stock.failure}\n+ {guest.failure}"
        return  # all else follows
    before, after = Counter(stock.log), Counter(guest.log)
    yield from (("log", f"- {line}") for line in (before - after).elements())
    yield from (("log", f"+ {line}") for line in (after - before).elements())
    yield from (("output", f"- {name}") for name in sorted(stock.files.keys() - guest.files))
    yield from (("output", f"+ {name}") for name in sorted(guest.files.keys() - stock.files))
    for name in sorted(stock.files.keys() & guest.files):
        if stock.files[name] != guest.files[name]:
            yield "output", f"{name}\n{_first_difference(stock.files[name], guest.files[name])}"


def _first_difference(before: bytes, after: bytes) -> str:
    """Return the first lines of *before* and *after* that differ, cut around the difference."""
    lines = (data.decode("utf-8", "backslashreplace").split("\n") for data in (before, after))
    a, b = next((a, b) for a, b in zip_longest(*lines, fillvalue="") if a != b)
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    start = max(0, same - LONGEST // 4)
    return f"- {a[start : start + LONGEST]}\n+ {b[start : start + LONGEST]}"


def read_allowed(text: str) -> set[tuple[str, str]]:
    """Return the roots and kinds that *text* allows to differ, each for a reason.

    Raises:
        ValueError: A line is not a root, a kind and a reason.
    """
    lines = [line.split(maxsplit=2) for line in text.splitlines() if line and line[0] != "#"]
    if wrong := [line for line in lines if len(line) < 3 or line[1] not in KINDS]:
        raise ValueError(f"{ALLOWED}: not a root, a kind and a reason: {' '.join(wrong[0])}")
    return {(root, kind) for root, kind, _reason in lines}


def judge(
    found: Mapping[str, Iterable[Difference]], allowed: set[tuple[str, str]]
) -> tuple[dict[Difference, list[str]], list[tuple[str, str]]]:
    """Return the roots of each difference that is not allowed, and rules that allow nothing."""
    reported, there = defaultdict(list), set()
    for root, differences in found.items():
        for kind, text in dict.fromkeys(differences):
            there.add((root, kind))
            if (root, kind) not in allowed:
                reported[kind, text].append(root)
    return dict(reported), sorted(allowed - there)


# -- the roots -------------------------------------------------------------------------------------


def source() -> Path:
    """Return the folder of the unpacked source distribution, fetched if it is not there.

    Raises:
        OSError: It cannot be had.
    """
    stem = f"{PACKAGE.replace('-', '_')}-{version(PACKAGE)}"
    folder, archive = CACHE.resolve() / stem, CACHE / f"{stem}.tar.gz"
    if not archive.exists():
        options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(CACHE)]
        pip = [sys.executable, "-m", "pip", "download", *options, f"{PACKAGE}=={version(PACKAGE)}"]
        done = subprocess.run(pip, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise OSError(f"pip cannot fetch {archive.name}:\n{done.stderr}")
    if not folder.exists():
        with tarfile.open(archive) as tar:
            tar.extractall(CACHE, filter="data")
    return folder


def cases(sdist: Path) -> list[Case]:
    """Return all ways in which the tests of *sdist* build a root; HTML for roots without."""
    sys.path.insert(0, str(sdist))  # for this process and those that build
    found: dict[str, Case] = {}
    for path in sorted((sdist / "test").glob("test_*.py")):
        module = importlib.import_module(f"test.{path.stem}")
        marks = (getattr(item, "pytestmark", ()) for item in vars(module).values())
        for mark in chain.from_iterable(marks):
            if mark.name == "sphinx":
                root, values = mark.kwargs["testroot"], mark.kwargs.get("confoverrides", {})
                case = Case(root, mark.args[0], values, module.__name__)
                found.setdefault(repr(case[:3]), case)
    as_html = {case.root for case in found.values() if case.builder == "html"}
    roots = (path.name.removeprefix("test-") for path in (sdist / "test/roots").glob("test-*"))
    others = [Case(root, "html", {}, "") for root in roots if root not in as_html]
    return sorted([*found.values(), *others], key=lambda case: case.root)


def build(case: Case, folder: Path) -> None:
    """Build the copy in *folder* in a process of its own, as registries of Sphinx are global."""
    src, out, log, failure = folder / "src", folder / "out", io.StringIO(), ""
    # Serial, as the order in which processes are merged changes the warnings.
    options: dict[str, Any] = {"status": None, "warning": log}
    try:
        if case.module:
            importlib.import_module(case.module)
        Sphinx(src, src, out, folder / "trees", case.builder, case.values, **options).build()
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
    (folder / "said.json").write_text(
        json.dumps([failure, log.getvalue()]), encoding="utf-8", newline="\n"
    )


def result(folder: Path) -> Build:
    """Return the result of the build in *folder*, without the name of the folder."""
    result = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    failure, log = (_PASSING.sub("", text).replace(str(folder), "…") for text in result)
    files = {}
    for path in (folder / "out").rglob("*"):
        # .buildinfo holds a digest of all configuration values.
        if path.is_file() and path.name != ".buildinfo":
            data = _LOADED.sub(b"", path.read_bytes()).replace(bytes(folder), b"...")
            files[path.relative_to(folder / "out").as_posix()] = data
    return Build(failure, [line for line in log.splitlines() if line.strip()], files)


def run(sdist: Path, case: Case, more: str = "") -> tuple[Build, Build]:
    """Build *case* in fresh copies, without and with bibfolio and the lines *more* of conf.py."""
    builds = []
    with tempfile.TemporaryDirectory() as temporary:
        # Names of the same length, as some builders wrap lines.
        for folder in (Path(temporary).resolve() / name for name in ("stock", "guest")):
            shutil.copytree(sdist / "test/roots" / f"test-{case.root}", folder / "src")
            values = dict(case.values)
            if folder.name == "guest":
                with (folder / "src/conf.py").open("a", encoding="utf-8") as conf:
                    conf.write(_GUEST + more)
                if "extensions" in values:
                    values["extensions"] = [*values["extensions"], "bibfolio"]
            arguments = (case._replace(values=values), folder)
            process = multiprocessing.get_context("forkserver").Process(None, build, args=arguments)
            process.start()
            process.join()
            builds.append(result(folder))
    return builds[0], builds[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the differences, the most frequent first, and a summary."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("roots", nargs="*", help="only these, without `test-`")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--conf", default="", help="for conf.py, as `bibfolio_mode = 'site'`")
    options = parser.parse_args(arguments)
    multiprocessing.get_context("forkserver").set_forkserver_preload(["sphinx.builders.html"])
    sdist = source()
    chosen = [case for case in cases(sdist) if not options.roots or case.root in options.roots]
    with ThreadPoolExecutor(options.jobs) as pool:
        builds = list(pool.map(lambda case: run(sdist, case, options.conf), chosen))
    found: dict[str, list[Difference]] = {case.root: [] for case in chosen}
    for case, (stock, guest) in zip(chosen, builds, strict=True):
        found[case.root] += compare(stock, guest)
    allowed = read_allowed(ALLOWED.read_text(encoding="utf-8"))
    reported, vain = judge(found, {a for a in allowed if not options.roots or a[0] in found})
    for (kind, text), roots in sorted(reported.items(), key=lambda item: -len(item[1])):
        print(f"{kind}: {', '.join(roots)}\n{text[: 3 * LONGEST]}\n")
    for root, kind in vain:
        print(f"{ALLOWED} allows {root} {kind}, but there is no such difference\n")
    built = {
        case.root for case, (stock, _) in zip(chosen, builds, strict=True) if not stock.failure
    }
    rows = [("all", list(found)), ("equal", [root for root in found if not found[root]])]
    for kind, words in KINDS.items():
        rows.append((words, [root for root in found if kind in dict(found[root])]))
    rows.append(("not built by stock either", [root for root in found if root not in built]))
    shown = ((words, str(len(roots)), ", ".join(roots[:6])) for words, roots in rows[1:])
    print(table([f"of {len(found)} roots", "number", "the first six"], shown))
    return 1 if reported or vain else 0


if __name__ == "__main__":
    sys.exit(main())
