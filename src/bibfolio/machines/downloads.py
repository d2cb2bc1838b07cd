"""The files readers download: BibTeX, RIS and CSL-JSON, one of each for a paper and for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import library_of
from bibfolio.ledger import Ledger
from bibfolio.machines.exports import csl, csl_json, csl_line, ris
from bibfolio.model import EXPORT_FORMATS, PAPERS, Paper
from bibfolio.output import Output, makes_site

_ALL = "publications"


class _Texts(NamedTuple):
    """A paper in every format, as it stands in the file of one and in the file of all."""

    bibtex: str
    ris: str
    csl: str


class _Downloads:
    """The files of one application.

    The file of all papers and the one of each are made of the same texts. If that of all has to be
    made, so are the texts, before the first page: processes that write pages begin with what there
    is by then, and leave nothing behind.
    """

    def __init__(self) -> None:
        self._texts: dict[str, _Texts] = {}

    def begin(self, app: Sphinx, _builder: Builder) -> None:
        """``write-started``: have the texts of all papers, if their files are to be made."""
        if makes_site(app) and _ledger(app).stale(_recipes(app)):
            self._format_all(app)

    def write_of_paper(
        self, app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: object
    ) -> None:
        """``html-page-context``: the files of a paper are written with its page."""
        paper = library_of(app.env).paper_of(pagename) if makes_site(app) and doctree else None
        if paper:
            _write(Output(app), paper.page, [self._texts.get(paper.key) or _format(app, paper)])

    def write_of_all(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: the files of all papers, if they are not as they should be."""
        if not makes_site(app, exception):
            return
        ledger, recipes = _ledger(app), _recipes(app)
        if ledger.stale(recipes):
            if not self._texts:
                self._format_all(app)
            _write(Output(app), _ALL, self._texts.values())
        ledger.enter(recipes)

    def _format_all(self, app: Sphinx) -> None:
        self._texts = {paper.key: _format(app, paper) for paper in library_of(app.env).papers}


def _format(app: Sphinx, paper: Paper) -> _Texts:
    output, record = Output(app), library_of(app.env).record_of(paper)
    url = output.page_url(paper.page) if output.has_address else ""
    return _Texts(paper.bibtex, ris(record, url), csl_line(csl(record, url)))


def _write(output: Output, name: str, papers: Iterable[_Texts]) -> None:
    papers = list(papers)
    output.write(f"{name}.bib", "\n".join(paper.bibtex for paper in papers))
    output.write(f"{name}.ris", "".join(paper.ris for paper in papers))
    output.write(f"{name}.json", csl_json(paper.csl for paper in papers))


def _ledger(app: Sphinx) -> Ledger:
    return Ledger(app, "downloads")


def _recipes(app: Sphinx) -> dict[str, str]:
    """All that decides about the files of all papers: the address of one tells those of all."""
    output, states = Output(app), library_of(app.env).states
    recipe = repr((output.has_address, output.page_url(f"{PAPERS}/KEY"), list(states.values())))
    return {f"{_ALL}.{suffix}": recipe for suffix, _ in EXPORT_FORMATS.values()}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the files when the pages are written."""
    downloads = _Downloads()
    app.connect("write-started", downloads.begin)
    app.connect("html-page-context", downloads.write_of_paper)
    app.connect("build-finished", downloads.write_of_all)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
