"""Writes the CV's files beside its page: ``cv.pdf``, ``cv.txt`` and ``cv.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import settings_of
from bibfolio.cv.pdf import begin, finish, pdf_data, recipe
from bibfolio.cv.resume import resume
from bibfolio.cv.text import text
from bibfolio.folio import folio_of
from bibfolio.ledger import Ledger
from bibfolio.model import CV_FILES, CV_PAGE, PAPERS, CvDocument, cv_document
from bibfolio.output import Output, makes_site
from bibfolio.problems import WarningKind
from bibfolio.warn import warn
from bibfolio.worker import Worker

_PDF, _TEXT, _JSON = (path for path, _ in CV_FILES.values())

#: So many characters are named; a hundred in one line help nobody.
_MOST = 10


def lacking_message(characters: str) -> str:
    """What to do about characters that no font has."""
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:_MOST])
    if more := len(characters[_MOST:]):
        named += f" and {more} more"
    return (
        f"{_PDF}: no font on this machine has {named}; it shows ? instead. Install one that does: "
        "for Chinese, Japanese and Korean `apt-get install fonts-noto-cjk`, for other scripts "
        "`fonts-noto-core`; on Read the Docs name it in .readthedocs.yaml, `build: apt_packages:`"
    )


class _Files:
    """The files of one build: the PDF is begun with the pages, all are written at the end."""

    def __init__(self) -> None:
        self._recipes: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        self._setter: Worker | None = None

    def begin(self, app: Sphinx, _builder: Builder) -> None:
        """``write-started``: have the PDF set, if it is not as it should be."""
        self._recipes, self._facts = {}, {}
        if not makes_site(app) or not _has_cv(app):
            return
        self._facts = dict.fromkeys((_PDF, _TEXT, _JSON), _facts(app))
        if not Ledger(app, "cv_facts").stale(self._facts):
            return
        document = _document(app)
        data = pdf_data(document, app.config.language)
        self._recipes = {_PDF: recipe(data), _TEXT: text(document), _JSON: resume(document)}
        if _PDF in Ledger(app, "cv").stale(self._recipes):
            self._setter = begin(data)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: write what has changed, and remove what is not wanted any more."""
        setter, self._setter = self._setter, None
        if not makes_site(app, exception):
            if setter:
                setter.end()
            return
        output, recipes = Output(app), self._recipes
        if self._facts and not recipes:
            return  # every file is as it should be
        for path in recipes.keys() - {_PDF}:
            output.write(path, recipes[path])
        if setter:
            pdf, lacking = finish(setter)
            output.write(_PDF, pdf)
            if lacking:
                warn(WarningKind.FONT, lacking_message(lacking), _place(app, lacking))
                # Made again until the font is there.
                recipes[_PDF] = self._facts[_PDF] = ""
        for path in Ledger(app, "cv").forgotten(recipes):
            output.remove(path)
        Ledger(app, "cv").enter(recipes)
        Ledger(app, "cv_facts").enter(self._facts)


def _facts(app: Sphinx) -> str:
    """All that decides about the files, without making them: most builds need none."""
    folio, output = folio_of(app.env), Output(app)
    # In the order of the list, and with an address of each kind as they are spelt.
    addresses = (output.has_address, output.page_url(f"{PAPERS}/KEY"), output.url("FILE"))
    facts = (folio.profile, list(folio.states.items()), app.config.language, addresses)
    return recipe(repr(facts))


def _has_cv(app: Sphinx) -> bool:
    return CV_PAGE in app.env.all_docs


def _document(app: Sphinx) -> CvDocument:
    folio, output = folio_of(app.env), Output(app)
    has_address = bool(app.config.html_baseurl)
    return cv_document(
        folio.profile,
        folio.papers,
        lambda page: output.page_url(page) if has_address else "",
        lambda path: output.url(path) if has_address else "",
    )


def _place(app: Sphinx, characters: str) -> str | None:
    """File and line of the first of *characters*, unless all are written as TeX."""
    root = Path(app.confdir)
    for name in (settings_of(app.config).profile, *(app.config.bibtex_bibfiles or ())):
        lines = (root / name).read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if not set(characters).isdisjoint(line):
                return f"{root / name}:{number}"
    return None


def _tell_templates(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """``html-page-context``: the page beside which the header links to the PDF."""
    if makes_site(app) and _has_cv(app):
        context["site_cv"] = CV_PAGE
        context["site_cv_pdf"] = _PDF


def setup(app: Sphinx) -> ExtensionMetadata:
    """Begin before the pages are written, end after that."""
    files = _Files()
    app.connect("html-page-context", _tell_templates)
    app.connect("write-started", files.begin)
    app.connect("build-finished", files.finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
