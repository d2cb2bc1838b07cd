"""arXiv: preprints, and where they appeared if their authors say so."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from bibfolio.model.work import Work
from bibfolio.services import clean
from bibfolio.sources import tex
from bibfolio.sources.identifiers import arxiv_of, doi_of

#: Path of a query.
PATH = "/api/query"
_NAMES = {"": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}


def works(answer: ET.Element) -> list[Work]:
    """Return the works of a feed; arXiv answers with an entry ``Error`` for an unknown number."""
    entries = answer.findall("entry", _NAMES)
    found = [_work(entry) for entry in entries if _text(entry, "title") != "Error"]
    return [work for work in found if work.arxiv]


def without_version(number: str) -> str:
    """Return an arXiv number without its version."""
    return re.sub(r"v\d+$", "", number)


def _work(entry: ET.Element) -> Work:
    names = [author.findtext("name", "", _NAMES) for author in entry.findall("author", _NAMES)]
    authors = tuple(filter(None, (clean.name(tex.plain(name)) for name in names)))
    day = _text(entry, "published")[:10].split("-")
    category = entry.find("arxiv:primary_category", _NAMES)
    return Work(
        title=clean.title(tex.plain(_text(entry, "title"))),
        authors=authors,
        orcids=("",) * len(authors),
        date=clean.date(day),
        arxiv=without_version(arxiv_of(_text(entry, "id"))),
        arxiv_class=category.get("term", "") if category is not None else "",
        is_preprint=True,
        published_doi=doi_of(next(iter(_text(entry, "arxiv:doi").split()), "")),
        journal_ref=clean.clean(tex.plain(_text(entry, "arxiv:journal_ref"))),
        abstract=clean.clean(tex.plain(_text(entry, "summary"))),
    )


def _text(entry: ET.Element, name: str) -> str:
    return " ".join(entry.findtext(name, "", _NAMES).split())
