"""What holds on every page of this site, whatever it is about."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from tests.output import text_of

#: Stands for the host of the site while links are resolved.
ROOT = "https://site.invalid/"
#: Attribute → elements that load what it names, or lead there.
ADDRESSES = {
    "href": ["a", "link", "area", "use"],
    "src": ["script", "img", "iframe", "source", "video", "audio", "embed"],
    "srcset": ["img", "source"],
    "action": ["form"],
    "data": ["object"],
    "poster": ["video"],
}
#: Relations of <link> for which a browser fetches something; the others only name a page.
LOADING = set(
    "stylesheet icon apple-touch-icon manifest preload prefetch modulepreload preconnect "
    "dns-prefetch pingback".split()
)
#: Not for search engines: they have nothing a description could be about.
UNDESCRIBED = {"404", "search", "genindex"}


@pytest.fixture(scope="module")
def soups(site):
    """Path below the site's root → parsed page, for every HTML file."""
    return {path.relative_to(site.out).as_posix(): site.soup(path) for path in site.pages}


@pytest.fixture(scope="module")
def pages(soups):
    """The same without the pages that only send the reader on."""
    return {name: soup for name, soup in soups.items() if not is_redirect(soup)}


def is_redirect(soup) -> bool:
    return soup.find("meta", attrs={"http-equiv": "refresh"}) is not None


def url_of(name: str) -> str:
    """The address of a page below the site's root: `research/`."""
    return re.sub(r"(^|/)index\.html$", r"\1", name)


def addresses(soup):
    """Every element with an address, and the address."""
    for attribute, elements in ADDRESSES.items():
        for tag in soup.find_all(elements, attrs={attribute: True}):
            value = tag[attribute]
            parts = value.split(",") if attribute == "srcset" else [value]
            yield from ((tag, part.split()[0] if part.strip() else "") for part in parts)


def own_path(site, name: str, address: str) -> str | None:
    """The path an address means on this site; None if it leads elsewhere."""
    own = site.profile.links.website.rstrip("/") + "/"
    target = urljoin(ROOT + url_of(name), address)
    if target.startswith(own):
        target = ROOT + target.removeprefix(own)
    return target.removeprefix(ROOT) if target.startswith(ROOT) else None


def file_of(site, path: str) -> Path:
    """The file a server answers with."""
    file = site.out / unquote(urlsplit(path).path)
    return file / "index.html" if file.is_dir() else file


# -- head ---------------------------------------------------------------------------------------


def test_the_site_has_pages(pages):
    assert {"index.html", "publications/index.html", "research/index.html"} <= set(pages)


def test_every_page_has_a_title_of_its_own_that_names_the_owner(site, pages):
    titles = {name: text_of(soup.title) for name, soup in pages.items()}
    assert [name for name, title in titles.items() if site.profile.name not in title] == []
    assert [name for name, title in titles.items() if title.startswith(("—", "-"))] == []
    assert len(set(titles.values())) == len(titles)


def test_every_page_has_one_first_heading(pages):
    counts = {name: len(soup.find_all("h1")) for name, soup in pages.items()}
    assert {name: count for name, count in counts.items() if count != 1} == {}


def test_no_heading_skips_a_level(pages):
    for name, soup in pages.items():
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert jumps == [], name


def test_every_page_says_its_language(soups):
    assert {soup.html.get("lang") for soup in soups.values()} == {"en"}


def test_every_page_says_its_encoding_and_fits_the_screen(soups, pages):
    assert all(soup.find("meta", charset=re.compile("^utf-8$", re.I)) for soup in soups.values())
    scales = [soup.find_all("meta", attrs={"name": "viewport"}) for soup in pages.values()]
    assert {len(found) for found in scales} == {1}


def test_every_page_has_one_description_of_its_own(pages):
    found = {}
    for name, soup in pages.items():
        if url_of(name).strip("/") not in UNDESCRIBED:
            tags = soup.head.find_all("meta", attrs={"name": "description"})
            assert len(tags) == 1, name
            found[name] = tags[0]["content"]
    assert [name for name, words in found.items() if len(words) < 25] == []
    assert len(set(found.values())) == len(found)


def test_every_page_names_its_own_address(site, pages):
    for name, soup in pages.items():
        canonical = soup.find("link", rel="canonical")
        if canonical:
            assert own_path(site, name, canonical["href"]) == url_of(name)


def test_no_page_is_written_with_an_error(site):
    """As the HTML standard defines parse errors."""
    found = {}
    for path in site.pages:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_text(encoding="utf-8"))
        if parser.errors:
            found[path.relative_to(site.out).as_posix()] = [
                (place, kind, values) for place, kind, values in parser.errors
            ]
    assert found == {}


# -- links --------------------------------------------------------------------------------------


def test_every_internal_address_leads_to_a_file(site, soups):
    broken = {
        (name, address)
        for name, soup in soups.items()
        for _, address in addresses(soup)
        if (path := own_path(site, name, address)) is not None and not file_of(site, path).is_file()
    }
    assert broken == set()


def test_every_fragment_leads_to_an_element(site, soups):
    ids = {name: {tag["id"] for tag in soup.find_all(id=True)} for name, soup in soups.items()}
    broken = set()
    for name, soup in soups.items():
        for link in soup.find_all("a", href=True):
            path = own_path(site, name, link["href"])
            fragment = unquote(urlsplit(link["href"]).fragment)
            if path is None or not fragment:
                continue
            target = file_of(site, path).relative_to(site.out).as_posix()
            if target.endswith(".html") and fragment not in ids[target]:
                broken.add((name, link["href"]))
    assert broken == set()


def test_every_link_says_where_it_leads(pages):
    silent = {
        (name, str(link))
        for name, soup in pages.items()
        for link in soup.find_all("a", href=True)
        if not (text_of(link) or link.get("aria-label") or link.find("img", alt=True))
    }
    assert silent == set()


def test_identifiers_are_unique_on_every_page(soups):
    for name, soup in soups.items():
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), name


def test_nothing_is_loaded_from_another_host(site, soups):
    foreign = set()
    for name, soup in soups.items():
        for tag, address in addresses(soup):
            if tag.name == "link":
                loads = bool(LOADING & set(tag.get("rel", ())))
            else:
                loads = tag.name not in {"a", "area"}
            if loads and not address.startswith("data:") and own_path(site, name, address) is None:
                foreign.add((name, address))
    assert foreign == set()


def test_no_address_is_a_script_or_unencrypted(soups):
    """http:// only where an old site has nothing else; today none does."""
    schemes = {
        urlsplit(address).scheme for soup in soups.values() for _, address in addresses(soup)
    }
    assert schemes <= {"", "https", "data"}


def test_no_page_of_another_host_gets_a_hold_on_ours(pages):
    elsewhere = [
        (name, tag)
        for name, soup in pages.items()
        for tag in soup.find_all("a", href=re.compile(r"^https?://"))
    ]
    assert len(elsewhere) > 100
    assert [(n, tag["href"]) for n, tag in elsewhere if "noopener" not in tag.get("rel", [])] == []


def test_every_picture_has_an_alternative(pages):
    pictures = [tag for soup in pages.values() for tag in soup.find_all("img")]
    assert [tag for tag in pictures if "alt" not in tag.attrs] == []


# -- papers -------------------------------------------------------------------------------------


def test_the_list_of_publications_holds_every_paper_in_order(site):
    ids = [card.id for card in site.cards("publications")]
    assert ids == [f"cite-{paper.key}" for paper in site.papers]


def test_the_list_of_publications_is_by_year_newest_first(site):
    years = list(dict.fromkeys(paper.year for paper in site.papers))
    assert list(site.groups("publications")) == years
    assert years == sorted(years, reverse=True)


def test_every_list_tells_the_same_of_a_paper(site, pages):
    """Authors, venue and links are written once and shown many times."""
    told = {}
    for name in pages:
        for card in site.cards(name):
            labels = tuple(label for label, _ in card.links)
            facts = (tuple(card.authors), card.badge, card.venue, labels)
            told.setdefault(card.title, set()).add(facts)
    assert {title: facts for title, facts in told.items() if len(facts) != 1} == {}


def test_every_paper_has_the_links_its_entry_gives(site):
    cards = {card.id: card for card in site.cards("publications")}
    for paper in site.papers:
        shown = cards[f"cite-{paper.key}"].links
        base = {link: "../" if link.is_local else "" for link in paper.links}
        derived = [(link.label, base[link] + link.url) for link in paper.links]
        assert [link for link in shown if link in derived] == derived
        others = [href for label, href in shown if (label, href) not in derived]
        assert [href for href in others if "//" in href] == []


def test_every_paper_is_cited_in_an_essay(site, pages):
    cited = {
        link["href"].partition("#")[2].removeprefix("cite-")
        for name, soup in pages.items()
        if name.startswith("research/")
        for link in soup.select(".bibtex-citation a")
    }
    assert cited == {paper.key for paper in site.papers}


def test_every_citation_shows_its_reference_as_tooltip(site, pages):
    titles = [paper.title.plain for paper in site.papers]
    for name, soup in pages.items():
        for link in soup.select(".bibtex-citation a"):
            assert any(title in link["title"] for title in titles), name


# -- the page for addresses that lead nowhere ---------------------------------------------------


def test_links_on_the_404_page_work_from_any_depth(site):
    """It is served at the address that was asked for, however deep."""
    soup = site.soup("404")
    for _, address in addresses(soup):
        assert address.startswith(("/", "#", "https://", "data:")), address
    home = {link["href"] for link in soup.select("main a, [role=main] a")}
    assert {"/", "/publications/"} <= home
