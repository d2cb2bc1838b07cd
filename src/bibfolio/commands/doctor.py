"""Say what is wrong with the built site, with file, line and what to do."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Any

from bibfolio.commands.check import examine
from bibfolio.commands.formats import FORMATS, as_text
from bibfolio.commands.settings import read_settings
from bibfolio.doctor import Section, counted, examine_site, places_of_papers
from bibfolio.doctor.links import ask_hosts
from bibfolio.doctor.site import BuiltSite
from bibfolio.problems import Problem, WarningKind

#: What may be wrong without the site being broken: nobody can tell, or it could only be better.
MINOR = frozenset({WarningKind.SCHOLAR_TEXT, WarningKind.UNSURE_LINK})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio doctor``."""
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help="the built site; default: _build/site",
    )
    parser.add_argument(
        "--source", type=Path, default=Path(), help="folder of conf.py; default: the working folder"
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--online", action="store_true", help="ask for addresses on other hosts")


def run(options: argparse.Namespace) -> int:
    """Print the page."""
    source: Path = options.source
    folder: Path = options.folder or source / "_build" / "site"
    if not (folder / "index.html").is_file():
        sys.stderr.write(f"There is no site in {folder}; run `bibfolio build` first.\n")
        return 2
    settings = read_settings(source)
    files = [source / name for name in settings.bibtex_bibfiles]
    profile = source / settings.bibfolio_profile
    read, wrong = examine(files, profile, source, settings.bibfolio_files)
    papers = places_of_papers(read)
    site = BuiltSite(folder, source, papers, [*files, profile], settings.bibfolio_files)
    answers = _ask_hosts(source, settings.linkcheck_timeout) if options.online else None
    sections = [
        replace(section, problems=[p for p in section.problems if not settings.suppresses(p.kind)])
        for section in examine_site(site, read, wrong, answers)
    ]
    problems = [problem for section in sections for problem in section.problems]
    if options.format == "text":
        name = site.base if site.has_address else str(folder)
        sys.stdout.write(page(f"The health of {name}", sections))
    else:
        sys.stdout.write(FORMATS[options.format](problems))
    return 1 if is_broken(problems) else 0


def _ask_hosts(source: Path, timeout: int) -> list[dict[str, Any]] | None:
    sys.stderr.write("Asking other hosts; that takes up to ten minutes.\n")
    try:
        return ask_hosts(source, timeout)
    except RuntimeError as error:
        sys.stderr.write(f"Other hosts could not be asked: {error}.\n")
        return None


def is_broken(problems: Sequence[Problem]) -> bool:
    """Return whether something is wrong enough to fail."""
    return any(problem.kind not in MINOR for problem in problems)


def page(title: str, sections: Sequence[Section]) -> str:
    """Return the whole page: a line for each section, what is wrong below it, a verdict."""
    width = max(len(section.title) for section in sections)
    text = f"{title}\n\n"
    for section in sections:
        counts = Counter(problem.kind for problem in section.problems)
        kinds = sorted(counts, key=lambda kind: (kind in MINOR, -counts[kind], kind.subtype))
        found = ", ".join(f"{counts[kind]} {kind.subtype}" for kind in kinds) or section.good
        text += f"{section.title:<{width}}   {section.scope}; {found}\n"
        ordered = sorted(section.problems, key=lambda problem: kinds.index(problem.kind))
        text += indent(as_text(ordered), "  ") + "\n" * bool(ordered)
    return f"{text.rstrip()}\n\n{_verdict(sections)}\n"


def _verdict(sections: Sequence[Section]) -> str:
    problems = [problem for section in sections for problem in section.problems]
    minor = sum(problem.kind in MINOR for problem in problems)
    broken = len(problems) - minor
    words = [counted(broken, "thing is broken", "things are broken")] if broken else ["Healthy"]
    if minor:
        words.append(counted(minor, "thing to look at", "things to look at"))
    return ", ".join(words) + "."
