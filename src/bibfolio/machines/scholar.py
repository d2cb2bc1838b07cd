"""Record → the Highwire Press tags that Google Scholar reads.

The only place with these names (https://scholar.google.com/intl/en/scholar/inclusion.html,
"Indexing guidelines"). A tag is given only if its value is known, authors one tag each in order.
"""

from __future__ import annotations

from bibfolio.model import PartialDate, Record

_CONTAINER_TAGS = {
    "journal": "citation_journal_title",
    "proceedings": "citation_conference_title",
    "book": "citation_inbook_title",
}
_ISSUER_TAGS = {
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}


def scholar_tags(record: Record, page_url: str, pdf_url: str) -> list[tuple[str, str]]:
    """Return name and value of each ``<meta>`` tag, in order.

    Args:
        record: the paper.
        page_url: absolute address of its page.
        pdf_url: absolute address of its PDF on the same host; Scholar ignores other hosts, so
            it must be empty if this site does not serve one.
    """
    container = _CONTAINER_TAGS.get(record.container_kind) or _ISSUER_TAGS.get(record.kind, "")
    tags = [
        ("citation_title", record.title),
        *(("citation_author", author.name) for author in record.authors),
        ("citation_publication_date", _date(record.date)),
        (container, record.container if container else ""),
        ("citation_volume", record.volume),
        ("citation_issue", record.issue),
        ("citation_technical_report_number", record.number if record.kind == "report" else ""),
        ("citation_firstpage", record.first_page),
        ("citation_lastpage", record.last_page),
        ("citation_doi", record.value_of("doi")),
        ("citation_arxiv_id", record.value_of("arxiv")),
        ("citation_publisher", record.publisher),
        ("citation_isbn", record.value_of("isbn")),
        ("citation_issn", record.value_of("issn")),
        ("citation_abstract_html_url", page_url),
        ("citation_pdf_url", pdf_url),
    ]
    return [(name, value) for name, value in tags if value]


def _date(date: PartialDate | None) -> str:
    """Return ``2024/04/16``, as far as it is known."""
    return date.iso.replace("-", "/") if date else ""
