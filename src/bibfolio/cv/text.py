"""``CvDocument`` → plain text of 80 columns, for forms and for programs that read applications.

A heading is a line in capitals, times have a column, and the address of a paper has a line, so that
nothing sticks to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bibfolio.model import CvDocument
from bibfolio.model.cv import CvPaper, Section
from bibfolio.model.lines import contacts, head
from bibfolio.model.scripts import EAST_ASIAN_WIDE
from bibfolio.model.sentence import sentence_text
from bibfolio.model.wording import authors_line, venue_line

WIDTH = 80
#: Scripts without spaces: a line may end behind each of their characters.
_PIECES = re.compile(rf"[{EAST_ASIAN_WIDE}]|[^\s{EAST_ASIAN_WIDE}]+|\s+")


def text(document: CvDocument) -> str:
    """Return the whole CV."""
    profile = document.profile
    parts = [
        [profile.name, document.title],
        [line for sentence in head(profile) for line in wrapped(sentence_text(sentence))],
        _contacts(document),
    ]
    for section in document.sections:
        parts += _section(section)
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _contacts(document: CvDocument) -> list[str]:
    """Return lines with label and value; addresses are written out in full."""
    ways = contacts(document.profile)
    column = _beside(label for label, _way in ways)
    return [line for label, way in ways for line in hanging(label, [way.url or way.text], column)]


def _section(section: Section) -> list[list[str]]:
    """Return blocks of lines; empty lines go between them."""
    parts = [[section.heading.upper()]]
    parts += [wrapped(sentence_text(sentence)) for sentence in section.sentences]
    if section.entries:
        column = _beside(entry.when for entry in section.entries)
        entries = ((entry.when, [entry.text, *entry.addresses()]) for entry in section.entries)
        parts.append([line for when, texts in entries for line in hanging(when, texts, column)])
    width = max((len(item.number) for item in section.papers), default=0)
    column = _beside(_label(item, width) for item in section.papers)
    for heading, papers in section.groups:
        parts.append(wrapped(heading))
        parts += [hanging(_label(item, width), _paper(item), column) for item in papers]
    return parts


def _label(item: CvPaper, width: int) -> str:
    """Return what stands before a paper: its year, and its number in a column of this *width*."""
    number = f"{item.number:>{width}}." if item.number else ""
    return "  ".join(filter(None, (item.paper.year, number)))


def _beside(labels: Iterable[str]) -> int:
    """Return the column to the right of all *labels*; the first if all are empty."""
    widest = max(map(columns, labels), default=0)
    return widest and widest + 2


def _paper(item: CvPaper) -> list[str]:
    return [item.paper.title.plain, authors_line(item.paper), venue_line(item.paper), item.url]


# -- lines ---------------------------------------------------------------------------------------


def hanging(label: str, paragraphs: Iterable[str], column: int) -> list[str]:
    """Return lines of *paragraphs*, which begin at *column*; the first has *label* before it."""
    lines = [line for words in paragraphs for line in wrapped(words, WIDTH - column)]
    label += " " * (column - columns(label))
    indented = [f"{label if not index else ' ' * column}{line}" for index, line in enumerate(lines)]
    return indented or [label.rstrip()]


def wrapped(words: str, width: int = WIDTH) -> list[str]:
    """Return lines of at most *width* columns; longer if there is no place to break."""
    lines: list[str] = []
    line, taken = "", 0
    for piece in _PIECES.findall(" ".join(words.split())):
        if line and taken + columns(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, taken = "", 0
        added = piece if line else piece.lstrip()
        line, taken = line + added, taken + columns(added)
    return [*lines, line.rstrip()] if line.strip() else lines


def columns(words: str) -> int:
    """Return how many columns *words* take in a font of fixed width."""
    return len(words) if words.isascii() else sum(map(_columns, words))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
