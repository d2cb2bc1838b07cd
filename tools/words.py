"""Makes the template of messages (gettext) for translators of the package, from the code."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from bibfolio.model import CV_FILES, KINDS, ROLES, Paper, RichText
from bibfolio.model.cv import CV_TITLE
from bibfolio.model.lines import TALKS
from bibfolio.model.paper import LINKS, STATES
from bibfolio.model.people import GROUPS
from bibfolio.model.tables import CV_SECTIONS, TABLES
from bibfolio.pages.filter_form import LABELS
from bibfolio.pages.publications import GROUPINGS
from bibfolio.sources.fields import TYPE_WORDS

PACKAGE = Path(__file__).parent.parent / "src" / "bibfolio"
TEMPLATE = PACKAGE / "locale" / "bibfolio.pot"

#: Suffix of files → Babel's method of extraction.
_METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".js": "javascript"}
#: Name of a function → positions of messages among its arguments.
_FUNCTIONS = {
    **dict.fromkeys(("_", "pieces", "phrase", "_people", "site_word", "word"), None),
    "counted": (1, 2),
}


def _in_tables() -> Iterator[tuple[str, str]]:
    """Yield file and message of the translated values of tables."""
    unknown = Paper("", "", "misc", RichText())
    states = [state for state in STATES.values() if state]
    tables = {
        "model/cv.py": [CV_TITLE, *CV_FILES],
        "model/lines.py": filter(None, TALKS.values()),
        "model/paper.py": [
            *(*KINDS.values(), *ROLES, *states, *map(str.lower, states)),
            *LINKS.values(),
        ],
        "model/people.py": GROUPS.values(),
        "model/tables.py": [
            *CV_SECTIONS.values(),
            *(heading for table in TABLES.values() for heading in table.kinds.values()),
        ],
        "pages/filter_form.py": LABELS.values(),
        "pages/publications.py": [by([unknown])[0][0] for by in GROUPINGS.values()],
        "sources/fields.py": TYPE_WORDS.values(),
    }
    for file, messages in tables.items():
        yield from ((file, message) for message in messages)


def messages() -> Catalog:
    """Return every message of the package, in the order of files."""
    catalogue = Catalog(project="bibfolio", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        if method := _METHODS.get(path.suffix):
            name, data = path.relative_to(PACKAGE).as_posix(), path.read_bytes()
            if path.suffix == ".py" and b"bibfolio.model.words import" not in data:
                continue  # another function of the same name
            with io.BytesIO(data) as file:
                for _line, found, comments, _context in extract(method, file, _FUNCTIONS):
                    catalogue.add(found, locations=[(name, 0)], auto_comments=comments)
    for name, message in _in_tables():
        catalogue.add(message, locations=[(name, 0)])
    return catalogue


def template() -> str:
    """Return the template, without dates and lines, which change while its messages do not."""
    file = io.BytesIO()
    write_po(file, messages(), width=100, omit_header=True, include_lineno=False)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return head + file.getvalue().decode().rstrip() + "\n"
