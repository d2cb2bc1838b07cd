"""The health of a built site: what is published is read as its visitors read it, and judged.

It is no part of the build: ``bibfolio doctor`` examines what lies in ``_build/site``. ``site``
reads pages and addresses, ``links`` and ``pages`` say what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bibfolio.doctor import links, pages
from bibfolio.doctor.site import BuiltSite, Place
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.bibliography import Bibliography


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
) -> list[Section]:
    """Examine a built site.

    Args:
        site: what was built.
        read: the bibliographies it was built from, by the names of their files.
        problems: what is wrong with them.
        answers: what other hosts say (:func:`links.ask_hosts`); None if nobody was asked.

    Returns:
        What was looked at, in the order of the report.
    """
    return [*_sources(site, read, problems), *_pages(site), _elsewhere(site, answers)]


def places_of_papers(read: Mapping[str, Bibliography]) -> dict[str, Place]:
    """Return where the entry of each paper is, by the name of the paper's page."""
    return {
        paper.page: Place(Path(file).as_posix(), paper.line)
        for file, result in read.items()
        for paper in result.papers
    }


def _sources(
    site: BuiltSite, read: Mapping[str, Bibliography], problems: Sequence[Problem]
) -> Iterator[Section]:
    papers = [paper for result in read.values() for paper in result.papers]
    hidden = sum(len(result.drafts) for result in read.values())
    scope = counted(len(papers) + hidden, "entry", "entries")
    yield Section("Bibliography", scope + (f", {hidden} hidden" if hidden else ""), problems)
    unready = list(pages.unready_papers(site, papers))
    good = "ready" if papers else "nothing to list"
    if papers and not site.has_address:
        good = "no tags to judge, as conf.py sets no html_baseurl"
    yield Section("Google Scholar", counted(len(papers), "paper"), unready, good)


def _pages(site: BuiltSite) -> Iterator[Section]:
    references = links.references_in(site)
    dead = list(links.dead_links(site, references))
    missing = [problem for problem in dead if problem.kind is WarningKind.MISSING_PICTURE]
    broken = [problem for problem in dead if problem.kind is not WarningKind.MISSING_PICTURE]
    addresses = counted(len(references), "address", "addresses")
    scope = f"{addresses} in {counted(len(site.pages), 'page')}"
    yield Section("Links", scope, broken, "none inside the site is dead")
    pictures = counted(len({(r.file, r.address) for r in references if r.is_picture}), "picture")
    scope = f"{pictures}, {counted(len(pages.indexed_pages(site)), 'page')} to describe"
    missing += pages.undescribed_pages(site)
    yield Section("Pictures, descriptions", scope, missing, "none is missing")
    costs = pages.weigh(site)
    most = max((sum(cost.values()) for cost in costs.values()), default=0) / 1000
    scope = f"{pages.MOST_BYTES / 1000} KB and {pages.MOST_REQUESTS} requests at most, with gzip"
    good = f"every page keeps to it, the heaviest with {most:.1f} KB"
    yield Section("First visit", scope, list(pages.heavy_pages(site, costs)), good)


def _elsewhere(site: BuiltSite, answers: Sequence[Mapping[str, Any]] | None) -> Section:
    if answers is None:
        return Section("Elsewhere", "other hosts", good="not asked; --online does")
    # What the site says of itself may not be published yet.
    others = [answer for answer in answers if not answer["uri"].startswith(site.base)]
    dead = list(links.dead_elsewhere(site, others))
    return Section("Elsewhere", counted(len(others), "address", "addresses"), dead, "none is dead")


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 page`` or ``2 pages``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
