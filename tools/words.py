"""Makes the template of messages (gettext) from the code, and brings our catalogues up to date.

A catalogue has the messages of the template in its order; new ones are empty, so English, until
they are translated. What is not in the template leaves the catalogue.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from bibfolio.commands.new import QUESTIONS
from bibfolio.model import CV_FILES, KINDS, ROLES, Paper, RichText
from bibfolio.model.cv import CV_TITLE
from bibfolio.model.lines import TALKS
from bibfolio.model.notices import NOTICES
from bibfolio.model.paper import ARTIFACTS, LINKS, STATES
from bibfolio.model.people import GROUPS
from bibfolio.model.tables import CV_SECTIONS, TABLES
from bibfolio.pages.filter_form import LABELS
from bibfolio.pages.publications import GROUPINGS
from bibfolio.sources.fields import TYPE_WORDS
from tools.markdown import table

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
            *(*(kind.heading for kind in KINDS.values()), *ROLES, *states, *map(str.lower, states)),
            *LINKS.values(),
            *ARTIFACTS.values(),
        ],
        "model/notices.py": [kind.word for kind in NOTICES.values()],
        "model/people.py": GROUPS.values(),
        "model/tables.py": [
            *CV_SECTIONS.values(),
            *(heading for table in TABLES.values() for heading in table.kinds.values()),
        ],
        "pages/filter_form.py": LABELS.values(),
        "pages/publications.py": [by([unknown])[0][0] for by in GROUPINGS.values()],
        "sources/fields.py": TYPE_WORDS.values(),
        "commands/new.py": [question.default for question in QUESTIONS if question.default],
        # The parent's default of an option.
        "theme/components/icon-links.html": ["Icon Links"],
    }
    for file, messages in tables.items():
        yield from ((file, message) for message in messages)


def messages() -> Catalog:
    """Return every message of the package, in the order of files."""
    catalogue = Catalog(project="bibfolio", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        if method := _METHODS.get(path.suffix):
            name, data = path.relative_to(PACKAGE).as_posix(), path.read_bytes()
            if path.suffix == ".py":
                if b"bibfolio.model.words import" not in data:
                    continue  # another function of the same name
                # The message in ``_(LINKS["page"])`` is what stands there in the table.
                data = re.sub(rb'\["[^"]*"\]', b"[0]", data)
            with io.BytesIO(data) as file:
                for _line, found, comments, _context in extract(method, file, _FUNCTIONS):
                    catalogue.add(found, locations=[(name, 0)], auto_comments=comments)
    for name, message in _in_tables():
        catalogue.add(message, locations=[(name, 0)])
    return catalogue


def template() -> str:
    """Return the template, without dates and lines, which change while its messages do not."""
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{_body(messages())}'


def _body(catalogue: Catalog) -> str:
    """Return the messages of a catalogue as its file has them."""
    # Translations have {number} in place of {ordinal}, which checkers of formats would refuse.
    catalogue["{ordinal} edition"].flags.discard("python-brace-format")
    file = io.BytesIO()
    # Comments stay on one line, as the table of terms reads them.
    options: dict[str, Any] = {"width": 10_000, "omit_header": True, "include_lineno": False}
    write_po(file, catalogue, ignore_obsolete=True, **options)
    return file.getvalue().decode().rstrip() + "\n"


def catalogues() -> dict[str, Path]:
    """Return language → catalogue of it."""
    files = sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/bibfolio.po"))
    return {file.parent.parent.name: file for file in files}


def read(file: Path) -> Catalog:
    """Return a catalogue as it is written."""
    with file.open("rb") as source:
        return read_po(source)


def up_to_date(file: Path) -> str:
    """Return a catalogue with the messages of the template."""
    catalogue = read(file)
    catalogue.update(messages(), no_fuzzy_matching=True, keep_user_comments=True)
    fields = {
        "Language": file.parent.parent.name,
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": catalogue.plural_forms,
    }
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    about = catalogue.header_comment
    return f'{about}\nmsgid ""\nmsgstr ""\n{head}\n{_body(catalogue)}'


def languages() -> str:
    """Return the languages that ship."""
    locales = sorted(map(Locale.parse, catalogues()), key=lambda one: one.english_name or "")
    rows = [[one.english_name or "", one.display_name or "", str(one)] for one in locales]
    rows = [[name, own, f"`{tag.replace('_', '-')}`"] for name, own, tag in rows]
    return table(["language", "its own name", "`language`"], rows)


def terms() -> str:
    """Return, for each catalogue, where its terms stand, which are its own, and the doubts."""
    found = {
        Locale.parse(tag).english_name or tag: read(file) for tag, file in catalogues().items()
    }
    return "\n".join(f"## {name}\n\n{_terms(name, found[name])}" for name in sorted(found))


def _terms(name: str, catalogue: Catalog) -> str:
    sourced, own, doubts = [], [], []
    for message in filter(lambda message: message.id, catalogue):
        english = message.id if isinstance(message.id, str) else message.id[0]
        words = " / ".join(dict.fromkeys(forms(message)))
        for comment in message.user_comments:
            kind, _colon, text = comment.partition(": ")
            if kind == "Doubt":
                doubts.append([english, words, text])
            elif kind == "Term" and text == "own word":
                own.append(f"{words} ({english})")
            elif kind == "Term":
                sourced.append([english, words, text])
    names = re.findall(r"^# ?(.*)", catalogue.header_comment, re.M)[1:]
    sources = re.sub(r" ?(?:Names of sources:|;) (?=[^;=]+ = http)", r"\n- ", " ".join(names))
    parts = [
        sources,
        table(["English", name, "where it stands"], sourced) if sourced else "",
        f"Own words: {'; '.join(own)}." if own else "",
        table(["English", name, "doubt"], doubts) if doubts else "",
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def untranslated() -> dict[str, list[str]]:
    """Return language → messages without words in it."""
    found = {
        language: [str(m.id) for m in read(file) if m.id and not all(forms(m))]
        for language, file in catalogues().items()
    }
    return {language: ids for language, ids in found.items() if ids}


def forms(message: Message) -> tuple[str, ...]:
    """Return a translation: one form, or as many as the language has plural forms."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)
