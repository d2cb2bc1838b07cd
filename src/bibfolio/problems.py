"""What can be wrong with a site, as data; and the functions through which every warning goes.

``sources`` and ``lint`` return :class:`Problem` values, pages call :func:`warn` with a
:class:`WarningKind`. The table of kinds in the documentation is generated from this enum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.util.logging import SphinxLoggerAdapter


class WarningKind(Enum):
    """What can be wrong with a site: its name, what it means, and whether it is an error.

    An error loses something or misstates it; a site with one is not published.
    """

    BIB_MISSING = (
        "bib_missing",
        "The bibliography file cannot be read; the site has no papers.",
        True,
    )
    BIB_ENCODING = "bib_encoding", "Not UTF-8; the message says how it is read; pages stop builds."
    BIB_SYNTAX = "bib_syntax", "BibTeX syntax error; what can be read of the entry is shown."
    BIB_LOST = "bib_lost", "Text that is in no field of any entry; it is not shown.", True
    BIB_STRING = "bib_string", "An `@string` that is not defined; its name is shown."
    BIB_DUPLICATE_KEY = "bib_duplicate_key", "A repeated key; the later entry is renamed."
    BIB_DUPLICATE_FIELD = "bib_duplicate_field", "A repeated field; the first one counts."
    BIB_TYPE = "bib_type", "An unknown entry type; shown as the nearest known one, or `@misc`."
    BIB_KEY = "bib_key", "A key that differs from another in signs alone; its page says which."
    BIB_NAME = "bib_name", "A name BibTeX cannot split, or a list without `and`; shown as meant."
    BIB_FIELD = "bib_field", "A missing or unusable value: a title, a date, an annotation."
    BIB_FORM = "bib_form", "An unusual form that is understood; nothing is lost."
    BIB_TEX = "bib_tex", "A TeX command that is not understood; its argument or name is shown."
    BIB_MATH = "bib_math", "A formula in an entry that MathML cannot draw; shown as plain text."
    BIB_URL = "bib_url", "A link that is not http(s) or leaves the site; dropped."
    BIB_UNKNOWN_FIELD = "bib_unknown_field", "A field of no known name; it is not shown."
    BIB_MISSING_FIELD = "bib_missing_field", "A field that every entry of the type needs; left out."
    BIB_DOI = "bib_doi", "A DOI that cannot be right; the link may lead nowhere."
    BIB_EPRINT = "bib_eprint", "An arXiv number that cannot be right; left out unless a near slip."
    BIB_ISBN = "bib_isbn", "An ISBN of the wrong length or check digit; shown as written."
    BIB_ISSN = "bib_issn", "An ISSN of the wrong length or check digit; shown as written."
    BIB_ORCID = "bib_orcid", "An ORCID iD of the wrong length or check digit; used as written."
    BIB_ADDRESS = "bib_address", "An http(s) address that leads nowhere; linked as written."
    BIB_PAGES = "bib_pages", "A range of pages with a hyphen; shown with a dash."
    BIB_ESCAPE = "bib_escape", "A bare `&`, `%`, `#` or `_`; shown as it is, but TeX stops at it."
    BIB_BALANCE = "bib_balance", "A brace or `$` without a partner; shown as well as can be."
    BIB_AUTHOR = "bib_author", "An author whose name is spelt in two ways; shown as written."
    BIB_OWNER = "bib_owner", "A paper without the owner, unlike nearly all others; shown as it is."
    BIB_VENUE = "bib_venue", "A venue that other entries spell differently; shown as written."
    BIB_FILE = "bib_file", "A file that is not where it is named, or called after no key; left out."
    BIB_UNUSED_FILE = "bib_unused_file", "A file of no entry; served, but no page leads to it."
    BIB_FIGURE = "bib_figure", "A figure that is missing, or no picture for pages; left out."
    BIB_FIGUREALT = "bib_figurealt", "Figures without `figurealt`: *Figure of …* stands for it."
    BIB_DRAWING = "bib_drawing", "An SVG that cannot be drawn in the page; shown as an image."
    BIB_TWIN = "bib_twin", "A paper that is there twice, by title or by DOI; both are shown."
    BIB_NOTICE = (
        "bib_notice",
        "A retraction or the like by neither DOI nor address; the paper is shown without it.",
        True,
    )
    BIB_RETRACTED = (
        "bib_retracted",
        "A retracted paper among the selected papers; it is shown there, as one.",
    )
    BIB_GRANT = "bib_grant", "A number in `grants` that no grant of `profile.toml` has; not linked."
    BIB_EXAMPLE = "bib_example", "The example of a new site, left among papers; shown as one."
    BIB_DRAFT = "bib_draft", "A draft among the selected papers; it is hidden all the same."
    BIB_CONTROL = "bib_control", "A control or invisible character; control characters are dropped."
    BIB_NO_OWNER = "bib_no_owner", "No paper names the owner, who is marked nowhere."
    BIB_MARKUP = "bib_markup", "HTML, or text decoded wrongly once, as `Ã¼`; shown as written."
    BIB_TOPICS = "bib_topics", "So many keywords that none is a topic, as nobody chose."
    BIB_TITLE = "bib_title", "A title in capitals, or acronyms that BibTeX would write small."
    OUTPUT = "output", "A file that cannot be written, as on a full disk; it stops the build."
    PROFILE = "profile", "A mistake in `profile.toml`; it stops the build."
    PROFILE_PAPER = (
        "profile_paper",
        "A key in `profile.toml` that no paper has; not linked.",
    )
    PROFILE_TOPIC = "profile_topic", "A topic in `profile.toml` that no paper has; not shown."
    PROFILE_PERSON = (
        "profile_person",
        "Someone in `profile.toml` who wrote no paper, has a slip in the group, or gets no page.",
    )
    DIRECTIVE = "directive", "A directive or role of this package used wrongly.", True
    FACT = "fact", "A fact that `profile.toml` does not have; its sentence has a gap.", True
    FONT = "font", "A character that no font on this machine has; `cv.pdf` shows `?` for it."
    CV_PAGES = "cv_pages", "A CV of more pages than its `pages` says; it is written all the same."
    LANGUAGE = "language", "A language that is none; our words are English, and Sphinx's as well."
    THEME_OPTION = "theme_option", "An option of pydata-sphinx-theme that `bibfolio` ignores."
    MATH = "math", "A formula on a page that MathML cannot draw; shown as source."
    PAGE = "page", "A page whose front matter or directives are not read as they are meant."
    SISTER = "sister", "A page in the navigation that another language of the site does not have."
    CITATION = "citation", "A key on a page that no paper has; its citation leads nowhere.", True
    NO_ADDRESS = "no_address", "Check: no address of the site; what needs one is left out."
    ADDRESS = "address", "Check: another address than the host's; pages name the one of `conf.py`."
    REQUIREMENTS = (
        "requirements",
        "Check and doctor: a `requirements.txt` without bibfolio; hosts cannot build the site.",
    )
    REDIRECT = (
        "redirect",
        "A redirect that leads nowhere, or from an address that is taken; it is not made.",
        True,
    )
    OWN_FILE = "own_file", "Check: a file of others at an address of ours; theirs is served."
    CSP = "csp", "HTML in a page that its Content-Security-Policy blocks; readers do not see it."
    PICTURE = "picture", "A picture that cannot be read; it is served as it is."
    ACCENT = (
        "accent",
        "A `bibfolio_accent` that is no colour, which is ignored, or is hard to read.",
    )
    CONF = "conf", "A value of `conf.py` that is misspelt or of the wrong kind; it does not count."
    # The rest is found in the built site, by bibfolio.doctor.
    DEAD_LINK = "dead_link", "Doctor: a link inside the site to what is not there."
    DEAD_ANCHOR = "dead_anchor", "Doctor: a link to a place that its page does not have."
    MISSING_PICTURE = "missing_picture", "Doctor: a picture that is not there, or not named."
    MISSING_DESCRIPTION = "missing_description", "Doctor: a page without words for search results."
    SCHOLAR = "scholar", "Doctor: a paper's page without what Google Scholar needs to list it."
    SCHOLAR_TEXT = "scholar_text", "Doctor: a paper's page without the text Google Scholar wants."
    JSON_LD = "json_ld", "Doctor: JSON-LD that is no JSON, of which search engines read nothing."
    UNLISTED = "unlisted", "Doctor: a page that `sitemap.xml` or `llms.txt` does not list."
    WEIGHT = "weight", "Doctor: a page of more bytes or requests than a first visit may cost."
    EXTERNAL_LINK = "external_link", "Doctor: an address elsewhere at which there is nothing."
    PDF = "pdf", "Doctor: a PDF that is broken or encrypted, or has no text in it."
    PDF_ADVICE = (
        "pdf_advice",
        "Doctor: a PDF of another title, of more than 5 MB, or without what screen readers need.",
    )
    OLD = "old", "Doctor: a file of the site that is about another version than the installed one."
    UNSURE_LINK = "unsure_link", "Doctor: an address elsewhere of which nobody can tell."

    def __init__(self, subtype: str, meaning: str, is_error: bool = False) -> None:
        self.subtype = subtype
        self.meaning = meaning
        self.is_error = is_error


#: Matters of style, by which nothing is lost or wrong for readers: `bibfolio check` tells of them,
#: and builds where ``bibfolio_lint`` says so.
STYLE_KINDS = frozenset(
    WarningKind[f"BIB_{name}"]
    for name in "KEY FORM UNKNOWN_FIELD MISSING_FIELD ISBN ISSN ORCID MATH PAGES ESCAPE "
    "DRAWING FIGUREALT AUTHOR OWNER VENUE UNUSED_FILE TWIN EXAMPLE CONTROL TITLE TOPICS".split()
) | {WarningKind.SISTER}

#: What a site without an address is told, by a build and by `bibfolio check`.
NO_ADDRESS = (
    "html_baseurl is not set, so there are no sitemap.xml, robots.txt, llms.txt, feeds and link"
    " previews; set it in conf.py, or website under [links] in the profile, to the site's address"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a source file."""

    kind: WarningKind
    #: What is wrong and what to write instead.
    message: str
    #: Line in the file, counted from 1; the first one if the whole file is meant, 0 if unknown.
    line: int = 1
    #: Column in that line, counted from 1; 0 if it is not known.
    column: int = 0
    #: The file, if that is not clear from where the problem is kept.
    file: str = ""


def warn(
    kind: WarningKind, message: str, location: str | tuple[str, int] | Node | None = None
) -> None:
    """Log *message* as a warning, or an error, of *kind*.

    ``suppress_warnings = ["bibfolio.bib_type"]`` in ``conf.py`` silences one kind, ``["bibfolio"]``
    all of them. *location* is ``"file:line"``, a ``(docname, line)`` pair or a node of the page.
    """
    log = _logger().error if kind.is_error else _logger().warning
    log(message, location=location, type="bibfolio", subtype=kind.subtype)


def warn_of(problems: Iterable[Problem], root: Path) -> None:
    """Log every problem at its place, ``file:line:column``; files are named from *root*."""
    for problem in problems:
        place = f"{root / problem.file}:{problem.line}"
        column = f":{problem.column}" if problem.column else ""
        warn(problem.kind, problem.message, place + column)


def stop(problems: Iterable[str | Problem]) -> NoReturn:
    """Log *problems* as errors and end the build, for what no page can be made without.

    This is no exception of Sphinx's: those print a traceback and ask for a bug report, and what is
    wrong here is a line in the owner's file.
    """
    for problem in problems:
        if isinstance(problem, Problem):
            numbers = filter(None, (problem.line, problem.column))
            _logger().error(problem.message, location=":".join(map(str, (problem.file, *numbers))))
        else:
            _logger().error(problem)
    raise SystemExit(1)


def _logger() -> SphinxLoggerAdapter:
    # Imported here so that ``sources`` and ``lint`` work without Sphinx, as in `bibfolio check`.
    from sphinx.util.logging import getLogger  # noqa: PLC0415

    return getLogger(__name__)
