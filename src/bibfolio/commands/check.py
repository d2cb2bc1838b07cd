"""Shows the problems of bibliography, profile and pages, and mends what needs no judgement.

The problems are those of a build, but nothing is built and Sphinx is not loaded. ``conf.py`` names
the files and the kinds of problems to leave out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

from bibfolio.lint.mending import mend
from bibfolio.model.strings import nearest
from bibfolio.problems import STYLE_KINDS, WarningKind
from bibfolio.project.examine import examine, left_out
from bibfolio.project.files import difference, replace_file
from bibfolio.project.findings import FORMATS, summary
from bibfolio.project.settings import read_settings

#: What the owner may want: it is shown, and the command succeeds.
MINOR = frozenset(WarningKind[name] for name in "NO_ADDRESS ADDRESS OWN_FILE REQUIREMENTS".split())

#: The first word of kinds that others tell → who, and where they say what each means.
_OTHERS = {
    "myst": ("MyST-Parser", "https://myst-parser.readthedocs.io/en/latest/configuration.html"),
    "bibtex": (
        "sphinxcontrib-bibtex",
        "https://sphinxcontrib-bibtex.readthedocs.io/en/latest/usage.html#suppressing-warnings",
    ),
}
_SPHINX = (
    "Sphinx or another extension",
    "https://www.sphinx-doc.org/en/master/usage/configuration.html#confval-suppress_warnings",
)


def explain(kind: WarningKind) -> str:
    """Return what a kind of problem means, which command shows it, and how to silence it."""
    text = f"{kind.subtype}: {kind.meaning}\n"
    if kind in STYLE_KINDS:
        text += 'Told by check; with bibfolio_lint = "build" in conf.py, by builds as well.\n'
    silent = f'suppress_warnings = ["bibfolio.{kind.subtype}"]'
    return text + f"To silence it, write {silent} in conf.py.\n" * ("stops the build" not in text)


def fix(path: Path, is_wanted: Callable[[str], bool]) -> str:
    """Mend the file at *path* if that changes it and the diff *is_wanted*.

    Returns:
        Why the file could not be mended, or "".
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError:
        return ""  # the check that follows reports it
    except UnicodeDecodeError:
        return f"{path} is not UTF-8 and stays as it is; save it as UTF-8 first"
    mended = mend(text)
    if mended == text or not is_wanted(difference(path, text, mended)):
        return ""
    mark = data[: len(data) - len(text.encode())]
    return replace_file(path, data, mark + mended.encode())


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio check``."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="a file, or a folder with conf.py; default: this folder",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="json and github are for programs"
    )
    parser.add_argument(
        "--fix", action="store_true", help="correct what leaves no choice; asks first"
    )
    parser.add_argument("--yes", action="store_true", help="with --fix: ask nothing")
    parser.add_argument("--explain", metavar="KIND", help="say what a kind of problem means")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Check, and mend if asked to."""
    if options.yes and not options.fix:
        options.error("--yes goes with --fix")
    if options.explain:
        other = _explained_elsewhere(options.explain)
        sys.stdout.write(other or explain(_kind(options)))
        return 0
    files = [Path(name) for name in options.files] or [Path()]
    is_folder = any(map(Path.is_dir, files))
    if is_folder and files[1:]:
        options.error("name one folder, or files")
    root = files[0] if is_folder else files[0].parent
    settings = read_settings(root)
    if is_folder:
        files = [root / name for name in settings.bibtex_bibfiles]
    if options.fix:
        stream = sys.stdout if options.format == "text" else sys.stderr
        for path in files:
            if refusal := fix(path, partial(_is_wanted, options.yes, stream)):
                sys.stderr.write(f"{refusal}\n")
    problems = examine(files, root, settings)[1]
    problems += left_out(root, settings)
    problems = settings.without_silenced(problems)
    if problems or options.format == "json":
        sys.stdout.write(FORMATS[options.format](problems))
    if options.format == "text":
        sys.stdout.write(summary(problems))
    return 1 if {problem.kind for problem in problems} - MINOR else 0


def _explained_elsewhere(name: str) -> str:
    """Return where a kind of problem is documented that is not ours; empty if it is ours."""
    first, dot, _rest = name.partition(".")
    if first == "bibfolio" or not (dot or first in _OTHERS or first == "docutils"):
        return ""
    who, address = _OTHERS.get(first, _SPHINX)
    return f"{name}: told by {who}, documented at {address}\n"


def _kind(options: argparse.Namespace) -> WarningKind:
    """Return the kind to explain; end the command if there is none of that name."""
    kinds = {kind.subtype: kind for kind in WarningKind}
    name = options.explain.removeprefix("bibfolio.")
    near = nearest(name, kinds, 0)
    if near != name:
        options.error(f"there is no kind {name}; did you mean {near}?")
    return kinds[near]


def _is_wanted(is_sure: bool, stream: TextIO, diff: str) -> bool:
    """Show a diff and, unless the answer is known, ask whether to write it."""
    stream.write(f"{diff}\n")
    if is_sure:
        return True
    stream.write("Write this? [y/N]\n")
    stream.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
