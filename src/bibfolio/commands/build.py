"""Builds the site, and replaces the existing one only if the build is good.

Every build is clean: Sphinx shows a warning about a page only when it reads that page, so a
second build of a broken site would pass. Builds go into ``_build/next``. After a good one, files
that differ move into ``_build/site``, and files of earlier builds that are gone are deleted there.

``_build/site-files.txt`` lists the files of ``_build/site`` that builds have made. No other file
there is ever deleted: ``CNAME``, ``.git/`` and the owner's files stay.

CVs that are not public go into ``_build/cv`` in the same way.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from sphinx.cmd.build import build_main

from bibfolio.cv.files import ASIDE, PRIVATE
from bibfolio.output import describe_failure
from bibfolio.project.findings import as_text
from bibfolio.project.lock import locked
from bibfolio.project.settings import read_settings

_IS_WINDOWS = os.name == "nt"
#: The title of a paper on its page.
_TITLE = re.compile(rb'<section class="paper-page"[^>]*>\s*<h1>(.*?)</h1>', re.DOTALL)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio build``."""
    parser.usage = "bibfolio build [SOURCE] [--strict] [-- SPHINX-OPTION ...]"
    parser.epilog = "bibfolio passes what follows -- to sphinx-build: `bibfolio build -- -j 1`"
    parser.add_argument(
        "source",
        metavar="SOURCE",
        nargs="?",
        type=Path,
        default=Path(),
        help="folder of conf.py; default: this folder",
    )
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")


def run(options: argparse.Namespace) -> int:
    """Build, and publish into ``_build/site`` if the build is good."""
    source: Path = options.source
    if not (source / "conf.py").is_file():
        sys.stderr.write(f"There is no conf.py in {source.resolve()}; `bibfolio new` writes one.\n")
        return 2
    output = source / "_build"
    try:
        with locked(output / "build.lock") as is_free:
            if not is_free:
                sys.stderr.write(f"Another build of {source.resolve()} is running.\n")
                return 1
            if status := _build(options, output):
                return status
    except OSError as error:
        what = f"{error.filename or output}: {error.strerror or error}"
        sys.stderr.write(f"{describe_failure(error) or what}\n")
        return 1
    site = output / "site"
    python, shown = "python3", shlex.quote(str(site))
    if _IS_WINDOWS:
        python, shown = "python", f'"{site}"'
    sys.stdout.write(
        f"The site is in {site}. To look at it, run\n"
        f"  {python} -m http.server --bind 127.0.0.1 --directory {shown} 8000\n"
        "and open http://127.0.0.1:8000/, or `bibfolio serve` for a preview that follows edits.\n"
    )
    return 0


def _build(options: argparse.Namespace, output: Path) -> int:
    """Build into folders of *output*, publish, and return the exit status.

    Raises:
        OSError: a file or folder cannot be read or written.
    """
    source: Path = options.source
    made, doctrees, site = output / "next", output / "doctrees", output / "site"
    private = output / f"next{ASIDE}"
    for folder in (made, doctrees, private):
        if folder.exists():
            shutil.rmtree(folder)
    made.mkdir(parents=True)  # if this fails, Sphinx would end in a traceback
    private.mkdir()
    strict = ["-W", "--keep-going"] if options.strict else []
    settings = read_settings(source)
    # Of values of ours, the build itself tells.
    others = [one for one in settings.problems if not one.message.startswith("bibfolio_")]
    sys.stderr.write(as_text(others))
    status = _sphinx(source, made, doctrees, [*strict, *options.sphinx_options])
    if status:
        sys.stderr.write(f"The build failed. What is in {site} has not changed.\n")
        return status
    renamed = renamed_papers(site, made)
    _publish(made, site)
    _publish(private, output / "cv")
    for old, new in renamed:
        redirect, file = f'rediraffe_redirects = {{"papers/{old}": "papers/{new}"}}', "conf.py"
        if settings.rediraffe_redirects:
            redirect, file = f'"papers/{old}" "papers/{new}"', settings.rediraffe_redirects
        sys.stderr.write(f"papers/{old}/ is papers/{new}/ now; write {redirect} in {file}\n")
    return 0


def _sphinx(source: Path, made: Path, doctrees: Path, more: Iterable[str]) -> int:
    """Run Sphinx in this process and return its exit status; not 0 if it is interrupted."""
    folders = [str(source), str(made), "-d", str(doctrees), "-t", PRIVATE]
    try:
        return build_main([*folders, "-b", "dirhtml", "-j", "auto", "-n", *more])
    except SystemExit as stop:  # the reason has been printed
        return stop.code if isinstance(stop.code, int) else 1


def renamed_papers(site: Path, made: Path) -> list[tuple[str, str]]:
    """Return old and new name of every paper whose page has another name than in *site*."""
    old, new = (
        {
            path.parent.name: title[1]
            for path in folder.glob("papers/*/index.html")
            if (title := _TITLE.search(path.read_bytes()))
        }
        for folder in (site, made)
    )
    fresh = {title: name for name, title in new.items() if name not in old}
    gone = {name: title for name, title in old.items() if not (made / "papers" / name).exists()}
    return sorted((name, fresh[title]) for name, title in gone.items() if title in fresh)


def _publish(made: Path, folder: Path) -> None:
    """Publish what is made, and say what is in its way."""
    listed = folder.with_name(f"{folder.name}-files.txt")
    if not any(made.iterdir()) and not listed.exists():
        made.rmdir()
        return
    for path in publish(made, folder, listed):
        told = f"{folder / path} is not of a build and stays; move it away for ours.\n"
        sys.stderr.write(told)


# -- publishing -------------------------------------------------------------------------------


def publish(made: Path, site: Path, listed: Path) -> list[str]:
    """Move the build *made* into the folder *site*; files that no build has made stay.

    The file *listed* names at every moment at least all files that builds have made in *site*: if
    the process is killed, the next one takes none of them for a file of the owner.

    Args:
        made: a good build; the folder is deleted.
        site: the folder of the site.
        listed: the file that lists the files that builds have made in *site*. If it is missing, as
            after an older version, files are replaced, but none is deleted.

    Returns:
        Files and folders in *site* that stay although the build has a file of that name or below.

    Raises:
        OSError: a file cannot be read or written.
    """
    new, present = _files(made), _files(site)
    # Names are compared with those of existing files: none can lead out of the site.
    old = set(os.fsdecode(listed.read_bytes()).split("\n")) if listed.is_file() else set[str]()
    foreign = (new & present) - old if listed.is_file() else set[str]()
    others = sorted(path for path in foreign if not _is_same(made / path, site / path))
    _write_list(listed, (old | new) - foreign)
    for path in sorted(present & (old - new)):
        _delete(site, path)
    links = {path: _link_above(site, path) for path in new - foreign}
    ours = sorted(path for path, link in links.items() if not link)
    for path in ours:
        if not _is_same(made / path, site / path):
            _move(made / path, site / path)
    _write_list(listed, ours)
    shutil.rmtree(made)
    return sorted({*others, *filter(None, links.values())})


def _files(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix() for path in found}


def _write_list(listed: Path, names: Iterable[str]) -> None:
    part = listed.with_name(f"{listed.name}.part")
    part.write_bytes(os.fsencode("\n".join(sorted(names))))
    part.replace(listed)


def _delete(site: Path, path: str) -> None:
    """Delete a file, and the folders that are empty then."""
    (site / path).unlink()
    for folder in (site / path).parents:
        if folder == site or any(folder.iterdir()):
            return
        folder.rmdir()


def _link_above(site: Path, path: str) -> str:
    """Return the link to a folder through which *path* would leave *site*; empty if none does."""
    folders = [*reversed(Path(path).parents)][1:]  # the first is the site itself
    return next((name.as_posix() for name in folders if (site / name).is_symlink()), "")


def _is_same(file: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(file, other, shallow=False)


def _move(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.replace(target)  # so that no visitor gets half a file
    except OSError:  # on another disk, for instance
        target.unlink(missing_ok=True)  # the target of a link must not be written
        shutil.copyfile(file, target)
