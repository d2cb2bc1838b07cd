"""Pages, an EPUB and stock styles with every type of entry and field that there is."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pybtex.richtext import Text

from bibfolio.doctor.pages import MOST_BYTES
from tests import readers
from tests.building import ROOTS
from tests.output import text_of
from tests.readers import folded, plain

ENTRIES = readers.read(ROOTS / "awkward", "names.bib", "refs.bib")


def test_formulas_in_titles_are_drawn(awkward):
    """As MathML, on the page of the paper and in lists; nothing of TeX is left over."""
    for key in "carbon degrees isotope power fonts bold chemistry landau".split():
        title = awkward.main(f"papers/{key}").h1
        assert title.find("math") or key in {"chemistry"}, key
        for part in title.find_all("annotation"):
            part.decompose()
        assert not re.search(r"[\\$^{}]", title.get_text()), key
    cards = {card.title for card in awkward.cards("publications")}
    assert not [title for title in cards if re.search(r"[\\${}]|\bcal\b", title)]


def test_every_citation_leads_to_its_entry(awkward):
    """Keys with signs are found as they are written."""
    missing = [line for line in awkward.warnings if "could not find bibtex key" in line]
    assert missing == []
    links = awkward.main().select("p a.internal")
    targets = [link["href"] for link in links]
    assert len(targets) == len(set(targets)) == 6
    ids = {tag["id"] for tag in awkward.main("publications").find_all(id=True)}
    assert {target.partition("#")[2] for target in targets} <= ids


def test_nothing_that_an_entry_says_is_run(awkward):
    for page in awkward.pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html5lib")
        assert [s for s in soup.find_all("script") if "alert(1)" in s.get_text()[:9]] == []


def test_known_types_and_fields_are_no_reason_for_a_warning(awkward):
    """Only what is lost or wrong for readers is: no title, no DOI, a type nobody knows."""
    blamed = [line.partition("WARNING: ")[2].partition(": ")[0] for line in awkward.warnings]
    assert sorted(blamed) == ["doi-none", "doi-words", "hardware", "no-title"]


def test_no_page_says_a_line_twice_or_is_too_heavy(awkward):
    """A list of papers may have 12 KB and 0.3 KB for each paper (look/spec.md, section 3)."""
    for path in awkward.pages:
        lines = [text_of(tag) for tag in awkward.soup(path).select("main .paper-card")]
        assert len(lines) == len(set(lines)), path
        is_list = path.parent.name in {"publications", "references"}
        most = 12_000 + 300 * len(ENTRIES) if is_list else MOST_BYTES / 2
        assert len(gzip.compress(path.read_bytes(), 9)) <= most, path


# -- another style, another builder ---------------------------------------------------------------

#: A reference of a stock style.
ENTRY = "//*[@role='doc-biblioentry']"


@pytest.fixture(scope="module")
def epub(build_once) -> dict[str, bytes]:
    """Name → content of each file in the book."""
    built = build_once(
        "awkward", builder="epub", warnings=True, version="1", copyright="Ann Walrus"
    )
    (book,) = built.out.glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_epub_is_well_formed_and_has_nothing_to_fill_in_or_run(epub):
    for name, content in epub.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            root = etree.fromstring(content)
            tags = {etree.QName(tag).localname for tag in root.iter(etree.Element)}
            assert not tags & {"form", "input", "select", "button"}, name
            if name.endswith(".xhtml"):
                assert {etree.QName(tag).namespace for tag in root.iter("{*}html")} == {
                    "http://www.w3.org/1999/xhtml"
                }


def listed(epub: dict[str, bytes], page: str, path: str) -> list[str]:
    """The texts of all entries on a page of the book, without commands of TeX."""
    root = etree.fromstring(next(c for n, c in epub.items() if n.endswith(f"{page}.xhtml")))
    for part in root.iter("{*}annotation"):
        part.text = ""
    return [bare("".join(tag.itertext())) for tag in root.xpath(path)]


def bare(text: str) -> str:
    """Without what a style that knows no formulas leaves of them."""
    return folded(re.sub(r"\\[A-Za-z]+", "", text))


def unlisted(texts: list[str], *readings: Callable[[str], str]) -> list[str]:
    """Keys of entries whose title is in none of the texts, in whichever way it is read."""
    said = "\n".join(texts).lower()
    titles = {key: entry.raw["title"] for key, entry in ENTRIES.items() if "title" in entry.raw}
    return [
        key
        for key, title in titles.items()
        if not any(bare(read(title)).lower() in said for read in readings)
    ]


def test_our_list_in_the_epub_has_every_entry(epub):
    assert unlisted(listed(epub, "publications", "//*[@data-kind]"), plain) == []


def test_a_style_that_knows_a_dozen_types_and_no_biblatex_lists_every_entry(epub):
    """It prints formulas as pybtex reads them."""
    texts = listed(epub, "references", ENTRY)
    assert unlisted(texts, plain, lambda title: str(Text.from_latex(title))) == []


def test_a_stock_style_keeps_what_braces_protect_and_what_follows_a_percent_sign(epub):
    said = "\n".join(listed(epub, "references", ENTRY))
    wanted = [
        "Saving 50% of energy",
        "Kalman filters for NASA kettles",
        "Union of Kettles and Pots",
        "In Ann Walrus and Clara Brine, editors, A Handbook of Brine",
        "Ann Walrus and Otto Kelp, editors. Essays on Brine",
        "海象安",
    ]
    assert [words for words in wanted if folded(words) not in said] == []
