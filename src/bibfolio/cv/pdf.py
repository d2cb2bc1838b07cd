"""``CvDocument`` → the data of a PDF/UA-1 (ISO 14289-1), which ``setter`` sets from ``cv.typ``.

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
from typing import Any, NamedTuple

from bibfolio.model import Author, CvDocument, Paper, RichText, where_and_when
from bibfolio.model.cv import CV_TITLE, CvPaper, Section
from bibfolio.model.wording import Words, contacts, head
from bibfolio.worker import Worker

_SETTER = Path(__file__).with_name("setter.py")


class Lacking(NamedTuple):
    """Characters that no font has."""

    #: All of them.
    characters: str
    #: Those of them that have none even when they stand alone, which is how :func:`ask` asks.
    alone: str


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
        if value.isprintable():
            return value
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
    """What decides about the PDF of *data* beside this package and the fonts of the system."""
    return f"{version('typst')}\n{data}"


def begin(data: str) -> Worker:
    """Have the PDF of *data* set."""
    return Worker(_SETTER, data.encode())


def finish(setter: Worker) -> tuple[bytes, Lacking]:
    """The PDF, and the characters that no font has; it shows ``?`` for them."""
    lacking, _, made = setter.result().partition(b"\n")
    return made, Lacking(*json.loads(lacking))


def ask(characters: str) -> Worker:
    """Have it found out whether there is a font for these by now."""
    return Worker(_SETTER, json.dumps({"characters": characters}).encode())


def answer(asked: Worker) -> str:
    """Those of the characters that no font has."""
    return str(json.loads(asked.result()))
