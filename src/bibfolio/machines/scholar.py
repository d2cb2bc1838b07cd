"""Record → the Highwire Press tags that Google Scholar reads.

The only place with these names (https://scholar.google.com/intl/en/scholar/inclusion.html,
"Indexing guidelines"). A tag is given only if its value is known, authors one tag each in order.
"""

from __future__ import annotations

from bibfolio.model import PartialDate, Record

#: Tags without which Scholar treats a page as if it had none.
TITLE, AUTHOR, DATE = NEEDED = ("citation_title", "citation_author", "citation_publication_date")
PDF = "citation_pdf_url"
#: Kind of paper → the tag that says where it appeared, or who issued it.
CONTAINERS = {
    "journal": "citation_journal_title",
    "review": "citation_journal_title",
    "conference": "citation_conference_title",
    "chapter": "citation_inbook_title",
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
    container = CONTAINERS.get(record.kind, "")
    tags = [
        (TITLE, record.title),
        *((AUTHOR, author.name) for author in record.authors),
        (DATE, _date(record.date)),
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
        (PDF, pdf_url),
    ]
    return [(name, value) for name, value in tags if value]


def _date(date: PartialDate | None) -> str:
    """Return ``2024/04/16``, as far as it is known."""
    return date.iso.replace("-", "/") if date else ""
