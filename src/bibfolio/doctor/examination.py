"""A built site and its sources → the sections of the report, in the order of the page."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bibfolio.commands.check import examine
from bibfolio.doctor import describing, elsewhere, links, scholar, weight
from bibfolio.doctor.online import State, ask_all
from bibfolio.doctor.origin import Place, Sources
from bibfolio.doctor.references import Reference
from bibfolio.doctor.report import Section, counted, table
from bibfolio.doctor.site import BuiltSite
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bibliography import Bibliography
from bibfolio.sources.conf import Settings


def sections(
    site: BuiltSite, root: Path, settings: Settings, is_online: bool = False
) -> list[Section]:
    """Examine *site*, which was built from the sources in *root* with these *settings*.

    Args:
        site: what was built.
        root: the folder of ``conf.py``.
        settings: what that says.
        is_online: whether to ask for addresses on other hosts.
    """
    files = [root / name for name in settings.bibtex_bibfiles]
    profile = root / settings.bibfolio_profile
    read, bibliography = examine(files, profile, root, settings.bibfolio_files)
    general = [settings.bibfolio_profile, *settings.bibtex_bibfiles, "conf.py"]
    sources = Sources(root, site, _entries(read), general)
    found = links.find(site, sources)
    where = elsewhere.leaving(site, found.references)
    made = [
        _bibliography(read, bibliography),
        _scholar(site, sources, read),
        _links(site, found),
        _pictures(site, sources, found),
        _weight(site, sources),
        _asked(sources, where) if is_online else _unasked(where),
    ]
    return [_told(section, settings) for section in made]


def _entries(read: Mapping[str, Bibliography]) -> dict[str, Place]:
    """The name of each paper's page → its entry."""
    return {
        paper.page: Place(Path(file).as_posix(), paper.line)
        for file, result in read.items()
        for paper in result.papers
    }


def _told(section: Section, settings: Settings) -> Section:
    """*section* without what ``conf.py`` passes over."""
    told = tuple(p for p in section.problems if not settings.passes_over(p.kind))
    return Section(section.title, section.scope, told, section.good, section.figures)


def _bibliography(read: Mapping[str, Bibliography], problems: Sequence[Problem]) -> Section:
    hidden = sum(len(result.drafts) for result in read.values())
    entries = sum(len(result.papers) for result in read.values()) + hidden
    scope = counted(entries, "entry", "entries") + (f", {hidden} hidden" if hidden else "")
    return Section("Bibliography", scope, tuple(problems))


def _scholar(site: BuiltSite, sources: Sources, read: Mapping[str, Bibliography]) -> Section:
    papers = [paper for result in read.values() for paper in result.papers]
    problems = tuple(scholar.unready(site, sources, papers))
    scope = counted(len(papers), "paper", "papers")
    return Section("Google Scholar", scope, problems, "ready" if papers else "nothing to list")


def _links(site: BuiltSite, found: links.Links) -> Section:
    files = len({r.file for r in found.references} - site.pages.keys())
    pages = counted(len(site.pages), "page", "pages")
    others = counted(files, "other file", "other files")
    number = counted(len(found.references), "address", "addresses")
    scope = f"{number} in {pages} and {others}"
    problems = tuple(p for p in found.problems if p.kind is not WarningKind.MISSING_PICTURE)
    return Section("Links", scope, problems, "none inside the site is dead")


def _pictures(site: BuiltSite, sources: Sources, found: links.Links) -> Section:
    pages = counted(len(describing.described(site)), "page", "pages")
    number = len({(r.file, r.address) for r in found.references if r.is_picture})
    scope = f"{counted(number, 'picture', 'pictures')}, {pages} to describe"
    missing = [p for p in found.problems if p.kind is WarningKind.MISSING_PICTURE]
    problems = (*missing, *describing.undescribed(site, sources))
    return Section("Pictures, descriptions", scope, problems, "none is missing")


def _weight(site: BuiltSite, sources: Sources) -> Section:
    costs = weight.Scales(site).costs
    rows = [
        [row.kind, counted(row.pages, "page", "pages"), _kb(row.bytes), str(row.requests)]
        for row in weight.heaviest(costs)
    ]
    scope = f"{_kb(weight.MOST_BYTES)} KB and {weight.MOST_REQUESTS} requests at most, with gzip"
    figures = table([["the heaviest", "of", "KB", "requests"], *rows])
    problems = tuple(weight.too_heavy(site, sources, costs))
    return Section("First visit", scope, problems, "every page keeps to it", figures)


def _kb(number: int) -> str:
    return f"{number / 1000:.1f}"


def _unasked(where: Mapping[str, list[Reference]]) -> Section:
    scope = counted(len(where), "address", "addresses")
    return Section("Elsewhere", scope, good="not asked for; --online does")


def _asked(sources: Sources, where: Mapping[str, list[Reference]]) -> Section:
    scope = counted(len(where), "address", "addresses")
    sys.stderr.write(f"Asking for {scope} on other hosts; that takes up to five minutes.\n")
    answers = ask_all(where)
    fine = sum(answer.state is State.FINE for answer in answers.values())
    problems = tuple(elsewhere.gone(sources, where, answers))
    answering = counted(fine, "of them answers", "of them answer")
    return Section("Elsewhere", f"{scope}, {answering}", problems, "none is dead")
