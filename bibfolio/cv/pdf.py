"""``CvDocument`` → PDF/UA-1 (ISO 14289-1), set by Typst from ``cv.typ``.

Typst's own fonts (Libertinus) are used, so that the file is the same on every machine; fonts of the
system only if those lack a character of the text. The file holds no date.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from bibfolio.model import Author, CvDocument, Paper, RichText, where_and_when
from bibfolio.model.cv import CV_TITLE, CvPaper, Section
from bibfolio.model.lines import Words, contacts, head

_TEMPLATE = Path(__file__).with_name("cv.typ")
#: A document of nothing but characters.
_SAMPLE = b"""#set document(title: "Sample", date: none)
#set text(lang: "en")
#sys.inputs.characters.clusters().join(" ")"""
#: Typst's fonts have all Latin letters up to here, and these.
_LAST_COMMON, _COMMON = "\u017f", "–—‘’“”…•†‡"
#: How Typst refuses, for PDF/UA, what a PDF would show as a box; the text as Rust writes it.
_LACKING = re.compile(r'the text `"((?:\\.|[^"\\])*)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-f]+)\}|(?P<char>.))")


def pdf_data(document: CvDocument, language: str) -> str:
    """What the template sets, as JSON: nothing in it is ever read as markup.

    *language* is a code of Sphinx's, such as ``en`` or ``zh_CN``.
    """
    profile = document.profile
    lang, _, region = re.sub("[-@]", "_", language or "en").partition("_")
    data = {
        "lang": lang,
        "region": region if re.fullmatch("[A-Za-z]{2}", region) else None,
        "name": profile.name,
        "title": CV_TITLE,
        "keywords": list(profile.interests),
        "head": [[asdict(words) for words in line] for line in head(profile)],
        "contacts": [{"label": label, **asdict(words)} for label, words in contacts(profile)],
        "sections": [_section(section) for section in document.sections],
    }
    return json.dumps(_printable(data), ensure_ascii=False)


def _printable(value: Any) -> Any:
    """*value* with a space for every control character, which is nothing to be drawn."""
    if isinstance(value, str):
        return "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in value)
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "sentences": [[asdict(words) for words in line] for line in section.sentences],
        "entries": [asdict(entry) for entry in section.entries],
        "groups": [
            {"heading": label, "papers": [_paper(item) for item in papers]}
            for label, papers in section.groups
        ],
    }


def _paper(item: CvPaper) -> dict[str, Any]:
    paper = item.paper
    return {
        "when": paper.year,
        "title": _spans(paper.title),
        "url": item.url,
        "authors": [_author(author) for author in paper.authors],
        "et_al": paper.et_al,
        "part": paper.part,
        "legend": "; ".join(f"{mark.sign} {mark.meaning}" for mark in paper.legend),
        "badge": {"text": paper.badge, "url": paper.venue.url},
        "venue": _venue(paper),
        "award": paper.award,
        "links": [asdict(words) for words in item.links],
    }


def _venue(paper: Paper) -> list[dict[str, str]]:
    """Where and when, with the number of a preprint as the link to it."""
    url = next((link.url for link in paper.links if link.kind == "arxiv"), "")
    before, number, after = where_and_when(paper).partition(f"arXiv:{paper.eprint}")
    parts = (Words(before), Words(number, url), Words(after))
    return [asdict(words) for words in parts if words.text]


def _spans(title: RichText) -> list[dict[str, str]]:
    """Formulas as their plain text: Typst's own language for them is another than TeX's."""
    return [{"text": str(span), "style": span.style} for span in title.spans]


def _author(author: Author) -> dict[str, Any]:
    signs = "".join(mark.sign for mark in author.marks)
    return {"name": author.name, "signs": signs, "is_owner": author.is_owner}


def recipe(data: str) -> str:
    """All that decides what the PDF of *data* looks like, but for the fonts of the system."""
    return "\n".join((version("typst"), _TEMPLATE.read_text(encoding="utf-8"), data))


def set_pdf(data: str) -> tuple[bytes, str]:
    """The PDF of *data*, and the characters that no font has; the PDF shows ``?`` for them.

    Which fonts are needed is asked with the rare characters alone: setting everything again for
    each answer would take seconds for a long list of papers.

    Raises:
        typst.TypstError: the template has a mistake.
    """
    foreign = _lacking(_rare(data), with_system_fonts=False)
    lacking = _lacking(foreign, with_system_fonts=True)
    template, with_system_fonts = _TEMPLATE.read_bytes(), bool(foreign)
    while True:
        try:
            return _compile(template, _without(data, lacking), with_system_fonts), lacking
        except typst.TypstError as error:
            # What stands alone can be drawn otherwise than in a word.
            found = lacking_characters(error.diagnostic)
            if not found or (with_system_fonts and set(found) <= set(lacking)):
                raise
            lacking += found if with_system_fonts else ""
            with_system_fonts = True


def _rare(data: str) -> str:
    """The characters of *data* that Typst's fonts may not have, each once."""
    return "".join(
        char for char in dict.fromkeys(data) if char > _LAST_COMMON and char not in _COMMON
    )


def _lacking(characters: str, with_system_fonts: bool) -> str:
    """Those of *characters* that are in no font."""
    if not characters:
        return ""
    try:
        _compile(_SAMPLE, characters, with_system_fonts)
    except typst.TypstError as error:
        found = lacking_characters(error.diagnostic)
        return "".join(char for char in characters if char in found)
    return ""


def _compile(template: bytes, data: str, with_system_fonts: bool) -> bytes:
    result = typst.compile(
        template,
        format="pdf",
        sys_inputs={"cv": data} if template != _SAMPLE else {"characters": data},
        pdf_standards=["ua-1"],
        ignore_system_fonts=not with_system_fonts,
    )
    assert isinstance(result, bytes), "one PDF"
    return result


def lacking_characters(diagnostic: str) -> str:
    """The characters that Typst's message says no font has, each once.

    It names what is drawn as one: a letter with an accent it has no glyph for is both. Every font
    has the letters of ASCII.
    """
    texts = "".join(_ESCAPE.sub(_unescaped, text) for text in _LACKING.findall(diagnostic))
    return "".join(char for char in dict.fromkeys(texts) if not char.isascii())


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match["code"], 16)) if match["code"] else match["char"]


def _without(data: str, characters: str) -> str:
    """*data*, whose syntax is ASCII, with ``?`` for each of *characters*."""
    return data.translate(dict.fromkeys(map(ord, characters), "?"))
