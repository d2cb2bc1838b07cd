"""The page of a paper has what Google Scholar asks for, or the paper is told."""

import pytest

from bibfolio.doctor.scholar import unready
from bibfolio.model import Paper, RichText
from tests.unit.doctor.made import built, html, sources, told


def tag(name: str, content: str) -> str:
    return f'<meta name="citation_{name}" content="{content}">'


TITLE, AUTHOR, DATE = tag("title", "T"), tag("author", "Ann Roe"), tag("publication_date", "2024")
JOURNAL, PDF = tag("journal_title", "J"), tag("pdf_url", "https://ann.example/files/x.pdf")
SUMMARY = '<p class="paper-page-summary">It is fast.</p>'
COMPLETE = TITLE + AUTHOR + DATE + JOURNAL


def found(folder, pages, type_: str = "article") -> list[str]:
    site = built(folder, pages)
    papers = [Paper("k", type_, RichText())]
    return told(unready(site, sources(folder, site, papers={"papers/k": 3}), papers), folder)


@pytest.mark.parametrize("path", ["papers/k/index.html", "papers/k.html"])
@pytest.mark.parametrize(
    ("head", "body"),
    [
        (COMPLETE, SUMMARY),
        (COMPLETE, '<p class="paper-page-abstract">It is fast.</p>'),
        (COMPLETE + PDF, ""),
        (COMPLETE + tag("author", "Bo Li"), SUMMARY),
        (COMPLETE.replace("2024", "2024/05/01"), SUMMARY),
        (COMPLETE.replace("2024", "2024/5"), SUMMARY),
    ],
)
def test_a_complete_page_is_ready(tmp_path, path, head, body):
    assert found(tmp_path, {path: html(body, head)}) == []


WRITE = "write annotation or abstract in the entry, or add the PDF"


@pytest.mark.parametrize(
    ("head", "body", "message"),
    [
        (COMPLETE.replace(TITLE, ""), SUMMARY, "scholar: k: its page has no citation_title"),
        (
            COMPLETE.replace(TITLE, tag("title", " ")),
            SUMMARY,
            "scholar: k: its page has no citation_title",
        ),
        (COMPLETE + TITLE, SUMMARY, "scholar: k: its page has more than one citation_title"),
        (COMPLETE.replace(AUTHOR, ""), SUMMARY, "scholar: k: its page has no citation_author"),
        (
            COMPLETE.replace(DATE, ""),
            SUMMARY,
            "scholar: k: its page has no citation_publication_date",
        ),
        (
            COMPLETE.replace("2024", "May 2024"),
            SUMMARY,
            (
                "scholar: k: its page has the citation_publication_date May 2024;"
                " write YYYY, YYYY/MM or YYYY/MM/DD"
            ),
        ),
        (
            COMPLETE.replace(JOURNAL, ""),
            SUMMARY,
            "scholar: k: its page has no citation_journal_title",
        ),
        (
            COMPLETE + '<meta name="robots" content="noindex">',
            SUMMARY,
            "scholar: k: its page tells search engines to leave it out (robots: noindex)",
        ),
        (
            COMPLETE,
            '<p class="paper-page-summary"> </p>',
            f"scholar_text: k: its page has neither a summary nor a PDF of this site; {WRITE}",
        ),
    ],
)
def test_what_a_page_lacks_is_told_at_its_entry(tmp_path, head, body, message):
    pages = {"papers/k/index.html": html(body, head)}
    assert found(tmp_path, pages) == [f"src/refs.bib:3 {message}"]


@pytest.mark.parametrize(
    ("type_", "name"),
    [
        ("article", "journal_title"),
        ("inproceedings", "conference_title"),
        ("incollection", "inbook_title"),
        ("phdthesis", "dissertation_institution"),
        ("techreport", "technical_report_institution"),
    ],
)
def test_where_a_paper_appeared_is_asked_for_by_its_kind(tmp_path, type_, name):
    head = TITLE + AUTHOR + DATE
    assert found(tmp_path, {"papers/k/index.html": html(SUMMARY, head)}, type_) == [
        f"src/refs.bib:3 scholar: k: its page has no citation_{name}"
    ]
    head += tag(name, "X")
    assert found(tmp_path, {"papers/k/index.html": html(SUMMARY, head)}, type_) == []


@pytest.mark.parametrize("type_", ["book", "misc", "software"])
def test_what_appeared_nowhere_need_not_say_where(tmp_path, type_):
    pages = {"papers/k/index.html": html(SUMMARY, TITLE + AUTHOR + DATE)}
    assert found(tmp_path, pages, type_) == []


def test_a_paper_without_a_page_is_told(tmp_path):
    assert found(tmp_path, {}) == ["src/refs.bib:3 scholar: k: it has no page"]


def test_a_page_of_no_paper_is_told(tmp_path):
    """Such as one left over, or one of a paper that is hidden."""
    pages = {
        "papers/k/index.html": html(SUMMARY, COMPLETE),
        "papers/j/index.html": html(SUMMARY, COMPLETE),
    }
    assert found(tmp_path, pages) == [
        (
            "out/papers/j/index.html:0 scholar: papers/j/ says that it is a paper,"
            " but the bibliography shows none like it"
        )
    ]
