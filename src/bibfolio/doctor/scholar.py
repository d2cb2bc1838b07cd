"""Pages of papers, as built → what Google Scholar lacks to list them.

What it asks for is in https://scholar.google.com/intl/en/scholar/inclusion.html, "Indexing
guidelines": without title, authors and date it treats a page as if it had no tags at all, and
without full text or abstract the page is of no use to its readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bibfolio.doctor.origin import Place, Sources
from bibfolio.doctor.site import BuiltSite, Page
from bibfolio.model import Paper
from bibfolio.problems import Problem, WarningKind

#: Kind of paper → the tag that says where it appeared.
_APPEARED_IN = {
    "journal": "citation_journal_title",
    "conference": "citation_conference_title",
    "chapter": "citation_inbook_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}
_DATE = re.compile(r"\d{4}(/\d{1,2}(/\d{1,2})?)?")
#: Where the page of a paper says what the paper says.
_TEXTS = ".paper-page-summary, .paper-page-abstract"


def unready(site: BuiltSite, sources: Sources, papers: Sequence[Paper]) -> Iterator[Problem]:
    """What is wrong with the page of each of the *papers*, and with pages of no paper."""
    expected = {}
    for paper in papers:
        paths = [f"{paper.page}/index.html", f"{paper.page}.html"]
        page = next((site.pages[path] for path in paths if path in site.pages), None)
        place = sources.papers.get(paper.page) or Place("")
        if page is None:
            yield _problem(WarningKind.SCHOLAR, place, f"{paper.key}: it has no page")
            continue
        expected[page.path] = paper
        for kind, fault in _faults(page, paper.kind):
            yield _problem(kind, place, f"{paper.key}: its page {fault}")
    for path, page in site.pages.items():
        if path not in expected and page.metas("citation_title"):
            message = f"{page} says that it is a paper, but the bibliography shows none like it"
            yield _problem(WarningKind.SCHOLAR, sources.of(path), message)


def _faults(page: Page, paper_kind: str) -> Iterator[tuple[WarningKind, str]]:
    """Kind and ``has no …`` of everything that *page* lacks."""
    for name in ("citation_title", "citation_author"):
        if not any(page.metas(name)):
            yield WarningKind.SCHOLAR, f"has no {name}"
    if len(page.metas("citation_title")) > 1:
        yield WarningKind.SCHOLAR, "has more than one citation_title"
    dates = page.metas("citation_publication_date")
    if not any(dates):
        yield WarningKind.SCHOLAR, "has no citation_publication_date"
    elif wrong := next((date for date in dates if not _DATE.fullmatch(date)), None):
        form = "write YYYY, YYYY/MM or YYYY/MM/DD"
        yield WarningKind.SCHOLAR, f"has the citation_publication_date {wrong}; {form}"
    appeared_in = _APPEARED_IN.get(paper_kind)
    if appeared_in and not any(page.metas(appeared_in)):
        yield WarningKind.SCHOLAR, f"has no {appeared_in}"
    if page.is_hidden:
        yield WarningKind.SCHOLAR, "tells search engines to leave it out (robots: noindex)"
    has_text = any(tag.get_text(strip=True) for tag in page.soup.select(_TEXTS))
    if not has_text and not any(page.metas("citation_pdf_url")):
        advice = "write annotation or abstract in the entry, or add the PDF"
        yield WarningKind.SCHOLAR_TEXT, f"has neither a summary nor a PDF of this site; {advice}"


def _problem(kind: WarningKind, place: Place, message: str) -> Problem:
    return Problem(kind, message, place.line, file=place.file)
