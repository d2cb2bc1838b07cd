"""Writes the CV's files beside its page: ``cv.pdf``, ``cv.txt`` and ``cv.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bibfolio.config import palette_of, settings_of
from bibfolio.cv.pdf import make_pdf, pdf_data
from bibfolio.cv.resume import resume
from bibfolio.cv.text import text
from bibfolio.library import cv_pages, library_of, list_page, spoken_tree
from bibfolio.model import CV_FILES, CV_PAGE, cv_document
from bibfolio.model.trees import Tree
from bibfolio.model.words import speaking, spoken
from bibfolio.output import Output, makes_site
from bibfolio.problems import WarningKind, warn

_PDF, _TEXT, _JSON = (path for path, _ in CV_FILES.values())
#: A message names at most so many characters.
_MOST_NAMED = 10


def font_message(path: str, characters: str) -> str:
    """Return the message about *characters* of the PDF at *path* for which there is no font."""
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:_MOST_NAMED])
    if more := len(characters[_MOST_NAMED:]):
        named += f" and {more} more"
    return (
        f"{path}: no font on this machine has {named}; it shows ? instead, or "
        "letters that are not for text. Install one that does: "
        "for Chinese, Japanese and Korean `apt-get install fonts-noto-cjk`, for other scripts "
        "`fonts-noto-core`; on Read the Docs name it in .readthedocs.yaml, `build: apt_packages:`"
    )


# -- Sphinx ------------------------------------------------------------------------------------


def _cvs(app: Sphinx) -> dict[Tree, str]:
    """Return the page ``cv`` in each language of a site, of a person with a name."""
    is_wanted = makes_site(app) and bool(library_of(app.env).profile.name)
    return cv_pages(app.env) if is_wanted else {}


def _write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of the CV at the end of a build."""
    for tree in {} if exception else _cvs(app):
        with speaking(tree.tag):
            _write(app, tree)


def _write(app: Sphinx, tree: Tree) -> None:
    """Write the files of the CV in the language that is spoken."""
    library, output = library_of(app.env), Output(app)

    def page_url(page: str) -> str:
        """Return the address of a page; of the list for a paper without one."""
        docname, sign, anchor = page.partition("#")
        there = docname if docname in app.env.all_docs else list_page(app.env)
        return output.page_url(there) + sign + anchor if output.has_address else ""

    def file_url(path: str) -> str:
        return output.url(path) if output.has_address else ""

    document = cv_document(library.profile, library.papers, page_url, file_url)
    pdf, missing = make_pdf(pdf_data(document, spoken().tag, palette_of(app.config)))
    output.write(tree.page(_PDF), pdf)
    output.write(tree.page(_TEXT), text(document))
    output.write(tree.page(_JSON), resume(document))
    if missing:
        warn(WarningKind.FONT, font_message(tree.page(_PDF), missing), _place_of(app, missing))


def _place_of(app: Sphinx, characters: str) -> str | None:
    """Return file and line of the first of *characters*; None if all are written in TeX."""
    root = Path(app.confdir)
    for name in (settings_of(app.config).profile, *(app.config.bibtex_bibfiles or ())):
        path = root / name
        if not path.is_file():  # the library warns of it
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if not set(characters).isdisjoint(line):
                return f"{path}:{number}"
    return None


def _remove_files(
    app: Sphinx, _env: BuildEnvironment, _added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Delete the files if the page is gone, so that nobody can read them any more."""
    for page in removed if makes_site(app) else ():
        # Also of a language that the site had before; its folder was at the root.
        folder, _slash, name = page.rpartition("/")
        if name == CV_PAGE and "/" not in folder:
            for path in (_PDF, _TEXT, _JSON):
                Output(app).remove(f"{folder}/{path}" if folder else path)
    return []


def _tell_templates(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Tell the theme the page of the CV and the PDF that the header links beside it."""
    tree, pages = spoken_tree(app.env), _cvs(app)
    shown = tree if tree in pages else next(iter(pages), None)
    if shown:
        context["site_cv"] = pages[shown]
        context["site_cv_pdf"] = shown.page(_PDF)


def setup(app: Sphinx) -> None:
    """Write the files when all pages are written."""
    app.connect("env-get-outdated", _remove_files)
    app.connect("html-page-context", _tell_templates)
    app.connect("build-finished", _write_files)
