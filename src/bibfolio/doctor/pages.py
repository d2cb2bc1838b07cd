"""Built pages → problems for Google Scholar, search results, programs and first visits."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import quote, urljoin

from bibfolio.doctor import BuiltSite, Page, Place, address_of, text
from bibfolio.doctor.links import references_in_file
from bibfolio.machines import scholar
from bibfolio.model import Paper
from bibfolio.output import NOT_INDEXED
from bibfolio.problems import Problem, WarningKind

# -- Google Scholar ---------------------------------------------------------------------------
#
# Its rules are in https://scholar.google.com/intl/en/scholar/inclusion.html, "Indexing guidelines":
# without title, authors and date it ignores all tags of a page, and without full text or abstract
# its readers have no use for the page.

_DATE = re.compile(r"\d{4}(/\d{1,2}(/\d{1,2})?)?")
#: Elements with the summary or abstract of a paper.
_TEXTS = ".paper-page-summary, .paper-page-abstract"


def unready_papers(site: BuiltSite, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Yield problems of the pages of *papers*, and pages that claim to be one and are not."""
    expected = set()
    for paper in papers:
        paths = [f"{paper.page}/index.html", f"{paper.page}.html"]
        page = next((site.pages[path] for path in paths if path in site.pages), None)
        place = site.papers.get(paper.page) or Place("")
        if page is None and site.is_guest:
            continue
        if page is None:
            yield place.problem(WarningKind.SCHOLAR, f"{paper.key}: it has no page")
            continue
        expected.add(page.path)
        if not site.has_address:  # the tags need it
            continue
        for fault in _scholar_faults(page, paper):
            yield place.problem(WarningKind.SCHOLAR, f"{paper.key}: its page {fault}")
        has_text = any(tag.get_text(strip=True) for tag in page.soup.select(_TEXTS))
        if not has_text and not any(page.metas(scholar.PDF)):
            message = (
                f"{paper.key}: its page has neither a summary nor a PDF on this site;"
                " write annotation or abstract in the entry, or add the PDF"
            )
            yield place.problem(WarningKind.SCHOLAR_TEXT, message)
    for path, page in site.pages.items():
        if path not in expected and page.metas(scholar.TITLE):
            message = f"{page} says that it is a paper, but the bibliography shows none like it"
            yield site.place(path).problem(WarningKind.SCHOLAR, message)


def _scholar_faults(page: Page, paper: Paper) -> Iterator[str]:
    """Yield ``has no …`` for each tag that *page* lacks."""
    needed = [*scholar.NEEDED, scholar.CONTAINERS.get(paper.kind, "")]
    if paper.is_edited:  # Scholar has no tag for who edits a volume
        needed.remove(scholar.AUTHOR)
    yield from (f"has no {name}" for name in needed if name and not any(page.metas(name)))
    if len(page.metas(scholar.TITLE)) > 1:
        yield f"has more than one {scholar.TITLE}"
    for date in filter(None, page.metas(scholar.DATE)):
        if not _DATE.fullmatch(date):
            form = "write YYYY, YYYY/MM or YYYY/MM/DD"
            yield f"has the {scholar.DATE} {date}; {form}"
    if page.is_hidden:
        yield "tells search engines to leave it out (robots: noindex)"


# -- search results and link previews ---------------------------------------------------------


def indexed_pages(site: BuiltSite) -> list[Page]:
    """Return the pages for search engines: those that neither redirect nor hide."""
    return [
        page
        for path, page in site.pages.items()
        if not (page.leads_on or page.is_hidden)
        and re.sub(r"(/index)?\.html$", "", path) not in NOT_INDEXED
    ]


def undescribed_pages(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages without a description, and without a picture if the site has an address."""
    for page in indexed_pages(site):
        if not any(page.metas("description")):
            message = f"{page} has no description; write one in its front matter (html_meta)"
            yield site.place(page.path).problem(WarningKind.MISSING_DESCRIPTION, message)
        if site.has_address and not any(page.metas("og:image")):
            message = f"{page} has no picture for link previews (og:image)"
            yield site.place(page.path).problem(WarningKind.MISSING_PICTURE, message)


# -- programs ---------------------------------------------------------------------------------


def unread_pages(site: BuiltSite) -> Iterator[Problem]:
    """Yield pages with JSON-LD that is no JSON, and pages that sitemap or ``llms.txt`` lack."""
    lists = {
        file: {reference.address for reference in references_in_file(site, file)}
        for file in ("sitemap.xml", "llms.txt")
        if file in site.files and site.has_address
    }
    for page in indexed_pages(site):
        for script in page.soup.find_all("script", type="application/ld+json"):
            try:
                json.loads(script.get_text())
            except ValueError as error:
                message = f"{page} has JSON-LD that is no JSON: {error}; mend its template"
                yield site.place(page.path).problem(WarningKind.JSON_LD, message)
        for twin in page.soup.find_all("link", type="text/markdown", href=True):
            names = (page.path, address_of(page.path))
            own = {text(twin, "href"), *(urljoin(site.base, quote(name)) for name in names)}
            for file in [file for file, listed in lists.items() if not listed & own]:
                message = f"{page} is not in {file}; build again, or add it to a {file} of your own"
                yield site.place(page.path).problem(WarningKind.UNLISTED, message)


# -- first visits -----------------------------------------------------------------------------
#
# The cost is that of a page and of the files that its HTML loads at once, compressed with gzip as
# hosts do. Headers, files that scripts and stylesheets load, and pictures, for which text does not
# wait, do not count.

#: Limits of a first visit to any page: bytes on the wire, and files.
MOST_BYTES = 42_000
MOST_REQUESTS = 6
#: Suffixes of files that hosts compress.
COMPRESSED = (".html", ".js", ".css", ".svg", ".json", ".xml", ".txt", ".md", ".bib", ".ris")
#: Relations of ``<link>`` for which a browser loads a file.
_LOADING = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload"})


def weigh(site: BuiltSite) -> dict[str, dict[str, int]]:
    """Return the bytes of each file that a first visit loads, for every page but redirects."""

    @cache
    def size(file: str) -> int:
        data = (site.folder / file).read_bytes()
        return len(gzip.compress(data, 9, mtime=0) if file.endswith(COMPRESSED) else data)

    costs = {}
    for page in site.pages.values():
        if not page.leads_on:
            own = [site.own(page.path, address) for address in _loaded(page)]
            files = [site.file(address) for address in own if address is not None]
            costs[page.path] = {file: size(file) for file in [page.path, *files] if file}
    return costs


def _loaded(page: Page) -> Iterator[str]:
    """Yield the addresses that a browser loads without a script."""
    for tag in page.soup.find_all(["link", "script"]):
        if tag.name == "script" and tag.get("src"):
            yield text(tag, "src")
        elif _LOADING & set(text(tag, "rel").split()):
            yield text(tag, "href")


def heavy_pages(site: BuiltSite, costs: Mapping[str, Mapping[str, int]]) -> Iterator[Problem]:
    """Yield the pages beyond the limits, with the largest file of each."""
    for path, cost in costs.items():
        total = sum(cost.values())
        if total > MOST_BYTES or len(cost) > MOST_REQUESTS:
            most = max(cost, key=lambda name: cost[name])
            message = (
                f"{site.pages[path]} weighs {total} bytes in {len(cost)} files;"
                f" {cost[most]} of them are {most}"
            )
            yield site.place(path).problem(WarningKind.WEIGHT, message)
