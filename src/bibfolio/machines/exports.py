"""Record → RIS and CSL-JSON; and the files that readers download, of each paper and of all.

RIS has no living standard; its tags are as Zotero's translator ``RIS.js`` and EndNote read them
(https://github.com/aurimasv/translators/wiki/RIS-Tag-Map). CSL-JSON:
https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder

from bibfolio.config import has_paper_pages, settings_of
from bibfolio.library import library_of, page_of
from bibfolio.machines.types import names_of
from bibfolio.model import Author, Paper, PartialDate, Record
from bibfolio.model.identifiers import Identifier
from bibfolio.model.notices import noted
from bibfolio.model.strings import without_empty
from bibfolio.output import COLLECT_FILES, Output, copy_files, makes_html, makes_site

#: Name of the files that hold all papers.
ALL = "publications"

#: Fact → RIS type → the tag in which Zotero and EndNote look for it; "" is any other type.
_RIS_TAGS = {
    "editor": {"BOOK": "A3", "CHAP": "A2", "CPAPER": "A2", "ENCYC": "A2", "JOUR": "A2", "": "ED"},
    "container": {"CPAPER": "C3", "": "T2"},
    "series": {"BOOK": "T2", "RPRT": "T2", "COMP": "T2", "": "T3"},
    "series_number": {"BOOK": "M1", "": "SV"},
    "number": {"RPRT": "SN", "PAT": "SN", "DATA": "NV", "": "IS"},
    "place": {"CPAPER": "C1", "": "CY"},
}


def ris(record: Record, url: str) -> str:
    """Return one RIS record; *url* is the paper's page on this site.

    RIS has no place for the end of a range of dates, nor for that of an event.
    """
    type_ = names_of(record).ris
    tag = {fact: tags.get(type_, tags[""]) for fact, tags in _RIS_TAGS.items()}
    serial = record.value_of("issn") or record.value_of("isbn")
    serial = "" if tag["number"] == "SN" and record.number else serial
    tags = [
        ("TY", type_),
        ("ID", record.key),
        ("TI", record.title),
        ("ST", record.short_title),
        *(("AU", name) for name in _inverted(record.authors, record.et_al)),
        *((tag["editor"], name) for name in _inverted(record.editors, record.more_editors)),
        *(("A4", name) for name in _inverted(record.translators)),
        # A paper was given at a conference and is in its proceedings: T2 and C3 (EndNote's CPAPER).
        ("T2", record.event if type_ == "CPAPER" else ""),
        (tag["container"], "" if _is_issued(record) else record.container),
        ("J2", record.container_short if record.container_kind == "journal" else ""),
        (tag["series"], record.series),
        (tag["series_number"], record.series_number),
        # Both are Zotero's one place: that of the conference comes first and counts.
        ("CY", record.event_place),
        (tag["place"], record.address),
        ("PY", str(record.date.year) if record.date else ""),
        ("DA", _ris_date(record.date)),
        ("Y2", _ris_date(record.accessed)),
        ("VL", record.volume),
        ("NV", record.volumes),
        ("IS", record.issue),
        (tag["number"], record.number),
        ("ET", record.edition or record.version),
        ("SE", record.chapter),
        ("SP", record.first_page),
        ("EP", record.last_page),
        ("C7", record.eid),
        ("PB", _publisher(record)),
        ("SN", serial),
        ("DO", record.value_of("doi")),
        ("AN", _accession_number(record.eprint)),
        ("DB", record.archive),
        ("M3", record.genre),
        # Of a program, Zotero takes it for the language that it is written in.
        ("LA", "" if type_ == "COMP" else record.language),
        *(("N1", note) for note in (record.note, *noted(record.notices))),
        *(("KW", keyword) for keyword in record.keywords),
        ("AB", record.abstract),
        *(("UR", address) for address in dict.fromkeys((record.url, *record.same_as, url))),
    ]
    # A line break inside a value would start a new tag.
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _accession_number(eprint: Identifier | None) -> str:
    """Return the number in the archive; one of arXiv says what it is, as arXiv asks for."""
    if not eprint:
        return ""
    return eprint.text if eprint.kind == "arxiv" else eprint.value


def csl(record: Record, url: str) -> dict[str, Any]:
    """Return one CSL-JSON item; *url* stands in where the entry names no address."""
    # Variables of biblatex's fields as in the processors that read both (citeproc-lua, pandoc). The
    # number of an article is its page if there is no other; beside pages, styles look in "number".
    arxiv = record.identifier("arxiv")
    numbers = (
        record.number,
        record.eid if record.eid != record.pages else "",
        arxiv.text if arxiv and record.kind == "preprint" else "",
    )
    event = record.event_dates
    item: dict[str, Any] = {
        "id": record.key,
        "type": names_of(record).csl,
        "title": record.title,
        "title-short": record.short_title,
        "author": _csl_names(record.authors, record.et_al),
        "editor": _csl_names(record.editors, record.more_editors),
        "container-author": _csl_names(record.bookauthors),
        "translator": _csl_names(record.translators),
        "issued": _csl_date(record.date, record.date_end),
        "accessed": _csl_date(record.accessed),
        "container-title": "" if _is_issued(record) else record.container,
        "container-title-short": record.container_short,
        "collection-title": record.series,
        "collection-number": record.series_number,
        "event-title": record.event,
        "event-place": record.event_place,
        "event-date": _csl_date(event.start, event.end) if event else {},
        "volume": record.volume,
        "number-of-volumes": record.volumes,
        "number-of-pages": record.pagetotal,
        "issue": record.issue,
        "chapter-number": record.chapter,
        "page": record.pages.replace("–", "-"),
        "edition": record.edition,
        "version": record.version,
        "publisher": _publisher(record),
        "publisher-place": record.address,
        "number": next(filter(None, numbers), ""),
        "genre": record.genre,
        "ISBN": record.value_of("isbn"),
        "ISSN": record.value_of("issn"),
        "DOI": record.value_of("doi"),
        "PMID": record.value_of("pubmed"),
        "PMCID": record.value_of("pmc"),
        "archive": record.archive,
        "archive_location": record.eprint.value if record.eprint else "",
        "URL": record.url or url,
        "status": record.status,
        "language": record.language,
        "abstract": record.abstract,
        "keyword": ", ".join(record.keywords),
        "note": "; ".join(filter(None, (record.note, *noted(record.notices)))),
    }
    return without_empty(item)


def csl_json(items: Sequence[dict[str, Any]]) -> str:
    """Return a CSL-JSON file with a line for each item."""
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n"


def _is_issued(record: Record) -> bool:
    """Return whether the container of the paper is who issued it."""
    return record.container_kind in {"institution", "repository"}


def _publisher(record: Record) -> str:
    """Return who issued the paper; of a patent, who holds it, as Zotero has it."""
    holders = "; ".join(holder.name for holder in record.holders)
    issuer = record.container if _is_issued(record) else ""
    return holders or issuer or record.publisher


def _inverted(people: Sequence[Author], et_al: bool = False) -> list[str]:
    """Return ``Family, Given, Suffix`` of each; a name of one part stays as it is.

    "And others" is ``others``, from which JabRef and Zotero make BibTeX's "and others" again.
    """
    names = []
    for person in people:
        family = " ".join(part for part in (person.prefix, person.family) if part)
        names.append(", ".join(part for part in (family, person.given, person.suffix) if part))
    return [*names, *(["others"] if et_al else [])]


def _csl_names(people: Sequence[Author], et_al: bool = False) -> list[dict[str, str]]:
    """Return the names in parts; "and others" is the literal that pandoc has for it."""
    names = [_csl_name(person) for person in people]
    return [*names, *([{"literal": "others"}] if et_al else [])]


def _csl_name(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.name}
    name = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.prefix,
        "suffix": author.suffix,
    }
    return without_empty(name)


def _ris_date(date: PartialDate | None) -> str:
    """Return ``YYYY/MM/DD/`` with empty parts where the date is not known to the day."""
    if not date or not date.month:
        return ""
    return f"{date.year:04}/{date.month:02}/{f'{date.day:02}' if date.day else ''}/"


def _csl_date(start: PartialDate | None, end: PartialDate | None = None) -> dict[str, Any]:
    """Return a date, or both ends of a range."""
    dates = [date for date in dict.fromkeys((start, end)) if date]
    parts = [
        [part for part in (date.year, date.month, date.day) if part]  # no day without a month
        for date in dates
    ]
    return {"date-parts": parts} if parts else {}


# -- Sphinx ----------------------------------------------------------------------------------


def _files(app: Sphinx, name: str, papers: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    """Yield the files called *name*, which hold these *papers*."""
    output, library = Output(app), library_of(app.env)
    pairs = [
        (
            library.record_of(paper),
            output.page_url(page_of(app.env, paper)) if output.has_address else "",
        )
        for paper in papers
    ]
    yield f"{name}.bib", "\n".join(paper.bibtex for paper in papers)
    yield f"{name}.ris", "".join(ris(record, url) for record, url in pairs)
    yield f"{name}.json", csl_json([csl(record, url) for record, url in pairs])


def _write_of_paper(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], doctree: object
) -> None:
    """Write the files of a paper with its page."""
    paper = library_of(app.env).paper_of(pagename)
    if paper and doctree and makes_html(app) and has_paper_pages(app.config):
        for path, text in _files(app, paper.page, [paper]):
            Output(app).write(path, text)


def _files_of_all(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield the files of all papers."""
    if makes_site(app) or has_paper_pages(app.config):
        yield from _files(app, ALL, library_of(app.env).papers)


def _copy_owner_files(app: Sphinx, _builder: Builder) -> None:
    """Serve the owner's PDFs and slides under the address of their folder, but for drafts'.

    Before Sphinx copies ``html_extra_path``, which may say otherwise.
    """
    if makes_site(app):
        folder, source = settings_of(app.config).files, Path(app.srcdir)
        hidden = {source / path for path in library_of(app.env).hidden_files}
        copy_files(source / folder, Path(app.outdir) / folder, hidden)


def setup(app: Sphinx) -> None:
    """Write the files of a paper with its page, and have the others written."""
    app.connect("html-page-context", _write_of_paper)
    app.connect(COLLECT_FILES, _files_of_all)
    app.connect("write-started", _copy_owner_files)
