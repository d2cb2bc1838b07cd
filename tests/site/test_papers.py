"""Every paper has a page that says what `refs.bib` says, and where this site cites it."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import Tag

from tests.bibliography import Entry, drafts, read
from tests.building import REPOSITORY
from tests.output import PaperPage, text_of, title_of
from tests.reading import search_index

ENTRIES = {entry.key: entry for entry in read(REPOSITORY / "refs.bib")}
DRAFTS = drafts(REPOSITORY / "refs.bib")
#: Stands for the host of the site while links are resolved.
ROOT = "https://site.invalid/"

every_paper = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)


@pytest.fixture(scope="module")
def papers(site) -> dict[str, PaperPage]:
    """Key → page."""
    return {key: site.paper(key) for key in ENTRIES}


@pytest.fixture(scope="module")
def soups(site):
    """Path below the site's root → parsed page, for every page that says something."""
    found = {path.relative_to(site.out).as_posix(): site.soup(path) for path in site.pages}
    return {name: soup for name, soup in found.items() if soup.select_one("main")}


def target(name: str, href: str) -> str:
    """What *href* on the page *name* leads to, below the site's root: `papers/KEY/#cited-on`."""
    return urljoin(ROOT + name.removesuffix("index.html"), href).removeprefix(ROOT)


def is_visible(tag: Tag) -> bool:
    """Whether a reader sees it without a click and without a script."""
    around = [tag, *tag.parents]
    return not any(
        parent.name in {"details", "template", "noscript", "dialog"}
        or "hidden" in parent.attrs
        or parent.get("aria-hidden") == "true"
        or "none" in parent.get("style", "")
        for parent in around
    )


# -- what the page says -------------------------------------------------------------------------


def test_there_is_a_page_for_every_paper_and_for_nothing_else(site):
    folder = site.out / "papers"
    assert {path.parent.name for path in folder.rglob("*.html")} == set(ENTRIES)


@every_paper
def test_the_page_says_title_authors_marks_and_legend(papers, entry):
    page = papers[entry.key]
    assert page.title == entry["title"]
    assert page.authors == entry.marked_authors
    assert page.legend == entry.legend


def venue(entry: Entry) -> str:
    """Where and when, in one line."""
    if entry.is_preprint:
        return f"Preprint arXiv:{entry['eprint']} [{entry['eprintclass']}], {entry.month_words}."
    if entry.type == "article":
        short, (first, last) = entry["shortjournal"], entry.pages
        number = f"{entry['volume']}({entry['number']}):{first}–{last}, " if first else ""
        journal = f"{entry['journal']} ({short})"
        return f"{short} {entry.year} {journal}, {number}{entry.month_words}."
    start, _, end = entry["eventdate"].partition("/")
    assert start[:7] == end[:7]
    month = {"04": "April", "09": "September"}[start[5:7]]
    days = f"{month} {int(start[8:])}–{int(end[8:])}, {start[:4]}"
    words = [entry["eventtitle"], entry["venue"], days, f"pp. {entry['pages']}"]
    return f"{entry['eventtitleaddon']} {', '.join(words)}."


@every_paper
def test_the_page_says_where_it_appeared_and_whether_it_is_a_preprint(papers, entry):
    page = papers[entry.key]
    assert page.venue == venue(entry)
    badge = page.main.find(class_="paper-card-badge")
    link = badge.find("a")
    assert (link["href"] if link else "") == entry["venueurl"]


@every_paper
def test_the_summary_is_read_without_a_click(papers, entry):
    page = papers[entry.key]
    assert entry["annotation"]
    assert page.summary == entry["annotation"]
    assert is_visible(page.part("summary"))


@every_paper
def test_the_page_has_the_links_the_entry_gives(site, papers, entry):
    links = papers[entry.key].links
    expected = entry.addresses(lambda path: (site.src / path).is_file())
    shown = [target(f"papers/{entry.key}/", href) for _, href in links]
    assert shown == expected
    assert len({label for label, _ in links}) == len(links)


@every_paper
def test_the_page_says_its_topics(papers, entry):
    assert papers[entry.key].topics == entry.topics


@every_paper
def test_the_bibtex_is_text_to_select_and_the_file_to_download(site, papers, entry):
    page = papers[entry.key]
    assert page.part("bibtex").name == "pre"
    assert is_visible(page.part("bibtex"))
    assert page.bibtex.strip() == site.text(f"papers/{entry.key}.bib").strip()


@every_paper
def test_every_format_is_a_download_with_its_type(site, papers, entry):
    found = {
        text_of(link): (target(f"papers/{entry.key}/", link["href"]), link["type"])
        for link in papers[entry.key].downloads
    }
    assert found == {
        "BibTeX": (f"papers/{entry.key}.bib", "application/x-bibtex"),
        "RIS": (f"papers/{entry.key}.ris", "application/x-research-info-systems"),
        "CSL-JSON": (f"papers/{entry.key}.json", "application/vnd.citationstyles.csl+json"),
    }
    assert all("download" in link.attrs for link in papers[entry.key].downloads)
    assert all((site.out / path).is_file() for path, _ in found.values())


# -- how it is reached --------------------------------------------------------------------------


def test_newer_and_older_lead_through_the_whole_list_in_its_order(papers):
    found = {
        key: {
            word: target(f"papers/{key}/", href).split("/")[1]
            for word, href in page.neighbours.items()
        }
        for key, page in papers.items()
    }
    expected = {key: {} for key in ENTRIES}
    for newer, older in pairwise(ENTRIES):
        expected[newer]["Older"] = older
        expected[older]["Newer"] = newer
    assert found == expected


def test_every_card_leads_to_the_page_of_its_paper(site, soups):
    titles = {entry["title"]: key for key, entry in ENTRIES.items()}
    linked = set()
    for name in soups:
        for card in site.cards(name):
            link = card.part("title").find("a")
            key = titles[card.title]
            assert target(name, link["href"]) == f"papers/{key}/"
            linked.add((name, key))
    assert {("publications/index.html", key) for key in ENTRIES} <= linked


def test_no_navigation_and_no_table_of_contents_leads_to_a_paper(soups):
    found = {
        (name, link["href"])
        for name, soup in soups.items()
        for link in soup.select("nav a[href], aside a[href], .toctree-wrapper a[href]")
        if target(name, link["href"]).startswith("papers/")
        and not target(name, link["href"]).startswith(name.removesuffix("index.html"))
    }
    heads = {
        (name, link["href"])
        for name, soup in soups.items()
        for link in soup.select("link[rel=next], link[rel=prev]")
        if "papers/" in target(name, link["href"])
    }
    assert found | heads == set()


def test_every_paper_is_in_the_sitemap(site):
    base = site.profile.links.website
    locations = {e.text for e in ET.fromstring(site.files["sitemap.xml"]).iter() if e.text}
    assert {f"{base}/papers/{key}/" for key in ENTRIES} <= locations


def test_the_search_finds_every_paper_under_its_title(site):
    index = search_index(site.text("searchindex.js"))
    titles = dict(zip(index["docnames"], index["titles"], strict=True))
    found = {name.partition("/")[2]: titles[name] for name in titles if name.startswith("papers/")}
    assert found == {key: entry["title"] for key, entry in ENTRIES.items()}


def test_the_search_finds_a_paper_by_a_word_of_its_summary(site):
    index = search_index(site.text("searchindex.js"))
    names = {index["docnames"][number] for number in index["terms"]["faasflow"]}
    assert "papers/jia2025faaspr" in names


def test_a_draft_has_no_page(site):
    assert DRAFTS
    for key in DRAFTS:
        assert [name for name in site.files if key in name] == []
        assert not (site.src / "papers" / f"{key}.paper").exists()


# -- cited on -----------------------------------------------------------------------------------


def cited(soups) -> dict[str, list[tuple[str, str, Tag]]]:
    """Key → page, text of the link back and citation, found by looking for citations."""
    found = {key: [] for key in ENTRIES}
    times: Counter[tuple[str, str]] = Counter()
    for name in sorted(soups, key=lambda name: name.removesuffix("/index.html")):
        title = title_of(soups[name].select_one("main"))
        for citation in soups[name].select("main .bibtex-citation"):
            section = title_of(citation.find_parent("section"))
            words = title if section == title else f"{title}, {section}"
            for link in citation.find_all("a", href=True):
                key = urlsplit(link["href"]).fragment.removeprefix("cite-")
                times[key, words] += 1
                again = f" ({times[key, words]})" if times[key, words] > 1 else ""
                found[key].append((name, words + again, citation))
    return found


@every_paper
def test_the_page_lists_exactly_where_this_site_cites_the_paper(papers, soups, entry):
    expected = cited(soups)[entry.key]
    assert expected, "every paper of this site is cited in an essay"
    shown = [
        (text, target(f"papers/{entry.key}/", href)) for text, href in papers[entry.key].places
    ]
    assert [text for text, _ in shown] == [words for _, words, _ in expected]
    for (_, address), (name, _, citation) in zip(shown, expected, strict=True):
        path, _, fragment = address.partition("#")
        assert path == name.removesuffix("index.html")
        (element,) = soups[name].find_all(id=fragment)
        assert element is citation or citation in element.parents


def test_the_complete_list_says_on_how_many_pages_a_paper_is_cited(site, soups):
    places = cited(soups)
    for card in site.cards("publications"):
        key = card.id.removeprefix("cite-")
        pages = {page for page, _, _ in places[key]}
        text, href = card.cited
        assert text == f"Cited on {len(pages)} page{'s' if len(pages) > 1 else ''}"
        assert target("publications/", href) == f"papers/{key}/#cited-on"


def test_no_other_list_says_it_again(site, soups):
    others = [name for name in soups if name != "publications/index.html"]
    assert [card.title for name in others for card in site.cards(name) if card.cited] == []


@every_paper
def test_the_count_leads_to_the_list_of_places(site, entry):
    anchor = site.soup(f"papers/{entry.key}").find(id="cited-on")
    assert text_of(anchor) == "Cited on this site"
    assert anchor.find_next("ul").find("a") is not None
