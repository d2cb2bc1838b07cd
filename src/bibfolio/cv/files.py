"""Writes the CV's files beside its page: ``cv.pdf``, ``cv.txt`` and ``cv.json``."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.cv.fonts import keep_lacking, lacking_of, warn_of_lacking
from bibfolio.cv.pdf import Lacking, answer, ask, begin, finish, pdf_data, recipe
from bibfolio.cv.resume import resume
from bibfolio.cv.text import text
from bibfolio.library import library_of
from bibfolio.ledger import Ledger
from bibfolio.model import CV_FILES, CV_PAGE, PAPERS, CvDocument, cv_document
from bibfolio.output import Output, makes_site
from bibfolio.worker import Worker

_PDF, _TEXT, _JSON = (path for path, _ in CV_FILES.values())


class _Files:
    """The files of one build: the PDF is begun as early as can be, all are written at the end.

    Where a font is missing, every build asks for it, and sets the PDF again once it is there.
    """

    def __init__(self) -> None:
        self._recipes: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        self._lacking: Lacking | None = None
        self._asked: Worker | None = None
        self._setter: Worker | None = None

    def begin(self, app: Sphinx, env: BuildEnvironment, *_documents: object) -> list[str]:
        """``env-get-outdated``: have the PDF set, or a font looked for that it lacks."""
        self._recipes, self._facts = {}, {}
        self._asked = self._setter = None
        if not makes_site(app) or CV_PAGE not in env.found_docs:
            return []
        self._facts = dict.fromkeys((_PDF, _TEXT, _JSON), _facts(app))
        self._lacking = lacking_of(app, _PDF)
        if self._lacking is None or Ledger(app, "cv_facts").stale(self._facts):
            self._make(app)
        elif self._lacking.alone:
            self._asked = ask(self._lacking.alone)
        return []

    def _make(self, app: Sphinx) -> None:
        """See what the files are to hold; have the PDF set, if it is not as it should be."""
        document = _document(app)
        data = pdf_data(document, app.config.language)
        self._recipes = {_PDF: recipe(data), _TEXT: text(document), _JSON: resume(document)}
        if self._lacking is None or _PDF in Ledger(app, "cv").stale(self._recipes):
            self._setter = begin(data)
        elif self._lacking.alone:
            self._asked = ask(self._lacking.alone)

    def hear(self, app: Sphinx, _env: BuildEnvironment) -> list[str]:
        """``env-updated``: if a font has come, set the PDF again; its page is written with it."""
        asked, self._asked = self._asked, None
        if self._setter:
            return [CV_PAGE]
        if not asked or not self._lacking:
            return []
        if answer(asked) == self._lacking.alone:
            warn_of_lacking(app, _PDF, self._lacking)
            return []
        self._lacking = None
        self._make(app)
        return [CV_PAGE]

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: write what has changed, and remove what is not wanted any more."""
        workers = [worker for worker in (self._setter, self._asked) if worker]
        setter, self._setter, self._asked = self._setter, None, None
        if not makes_site(app, exception):
            for worker in workers:
                worker.end()
            return
        output, recipes = Output(app), self._recipes
        if self._facts and not recipes:
            return  # every file is as it should be
        for path in recipes.keys() - {_PDF}:
            output.write(path, recipes[path])
        if setter:
            pdf, lacking = finish(setter)
            output.write(_PDF, pdf)
            keep_lacking(app, _PDF, lacking)
            warn_of_lacking(app, _PDF, lacking)
        for path in Ledger(app, "cv").forgotten(recipes):
            output.remove(path)
        Ledger(app, "cv").enter(recipes)
        Ledger(app, "cv_facts").enter(self._facts)


def _facts(app: Sphinx) -> str:
    """All that decides about the files, without making them: most builds need none."""
    folio, output = library_of(app.env), Output(app)
    # In the order of the list, and with an address of each kind as they are spelt.
    addresses = (output.has_address, output.page_url(f"{PAPERS}/KEY"), output.url("FILE"))
    facts = (folio.profile, list(folio.states.items()), app.config.language, addresses)
    return recipe(repr(facts))


def _document(app: Sphinx) -> CvDocument:
    folio, output = library_of(app.env), Output(app)
    has_address = bool(app.config.html_baseurl)
    return cv_document(
        folio.profile,
        folio.papers,
        lambda page: output.page_url(page) if has_address else "",
        lambda path: output.url(path) if has_address else "",
    )


def _tell_templates(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """``html-page-context``: the page beside which the header links to the PDF."""
    if makes_site(app) and CV_PAGE in app.env.all_docs:
        context["site_cv"] = CV_PAGE
        context["site_cv_pdf"] = _PDF


def setup(app: Sphinx) -> ExtensionMetadata:
    """Begin before the pages are read, end when they are written."""
    files = _Files()
    app.connect("html-page-context", _tell_templates)
    app.connect("env-get-outdated", files.begin)
    app.connect("env-updated", files.hear)
    app.connect("build-finished", files.finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
