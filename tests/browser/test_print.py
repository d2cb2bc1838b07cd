"""On paper: no controls, black on white, addresses in full, nothing cut off or cut in two."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Visitor
from tests.browser.looks import pale, sticking_out

#: A4 and US letter between the margins of print.css, in CSS pixels.
WIDTHS = {"A4": 642, "Letter": 664}
FORMS = ["A4", pytest.param("Letter", marks=pytest.mark.every_page)]
#: Kind of page → pages it may take.
MOST = {"home": 2, "publications": 3, "paper": 1, "essay": 2, "CV": 3, "404": 1}

#: Links of the header and the footer, but for the name.
CONTROLS = (
    ".site-header-pages, .site-header-tools, footer a, button, input, .site-skip, .paper-filter,"
    " .paper-page-bibtex, .paper-related, .paper-page-neighbours, .essay-next"
)


def letters(text: str) -> str:
    """Without white space and ligatures, which depend on the layout and the font."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(page, form: str = "A4") -> list[str]:
    """The text of each printed page."""
    reader = PdfReader(io.BytesIO(page.pdf(format=form)))
    return [letters(sheet.extract_text()) for sheet in reader.pages]


@pytest.mark.parametrize(
    ("scheme", "mode"),
    [
        ("light", "dark"),
        pytest.param("light", None, marks=pytest.mark.every_page),
        pytest.param("dark", None, marks=pytest.mark.every_page),
    ],
)
def test_print_is_black_on_white_without_controls_whatever_the_screen_shows(
    visitor, kinds, scheme, mode
):
    someone = visitor(color_scheme=scheme)
    if mode:
        someone.page.add_init_script(f"localStorage.setItem('mode', '{mode}')")
    found = {}
    for kind, path in kinds.items():
        someone.open(path)
        someone.page.emulate_media(media="print")
        colours = someone.page.evaluate(
            """['html', 'body', 'h1', 'article section > p'].map(name => {
              const {color, backgroundColor} = getComputedStyle(document.querySelector(name));
              return [color, backgroundColor];
            })"""
        )
        assert {colour for colour, _ in colours} <= {"rgb(0, 0, 0)", "rgb(68, 68, 68)"}, kind
        assert {back for _, back in colours} <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}, kind
        controls = someone.page.locator(CONTROLS)
        assert controls.count() > 2
        assert [tag for tag in controls.all() if tag.is_visible()] == [], kind
        if texts := [*pale(someone.page, 7, "white"), *pale(someone.page, 7)]:
            found[kind] = texts
        someone.page.emulate_media(media="screen")
    assert found == {}


def test_the_links_of_a_paper_say_where_they_lead(visitor, site):
    someone = visitor()
    for paper in site.papers[:3]:
        someone.open(f"/papers/{paper.key}/")
        someone.page.emulate_media(media="print")
        links = someone.page.locator(".paper-page-links a[href^='http']")
        assert links.count()
        said = links.evaluate_all("""links => links.map(link =>
          [getComputedStyle(link, '::after').content, ` ${link.getAttribute('href')}`])""")
        assert [content for content, href in said if content != f'"{href}"'] == []
        text = "".join(printed(someone.page))
        addresses = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert [address for address in addresses if letters(address) not in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_wider_than_the_page(visitor, some, form):
    someone = visitor(viewport={"width": WIDTHS[form], "height": 900})
    someone.page.emulate_media(media="print")
    found = {}
    for path in some:
        someone.open(path)
        if complaint := sticking_out(someone.page):
            found[path] = complaint
    assert found == {}


@pytest.fixture(scope="module", params=FORMS)
def prints(request, browser, server, kinds) -> dict[str, tuple[list[str], list[str]]]:
    """Kind of page → its heading and paragraphs as the screen shows them, and its sheets."""
    someone = Visitor(browser.new_context(), server)
    found = {}
    for kind in MOST:
        someone.open(kinds[kind])
        texts = someone.page.locator("main :is(h1, p):not(.essay-next)").all_inner_texts()
        texts = [letters(text).removesuffix("#") for text in texts]
        found[kind] = texts, printed(someone.page, request.param)
    someone.page.context.close()
    return found


def test_a_page_takes_few_sheets_and_none_is_empty(prints):
    for kind, ((title, *_), sheets) in prints.items():
        assert len(sheets) <= MOST[kind], kind
        assert all(sheets), kind
        assert title in sheets[0], kind


#: Label, text and evidence of the kinds that have all three.
COLUMNS = {
    "home": (".profile-monogram, section section > h2", ".paper-card-title", ".paper-card svg"),
    "publications": ("section section > h2", ".paper-card-title", ".paper-card svg"),
    "paper": (".paper-page-venue", "h1", ".paper-page-facts"),
    "CV": (".profile-time", ".cv-name", ".paper-card-venue"),
}


def test_the_grid_stays_on_paper(visitor, kinds):
    """All pages have the same three left edges."""
    someone = visitor(viewport={"width": WIDTHS["A4"], "height": 900})
    someone.page.emulate_media(media="print")
    found = set()
    for kind, selectors in COLUMNS.items():
        someone.open(kinds[kind])
        for column, selector in enumerate(selectors):
            lefts = someone.page.locator(f"main :is({selector}):visible").evaluate_all(
                "all => all.map(e => Math.round(e.getBoundingClientRect().left))"
            )
            assert lefts, (kind, selector)
            found |= {(column, left) for left in lefts}
    (_, label), (_, text), (_, evidence) = sorted(found)
    assert label == 0
    assert text == pytest.approx(32 / 25.4 * 96, abs=1)
    assert evidence == pytest.approx(WIDTHS["A4"] - 38 / 25.4 * 96, abs=1)


def test_a_list_says_the_doi_and_no_word_that_leads_nowhere(prints, visitor, site):
    sheets = "".join(prints["publications"][1])
    for paper in site.papers:
        doi = paper.identifier("doi")
        assert not doi or letters(doi.url) in sheets
    someone = visitor()
    someone.open("/publications/")
    someone.page.emulate_media(media="print")
    links = someone.page.locator(".paper-card-links a:visible").all_inner_texts()
    assert set(links) == {"DOI"}


def test_all_that_an_essay_says_is_printed(prints):
    """But for what is of no use on paper: buttons, downloads, and the way to other papers."""
    texts, sheets = prints["essay"]
    assert [text for text in texts if text not in "".join(sheets)] == []


def test_no_paper_of_a_list_is_cut_in_two(prints, site):
    for kind, page in {"home": "index", "publications": "publications", "CV": "cv"}.items():
        for card in site.cards(page):
            title, venue = letters(card.title), letters(card.venue)
            sheets = prints[kind][1]
            assert any(title in sheet and venue in sheet for sheet in sheets), card.title
