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
        "The bibliography file cannot be read. The site has no papers.",
        True,
    )
    BIB_ENCODING = (
        "bib_encoding",
        "A file is not in UTF-8. The message says how it is read. Such a page ends the build.",
    )
    BIB_SYNTAX = (
        "bib_syntax",
        "The BibTeX has a syntax error. The site shows what can be read of the entry.",
    )
    BIB_LOST = "bib_lost", "A text is in no field of any entry. The site does not show it.", True
    BIB_STRING = "bib_string", "An `@string` is not defined. The site shows its name."
    BIB_DUPLICATE_KEY = (
        "bib_duplicate_key",
        "Two entries have the same key. The later entry gets another key.",
    )
    BIB_DUPLICATE_FIELD = (
        "bib_duplicate_field",
        "An entry has the same field twice. The first one counts.",
    )
    BIB_TYPE = (
        "bib_type",
        "The entry type is unknown. The site takes the nearest known type, or `@misc`.",
    )
    BIB_KEY = (
        "bib_key",
        "Two keys differ only in signs such as `:` and `-`. The page of one has another address.",
    )
    BIB_NAME = (
        "bib_name",
        "BibTeX cannot split a name, or a list has no `and`. The site guesses what is meant.",
    )
    BIB_FIELD = (
        "bib_field",
        "A title, a date, an annotation or another value is missing, or cannot be used.",
    )
    BIB_FORM = "bib_form", "The form is unusual, but bibfolio understands it. Nothing is lost."
    BIB_TEX = (
        "bib_tex",
        "A TeX command is unknown. The site shows its argument or its name.",
    )
    BIB_MATH = (
        "bib_math",
        "MathML cannot draw a formula in an entry. The site shows it as plain text.",
    )
    BIB_URL = "bib_url", "A link is not http(s), or leaves the site. The site leaves it out."
    BIB_UNKNOWN_FIELD = "bib_unknown_field", "No field has this name. The site does not show it."
    BIB_MISSING_FIELD = (
        "bib_missing_field",
        "The entry lacks a field that every entry of its type needs. Pages leave it out.",
    )
    BIB_DOI = "bib_doi", "The DOI cannot be right. Its link may lead nowhere."
    BIB_EPRINT = (
        "bib_eprint",
        "The arXiv number cannot be right. The site leaves it out, unless it sees what is meant.",
    )
    BIB_ISBN = (
        "bib_isbn",
        "The ISBN has a wrong length or check digit. The site shows it as written.",
    )
    BIB_ISSN = (
        "bib_issn",
        "The ISSN has a wrong length or check digit. The site shows it as written.",
    )
    BIB_ORCID = (
        "bib_orcid",
        "The ORCID iD has a wrong length or check digit. The site uses it as written.",
    )
    BIB_ADDRESS = (
        "bib_address",
        "An address cannot be right, such as `https://https://…`. The site links it as written.",
    )
    BIB_PAGES = "bib_pages", "A range of pages has a hyphen. The site shows a dash."
    BIB_ESCAPE = (
        "bib_escape",
        "A `&`, `%`, `#` or `_` has no backslash. The site shows it, but TeX stops at it.",
    )
    BIB_BALANCE = (
        "bib_balance",
        "A brace or `$` has no partner. The site shows the text as well as it can.",
    )
    BIB_AUTHOR = (
        "bib_author",
        "The name of an author has two spellings. The site shows both as written.",
    )
    BIB_OWNER = (
        "bib_owner",
        "A paper does not name you, although nearly all others do. The site shows it.",
    )
    BIB_VENUE = (
        "bib_venue",
        "Other entries spell this venue differently. The site shows it as written.",
    )
    BIB_FILE = (
        "bib_file",
        "A file is not where the entry says, or its name is no key. The site leaves it out.",
    )
    BIB_UNUSED_FILE = (
        "bib_unused_file",
        "A file belongs to no entry. The site serves it, but no page links to it.",
    )
    BIB_FIGURE = (
        "bib_figure",
        "A figure is missing, or pages cannot show it. The site leaves it out.",
    )
    BIB_FIGUREALT = (
        "bib_figurealt",
        "A figure has no `figurealt`. Screen readers say *Figure of* and the title.",
    )
    BIB_DRAWING = (
        "bib_drawing",
        "An SVG cannot be drawn in the page. The site shows it as an image.",
    )
    BIB_TWIN = "bib_twin", "Two entries have the same title or DOI. The site shows both."
    BIB_NOTICE = (
        "bib_notice",
        "A retraction or other notice has neither DOI nor address. The site leaves it out.",
        True,
    )
    BIB_RETRACTED = (
        "bib_retracted",
        "A retracted paper is among the selected papers. The site shows it there, as retracted.",
    )
    BIB_GRANT = (
        "bib_grant",
        "No grant in the profile has a number that `grants` names. The site does not link it.",
    )
    BIB_EXAMPLE = (
        "bib_example",
        "The example of a new site stands among your papers. The site shows it as one of them.",
    )
    BIB_DRAFT = "bib_draft", "A draft is among the selected papers. The site hides it all the same."
    BIB_CONTROL = (
        "bib_control",
        "A text has a control character or an invisible one. Control characters are left out.",
    )
    BIB_NO_OWNER = "bib_no_owner", "No paper names you. No list shows your name in bold."
    BIB_MARKUP = (
        "bib_markup",
        "A text has HTML, or was once decoded wrongly, as in `Ã¼`. The site shows it as written.",
    )
    BIB_TOPICS = (
        "bib_topics",
        "There are too many keywords to make each a topic, and you have not chosen any.",
    )
    BIB_TITLE = "bib_title", "A title is in capitals, or BibTeX would write its acronyms small."
    OUTPUT = (
        "output",
        "A file cannot be written, for instance because the disk is full. This stops the build.",
    )
    PROFILE = "profile", "The profile has a mistake. This stops the build."
    PROFILE_PAPER = (
        "profile_paper",
        "The profile names a key that no paper has. The site does not link it.",
    )
    PROFILE_TOPIC = (
        "profile_topic",
        "The profile names a topic that no paper has. The site does not show it.",
    )
    PROFILE_PERSON = (
        "profile_person",
        "Someone in the profile wrote no paper, has a misspelt group, or cannot get a page.",
    )
    DIRECTIVE = "directive", "A page uses a directive or role of bibfolio wrongly.", True
    FACT = (
        "fact",
        "A page names a fact that the profile does not have. Its sentence has a gap.",
        True,
    )
    FONT = "font", "No font on this machine has a character. `cv.pdf` shows `?` for it."
    CV_PAGES = (
        "cv_pages",
        "A CV has more pages than its `pages` allows. The build writes it all the same.",
    )
    LANGUAGE = (
        "language",
        "No language has this tag. The words of bibfolio and of Sphinx are English.",
    )
    THEME_OPTION = (
        "theme_option",
        "The theme `bibfolio` ignores this option of pydata-sphinx-theme.",
    )
    MATH = "math", "MathML cannot draw a formula on a page. The page shows its source."
    PAGE = "page", "The front matter or a directive of a page is not read as you meant it."
    SISTER = "sister", "A page in the navigation does not exist in another language of the site."
    CITATION = "citation", "A page cites a key that no paper has. The citation leads nowhere.", True
    NO_ADDRESS = (
        "no_address",
        "Check: the address of the site is not known. What needs it is left out.",
    )
    ADDRESS = (
        "address",
        "Check: `conf.py` and the host name different addresses. Pages use that of `conf.py`.",
    )
    REQUIREMENTS = (
        "requirements",
        "Check and doctor: `requirements.txt`, from which hosts install, does not name bibfolio.",
    )
    REDIRECT = (
        "redirect",
        "A redirect leads nowhere, or begins at an address that is taken. It is not made.",
        True,
    )
    OWN_FILE = (
        "own_file",
        "Check: you or an extension have a file where bibfolio makes one. Yours counts.",
    )
    CSP = (
        "csp",
        "The Content-Security-Policy of a page blocks HTML of yours. Readers do not see that part.",
    )
    PICTURE = "picture", "A picture cannot be read. The site serves it as it is."
    ACCENT = (
        "accent",
        "The value of `bibfolio_accent` is no colour and does not count, or is hard to read.",
    )
    CONF = "conf", "A value of `conf.py` is misspelt or of a wrong kind. It does not count."
    # The rest is found in the built site, by bibfolio.doctor.
    DEAD_LINK = (
        "dead_link",
        "Doctor: a link inside the site leads to something that does not exist.",
    )
    DEAD_ANCHOR = "dead_anchor", "Doctor: a link leads to a place that its page does not have."
    MISSING_PICTURE = (
        "missing_picture",
        "Doctor: a picture does not exist, or a page has none for link previews.",
    )
    MISSING_DESCRIPTION = (
        "missing_description",
        "Doctor: a page has no description for search results.",
    )
    SCHOLAR = "scholar", "Doctor: a paper's page lacks what Google Scholar needs to list it."
    SCHOLAR_TEXT = (
        "scholar_text",
        "Doctor: a paper's page lacks the text that Google Scholar wants.",
    )
    JSON_LD = "json_ld", "Doctor: JSON-LD is not valid JSON. Search engines read nothing of it."
    UNLISTED = "unlisted", "Doctor: `sitemap.xml` or `llms.txt` does not list a page."
    WEIGHT = "weight", "Doctor: a first visit to a page costs more than 42 KB or six files."
    EXTERNAL_LINK = "external_link", "Doctor: there is nothing at an address on another host."
    PDF = "pdf", "Doctor: a PDF is broken or encrypted, or has no text in it."
    PDF_ADVICE = (
        "pdf_advice",
        "Doctor: a PDF has another title or more than 5 MB, or lacks what screen readers need.",
    )
    OLD = (
        "old",
        "Doctor: a file of the site is about another version of bibfolio than the installed one.",
    )
    UNSURE_LINK = "unsure_link", "Doctor: nobody can tell whether an address on another host works."

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
#: What is said of values in ``conf.py``, by a build and by `bibfolio check`.
NO_PROFILE = "bibfolio_profile: there is no file {}"
UNREAD = "{}: nothing reads this value; did you mean {}?"


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
