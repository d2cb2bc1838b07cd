"""Record → RIS and CSL-JSON; and the files that readers download, of each paper and of all.

RIS: https://github.com/aurimasv/translators/wiki/RIS-Tag-Map (the format has no living standard);
CSL-JSON: https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.typing import ExtensionMetadata

from bibfolio.config import has_paper_pages, settings_of
from bibfolio.library import library_of, page_of
from bibfolio.model import Author, Paper, PartialDate, Record
from bibfolio.output import COLLECT_FILES, Output, copy_files, makes_html, makes_site

#: Name of the files that hold all papers.
ALL = "publications"

_RIS_TYPES = {
    "journal": "JOUR",
    "conference": "CPAPER",
    "preprint": "UNPB",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
}
_CSL_TYPES = {
    "journal": "article-journal",
    "conference": "paper-conference",
    "preprint": "article",
    "book": "book",
    "chapter": "chapter",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
}


def ris(record: Record, url: str) -> str:
    """Return one RIS record; *url* is the paper's page on this site."""
    is_issued = record.container_kind in {"institution", "repository"}
    is_part = record.kind in {"chapter", "conference"}
    # As Zotero and EndNote read it; a report has no issue.
    number = "SN" if record.kind == "report" else "IS"
    tags = [
        ("TY", _RIS_TYPES.get(record.kind, "GEN")),
        ("ID", record.key),
        ("TI", record.title),
        *(("AU", _inverted(author)) for author in record.authors),
        # The editor of a volume that contains the work, or of the work itself.
        *(("A2" if is_part else "ED", _inverted(editor)) for editor in record.editors),
        ("T2", "" if is_issued else record.container),
        ("J2", record.container_short if record.container_kind == "journal" else ""),
        ("C3", record.event),
        ("CY", record.event_place),
        ("PY", str(record.date.year) if record.date else ""),
        ("DA", _ris_date(record.date)),
        ("VL", record.volume),
        (number, record.issue),
        ("SP", record.first_page),
        ("EP", record.last_page),
        ("PB", record.container if is_issued else record.publisher),
        ("SN", "" if number == "SN" and record.issue else record.issn or record.isbn),
        ("DO", record.doi),
        ("M1", f"arXiv:{record.arxiv}" if record.arxiv else ""),
        ("M3", record.genre),
        *(("KW", keyword) for keyword in record.keywords),
        ("AB", record.summary),
        *(("UR", address) for address in (*record.same_as, url)),
    ]
    # A line break inside a value would start a new tag.
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(record: Record, url: str) -> dict[str, Any]:
    """Return one CSL-JSON item; *url* stands in where the paper has no address elsewhere."""
    is_issued = record.container_kind in {"institution", "repository"}
    number = record.issue if record.kind == "report" else ""
    item: dict[str, Any] = {
        "id": record.key,
        "type": _CSL_TYPES.get(record.kind, "document"),
        "title": record.title,
        "author": [_csl_name(author) for author in record.authors],
        "editor": [_csl_name(editor) for editor in record.editors],
        "issued": _csl_date(record.date),
        "container-title": "" if is_issued else record.container,
        "container-title-short": record.container_short,
        "event-title": record.event,
        "event-place": record.event_place,
        "volume": record.volume,
        "issue": "" if record.kind == "report" else record.issue,
        "page": record.pages.replace("–", "-"),
        "publisher": record.container if is_issued else record.publisher,
        "number": f"arXiv:{record.arxiv}" if record.arxiv else number,
        "genre": record.genre,
        "ISBN": record.isbn,
        "ISSN": record.issn,
        "DOI": record.doi,
        "URL": record.same_as[0] if record.same_as else url,
        "abstract": record.summary,
        "keyword": ", ".join(record.keywords),
        "note": record.note,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(items: Sequence[dict[str, Any]]) -> str:
    """Return a CSL-JSON file with a line for each item."""
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n]\n"


def _inverted(author: Author) -> str:
    """Return ``Family, Given, Suffix``; a name of one part stays as it is."""
    family = " ".join(part for part in (author.prefix, author.family) if part)
    return ", ".join(part for part in (family, author.given, author.suffix) if part)


def _csl_name(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.name}
    name = {
        "family": author.family,
        "given": author.given,
        "non-dropping-particle": author.prefix,
        "suffix": author.suffix,
    }
    return {part: value for part, value in name.items() if value}


def _ris_date(date: PartialDate | None) -> str:
    """Return ``YYYY/MM/DD/`` with empty parts where the date is not known to the day."""
    if not date or not date.month:
        return ""
    return f"{date.year:04}/{date.month:02}/{f'{date.day:02}' if date.day else ''}/"


def _csl_date(date: PartialDate | None) -> dict[str, Any]:
    if not date:
        return {}
    parts = [date.year, date.month, date.day]
    return {"date-parts": [parts[: 1 + bool(date.month) + bool(date.day)]]}


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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the files of a paper with its page, and have the others written."""
    app.connect("html-page-context", _write_of_paper)
    app.connect(COLLECT_FILES, _files_of_all)
    app.connect("write-started", _copy_owner_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
