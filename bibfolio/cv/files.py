"""Writes the CV's files beside its page: ``cv.pdf``, ``cv.txt`` and ``cv.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import settings_of
from bibfolio.cv.pdf import pdf_data, recipe, set_pdf
from bibfolio.cv.resume import resume
from bibfolio.cv.text import text
from bibfolio.folio import folio_of
from bibfolio.ledger import Ledger
from bibfolio.model import CV_FILES, CV_PAGE, CvDocument, cv_document
from bibfolio.output import Output, makes_site
from bibfolio.problems import WarningKind
from bibfolio.warn import warn

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


def _write_files(app: Sphinx, exception: Exception | None) -> None:
    if not makes_site(app, exception):
        return
    output, ledger = Output(app), Ledger(app, "cv")
    recipes: dict[str, str] = {}
    if _has_cv(app):
        recipes = _write(app, output, ledger, _document(app, output))
    for path in ledger.forgotten(recipes):
        output.remove(path)
    ledger.enter(recipes)


def _has_cv(app: Sphinx) -> bool:
    return CV_PAGE in app.env.all_docs


def _document(app: Sphinx, output: Output) -> CvDocument:
    folio = folio_of(app.env)
    has_address = bool(app.config.html_baseurl)
    return cv_document(
        folio.profile,
        folio.papers,
        lambda page: output.page_url(page) if has_address else "",
        lambda path: output.url(path) if has_address else "",
    )


def _write(app: Sphinx, output: Output, ledger: Ledger, document: CvDocument) -> dict[str, str]:
    """Write what has changed; path → recipe of every file that is as it should be."""
    data = pdf_data(document, app.config.language)
    texts = {_TEXT: text(document), _JSON: resume(document)}
    for path, content in texts.items():
        output.write(path, content)
    recipes = {_PDF: recipe(data), **texts}
    if _PDF in ledger.stale(recipes):
        pdf, lacking = set_pdf(data)
        output.write(_PDF, pdf)
        if lacking:
            warn(WarningKind.FONT, lacking_message(lacking), _place(app, lacking))
            # Made again until the font is there.
            recipes[_PDF] = ""
    return recipes


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
    """Write when the pages are written."""
    app.connect("html-page-context", _tell_templates)
    app.connect("build-finished", _write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
