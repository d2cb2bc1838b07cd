"""Begin a site: a folder of small files, complete and ready to build."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path

from bibfolio import __version__
from bibfolio.sources.profile_toml import SCHEMA


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio new``."""
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--name", help="whose site it is")
    parser.add_argument("--institution", help="where that person works")
    parser.add_argument("--yes", action="store_true", help="ask nothing")


def run(options: argparse.Namespace) -> int:
    """Write the files, unless one of them is there already: then none is written."""
    may_ask = sys.stdin is not None and sys.stdin.isatty() and not options.yes
    name = _value(options.name, "Your Name", may_ask)
    institution = _value(options.institution, "Your Institution", may_ask)
    site = {options.folder / path: text for path, text in render(name, institution).items()}
    present = [str(path) for path in site if path.exists() or path.is_symlink()]
    if present:
        sys.stderr.write(f"Nothing was written, as these are there: {', '.join(present)}\n")
        return 1
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for path, text in site.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    folder = shlex.quote(str(options.folder))
    sys.stdout.write(
        f"A site is in {options.folder}. To build it, run\n  bibfolio build {folder}\n"
        "The person is in profile.toml, the papers are in refs.bib, and README.md says the rest.\n"
    )
    return 0


def _value(given: str | None, default: str, may_ask: bool) -> str:
    """Return the value *given*, the answer to a question or a *default*, in one printable line."""
    if given is None and may_ask:
        sys.stdout.write(f"{default}? ")
        sys.stdout.flush()
        given = sys.stdin.readline()
    shown = "".join(char if char.isprintable() else " " for char in given or "")
    return " ".join(shown.split()) or default


def render(name: str, institution: str) -> dict[str, str]:
    """Return the files of a new site: path → text."""
    values = {
        "name": name,
        "institution": institution,
        "version": __version__,
        "description": f"{name}, {institution}: publications and curriculum vitae.",
        "publications": f"Papers of {name}, newest first.",
        "cv": f"Curriculum vitae of {name}.",
    }
    template = files("bibfolio.commands") / "template"
    schema = {SCHEMA.name: SCHEMA.read_text(encoding="utf-8")}
    return schema | {
        item.name.removesuffix(".in"): _filled(item.read_text(encoding="utf-8"), values)
        for item in sorted(template.iterdir(), key=lambda item: item.name)
        # The end of the name keeps tools from taking a template for what it will become.
        if item.name.endswith(".in")
    }


#: Context → what a value has to look like there. A string of TOML and a double-quoted one of YAML
#: are written as in JSON, and nothing that cannot be printed is left.
_ESCAPES: dict[str, Callable[[str], str]] = {
    "toml": partial(json.dumps, ensure_ascii=False),
    "yaml": partial(json.dumps, ensure_ascii=False),
    "markdown": partial(re.sub, r"([!-/:-@\[-`{-~])", r"\\\1"),
    "text": str,
}


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Put *values* in place of ``{{NAME:CONTEXT}}``."""
    return re.sub(
        r"\{\{(\w+):(\w+)\}\}", lambda found: _ESCAPES[found[2]](values[found[1]]), template
    )
