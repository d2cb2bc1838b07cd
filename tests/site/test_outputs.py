"""Every output about a paper of this site says what `refs.bib` says, whatever the owner adds to it.

Everything is read by a parser that shares no code with the site, and compared with `refs.bib` as
pybtex alone reads it. What a type of entry becomes in each format: tests/build/test_exports.py.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import feedparser
import pybtex.database
import pytest
import rispy
from sphinx.util.inventory import InventoryFile

from tests.bibliography import OWN_FIELDS, Entry, drafts, read
from tests.building import REPOSITORY
from tests.cv import FILES, Pdf, forms, plain, resume_problems, unsaid
from tests.output import text_of, title_of
from tests.reading import csl_problems, highwire, json_ld, markdown, metas, search_index
from tests.site.test_content import ADDRESS, hidden_words

ENTRIES = {entry.key: entry for entry in read(REPOSITORY / "refs.bib")}
MONTHS = (
    "January February March April May June July August September October November December".split()
)

every_paper = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)


def url_of(site, page: str) -> str:
    return f"{site.profile.links.website}/{page}/"


def page_of(entry: Entry) -> str:
    return f"papers/{entry.key}"


# -- pages --------------------------------------------------------------------------------------


@every_paper
def test_the_page_of_a_paper_says_what_the_entry_says(site, entry):
    page = site.paper(entry.key)
    assert (page.title, page.legend) == (entry["title"], entry.legend)
    assert page.authors == entry.marked_authors
    assert (page.summary, page.topics) == (entry["annotation"], entry.topics)
    for fact in (
        entry.year,
        entry["volume"],
        entry["pages"],
        entry["eventtitle"] or entry["journal"],
    ):
        assert fact in page.venue
    assert page.venue.startswith("Preprint") == entry.is_preprint
    shown = [urljoin(url_of(site, page_of(entry)), href) for _, href in page.links]
    expected = entry.addresses(lambda path: (site.src / path).is_file(), is_page=True)
    assert shown == [urljoin(f"{site.profile.links.website}/", address) for address in expected]
    assert page.bibtex.strip() == site.text(f"{page_of(entry)}.bib").strip()


def test_there_is_a_page_for_every_paper_in_the_order_of_the_list_and_none_for_a_draft(site):
    assert {path.parent.name for path in (site.out / "papers").rglob("*.html")} == set(ENTRIES)
    assert [card.id for card in site.cards("publications")] == [f"cite-{key}" for key in ENTRIES]
    neighbours = {
        (key, word, href.strip("./"))
        for key in ENTRIES
        for word, href in site.paper(key).neighbours.items()
    }
    assert neighbours == {
        link
        for new, old in pairwise(ENTRIES)
        for link in [(new, "Older", old), (old, "Newer", new)]
    }
    for key in drafts(REPOSITORY / "refs.bib"):
        assert [name for name in site.files if key in name] == []


def test_every_list_tells_the_same_of_a_paper_and_leads_to_its_page(site):
    """But for the CV, which says everything."""
    told, titles = {}, {entry["title"]: key for key, entry in ENTRIES.items()}
    for path in [path for path in site.pages if path.parent.name != "cv"]:
        here = f"https://site.invalid/{path.parent.relative_to(site.out).as_posix()}/"
        for card in site.cards(path) if site.soup(path).main else ():
            labels = tuple(label for label, _ in card.links)
            facts = (tuple(card.authors), card.badge, card.venue, tuple(card.topics), labels)
            told.setdefault(card.title, set()).add(facts)
            target = urlsplit(urljoin(here, card.part("title").find("a")["href"])).path
            assert target == f"/papers/{titles[card.title]}/"
    assert told.keys() == titles.keys()
    assert {title: facts for title, facts in told.items() if len(facts) != 1} == {}
    for card in site.cards("cv"):
        page, ((_names, badge, *_short, labels),) = site.paper(titles[card.title]), told[card.title]
        assert (card.authors, card.legend, card.venue) == (page.authors, page.legend, page.venue)
        assert (card.badge, tuple(label for label, _ in card.links)) == (badge, labels)


def test_a_page_quotes_exactly_the_pages_of_this_site_that_cite_the_paper(site):
    """Found by looking for citations on every page."""
    found = {key: {} for key in ENTRIES}
    names = {path.parent.relative_to(site.out).as_posix(): path for path in site.pages}
    for name in sorted(names):
        main = site.soup(names[name]).select_one("main")
        for citation in main.select(".bibtex-citation") if main else ():
            title, section = title_of(main), title_of(citation.find_parent("section"))
            words = title if section == title else f"{title}, {section}"
            said = set(re.findall(r"\w+", text_of(citation.find_parent("p"))))
            for link in citation.find_all("a", href=True):
                key = urlsplit(link["href"]).fragment.removeprefix("cite-")
                found[key].setdefault(name, (words, said))
    cards = {card.id.removeprefix("cite-"): card for card in site.cards("publications")}
    for key, places in found.items():
        items = site.paper(key).main.select(".paper-page-places > li")
        for item, (words, said) in zip(items, places.values(), strict=True):
            quoted, place = map(text_of, item.find_all("p"))
            assert place == words
            assert set(re.findall(r"\w+", quoted)) <= said
        pages = len(places)
        count = f"Cited on {pages} page{'s' if pages > 1 else ''}" if pages else ""
        assert (cards[key].cited or ("", ""))[0] == count


def test_the_search_finds_every_paper_under_its_title(site):
    index = search_index(site.text("searchindex.js"))
    titles = dict(zip(index["docnames"], index["titles"], strict=True))
    found = {name.partition("/")[2]: titles[name] for name in titles if name.startswith("papers/")}
    assert found == {key: entry["title"] for key, entry in ENTRIES.items()}


# -- what programs read -------------------------------------------------------------------------


@every_paper
def test_scholar_reads_exactly_what_the_entry_says(site, entry):
    containers = {
        "article": ("citation_journal_title", entry["journal"]),
        "inproceedings": ("citation_conference_title", entry["booktitle"]),
    }
    first, last = entry.pages
    soup = site.soup(page_of(entry))
    tags = [
        ("citation_title", entry["title"]),
        *(("citation_author", author) for author in entry.authors),
        ("citation_publication_date", entry.date.replace("-", "/")),
        containers.get(entry.type, ("", "")),
        ("citation_volume", entry["volume"]),
        ("citation_issue", entry["number"]),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", entry["doi"]),
        ("citation_arxiv_id", entry["eprint"]),
        ("citation_publisher", entry["publisher"]),
        ("citation_isbn", entry["isbn"]),
        ("citation_issn", entry["issn"]),
        ("citation_abstract_html_url", url_of(site, page_of(entry))),
    ]
    found = [tag for tag in highwire(soup) if tag[0] != "citation_pdf_url"]
    assert sorted(found) == sorted(tag for tag in tags if tag[1])
    assert metas(soup, "citation_author") == entry.authors


@every_paper
def test_json_ld_says_what_the_entry_says(site, entry):
    things = json_ld(str(site.soup(page_of(entry))))
    (article,) = (thing for type_, thing in things.items() if type_ != "BreadcrumbList")
    url = url_of(site, page_of(entry))
    assert {article["@id"], article["url"], article["mainEntityOfPage"]} == {url}
    assert (article["name"], article["headline"]) == (entry["title"], entry["title"])
    assert [author["name"] for author in article["author"]] == entry.authors
    owner = [author["name"] for author in article["author"] if "@id" in author]
    assert owner == [site.profile.name]
    assert article["datePublished"] == entry.date
    assert article.get("abstract", "") == entry["annotation"]
    assert article.get("keywords", []) == entry.topics
    assert article.get("sameAs", []) == entry.same_as
    assert article.get("pagination", "") == entry["pages"]
    assert article.get("identifier", {}).get("value", "") == entry["doi"]
    assert article.get("publisher", {}).get("name", "") == entry["publisher"]
    assert (article["creativeWorkStatus"] == "Preprint") == entry.is_preprint
    event = article.get("publication", {})
    assert event.get("name", "") == entry["eventtitle"]
    assert event.get("startDate", "") == entry["eventdate"].partition("/")[0]


def test_feeds_say_what_the_entries_say(site):
    """The identifier of an item never changes: readers would show it again."""
    atom, feed = feedparser.parse(site.files["feed.xml"]), json.loads(site.files["feed.json"])
    assert not atom.bozo
    for one, two, entry in zip(atom.entries, feed["items"], ENTRIES.values(), strict=True):
        assert one.title == two["title"] == entry["title"]
        assert one.link == two["url"] == url_of(site, page_of(entry))
        assert one.id == two["id"]
        assert one.published == two["date_published"] == entry.timestamp
        assert [a["name"] for a in one.authors] == [a["name"] for a in two["authors"]]
        assert [a["name"] for a in one.authors] == entry.authors
        if entry["annotation"]:
            assert one.summary == two["content_text"] == entry["annotation"]
    ids = {key: item.id for key, item in zip(ENTRIES, atom.entries, strict=True)}
    assert ids["jin2023ditto"] == "urn:uuid:daf49f13-a330-5b5f-8628-0dd8b681c42f"


def of_all_and_of_each(site, suffix: str) -> list[tuple[str, list[Entry]]]:
    """Text of each file with this suffix, and the entries it is to hold."""
    files = [(site.text(f"{page_of(entry)}.{suffix}"), [entry]) for entry in ENTRIES.values()]
    return [*files, (site.text(f"publications.{suffix}"), list(ENTRIES.values()))]


#: What biblatex calls otherwise than BibTeX.
OLDER = {"eprinttype": "archiveprefix", "eprintclass": "primaryclass", "location": "address"}


def test_bibtex_is_the_entry_without_the_fields_of_this_site(site):
    for text, entries in of_all_and_of_each(site, "bib"):
        read_back = pybtex.database.parse_string(text, "bibtex").entries
        assert list(read_back) == [entry.key for entry in entries]
        for entry in entries:
            found = read_back[entry.key]
            fields = {name.lower(): value for name, value in found.fields.items()}
            expected = {n: v for n, v in entry.raw.items() if n not in OWN_FIELDS}
            expected["year"] = entry.year
            for name, older in OLDER.items():
                expected.setdefault(older, entry.raw.get(name, ""))
            expected["keywords"] = ", ".join(entry.topics)
            if "-" in entry.date:
                expected["month"] = MONTHS[int(entry.date[5:7]) - 1]
            assert fields == {name: value for name, value in expected.items() if value}
            assert found.type == entry.type
            people = [
                (" ".join(p.first_names + p.middle_names), " ".join(p.last_names))
                for p in found.persons["author"]
            ]
            assert people == list(entry.names)


def test_reference_managers_read_what_the_entries_say(site):
    for (ris, entries), (csl, _) in zip(
        of_all_and_of_each(site, "ris"), of_all_and_of_each(site, "json"), strict=True
    ):
        for record, item, entry in zip(rispy.loads(ris), json.loads(csl), entries, strict=True):
            assert csl_problems(item) == []
            assert record["id"] == item["id"] == entry.key
            assert record["title"] == item["title"] == entry["title"]
            names = [(person["given"], person["family"]) for person in item["author"]]
            assert names == list(entry.names)
            assert record["authors"] == [f"{family}, {given}" for given, family in entry.names]
            date = [int(part) for part in entry.date.split("-")]
            assert item["issued"] == {"date-parts": [date]}
            assert record["year"] == entry.year
            assert item.get("container-title", "") == entry["journal"] or entry["booktitle"]
            assert {entry["journal"], entry["booktitle"], entry["eventtitle"]} >= {
                record.get(name, "") for name in ("secondary_title", "custom3") if name in record
            }
            assert record.get("doi", "") == item.get("DOI", "") == entry["doi"]
            assert record.get("abstract", "") == item.get("abstract", "") == entry["annotation"]
            assert record["urls"] == [*entry.same_as, url_of(site, page_of(entry))]
            assert (record.get("start_page", ""), record.get("end_page", "")) == entry.pages


def test_the_inventory_and_llms_txt_hold_every_paper_with_title_and_address(site):
    data = InventoryFile.loads(site.files["objects.inv"], uri=site.profile.links.website).data
    found = {item.uri: item.display_name for item in data["bib:paper"].values()}
    titles = {url_of(site, page_of(entry)): entry["title"] for entry in ENTRIES.values()}
    assert found == titles
    listed = {href: text for text, href in markdown(site.text("llms.txt")).links}
    assert {f"{url[:-1]}.md": title for url, title in titles.items()}.items() <= listed.items()


# -- the CV -------------------------------------------------------------------------------------


def test_every_form_of_the_cv_says_what_the_owner_has_written_and_nothing_hidden(site):
    assert unsaid(site, site.profile, site.papers) == []
    for form, text in forms(site).items():
        assert ADDRESS.findall(text) == [], form
        assert [words for words in hidden_words() if plain(words) in plain(text)] == [], form


def test_the_page_of_the_cv_and_its_files_agree_and_are_what_their_readers_need(site):
    pdf, main = Pdf(site.files["cv.pdf"]), site.main("cv")
    headings = [heading.get_text().rstrip("¶#") for heading in main.find_all("h2")]
    assert pdf.headings == headings
    page = {link["href"] for link in main.find_all("a", href=True) if "://" in link["href"]}
    # A paper that is nowhere else is found on its page here.
    own = {url_of(site, page_of(entry)) for entry in ENTRIES.values()}
    assert set(pdf.links) - own == page
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root["/Metadata"].get_data()
    assert all(pdf.fonts.values())
    lines = site.text("cv.txt").splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line in map(str.upper, headings)] == [
        heading.upper() for heading in headings
    ]
    assert resume_problems(json.loads(site.text("cv.json"))) == []
    assert all(name in site.files for name in FILES)
