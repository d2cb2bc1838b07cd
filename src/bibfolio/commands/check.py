"""The bibliography from the command line: what is wrong with it, and mending what is mechanical.

``python -m bibfolio.commands.check`` says what a build would say, without building. The files, the profile
and what is to be passed over are those of the ``conf.py`` beside them, which is read, not run. The
exit status is 0 if there is nothing to say, 1 if there is, 2 if the arguments are wrong.
"""

from __future__ import annotations

import argparse
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from bibfolio.commands.formats import FORMATS, visible
from bibfolio.formulas import undrawable
from bibfolio.model import Profile
from bibfolio.output import is_served
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.account import accounts
from bibfolio.sources.bibliography import Bibliography, read_bibliography
from bibfolio.sources.conf import settings_in
from bibfolio.sources.folder import Folder
from bibfolio.lint import lint_bibliography
from bibfolio.lint.mending import mend
from bibfolio.lint.patch import unified
from bibfolio.sources.profile import ProfileError, read_profile


def problems_in(
    files: Sequence[Path], profile: Path, root: Path, served: str = "files"
) -> list[Problem]:
    """Everything that is wrong in bibliographies and profile; see :func:`examine`."""
    return examine(files, profile, root, served)[1]


def examine(
    files: Sequence[Path], profile: Path, root: Path, served: str = "files"
) -> tuple[dict[str, Bibliography], list[Problem]]:
    """Read bibliographies and profile.

    Args:
        files: the bibliographies.
        profile: the profile; a missing one is no problem, it only leaves the owner unknown.
        root: the folder from which entries name files.
        served: the folder below it whose files are handed out.

    Returns:
        name of each file → what was read from it, and everything that is wrong.
    """
    person, found = _read_profile(profile)
    owner = person.names if person else frozenset()
    folder, taken = Folder(root), dict[str, str]()

    def is_available(path: str) -> bool:
        return is_served(path, served) and folder.holds(path)

    read = {str(path): read_bibliography(path, owner, is_available, taken) for path in files}
    found += lint_bibliography(read, owner, folder)
    found += [one for file, got in read.items() for one in undrawable(got.papers, file)]
    return read, found


def _read_profile(path: Path) -> tuple[Profile | None, list[Problem]]:
    if not path.exists():
        return None, []
    try:
        profile = read_profile(path)
    except ProfileError as error:
        return None, [_profile_problem(text, path) for text in error.problems]
    text = path.read_text(encoding="utf-8-sig")
    return profile, list(accounts(profile, text, str(path)))


def _profile_problem(text: str, path: Path) -> Problem:
    """The problem behind ``FILE:LINE: message``."""
    where = re.match(rf"{re.escape(path.name)}:(?:(?P<line>\d+):)? ", text)
    line = int(where["line"] or 1) if where else 1
    message = text[where.end() :] if where else text
    return Problem(WarningKind.PROFILE, message, line, file=str(path))


# -- mending ----------------------------------------------------------------------------------


def fix(path: Path, is_wanted: Callable[[str], bool]) -> str:
    """Mend the file at *path* if that changes it and the diff *is_wanted*; say why not, if not."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError:
        return ""  # checking tells
    except UnicodeDecodeError:
        return f"{path} is not UTF-8 and stays as it is; save it as UTF-8 first"
    mended = mend(text)
    if mended == text or not is_wanted("\n".join(unified(text, mended, str(path)))):
        return ""
    mark = data[: len(data) - len(text.encode())]
    try:
        if path.read_bytes() != data:
            return f"{path} was changed in the meantime and stays as it is"
        replace_file(path, mark + mended.encode())
    except OSError as error:
        return f"{path} cannot be written and stays as it is: {error.strerror}"
    return ""


def replace_file(path: Path, data: bytes) -> None:
    """Have the file at *path* hold *data*, with the mode it has; whole or not at all.

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, and mend if asked to; the result is the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bibfolio.commands.check", description=_SUMMARY)
    parser.add_argument("files", metavar="FILE", nargs="*", help="default: those of conf.py")
    parser.add_argument("--profile", help="default: that of conf.py, beside the first FILE")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--fix", action="store_true", help="mend what is mechanical; asks first")
    parser.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    options = parser.parse_args(arguments)
    if options.yes and not options.fix:
        parser.error("--yes goes with --fix")
    root = Path(options.files[0]).parent if options.files else Path()
    settings = settings_in(root)
    files = [Path(name) for name in options.files or settings.bibtex_bibfiles]
    profile = Path(options.profile) if options.profile else root / settings.bibfolio_profile
    if options.profile and not profile.is_file():
        parser.error(f"there is no file {profile}")
    if options.fix:
        stream = sys.stdout if options.format == "text" else sys.stderr
        for refusal in [fix(path, _asker(options.yes, stream)) for path in files]:
            sys.stderr.write(f"{refusal}\n" * bool(refusal))
    found = problems_in(files, profile, root, settings.bibfolio_files)
    told = [problem for problem in found if not settings.passes_over(problem.kind)]
    if told or options.format == "json":
        sys.stdout.write(FORMATS[options.format](told))
    return 1 if told else 0


_SUMMARY = "Say what is wrong in a bibliography, with file, line, column and what to write instead."


def _asker(is_sure: bool, stream: TextIO) -> Callable[[str], bool]:
    """What shows a diff on *stream* and asks whether to write it, unless that *is_sure*."""

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


if __name__ == "__main__":
    for output in (sys.stdout, sys.stderr):
        output.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    raise SystemExit(main())
