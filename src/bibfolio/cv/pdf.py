"""``CvDocument`` → PDF/UA-1 (ISO 14289-1), set by Typst from ``cv.typ``.

It uses Typst's own fonts (Libertinus), so that the file is the same on every machine, and fonts of
the system only for scripts and characters that those lack. The file holds no date.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import typst

from bibfolio.languages import typography
from bibfolio.model import Author, CvDocument, Paper, where_and_when
from bibfolio.model.colours import PALETTE, Palette
from bibfolio.model.cv import CvPaper, Section
from bibfolio.model.fonts import makeshift, scripts_in
from bibfolio.model.lines import contacts, head
from bibfolio.model.scripts import language_of
from bibfolio.model.sentence import Entry, Phrase, Sentence
from bibfolio.model.text import Span
from bibfolio.model.words import spoken

_TEMPLATE = Path(__file__).with_name("cv.typ")
#: Typst's error for characters without a glyph, which PDF/UA forbids; it escapes text as Rust.
_REFUSAL = "could not be displayed"
_REFUSED = re.compile(rf'the text `"((?:\\.|[^"\\])*)"` {_REFUSAL}')
#: The longest address, in bytes, that Typst takes.
_LONGEST = 8000
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-f]+)\}|(?P<char>.))")

# -- data --------------------------------------------------------------------------------------


def pdf_data(document: CvDocument, language: str, palette: Palette = PALETTE) -> str:
    """Return the data for the template as JSON, none of which is read as markup.

    Args:
        document: The CV.
        language: A tag of BCP 47 or Sphinx's, such as ``zh-Hans`` or ``zh_CN``.
        palette: Of which the file has the colours in light.
    """
    profile = document.profile
    data = {
        "colours": palette.in_light,
        "name": profile.name,
        "title": document.title,
        "keywords": list(profile.interests),
        "head": [_sentence(line) for line in head(profile)],
        "contacts": [{"label": label, **_words(words)} for label, words in contacts(profile)],
        "sections": [_section(section) for section in document.sections],
    }
    text = json.dumps(_printable(data), ensure_ascii=False)
    return json.dumps(_printable(data) | typography(language, text), ensure_ascii=False)


def _printable(value: Any) -> Any:
    """Return *value* with spaces for characters that cannot be drawn, or that PDF/UA forbids."""
    if isinstance(value, str):
        return "".join(
            " " if unicodedata.category(c) in {"Cc", "Cs"} or c in "\ufeff\ufffe" else c
            for c in value
        )
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "sentences": [_sentence(line) for line in section.sentences],
        "entries": [_entry(entry) for entry in section.entries],
        "groups": [
            {"heading": label, "papers": [_paper(item) for item in papers]}
            for label, papers in section.groups
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    parts = {"headline": entry.headline, "rest": entry.rest, "links": entry.links}
    return {"when": entry.when, **{name: _sentence(part) for name, part in parts.items()}}


def _sentence(sentence: Sentence) -> list[dict[str, str]]:
    return [_words(words) for words in sentence]


def _title_words(span: Span) -> dict[str, str]:
    """Return a piece of a title; a formula as plain text, since Typst's are no TeX."""
    return {"text": str(span) if span.style == "math" else span.text, "style": span.style}


def _words(words: Phrase) -> dict[str, str]:
    style = {"style": words.style} if words.style != "text" else {}
    return {"text": words.text, "url": _linkable(words.url), **style, **_lang(words.language)}


def _lang(language: str) -> dict[str, str]:
    """Return what Typst is told of a language, if one is known."""
    return {"lang": language.split("-", maxsplit=1)[0].lower()} if language else {}


def _linkable(url: str) -> str:
    """Return an address, or nothing if it is too long for a PDF."""
    return url if len(url.encode()) <= _LONGEST else ""


def _paper(item: CvPaper) -> dict[str, Any]:
    paper = item.paper
    return {
        "when": paper.year,
        "number": f"{item.number}." if item.number else "",
        "title": [_title_words(span) for span in paper.title.spans],
        "url": _linkable(item.url),
        "lang": language_of(paper.title.plain, paper.language_code, spoken().tag).split("-")[0],
        "authors": [_author(author, paper) for author in paper.authors],
        "comma": paper.comma,
        "et_al": paper.others,
        "part": paper.part,
        "legend": paper.legend,
        "badge": {"text": paper.badge, "url": _linkable(paper.venue.url)},
        "venue": _sentence(where_and_when(paper)),
        "award": " · ".join(filter(None, (paper.flag, *paper.distinctions))),
        "links": _sentence(item.links),
    }


def _author(author: Author, paper: Paper) -> dict[str, Any]:
    signs = "".join(mark.sign for mark in author.marks)
    language = language_of(author.name, spoken().tag, paper.language_code)
    shown = {"name": author.name, "signs": signs, "is_owner": author.is_owner}
    return shown | _lang(language)


# -- setting -----------------------------------------------------------------------------------


class Made(NamedTuple):
    """A PDF, and what is to be told of it."""

    pdf: bytes
    #: The characters that no font for text has: it shows ``?`` for them, or what Typst has in place
    #: of such a font.
    missing: str
    #: How many it has.
    pages: int


def make_pdf(data: str) -> Made:
    """Set a CV from what :func:`pdf_data` returns.

    Raises:
        typst.TypstError: The template has a mistake.
    """
    missing, with_system_fonts = "", bool(scripts_in(data))
    unsightly = makeshift(data, set(typst.Fonts().families())) if with_system_fonts else ""
    # Typst names all missing characters at once: it runs three times at most, nearly always once.
    while True:
        shown = data.translate(dict.fromkeys(map(ord, missing), "?"))
        try:
            pdf, pages = _compile(shown, with_system_fonts)
            return Made(pdf, "".join(dict.fromkeys(missing + unsightly)), pages)
        except typst.TypstError as error:
            if _REFUSAL not in error.diagnostic or shown.isascii():
                raise
            if with_system_fonts:
                # If the error names none, replace every character that may be missing.
                missing += missing_characters(error.diagnostic) or _foreign(shown)
            with_system_fonts = True


def _compile(data: str, with_system_fonts: bool) -> tuple[bytes, int]:
    """Return a PDF, and how many pages it has."""
    options: dict[str, Any] = {"sys_inputs": {"cv": data}}
    options["ignore_system_fonts"] = not with_system_fonts
    pdf = typst.compile(_TEMPLATE, format="pdf", pdf_standards=["ua-1"], **options)
    assert isinstance(pdf, bytes), "one PDF"
    # Typst keeps what it has set: this takes no time.
    return pdf, int(typst.query(_TEMPLATE, "<pages>", field="value", one=True, **options))


def missing_characters(diagnostic: str) -> str:
    """Return the characters, each once, that are missing in all fonts, by the error of Typst.

    It names what is drawn together: also the letter of an accent without a glyph.
    """
    return _foreign("".join(_ESCAPE.sub(_unescaped, text) for text in _REFUSED.findall(diagnostic)))


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match["code"], 16)) if match["code"] else match["char"]


def _foreign(words: str) -> str:
    """Return each character of *words* once, without ASCII, which every font has."""
    return "".join(char for char in dict.fromkeys(words) if not char.isascii())
