"""Build the site; the one that is there is replaced only by a good one.

Every build is clean: Sphinx shows a warning about a page only when it reads that page, so a
second try at a broken site would pass. It is made in ``_build/next``. If it is good, files that
differ move into ``_build/site``, and what only earlier builds made is deleted from there.

``_build/site-files.txt`` lists the files of ``_build/site`` that builds have made. Nothing else
there is ever deleted or overwritten: ``CNAME``, ``.git/`` and whatever the owner has there stay.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from sphinx.cmd.build import build_main


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio build``."""
    parser.usage = "bibfolio build [SOURCE] [OPTION ...] [-- SPHINX-OPTION ...]"
    parser.epilog = "What follows -- goes to sphinx-build, for instance: -- -t draft -D language=de"
    parser.add_argument(
        "source", metavar="SOURCE", nargs="?", type=Path, default=Path(), help="folder of conf.py"
    )
    parser.add_argument("--output", type=Path, help="default: _build, in SOURCE")
    parser.add_argument(
        *("-b", "--builder"),
        choices=["dirhtml", "html"],
        default="dirhtml",
        help="addresses without .html (dirhtml, the default) or with it",
    )
    parser.add_argument("-j", "--jobs", default="auto", help="processes; default: auto")
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="also replace files in the site that no build has made, if the build makes their like",
    )


def run(options: argparse.Namespace) -> int:
    """Build, and publish into ``_build/site`` if the build is good."""
    source: Path = options.source
    if not (source / "conf.py").is_file():
        sys.stderr.write(f"There is no conf.py in {source.resolve()}; `bibfolio new` writes one.\n")
        return 2
    output: Path = options.output or source / "_build"
    made, site = output / "next", output / "site"
    try:
        for folder in (made, output / "doctrees"):
            if folder.exists():
                shutil.rmtree(folder)
        output.mkdir(parents=True, exist_ok=True)
        status = _sphinx(options, made, output / "doctrees")
        if status:
            sys.stderr.write(f"The build failed. What is in {site} has not changed.\n")
            return status
        listed = output / "site-files.txt"
        if site.exists() and not listed.exists():
            sys.stdout.write(f"What earlier builds made in {site} is not known: it stays there.\n")
        foreign = publish(made, site, listed, options.overwrite)
    except OSError as error:
        sys.stderr.write(f"{error.filename or output}: {error.strerror or error}\n")
        return 1
    if foreign:
        sys.stderr.write(_refusal(foreign, site))
        return 1
    python = "python" if os.name == "nt" else "python3"
    sys.stdout.write(
        f"The site is in {site}. To look at it, run\n"
        f"  {python} -m http.server --bind 127.0.0.1 --directory {site} 8000\n"
        "and open http://127.0.0.1:8000/, or `bibfolio serve` for a preview that follows edits.\n"
    )
    return 0


def _sphinx(options: argparse.Namespace, made: Path, doctrees: Path) -> int:
    """Run Sphinx in this process and return its exit status."""
    folders = [str(options.source), str(made), "-d", str(doctrees)]
    strict = ["-n", "-W", "--keep-going"]
    jobs = ["-b", options.builder, "-j", options.jobs]
    before = signal.signal(signal.SIGINT, _interrupter(os.getpid()))
    try:
        return build_main([*folders, *jobs, *strict, *options.sphinx_options])
    except SystemExit as stop:  # what is wrong has been said
        return stop.code if isinstance(stop.code, int) else 1
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupter(process: int) -> Callable[[int, object], None]:
    """Return a handler that ends this *process*, which says so, and those that it has forked.

    Sphinx would end its parallel steps with a traceback. There is nothing to tidy up: the next
    build removes what this one has made.
    """

    def end(_signal: int, _frame: object) -> None:
        if os.getpid() == process:
            sys.stdout.flush()
            os.write(2, b"\nInterrupted. The site has not changed.\n")
        os._exit(130)

    return end


# -- publishing -------------------------------------------------------------------------------


def publish(made: Path, site: Path, listed: Path, may_overwrite: bool = False) -> list[str]:
    """Make the folder *site* hold what was *made*, and leave alone whatever no build has made.

    The file *listed* names, at every moment, all that builds have made in *site* and perhaps more:
    a process that is killed in between leaves nothing that the next one would take for the owner's.

    Args:
        made: a good build; it is used up.
        site: where it goes.
        listed: the file that lists what builds have made there.
        may_overwrite: whether to replace foreign files that are in the way.

    Returns:
        Foreign files in the way, which hold something else. If there are any, nothing was done.

    Raises:
        OSError: something cannot be read or written.
    """
    new = _files(made)
    old = _read_list(listed)
    if old is None:  # a site that Sphinx has made before there were lists, or nothing of ours
        old = set(new) if (site / ".buildinfo").is_file() else set()
    same = {path for path in new if _is_same(made / path, site / path)}
    foreign = sorted(path for path in new - old - same if _is_in_the_way(site, path, old))
    if foreign and not may_overwrite:
        return foreign
    _write_list(listed, old | new)
    for path in sorted(old - new):
        _delete(site, path)
    for path in sorted(new - same):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        _move(made / path, site / path)
    _write_list(listed, new)
    shutil.rmtree(made)
    return []


def _files(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in found}


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and not other.is_symlink() and filecmp.cmp(one, other, shallow=False)


def _is_in_the_way(site: Path, path: str, old: set[str]) -> bool:
    target = site / path
    if target.is_dir() and not target.is_symlink():
        return any(f"{path}/{name}" not in old for name in _files(target))
    return target.exists() or target.is_symlink()


def _delete(site: Path, path: str) -> None:
    """Delete a file, if it is there, and folders that it leaves empty."""
    target = site / path
    if target.is_dir() and not target.is_symlink():
        return  # somebody has put a folder in its place
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for folder in target.parents:
        if folder == site or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def _move(file: Path, target: Path) -> None:
    try:
        file.replace(target)  # never half a file
    except OSError:  # on another disk, for instance
        if target.is_symlink():
            target.unlink()
        shutil.copyfile(file, target)


def _read_list(listed: Path) -> set[str] | None:
    """Read the list of files; None without one."""
    if not listed.is_file():
        return None
    names = listed.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    # A name that leads out of the site is no file of ours, whoever wrote it there.
    inside = [Path(name) for name in names if name]
    return {p.as_posix() for p in inside if not p.is_absolute() and ".." not in p.parts}


def _write_list(listed: Path, names: Iterable[str]) -> None:
    text = "".join(f"{name}\n" for name in sorted(names))
    part = listed.with_name(f"{listed.name}.part")
    part.write_bytes(text.encode("utf-8", "surrogateescape"))
    part.replace(listed)


def _refusal(foreign: list[str], site: Path) -> str:
    """Say which files are in the way, and what to do."""
    names = "".join(f"  {name}\n" for name in foreign[:10])
    more = f"  and {len(foreign) - 10} more\n" if len(foreign) > 10 else ""
    return (
        f"No build has made these files in {site}, and this one makes others of their names:\n"
        f"{names}{more}"
        f"Nothing in {site} has changed. Move them away, or add --overwrite to replace them.\n"
    )
