"""Pages have what Google Scholar and search results ask for, and cost a first visit little."""

import gzip
import random

import pytest

from bibfolio.doctor.pages import (
    MOST_BYTES,
    MOST_REQUESTS,
    heavy_pages,
    indexed_pages,
    undescribed_pages,
    unread_pages,
    unready_papers,
    weigh,
)
from bibfolio.model import Paper, RichText
from tests.unit.doctor.made import BASE, built, html, told
from tests.unit.table import Table

TABLE = Table(__file__)

# -- Google Scholar ----------------------------------------------------------------------------


def tag(name: str, content: str) -> str:
    return f'<meta name="citation_{name}" content="{content}">'


TITLE, AUTHOR, DATE = tag("title", "T"), tag("author", "Ann Roe"), tag("publication_date", "2024")
JOURNAL, PDF = tag("journal_title", "J"), tag("pdf_url", "https://ann.example/files/x.pdf")
SUMMARY = '<p class="paper-page-summary">It is fast.</p>'
COMPLETE = TITLE + AUTHOR + DATE + JOURNAL


def unready(folder, pages, type_: str = "article", **fields: bool) -> list[str]:
    site = built(folder, pages, papers={"papers/k": 3})
    return told(unready_papers(site, [Paper("k", "k", type_, RichText(), **fields)]), folder)


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
    assert unready(tmp_path, {path: html(body, head)}) == []


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (COMPLETE.replace(TITLE, ""), "has no citation_title"),
        (COMPLETE.replace(TITLE, tag("title", " ")), "has no citation_title"),
        (COMPLETE + TITLE, "has more than one citation_title"),
        (COMPLETE.replace(AUTHOR, ""), "has no citation_author"),
        (COMPLETE.replace(DATE, ""), "has no citation_publication_date"),
        (
            COMPLETE.replace("2024", "May 2024"),
            "has the citation_publication_date May 2024; write YYYY, YYYY/MM or YYYY/MM/DD",
        ),
        (COMPLETE.replace(JOURNAL, ""), "has no citation_journal_title"),
        (
            COMPLETE + '<meta name="robots" content="noindex">',
            "tells search engines to leave it out (robots: noindex)",
        ),
    ],
)
def test_what_a_page_lacks_is_told_at_its_entry(tmp_path, head, fault):
    pages = {"papers/k/index.html": html(SUMMARY, head)}
    assert unready(tmp_path, pages) == [f"src/refs.bib:3 scholar: k: its page {fault}"]


def test_a_page_without_words_and_pdf_is_told(tmp_path):
    pages = {"papers/k/index.html": html('<p class="paper-page-summary"> </p>', COMPLETE)}
    (line,) = unready(tmp_path, pages)
    assert line.startswith("src/refs.bib:3 scholar_text: k: its page has neither a summary nor")


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
    assert unready(tmp_path, {"papers/k/index.html": html(SUMMARY, head)}, type_) == [
        f"src/refs.bib:3 scholar: k: its page has no citation_{name}"
    ]
    head += tag(name, "X")
    assert unready(tmp_path, {"papers/k/index.html": html(SUMMARY, head)}, type_) == []


@pytest.mark.parametrize("type_", ["book", "misc", "software"])
def test_what_appeared_nowhere_need_not_say_where(tmp_path, type_):
    pages = {"papers/k/index.html": html(SUMMARY, TITLE + AUTHOR + DATE)}
    assert unready(tmp_path, pages, type_) == []


def test_a_volume_that_has_editors_only_needs_no_author(tmp_path):
    pages = {"papers/k/index.html": html(SUMMARY, TITLE + DATE)}
    assert unready(tmp_path, pages, "collection", is_edited=True) == []
    assert len(unready(tmp_path, pages, "book")) == 1


def test_a_paper_without_a_page_is_told(tmp_path):
    assert unready(tmp_path, {}) == ["src/refs.bib:3 scholar: k: it has no page"]


def test_a_site_without_an_address_can_have_no_tags(tmp_path):
    site = built(tmp_path, {"index.html": "", "papers/k/index.html": ""}, papers={"papers/k": 3})
    assert list(unready_papers(site, [Paper("k", "k", "article", RichText())])) == []


def test_a_page_of_no_paper_is_told(tmp_path):
    """Such as one left over, or one of a paper that is hidden."""
    names = ("papers/k/index.html", "papers/j/index.html")
    assert unready(tmp_path, dict.fromkeys(names, html(SUMMARY, COMPLETE))) == [
        (
            "out/papers/j/index.html:0 scholar: papers/j/ says that it is a paper,"
            " but the bibliography shows none like it"
        )
    ]


# -- search results and link previews ------------------------------------------------------------

WORDS = '<meta name="description" content="About A.">'
PICTURE = '<meta property="og:image" content="https://ann.example/a.png">'


def undescribed(folder, head: str, home: str = html(head=WORDS + PICTURE)) -> list[str]:
    site = built(folder, {"index.html": home, "a/index.html": html(head=head)}, {"a.md": "# A\n"})
    return told(undescribed_pages(site), folder)


def test_what_a_preview_lacks_is_told(tmp_path):
    TABLE.holds("what a preview lacks", lambda head: undescribed(tmp_path, head))


def test_a_site_without_an_address_can_have_no_pictures_for_previews(tmp_path):
    """Their addresses have to be absolute (https://ogp.me)."""
    assert undescribed(tmp_path, WORDS, home=WORDS) == []


@pytest.mark.parametrize("name", ["404", "search", "genindex"])
@pytest.mark.parametrize("form", ["{}/index.html", "{}.html"])
def test_pages_for_no_search_result_need_neither(tmp_path, name, form):
    site = built(tmp_path, {form.format(name): html()})
    assert [page.path for page in indexed_pages(site)] == ["index.html"]


# -- programs ---------------------------------------------------------------------------------


def test_a_page_that_no_list_names_is_told_and_so_is_json_ld_that_is_none(tmp_path):
    def page(name: str, data: str = "{}") -> str:
        twin = f'<link rel="alternate" type="text/markdown" href="{BASE}{name}.md">'
        return html("", f'{twin}<script type="application/ld+json">{data}</script>')

    listed = f"- [A]({BASE}a.md): b\n- [É]({BASE}%C3%A9.md)\n"
    places = "".join(f"<loc>{BASE}{name}</loc>" for name in ("b.html", "%C3%A9.html"))
    files = {"a.html": page("a"), "b.html": page("b", "{'a': 1}"), "é.html": page("%C3%A9")}
    # What a template makes has no twin.
    files |= {"c/index.html": html(), "llms.txt": listed, "sitemap.xml": places}
    site = built(tmp_path, files, {"a.md": "# A", "b.md": "# B"})
    lines = told(unread_pages(site), tmp_path)
    assert [line.partition(";")[0].partition(": Exp")[0] for line in lines] == [
        "src/a.md:0 unlisted: a.html is not in sitemap.xml",
        "src/b.md:0 json_ld: b.html has JSON-LD that is no JSON",
        "src/b.md:0 unlisted: b.html is not in llms.txt",
    ]


# -- first visits --------------------------------------------------------------------------------

SCRIPT = b"let x = 1;" * 100
NOISE = random.Random(1).randbytes(MOST_BYTES)
MANY = {f"{n}.js": SCRIPT for n in range(MOST_REQUESTS)}


def scripts(number: int) -> str:
    return "".join(f'<script src="/{n}.js"></script>' for n in range(number))


def test_text_is_compressed_and_an_icon_is_not(tmp_path):
    picture = b"\x89PNG" + bytes(500)
    page = html(
        '<link rel="icon" href="p.png"><script src="s.js"></script><script src="s.js"></script>'
    )
    site = built(tmp_path, {"index.html": page, "s.js": SCRIPT, "p.png": picture})
    assert weigh(site) == {
        "index.html": {
            "index.html": len(gzip.compress(page.encode(), 9, mtime=0)),
            "p.png": 504,
            "s.js": len(gzip.compress(SCRIPT, 9, mtime=0)),
        }
    }


def test_what_a_browser_loads_by_itself_is_counted(tmp_path):
    def is_loaded(tag: str) -> bool:
        return (
            "x.js"
            in weigh(built(tmp_path, {"index.html": html(tag), "x.js": SCRIPT}))["index.html"]
        )

    TABLE.holds("what a browser loads by itself", is_loaded)


def test_a_page_that_only_leads_on_is_not_weighed(tmp_path):
    refresh = '<meta http-equiv="refresh" content="0; url=../">'
    assert list(weigh(built(tmp_path, {"a/index.html": html(head=refresh)}))) == ["index.html"]


def heavy(folder, files) -> list[str]:
    site = built(folder, files, {"a.md": "# A\n"})
    return told(heavy_pages(site, weigh(site)), folder)


def test_a_page_within_the_budget_is_not_blamed(tmp_path):
    page = html(scripts(MOST_REQUESTS - 1))
    icon = html('<link rel="icon" href="/p.png">')
    own = len(gzip.compress(icon.encode(), 9, mtime=0))
    files = {"b/index.html": icon, "p.png": NOISE[own:]}
    assert heavy(tmp_path, {"a/index.html": page, **MANY, **files}) == []


def test_a_page_of_one_byte_too_many_is_told(tmp_path):
    page = html('<link rel="icon" href="/p.png">')
    own = len(gzip.compress(page.encode(), 9, mtime=0))
    assert heavy(tmp_path, {"a/index.html": page, "p.png": NOISE[own - 1 :]}) == [
        (
            f"src/a.md:0 weight: a/ weighs {MOST_BYTES + 1} bytes in 2 files;"
            f" {MOST_BYTES - own + 1} of them are p.png"
        )
    ]


def test_a_page_of_one_request_too_many_is_told(tmp_path):
    (line,) = heavy(tmp_path, {"a/index.html": html(scripts(MOST_REQUESTS)), **MANY})
    assert line.startswith("src/a.md:0 weight: a/ weighs ")
    assert " in 7 files; " in line
