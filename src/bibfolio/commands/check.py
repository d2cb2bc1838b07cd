"""Say what is wrong in the bibliography and the profile, and mend what is mechanical.

It says what a build would say, without building. The files, the profile and the kinds of problems
to pass over are those of the ``conf.py`` beside them.
"""

from __future__ import annotations

import argparse
import difflib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from bibfolio.commands.formats import FORMATS, visible
from bibfolio.commands.settings import read_settings
from bibfolio.lint import read_bibliographies
from bibfolio.lint.mending import mend
from bibfolio.model import Profile
from bibfolio.problems import Problem
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.folder import Folder
from bibfolio.sources.profile import ProfileError, account_problems, read_profile


def examine(
    files: Sequence[Path], profile: Path, root: Path, served: str = "files"
) -> tuple[dict[str, Bibliography], list[Problem]]:
    """Read bibliographies and profile.

    Args:
        files: the bibliographies.
        profile: the profile; without one the owner is unknown, which is no problem.
        root: the folder from which entries name files.
        served: the folder below it whose files are handed out.

    Returns:
        What was read from each file, by its name, and everything that is wrong.
    """
    person, problems = _read_profile(profile)
    owner = person.names if person else frozenset()
    named = {str(path): path for path in files}
    read, found = read_bibliographies(named, owner, Folder(root, served))
    return read, problems + found


def _read_profile(path: Path) -> tuple[Profile | None, list[Problem]]:
    if not path.exists():
        return None, []
    try:
        profile = read_profile(path)
    except ProfileError as error:
        return None, [replace(problem, file=str(path)) for problem in error.problems]
    text = path.read_text(encoding="utf-8-sig")
    return profile, list(account_problems(profile, text, str(path)))


# -- mending ----------------------------------------------------------------------------------


def fix(path: Path, is_wanted: Callable[[str], bool]) -> str:
    """Mend the file at *path* if that changes it and the diff *is_wanted*.

    Returns:
        Why the file was not mended although it might have been; mostly nothing.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError:
        return ""  # the check that follows tells
    except UnicodeDecodeError:
        return f"{path} is not UTF-8 and stays as it is; save it as UTF-8 first"
    mended = mend(text)
    if mended == text or not is_wanted(_diff(text, mended, str(path))):
        return ""
    mark = data[: len(data) - len(text.encode())]
    try:
        if path.read_bytes() != data:
            return f"{path} was changed in the meantime and stays as it is"
        replace_file(path, mark + mended.encode())
    except OSError as error:
        return f"{path} cannot be written and stays as it is: {error.strerror}"
    return ""


def _diff(before: str, after: str, name: str) -> str:
    # str.splitlines would also split at characters that end no line in a .bib file.
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    return "\n".join(difflib.unified_diff(old, new, name, name, lineterm=""))


def replace_file(path: Path, data: bytes) -> None:
    """Replace what the file at *path* holds, as a whole or not at all; it keeps its mode.

    Raises:
        OSError: it cannot be written; then it is as it was.
    """
    target = path.resolve()
    # Another file put in its place would not ask whether this one may be written.
    if not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, name)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio check``."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="default: those of conf.py")
    parser.add_argument("--profile", help="default: that of conf.py, beside the first FILE")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--fix", action="store_true", help="mend what is mechanical; asks first")
    parser.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Check, and mend if asked to."""
    if options.yes and not options.fix:
        options.error("--yes goes with --fix")
    root = Path(options.files[0]).parent if options.files else Path()
    settings = read_settings(root)
    files = [Path(name) for name in options.files or settings.bibtex_bibfiles]
    profile = Path(options.profile) if options.profile else root / settings.bibfolio_profile
    if options.profile and not profile.is_file():
        options.error(f"there is no file {profile}")
    if options.fix:
        stream = sys.stdout if options.format == "text" else sys.stderr
        for path in files:
            if refusal := fix(path, _asker(options.yes, stream)):
                sys.stderr.write(f"{refusal}\n")
    _, found = examine(files, profile, root, settings.bibfolio_files)
    problems = [problem for problem in found if not settings.suppresses(problem.kind)]
    if problems or options.format == "json":
        sys.stdout.write(FORMATS[options.format](problems))
    return 1 if problems else 0


def _asker(is_sure: bool, stream: TextIO) -> Callable[[str], bool]:
    """Return a function that shows a diff on *stream* and, unless *is_sure*, asks about it."""

    def ask(diff: str) -> bool:
        lines = [visible(line.removesuffix("\r")) for line in diff.split("\n")]
        stream.write("\n".join([*lines, ""]))
        if is_sure:
            return True
        stream.write("Write this? [y/N] ")
        stream.flush()
        answer = sys.stdin.readline()
        stream.write("" if answer.endswith("\n") and sys.stdin.isatty() else "\n")
        return answer.strip().lower() in {"y", "yes"}

    return ask
