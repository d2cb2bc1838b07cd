"""Say what is wrong in bibliography, profile and pages, and mend what is mechanical.

It says what a build would say, without building and without loading Sphinx. The files, the profile
and the kinds of problems to pass over are those of the ``conf.py`` beside them.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import shutil
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from bibfolio.lint import lint_bibliography
from bibfolio.lint.address import hosted_at, misfit
from bibfolio.lint.mending import mend
from bibfolio.lint.pages import lint_pages
from bibfolio.lint.profile import profile_problems
from bibfolio.model import CV_FILES, EXPORT_FORMATS, Profile
from bibfolio.model.strings import nearest
from bibfolio.problems import NO_ADDRESS, STYLE_KINDS, Problem, WarningKind
from bibfolio.sources.bibliography import Bibliography, read_bibliographies
from bibfolio.sources.folder import Folder
from bibfolio.sources.pictures import PORTRAIT, smaller
from bibfolio.sources.profile_toml import (
    ProfileError,
    profile_files,
    profile_of,
    read_files,
    read_profile,
)
from bibfolio.sources.spelling import with_people

# -- conf.py ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Settings:
    """Values of ``conf.py``; the default stands for one that is absent or computed."""

    bibtex_bibfiles: tuple[str, ...] = ("refs.bib",)
    bibtex_encoding: str = "utf-8"
    bibfolio_profile: str = "profile.toml"
    bibfolio_files: str = "files"
    suppress_warnings: tuple[str, ...] = ()
    bibfolio_mode: str = "auto"
    extensions: tuple[str, ...] = ()
    html_baseurl: str = ""
    html_extra_path: tuple[str, ...] = ()
    html_theme: str = ""
    source_encoding: str = "utf-8-sig"
    include_patterns: tuple[str, ...] = ("**",)
    exclude_patterns: tuple[str, ...] = ("README.md", "venv", "env")
    #: What is wrong in ``conf.py``.
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def is_site(self) -> bool:
        """Whether this is a scholar's site, as far as that can be read."""
        is_guest = self.html_theme != "bibfolio" and "sphinxcontrib.bibtex" in self.extensions
        modes = {"site"} if is_guest else {"site", "auto"}
        return "bibfolio" in self.extensions and self.bibfolio_mode in modes

    def told(self, problems: Iterable[Problem]) -> list[Problem]:
        """Leave out the *problems* of which ``suppress_warnings`` wants to hear nothing."""
        silent = set(self.suppress_warnings)
        if silent & {"bibfolio", "bibfolio.*"}:
            return []
        return [problem for problem in problems if f"bibfolio.{problem.kind.subtype}" not in silent]


def read_settings(folder: Path) -> Settings:
    """Read the ``conf.py`` in *folder*, if there is one; it is not run."""
    path, wrong = folder / "conf.py", list[Problem]()
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError as error:
        message = f"{error.msg}; correct this line, or the one above it"
        place = (error.lineno or 1, error.offset or 0)
        return Settings(problems=(Problem(WarningKind.CONF, message, *place, str(path)),))
    except (OSError, ValueError, RecursionError, MemoryError):
        return Settings()
    types = {item.name: type(item.default) for item in fields(Settings) if item.compare}
    found: dict[str, Any] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=expression):
                try:
                    value = ast.literal_eval(expression)
                except (ValueError, TypeError, RecursionError, MemoryError):  # it is computed
                    if name == "html_baseurl":  # there is one, whatever it is
                        found[name] = ast.unparse(expression)
                    continue
                if message := _mistake(name, value, types):
                    wrong.append(Problem(WarningKind.CONF, message, node.lineno, 1, str(path)))
                value = tuple(map(str, value)) if isinstance(value, list) else value
                if isinstance(value, types.get(name, ())):
                    found[name] = value
    return Settings(**found, problems=tuple(wrong))


def _mistake(name: str, value: object, types: Mapping[str, type]) -> str:
    """Return what is wrong with a value of ``conf.py``, or an empty string."""
    if name in types:
        is_text = types[name] is tuple and isinstance(value, str)
        return f"{name}: must be a list, not a text; write [{value!r}]" * is_text
    known = [*types, "bibfolio_lint", "bibfolio_paper_pages", "bibfolio_today"]
    near = "" if name in known else nearest(name, known, 0.9)
    return f"{name}: nothing reads this value; did you mean {near}?" if near else ""


# -- the sources ------------------------------------------------------------------------------


def examine(
    files: Sequence[Path], root: Path, settings: Settings
) -> tuple[dict[str, Bibliography], list[Problem]]:
    """Read bibliographies, the profile if there is one, and the pages of a site.

    Args:
        files: the bibliographies.
        root: the folder of ``conf.py``, from which entries name files.
        settings: what is said there.

    Returns:
        What was read from each file, by its name, and everything that is wrong.
    """
    profile = root / settings.bibfolio_profile
    person, texts, told, problems = Profile(), None, list[Problem](), [*settings.problems]
    folder = Folder(root, settings.bibfolio_files)
    if profile_files(profile):
        try:
            texts = read_files(profile)
            person = profile_of(texts)
        except ProfileError as error:
            told = error.problems
        else:
            if message := smaller(root / person.portrait, PORTRAIT)[1]:
                place = str(root / person.portrait)
                problems.append(Problem(WarningKind.PICTURE, message, file=place))
    names = {str(path): path for path in files}
    read = read_bibliographies(names, person.names, folder, settings.bibtex_encoding)
    is_whole = {root / name for name in settings.bibtex_bibfiles} <= {*files}
    if texts:
        papers = [paper for one in read.values() for paper in one.papers]
        papers = with_people(papers, person.acquaintances)
        drafts = [draft.key for one in read.values() for draft in one.drafts]
        told += profile_problems(person, texts, folder, papers if is_whole else None, drafts)
    problems += [replace(one, file=str(profile.parent / one.file)) for one in told]
    problems += lint_bibliography(read, person, folder, str(profile))
    if settings.is_site and is_whole:
        problems += lint_pages(root, settings, read)
    return read, problems


# -- what a site leaves out ---------------------------------------------------------------------

#: What may be as the owner wants it: it is told, and the command succeeds.
MINOR = frozenset({WarningKind.NO_ADDRESS, WarningKind.ADDRESS, WarningKind.OWN_FILE})
#: Files about the whole of a site.
_SITE_FILES = {
    *("404.html", "robots.txt", "sitemap.xml", "llms.txt", "feed.xml", "feed.json", "news.atom"),
    *(f"publications.{suffix}" for suffix, _type in EXPORT_FORMATS.values()),
    *(path for path, _type in CV_FILES.values()),
}
#: Extensions that write one of them.
_WRITERS = {"sphinx_sitemap": "sitemap.xml", "sphinx_llms_txt": "llms.txt"}


def left_out(root: Path, settings: Settings) -> list[Problem]:
    """Return what a site in *root* does not write, because it cannot or somebody else does."""
    if not settings.is_site:
        return []
    conf, found = str(root / "conf.py"), []
    address = settings.html_baseurl or hosted_at()
    with suppress(ProfileError, OSError):  # which is told elsewhere, or there is no profile
        address = address or read_profile(root / settings.bibfolio_profile).links.website
    if message := misfit(settings.html_baseurl):
        found.append(Problem(WarningKind.ADDRESS, message, 0, file=conf))
    if not address:
        found.append(Problem(WarningKind.NO_ADDRESS, NO_ADDRESS, 0, file=conf))
    others = {path: name for name, path in _WRITERS.items() if name in settings.extensions}
    for place in (root / name for name in settings.html_extra_path):
        top = place if place.is_dir() else place.parent
        for file in filter(Path.is_file, (place, *place.rglob("*"))):
            path = file.relative_to(top).as_posix()
            is_twin = path.endswith(".md") and (root / path).is_file()
            if path in _SITE_FILES or is_twin or path.startswith("cards/"):
                others[path] = "html_extra_path"
    for path, who in sorted(others.items()):
        message = f"{path} is from {who} and takes the place of the one that bibfolio makes"
        found.append(Problem(WarningKind.OWN_FILE, message, 0, file=conf))
    return found


# -- forms ------------------------------------------------------------------------------------


def as_text(problems: Sequence[Problem]) -> str:
    """``file:line:column: kind: message``, a line for each.

    Column 1 if it is not known, and the file alone without a line.
    """

    def place(p: Problem) -> str:
        return f"{p.file}:{p.line}:{p.column or 1}" if p.line else p.file

    return "".join(visible(f"{place(p)}: {p.kind.subtype}: {p.message}") + "\n" for p in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """Return a JSON list of objects; a line or column 0 is not known."""
    objects = [
        {
            "file": p.file,
            "line": p.line,
            "column": p.column,
            "kind": p.kind.subtype,
            "message": p.message,
        }
        for p in problems
    ]
    return json.dumps(objects, indent=2) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub Actions shows at the line (its toolkit: ``command.ts``)."""
    text = ""
    for p in problems:
        file = visible(p.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        line, column = f",line={p.line}" * bool(p.line), f",col={p.column}" * bool(p.column)
        message = visible(p.message).replace("%", "%25")
        text += f"::warning file={file}{line}{column},title={p.kind.subtype}::{message}\n"
    return text


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def visible(text: str) -> str:
    """*text* without anything that a terminal obeys or that reorders what is read; tabs stay."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join(
        char.encode("unicode_escape").decode()
        if unicodedata.category(char) in hidden and char != "\t"
        else char
        for char in text
    )


def explain(kind: WarningKind) -> str:
    """Return what a kind of problem means, who tells of it and how to silence it."""
    text = f"{kind.subtype}: {kind.meaning}\n"
    if kind in STYLE_KINDS:
        text += 'Told by check; with bibfolio_lint = "build" in conf.py, by builds as well.\n'
    silent = f'suppress_warnings = ["bibfolio.{kind.subtype}"]'
    return text + f"To silence it, write {silent} in conf.py.\n" * ("stops the build" not in text)


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
    # str.splitlines would also split at characters that end no line in a .bib file.
    old, new = (one.removesuffix("\n").split("\n") for one in (text, mended))
    name = str(path)
    diff = "\n".join(difflib.unified_diff(old, new, name, name, lineterm=""))
    if mended == text or not is_wanted(diff):
        return ""
    mark = data[: len(data) - len(text.encode())]
    return replace_file(path, data, mark + mended.encode())


def replace_file(path: Path, before: bytes, after: bytes) -> str:
    """Replace what the file at *path* holds, as a whole or not at all; it keeps its mode.

    A link stays one: the file that it leads to is replaced.

    Returns:
        Why it was not, and is as it was; mostly nothing.
    """
    try:
        if path.read_bytes() != before:
            return f"{path} was changed in the meantime and stays as it is"
        if not path.stat().st_mode & stat.S_IWUSR:  # replacing a file does not ask for that
            return f"{path} is read-only and stays as it is"
        target = path.resolve()
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_bytes(after)
            shutil.copymode(target, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        return f"{path} cannot be written and stays as it is: {error.strerror}"
    return ""


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio check``."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="default: those of conf.py")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--fix", action="store_true", help="mend what is mechanical; asks first")
    parser.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    parser.add_argument("--explain", metavar="KIND", help="say what a kind of problem means")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Check, and mend if asked to."""
    if options.yes and not options.fix:
        options.error("--yes goes with --fix")
    if options.explain:
        kinds = {kind.subtype: kind for kind in WarningKind}
        name = options.explain.removeprefix("bibfolio.")
        near = nearest(name, kinds, 0)
        if near != name:
            options.error(f"there is no kind {name}; did you mean {near}?")
        sys.stdout.write(explain(kinds[name]))
        return 0
    root = Path(options.files[0]).parent if options.files else Path()
    settings = read_settings(root)
    files = [Path(name) for name in options.files or settings.bibtex_bibfiles]
    if options.fix:
        stream = sys.stdout if options.format == "text" else sys.stderr
        for path in files:
            if refusal := fix(path, partial(_is_wanted, options.yes, stream)):
                sys.stderr.write(f"{refusal}\n")
    problems = examine(files, root, settings)[1]
    problems += left_out(root, settings)
    problems = settings.told(problems)
    if problems or options.format == "json":
        sys.stdout.write(FORMATS[options.format](problems))
    return 1 if {problem.kind for problem in problems} - MINOR else 0


def _is_wanted(is_sure: bool, stream: TextIO, diff: str) -> bool:
    """Show a diff and, unless the answer is known, ask whether to write it."""
    lines = [visible(line.removesuffix("\r")) for line in diff.split("\n")]
    stream.write("\n".join([*lines, ""]))
    if is_sure:
        return True
    stream.write("Write this? [y/N]\n")
    stream.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
