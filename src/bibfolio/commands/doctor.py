"""Say what is wrong with the built site, with file, line and what to do."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent
from typing import Any

from bibfolio.commands.check import FORMATS, as_text, examine, read_settings
from bibfolio.doctor import BuiltSite, Place, links, pages
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bibliography import Bibliography

#: What may be wrong without the site being broken: nobody can tell, or it could only be better.
MINOR = frozenset({WarningKind.SCHOLAR_TEXT, WarningKind.UNSURE_LINK})


@dataclass(frozen=True)
class Section:
    """One thing that was looked at."""

    title: str
    #: What was looked at, in a few words: ``15 pages``.
    scope: str
    problems: Sequence[Problem] = ()
    #: What is said if there is no problem.
    good: str = "nothing wrong"


def examine_site(
    site: BuiltSite,
    read: Mapping[str, Bibliography],
    problems: Sequence[Problem],
    answers: Sequence[Mapping[str, Any]] | None = None,
) -> Iterator[Section]:
    """Examine a built site.

    Args:
        site: what was built.
        read: the bibliographies it was built from, by the names of their files.
        problems: what is wrong with them.
        answers: what other hosts say (:func:`links.ask_hosts`); None if nobody was asked.

    Yields:
        What was looked at, in the order of the report.
    """
    papers = [paper for one in read.values() for paper in one.papers]
    hidden = sum(len(one.drafts) for one in read.values())
    scope = counted(len(papers) + hidden, "entry", "entries") + f", {hidden} hidden" * bool(hidden)
    yield Section("Bibliography", scope, problems)

    unready = list(pages.unready_papers(site, papers))
    good = "ready" if papers else "nothing to list"
    if papers and not site.has_address:
        good = "no tags to judge, as conf.py sets no html_baseurl"
    yield Section("Google Scholar", counted(len(papers), "paper"), unready, good)

    references = links.references_in(site)
    dead = list(links.dead_links(site, references))
    missing = [problem for problem in dead if problem.kind is WarningKind.MISSING_PICTURE]
    broken = [problem for problem in dead if problem.kind is not WarningKind.MISSING_PICTURE]
    addresses = counted(len(references), "address", "addresses")
    scope = f"{addresses} in {counted(len(site.pages), 'page')}"
    yield Section("Links", scope, broken, "none inside the site is dead")

    pictures = counted(len({r.address for r in references if r.is_picture}), "picture")
    scope = f"{pictures}, {counted(len(pages.indexed_pages(site)), 'page')} to describe"
    missing += pages.undescribed_pages(site)
    yield Section("Pictures, descriptions", scope, missing, "none is missing")

    costs = pages.weigh(site)
    most = max((sum(cost.values()) for cost in costs.values()), default=0) / 1000
    scope = f"{pages.MOST_BYTES / 1000} KB and {pages.MOST_REQUESTS} requests at most, with gzip"
    good = f"every page keeps to it, the heaviest with {most:.1f} KB"
    yield Section("First visit", scope, list(pages.heavy_pages(site, costs)), good)

    if answers is None:
        yield Section("Elsewhere", "other hosts", good="not asked; --online does")
        return
    # What the site says of itself may not be published yet.
    others = [answer for answer in answers if not answer["uri"].startswith(site.base)]
    gone = list(links.dead_elsewhere(site, others))
    yield Section("Elsewhere", counted(len(others), "address", "addresses"), gone, "none is dead")


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 page`` or ``2 pages``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def is_broken(problems: Sequence[Problem]) -> bool:
    """Return whether something is wrong enough to fail."""
    return any(problem.kind not in MINOR for problem in problems)


def page(title: str, sections: Sequence[Section]) -> str:
    """Return the whole page: a line for each section, what is wrong below it, a verdict."""
    width = max(len(section.title) for section in sections)
    text = f"{title}\n\n"
    total: Counter[WarningKind] = Counter()
    for section in sections:
        counts = Counter(problem.kind for problem in section.problems)
        total += counts
        kinds = sorted(counts, key=lambda kind: (kind in MINOR, -counts[kind], kind.subtype))
        found = ", ".join(f"{counts[kind]} {kind.subtype}" for kind in kinds) or section.good
        text += f"{section.title:<{width}}   {section.scope}; {found}\n"
        ordered = sorted(section.problems, key=lambda problem: kinds.index(problem.kind))
        text += indent(as_text(ordered), "  ") + "\n" * bool(ordered)
    minor = sum(total[kind] for kind in MINOR)
    broken = total.total() - minor
    verdict = counted(broken, "thing is broken", "things are broken") if broken else "Healthy"
    verdict += f", {counted(minor, 'thing to look at', 'things to look at')}" * bool(minor)
    return f"{text.rstrip()}\n\n{verdict}.\n"


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow ``bibfolio doctor``."""
    parser.add_argument(
        "site", metavar="SITE", nargs="?", type=Path, help="what was built; default: _build/site"
    )
    parser.add_argument(
        "--source", type=Path, default=Path(), help="folder of conf.py; default: the working folder"
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--online", action="store_true", help="ask for addresses on other hosts")


def run(options: argparse.Namespace) -> int:
    """Examine the site and print the report."""
    source: Path = options.source
    folder: Path = options.site or source / "_build" / "site"
    if not (folder / "index.html").is_file():
        sys.stderr.write(f"There is no site in {folder}; run `bibfolio build` first.\n")
        return 2
    settings = read_settings(source)
    files = [source / name for name in settings.bibtex_bibfiles]
    read, wrong = examine(files, source, settings)
    papers = {
        paper.page: Place(Path(file).as_posix(), paper.line)
        for file, one in read.items()
        for paper in one.papers
    }
    site = BuiltSite(folder, source, papers, settings.bibfolio_files)
    answers = None
    if options.online:
        sys.stderr.write("Asking other hosts; that takes up to ten minutes.\n")
        try:
            answers = links.ask_hosts(source)
        except RuntimeError as error:
            sys.stderr.write(f"Other hosts could not be asked: {error}.\n")
    sections = [
        replace(section, problems=settings.told(section.problems))
        for section in examine_site(site, read, wrong, answers)
    ]
    problems = [problem for section in sections for problem in section.problems]
    if options.format == "text":
        name = site.base if site.has_address else str(folder)
        sys.stdout.write(page(f"The health of {name}", sections))
    else:
        sys.stdout.write(FORMATS[options.format](problems))
    return 1 if is_broken(problems) else 0
