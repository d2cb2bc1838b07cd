"""Writes the files of CVs: ``cv.pdf``, ``cv.txt`` and ``cv.json`` beside the page, and variants.

Variants that are not public are no part of the site. They are written aside if `bibfolio build`
asks for them, by a tag of Sphinx.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from bibfolio.config import owners_file, palette_of, settings_of, trees_of
from bibfolio.cv.pdf import Made, make_pdf, pdf_data
from bibfolio.cv.resume import resume
from bibfolio.cv.text import text
from bibfolio.library import cv_pages, cv_trees, library_of, list_page, spoken_tree
from bibfolio.model import CV_FILES, CV_PAGE, CvOptions
from bibfolio.model.cv import cv_file
from bibfolio.model.profile import CvVariant
from bibfolio.model.trees import Tree
from bibfolio.model.words import speaking, spoken
from bibfolio.output import Output, makes_site, write_file
from bibfolio.problems import WarningKind, warn
from bibfolio.sources.profile_toml import read_files

_PDF, _TEXT, _JSON = (path for path, _ in CV_FILES.values())
#: The tag by which CVs that are not public are made, and the end of the folder where they are then.
PRIVATE, ASIDE = "bibfolio_private_cvs", "-cv"
_logger = logging.getLogger(__name__)
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
    """Write the files of all CVs at the end of a build."""
    if exception or not makes_site(app) or not library_of(app.env).profile.name:
        return
    pages, written = _cvs(app), set[str]()
    for tree in cv_trees(app.env):
        with speaking(tree.tag):
            cv = library_of(app.env).profile.cv
            found = [cv.completed(one) for one in cv.variants]
            for one in (*([cv] if tree in pages else []), *found):
                written |= _write(app, one, tree)
    for tree in trees_of(app.config):
        _remove_variants(app, tree.folder, written)


def _write(app: Sphinx, options: CvOptions, tree: Tree) -> set[str]:
    """Write the files of a CV in the language that is spoken; return those that are in the site."""
    library, output = library_of(app.env), Output(app)
    is_public = not isinstance(options, CvVariant) or options.public
    if not is_public and PRIVATE not in app.tags:
        return set()

    def page_url(page: str) -> str:
        """Return the address of a page; of the list for a paper without one."""
        docname, sign, anchor = page.partition("#")
        there = docname if docname in app.env.all_docs else list_page(app.env)
        return output.page_url(there) + sign + anchor if output.has_address else ""

    def file_url(path: str) -> str:
        return output.url(path) if output.has_address else ""

    document = library.cv(options, page_url, file_url)
    made = make_pdf(pdf_data(document, spoken().tag, palette_of(app.config)))
    contents: dict[str, str | bytes] = {
        _PDF: made.pdf,
        _TEXT: text(document),
        _JSON: resume(document),
    }
    files = {tree.page(cv_file(name, _id(options))): content for name, content in contents.items()}
    for path, content in files.items():
        if is_public:
            output.write(path, content)
        else:
            write_file(Path(f"{app.outdir}{ASIDE}", path), content)
    _tell(app, next(iter(files)), made, options)
    return {*files} if is_public else set()


def _tell(app: Sphinx, path: str, made: Made, options: CvOptions) -> None:
    """Say how many pages a PDF has, and what is wrong with it."""
    count = f"{made.pages} page{'s' * (made.pages != 1)}"
    _logger.info("%s has %s", path, count)
    if options.pages and made.pages > options.pages:
        message = (
            f"{path} has {count}, and is to have {options.pages} at most; leave out sections, "
            'older items (since = 2020) or papers (limit = 10, papers = "selected")'
        )
        warn(WarningKind.CV_PAGES, message, _place_of_pages(app, options))
    if made.missing:
        place = _place_of(app, made.missing)
        warn(WarningKind.FONT, font_message(path, made.missing), place)


def _place_of_pages(app: Sphinx, options: CvOptions) -> str:
    """Return file and line of what is said of the pages of a CV."""
    cv, root = library_of(app.env).profile.cv, Path(app.confdir)
    said = [place for place, one in cv.by_path.items() if one.pages and _id(one) == _id(options)]
    files = read_files(root / settings_of(app.config).profile)
    file, line, _column = files.place((*(said or [("cv",)])[0], "pages"))
    return f"{root / file}:{line}"


def _id(options: CvOptions) -> str:
    return options.id if isinstance(options, CvVariant) else ""


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


def _remove_variants(app: Sphinx, folder: str, written: Collection[str] = ()) -> None:
    """Delete the files of variants in a folder that are not *written* any more.

    Where all three are there and none is the owner's, a build has made them.
    """
    for file in Path(app.outdir, folder).glob(cv_file(_PDF, "*")):
        names = [f"{file.stem}{Path(name).suffix}" for name in (_PDF, _TEXT, _JSON)]
        paths = [f"{folder}/{name}" if folder else name for name in names]
        are_there = all(Path(app.outdir, path).is_file() for path in paths)
        is_owners = any(owners_file(app, path) for path in paths)
        for path in paths if are_there and not is_owners and paths[0] not in written else ():
            Output(app).remove(path)


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
            _remove_variants(app, folder)
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
