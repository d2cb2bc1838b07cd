"""Writes a new site: a folder of small files, complete and ready to build."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bibfolio.model.strings import without_empty
from bibfolio.project.requirements import requirement
from bibfolio.sources.identifiers import orcid_error, url_advice
from bibfolio.sources.links import web_url
from bibfolio.sources.profile_toml import SCHEMA

#: The files of a new site, each with ``.in`` behind its name.
TEMPLATE = Path(__file__).parent / "template"


def _address_error(text: str) -> str:
    """Return what is wrong with the address of a site, or ""."""
    if not web_url(text):
        is_bare = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text)
        return f"is no address; {f'write https://{text}' if is_bare else url_advice(text)}"
    return "has a ? or #; write the address of the home page" * bool(re.search(r"[?#]", text))


@dataclass(frozen=True)
class _Question:
    """A question, which is also an option."""

    option: str
    text: str
    default: str = ""
    #: Answer → what is wrong with it, or "".
    error: Callable[[str], str] = lambda _answer: ""
    #: What people paste in front of an answer.
    prefix: str = ""


_QUESTIONS = (
    _Question("name", "Your name", "Your Name"),
    _Question("institution", "Where you work", "Your Institution"),
    _Question("orcid", "Your ORCID iD, if any", "", orcid_error, "https://orcid.org/"),
    _Question("url", "Address of the site, if known", "", _address_error),
)
#: Asked only if servers cannot install the package from where it came.
_PACKAGE = _Question("package", "What pip installs this bibfolio from, for servers, if known")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio new``."""
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, default=Path(), help="default: this one"
    )
    parser.add_argument("--name", help="whose site it is")
    parser.add_argument("--institution", help="where that person works")
    parser.add_argument("--orcid", metavar="ID", help="ORCID iD of that person")
    parser.add_argument("--url", metavar="ADDRESS", help="where the site will be, if known")
    parser.add_argument(
        "--package",
        metavar="REQUIREMENT",
        help="what servers install; default: the release or commit that is installed here",
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Write the files; if one of them exists already, write none."""
    may_ask = sys.stdin is not None and sys.stdin.isatty() and not options.yes
    answers = {question.option: _answer(question, options, may_ask) for question in _QUESTIONS}
    package = requirement() if options.package is None else ""
    package = package or _answer(_PACKAGE, options, may_ask)
    folder: Path = options.folder
    site = {folder / path: text for path, text in render(**answers, package=package).items()}
    present = [str(path) for path in site if path.exists() or path.is_symlink()]
    if present:
        sys.stderr.write(f"Nothing was written, as these are there: {', '.join(present)}\n")
        return 1
    try:
        for path, text in site.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    is_here = folder == Path()
    sys.stdout.write(
        f"A site is in {'this folder' if is_here else folder}. To build it, run\n"
        f"  bibfolio build{'' if is_here else ' ' + shlex.quote(str(folder))}\n"
        "The person is in profile.toml, the papers are in refs.bib, and README.md says the rest.\n"
    )
    if not package:
        sys.stdout.write(
            "This bibfolio came from a folder or file: say in requirements.txt where servers find"
            " it,\nor Read the Docs and GitHub cannot build the site.\n"
        )
    return 0


def _answer(question: _Question, options: argparse.Namespace, may_ask: bool) -> str:
    """Return the option, or the answer to the question, or its default, in one printable line.

    A wrong option ends the command; after a wrong answer, the question is asked again.
    """
    given: str | None = getattr(options, question.option)
    while given is not None or may_ask:
        text = given
        if text is None:
            sys.stdout.write(f"{question.text}: ")
            sys.stdout.flush()
            text = sys.stdin.readline()
        shown = "".join(char if char.isprintable() else " " for char in text)
        answer = " ".join(shown.split()).removeprefix(question.prefix)
        message = question.error(answer) if answer else ""
        if not message:
            return answer or question.default
        if given is not None:
            options.error(f"--{question.option}: {answer} {message}")
        sys.stdout.write(f"{answer} {message}\n")
    return question.default


def render(
    name: str, institution: str, orcid: str = "", url: str = "", package: str = ""
) -> dict[str, str]:
    """Return the files of a new site: path → text."""
    values = {
        "name": name,
        "institution": institution,
        "requirement": package or "# bibfolio @ git+https://github.com/OWNER/REPOSITORY@COMMIT",
        "description": f"{name}, {institution}: publications and curriculum vitae.",
        "cv": f"Curriculum vitae of {name}.",
        "publications": f"Papers of {name}, newest first.",
    }
    # The suffix keeps tools from taking a template for the file that it becomes; files without it
    # are copied.
    site = {SCHEMA.name: SCHEMA.read_text(encoding="utf-8")}
    for path in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        text, place = path.read_text(encoding="utf-8"), path.relative_to(TEMPLATE).as_posix()
        is_filled = path.suffix == ".in"
        site[place.removesuffix(".in")] = _filled(text, values) if is_filled else text
    links = without_empty({"website": url, "orcid": orcid})
    return site | {"profile.toml": _with_links(site["profile.toml"], links)}


def _with_links(profile: str, links: Mapping[str, str]) -> str:
    """Put *links* into the table ``[links]``, in place of the examples in comments."""
    if not links:
        return profile
    before, head, rest = re.split(r"(?m)^(?:# *)?(\[links\]\n)", profile, maxsplit=1)
    examples, blank, after = rest.partition("\n\n")
    for key in links:
        examples = re.sub(rf"(?m)^# *{key} *=.*\n?", "", examples, count=1)
    lines = "".join(f"{key:<7} = {_ESCAPES['toml'](value)}\n" for key, value in links.items())
    return before + head + lines + examples + blank + after


#: Context → function that escapes a value there. Strings of TOML and double-quoted ones of YAML are
#: written as in JSON.
_ESCAPES: dict[str, Callable[[str], str]] = {
    "toml": partial(json.dumps, ensure_ascii=False),
    "yaml": partial(json.dumps, ensure_ascii=False),
    "markdown": partial(re.sub, r"([!-/:-@\[-`{-~])", r"\\\1"),
    "text": str,
}


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Replace ``{{NAME:CONTEXT}}`` by *values*."""
    return re.sub(
        r"\{\{(\w+):(\w+)\}\}", lambda found: _ESCAPES[found[2]](values[found[1]]), template
    )
