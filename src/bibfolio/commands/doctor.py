"""Shows the problems of the built site, with file, line and what to do."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bibfolio.doctor import BuiltSite, Place, links, pages, pdfs
from bibfolio.model import Paper
from bibfolio.model.strings import number_of
from bibfolio.problems import STYLE_KINDS, Problem, WarningKind
from bibfolio.project.examine import examine, left_out
from bibfolio.project.findings import FORMATS, as_text, visible
from bibfolio.project.report import report
from bibfolio.project.requirements import REQUIREMENTS
from bibfolio.project.settings import read_settings
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.profile_toml import SCHEMA
from bibfolio.version import __version__

#: Problems that do not break the site: what is not certain, or could be better.
MINOR = STYLE_KINDS | {
    WarningKind[name]
    for name in "SCHOLAR_TEXT UNLISTED OLD UNSURE_LINK REQUIREMENTS PDF_ADVICE".split()
}
#: What is said of other hosts where nobody wanted them asked.
UNASKED = "not asked; --online asks them"
#: So many problems with the same message are shown one by one; those of PDFs have long ones.
FEW = 3
_TOGETHER = frozenset({WarningKind.PDF, WarningKind.PDF_ADVICE})
#: What differs in messages that say the same: the first word, which is the subject, and sizes.
_OWN = re.compile(r"^\S+ |[\d.]+ (?=bytes|files|KB|MB)")


@dataclass(frozen=True)
class Section:
    """A section of the report."""

    title: str
    #: What was examined, in a few words: ``15 pages``.
    scope: str
    problems: Sequence[Problem] = ()
    #: The text if there is no problem.
    good: str = "nothing wrong"


def examine_site(
    site: BuiltSite,
    read: Mapping[str, Bibliography],
    problems: Sequence[Problem],
    answers: Sequence[Mapping[str, Any]] | None = None,
    unasked: str = UNASKED,
) -> Iterator[Section]:
    """Examine a built site.

    Args:
        site: what was built.
        read: the bibliographies it was built from, by the names of their files.
        problems: the problems of the bibliographies.
        answers: those of other hosts (:func:`links.ask_hosts`); None if they were not asked.
        unasked: why not.

    Yields:
        Sections, in the order of the report.
    """
    papers = [paper for bibliography in read.values() for paper in bibliography.papers]
    hidden = sum(len(bibliography.drafts) for bibliography in read.values())
    scope = number_of(len(papers) + hidden, "entry", "entries")
    yield Section("Bibliography", scope + f", {hidden} hidden" * bool(hidden), problems)

    unready = list(pages.unready_papers(site, papers))
    good = "ready" if papers else "nothing to list"
    if papers and not site.has_address:
        good = "no tags to judge, as conf.py sets no html_baseurl"
    yield Section("Google Scholar", number_of(len(papers), "paper"), unready, good)

    references = links.references_in(site)
    dead = list(links.dead_links(site, references))
    of_pictures = {WarningKind.MISSING_PICTURE, WarningKind.WEIGHT}
    missing = [problem for problem in dead if problem.kind in of_pictures]
    broken = [problem for problem in dead if problem.kind not in of_pictures]
    addresses = number_of(len(references), "address", "addresses")
    scope = f"{addresses} in {number_of(len(site.pages), 'page')}"
    yield Section("Links", scope, broken, "none inside the site is dead")

    pictures = number_of(len({r.address for r in references if r.is_picture}), "picture")
    title, scope = "Pictures", pictures
    if not site.is_guest:
        title += ", descriptions"
        scope += f", {number_of(len(pages.indexed_pages(site)), 'page')} to describe"
        missing += pages.undescribed_pages(site)
    yield Section(title, scope, missing, "none is missing or too heavy")

    yield _pdfs(site, papers)

    unread, scope = list(pages.unread_pages(site)), number_of(len(site.pages), "page")
    yield Section("Programs", scope, unread, "every list is complete, and data can be read")

    if not site.is_guest:
        yield _first_visit(site)

    yield _elsewhere(site, answers, unasked)


def _first_visit(site: BuiltSite) -> Section:
    costs = pages.weigh(site)
    most = max((sum(cost.values()) for cost in costs.values()), default=0) / 1000
    scope = f"{pages.MOST_BYTES / 1000} KB and {pages.MOST_REQUESTS} requests at most, with gzip"
    good = f"every page keeps to it, the heaviest with {most:.1f} KB"
    return Section("First visit", scope, list(pages.heavy_pages(site, costs)), good)


def _pdfs(site: BuiltSite, papers: Sequence[Paper]) -> Section:
    files = pdfs.served_pdfs(site)
    facts = dict(zip(files, pdfs.examined(site.folder, files), strict=True))
    good = "all can be read by everybody" if files else "none to read"
    poor = list(pdfs.poor_pdfs(site, papers, facts))
    return Section("PDFs", number_of(len(files), "file"), poor, good)


def _elsewhere(
    site: BuiltSite, answers: Sequence[Mapping[str, Any]] | None, unasked: str
) -> Section:
    if answers is None:
        return Section("Elsewhere", "other hosts", good=unasked)
    # The new version of this site may not be published yet.
    others = [answer for answer in answers if not answer["uri"].startswith(site.base)]
    gone = list(links.dead_elsewhere(site, others))
    scope = number_of(len(others), "address", "addresses")
    return Section("Elsewhere", scope, gone, "none is dead")


def old_files(source: Path) -> Iterator[Problem]:
    """Yield files in the folder of a site that are for another version than the installed one."""
    requirements, own = source / REQUIREMENTS, source / SCHEMA.name
    text = requirements.read_text("utf-8", "replace") if requirements.is_file() else ""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"bibfolio\s*(?:\[[^]]*\])?\s*==\s*([\w.!+]+)", line)
        if found and found[1] != __version__:
            message = (
                f"servers build with bibfolio {found[1]}, and {__version__} is installed here;"
                f" write {__version__}, or run `pip install -r requirements.txt`"
            )
            yield Problem(WarningKind.OLD, message, number, file=str(requirements))
    # Words alone, as git may have changed the ends of lines.
    if own.is_file() and own.read_bytes().split() != SCHEMA.read_bytes().split():
        message = f"is not that of bibfolio {__version__}; put a copy of {SCHEMA} in its place"
        yield Problem(WarningKind.OLD, message, 0, file=str(own))


def is_broken(problems: Sequence[Problem]) -> bool:
    """Return whether a problem makes the command fail."""
    return any(problem.kind not in MINOR for problem in problems)


def page(title: str, sections: Sequence[Section]) -> str:
    """Return the whole report: a line for each section, the problems, and a verdict."""
    width = max(len(section.title) for section in sections)
    text = f"{title}\n\n"
    for section in sections:
        found = number_of(len(section.problems), "finding") if section.problems else section.good
        text += f"{section.title:<{width}}   {section.scope}; {found}\n"
    problems = [problem for section in sections for problem in section.problems]
    text += f"\n{findings(problems)}"
    minor = sum(problem.kind in MINOR for problem in problems)
    broken = len(problems) - minor
    verdict = number_of(broken, "thing is broken", "things are broken") if broken else "Healthy"
    verdict += f", {number_of(minor, 'thing to look at', 'things to look at')}" * bool(minor)
    return f"{text.rstrip()}\n\n{verdict}.\n"


def findings(problems: Sequence[Problem]) -> str:
    """Return a line for each problem, the worst first; many of the same message are two lines."""
    alike: dict[tuple[WarningKind, str], list[Problem]] = {}
    for problem in sorted(problems, key=_severity):
        alike.setdefault((problem.kind, _OWN.sub("", problem.message)), []).append(problem)
    text = ""
    for same in alike.values():
        is_long = len(same) > (1 if same[0].kind in _TOGETHER else FEW)
        text += as_text(same[:1] if is_long else same)
        places = (p.file + f":{p.line}" * bool(p.line) for p in same[1 : FEW + 1])
        more = ", ".join(places) + ", …" * (len(same) > FEW + 1)
        text += f"  and {len(same) - 1} more: {visible(more)}\n" * is_long
    return text


def _severity(problem: Problem) -> tuple[bool, bool, int]:
    kind = problem.kind
    return kind in MINOR, kind in STYLE_KINDS, list(WarningKind).index(kind)


# -- command ----------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``bibfolio doctor``."""
    parser.add_argument(
        "site",
        metavar="SITE",
        nargs="?",
        type=Path,
        help="the built site, or the folder of conf.py; default: _build/site",
    )
    parser.add_argument(
        "--source", type=Path, default=Path(), help="folder of conf.py; default: this folder"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="json and github are for programs"
    )
    parser.add_argument(
        "--online", action="store_true", help="look for dead links to other hosts as well"
    )
    parser.add_argument(
        "--report", action="store_true", help="print versions and kinds of findings, for an issue"
    )


def run(options: argparse.Namespace) -> int:
    """Examine the site and print the report."""
    source: Path = options.source
    # As check and build, it takes the folder of a project as well.
    if options.site and (options.site / "conf.py").is_file():
        source, options.site = options.site, None
    settings = read_settings(source)
    files = [source / name for name in settings.bibtex_bibfiles]
    if options.report:
        problems = [*examine(files, source, settings)[1], *left_out(source, settings)]
        sys.stdout.write(report(settings, problems))
        return 0
    folder: Path = options.site or source / "_build" / "site"
    if not (folder / "index.html").is_file():
        sys.stderr.write(f"There is no site in {folder}; run `bibfolio build` first.\n")
        return 2
    read, wrong = examine(files, source, settings)
    papers = {
        paper.page: Place(Path(file).as_posix(), paper.line)
        for file, bibliography in read.items()
        for paper in bibliography.papers
    }
    is_guest = "bibfolio" in settings.extensions and not settings.is_site
    site = BuiltSite(folder, source, papers, settings.bibfolio_files, is_guest)
    answers, unasked = None, UNASKED
    if options.online:
        sys.stderr.write("Asking other hosts; that takes up to ten minutes.\n")
        try:
            answers = links.ask_hosts(source)
        except RuntimeError as error:
            sys.stderr.write(f"Other hosts could not be asked: {error}\n")
            unasked = f"could not be asked: {error}"
    *examined, elsewhere = examine_site(site, read, wrong, answers, unasked)
    old = Section("Version", f"bibfolio {__version__}", list(old_files(source)), "nothing is old")
    sections = [
        replace(section, problems=settings.without_silenced(section.problems))
        for section in (*examined, old, elsewhere)
    ]
    problems = [problem for section in sections for problem in section.problems]
    if options.format == "text":
        name = site.base if site.has_address else str(folder)
        sys.stdout.write(page(f"The health of {name}", sections))
    else:
        sys.stdout.write(FORMATS[options.format](problems))
    return 1 if is_broken(problems) else 0
