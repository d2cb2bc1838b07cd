"""What programs read on every page of this site, and in the files beside the pages.

Everything is read by a parser that shares no code with the site, and compared with `refs.bib` as
pybtex alone reads it.
"""

import json
import tomllib
from itertools import chain
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import extruct
import feedparser
import pybtex.database
import pytest
import rispy
from sphinx.util.inventory import InventoryFile

from tests.bibliography import OWN_FIELDS, Entry, read
from tests.building import REPOSITORY
from tests.output import headings, text_of, title_of
from tests.reading import (
    csl_problems,
    empty_values,
    highwire,
    json_ld,
    links,
    markdown,
    metas,
    png_size,
)

ENTRIES = {entry.key: entry for entry in read(REPOSITORY / "refs.bib")}
PROFILE = tomllib.loads((REPOSITORY / "profile.toml").read_text(encoding="utf-8"))
NAME = PROFILE["name"]
BASE = PROFILE["links"]["website"] + "/"
ORCID = "https://orcid.org/" + PROFILE["links"]["orcid"]
#: Pages that are not for search engines.
HIDDEN = {"404", "search"}
EXPORTS = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
MONTHS = (
    "January February March April May June July August September October November December".split()
)
PDF = b"%PDF-1.4 not really\n"

every_paper = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)


@pytest.fixture(scope="module")
def html(site):
    """Page → HTML, for every page that says something: `papers/KEY`, and nothing for the home."""
    found = {}
    for path in site.pages:
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in text:
            name = path.relative_to(site.out).as_posix()
            found[name.removesuffix("index.html").rstrip("/")] = text
    return found


@pytest.fixture(scope="module")
def soups(site, html):
    """Page → parsed page."""
    return {name: site.soup(site.out / name / "index.html") for name in html}


@pytest.fixture(scope="module")
def public(soups):
    """The same for the pages that search engines may list."""
    return {name: soup for name, soup in soups.items() if name not in HIDDEN}


@pytest.fixture(scope="module")
def things(html):
    """Page → type → what its JSON-LD says."""
    return {name: json_ld(text) for name, text in html.items()}


def url_of(name: str) -> str:
    return f"{BASE}{name}/" if name else BASE


def page_of(entry: Entry) -> str:
    return f"papers/{entry.key}"


# -- Google Scholar -----------------------------------------------------------------------------


def scholar(entry: Entry) -> list[tuple[str, str]]:
    """The tags an entry asks for, but for the PDF."""
    container = {
        "article": ("citation_journal_title", entry["journal"]),
        "inproceedings": ("citation_conference_title", entry["booktitle"]),
    }
    first, last = entry.pages
    tags = [
        ("citation_title", entry["title"]),
        *(("citation_author", author) for author in entry.authors),
        ("citation_publication_date", entry.date.replace("-", "/")),
        container.get(entry.type, ("", "")),
        ("citation_volume", entry["volume"]),
        ("citation_issue", entry["number"]),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", entry["doi"]),
        ("citation_arxiv_id", entry["eprint"]),
        ("citation_publisher", entry["publisher"]),
        ("citation_isbn", entry["isbn"]),
        ("citation_issn", entry["issn"]),
        ("citation_abstract_html_url", url_of(page_of(entry))),
    ]
    return sorted(tag for tag in tags if tag[1])


@every_paper
def test_scholar_reads_exactly_what_the_entry_says(soups, entry):
    assert sorted(highwire(soups[page_of(entry)])) == scholar(entry)


@every_paper
def test_scholar_reads_the_authors_in_order(soups, entry):
    assert metas(soups[page_of(entry)], "citation_author") == entry.authors


def test_no_other_page_claims_to_be_a_paper(soups):
    found = [name for name, soup in soups.items() if highwire(soup)]
    assert sorted(found) == sorted(map(page_of, ENTRIES.values()))


def test_no_tag_is_empty_and_only_authors_come_more_than_once(soups):
    for entry in ENTRIES.values():
        tags = highwire(soups[page_of(entry)])
        assert [name for name, value in tags if not value.strip()] == []
        names = [name for name, _ in tags if name != "citation_author"]
        assert sorted(names) == sorted(set(names))


@pytest.fixture(scope="module")
def with_file(site_with):
    """The site on the day the owner drops in one PDF."""
    return site_with({"files/papers/SIGCOMM23-Ditto.pdf": PDF})


def test_scholar_is_told_of_a_pdf_only_where_this_site_has_it(with_file):
    url = f"{BASE}files/papers/SIGCOMM23-Ditto.pdf"
    for entry in ENTRIES.values():
        expected = [url] if entry.key == "jin2023ditto" else []
        soup = with_file.soup(page_of(entry))
        assert metas(soup, "citation_pdf_url") == expected
        article = json_ld(str(soup))["ScholarlyArticle"]
        assert ("encoding" in article) == bool(expected)
        if expected:
            assert article["encoding"]["contentUrl"] == url
            assert article["encoding"]["encodingFormat"] == "application/pdf"
            assert links(soup, "item") == [(url, "application/pdf")]
            assert with_file.files["files/papers/SIGCOMM23-Ditto.pdf"] == PDF


# -- JSON-LD ------------------------------------------------------------------------------------


def container(entry: Entry) -> object:
    """What the paper is part of."""
    if entry.is_preprint:
        return {"@type": "Collection", "name": "arXiv"}
    if entry.type == "article":
        part = {"@type": "Periodical", "name": entry["journal"], "issn": entry["issn"]}
        if entry["volume"]:
            number = entry["volume"]
            part = {"@type": "PublicationVolume", "volumeNumber": number, "isPartOf": part}
        if entry["number"]:
            number = entry["number"]
            part = {"@type": "PublicationIssue", "issueNumber": number, "isPartOf": part}
        return part
    return {
        "@type": "Book",
        "name": entry["booktitle"],
        "isbn": entry["isbn"],
        "publisher": {"@type": "Organization", "name": entry["publisher"]},
    }


@every_paper
def test_json_ld_says_what_the_entry_says(things, entry):
    article = things[page_of(entry)]["ScholarlyArticle"]
    url = url_of(page_of(entry))
    assert {article["@id"], article["url"], article["mainEntityOfPage"]} == {url}
    assert (article["name"], article["headline"]) == (entry["title"], entry["title"])
    assert [author["name"] for author in article["author"]] == entry.authors
    assert article["datePublished"] == entry.date
    assert article["isPartOf"] == container(entry)
    assert article["abstract"] == entry["annotation"]
    assert article["keywords"] == entry.topics
    assert article["sameAs"] == entry.same_as
    assert article.get("pagination", "") == entry["pages"]
    assert (article.get("pageStart", ""), article.get("pageEnd", "")) == entry.pages
    assert article.get("identifier", {}).get("value", "") == entry["doi"]
    assert article.get("publisher", {}).get("name", "") == entry["publisher"]
    assert (article["creativeWorkStatus"] == "Preprint") == entry.is_preprint


@every_paper
def test_json_ld_says_where_and_when_it_was_presented(things, entry):
    event = things[page_of(entry)]["ScholarlyArticle"].get("publication")
    if entry.type != "inproceedings":
        assert event is None
        return
    start, end = entry["eventdate"].split("/")
    assert event == {
        "@type": "PublicationEvent",
        "name": entry["eventtitle"],
        "alternateName": entry["eventtitleaddon"],
        "startDate": start,
        "endDate": end,
        "location": {"@type": "Place", "name": entry["venue"]},
    }


@every_paper
def test_the_owner_among_the_authors_is_the_person_of_the_home_page(things, entry):
    authors = things[page_of(entry)]["ScholarlyArticle"]["author"]
    (owner,) = [author for author in authors if "@id" in author]
    person = things[""]["ProfilePage"]["mainEntity"]
    assert (owner["name"], owner["@id"]) == (NAME, person["@id"])


def test_the_home_page_is_the_profile_of_a_person(things):
    page = things[""]["ProfilePage"]
    assert (page["url"], page["name"]) == (BASE, NAME)
    person = page["mainEntity"]
    place = PROFILE["affiliation"]
    accounts = PROFILE["links"]
    assert (person["@type"], person["name"], person["url"]) == ("Person", NAME, BASE)
    assert person["jobTitle"] == PROFILE["position"]
    assert person["affiliation"]["name"] == place["institution"]
    assert [unit["name"] for unit in person["affiliation"]["department"]] == [
        place["department"],
        place["group"],
    ]
    assert [school["name"] for school in person["alumniOf"]] == [
        degree["institution"] for degree in PROFILE["education"]
    ]
    awards = [(award["title"], str(award["year"])) for award in PROFILE["awards"]]
    assert len(person["award"]) == len(awards)
    for words, (title, year) in zip(person["award"], awards, strict=True):
        assert words.startswith(title)
        assert year in words
    assert set(person["sameAs"]) == {
        f"https://github.com/{accounts['github']}",
        f"https://scholar.google.com/citations?user={accounts['scholar']}",
        ORCID,
    }


def test_the_list_is_a_collection_of_every_paper_in_order(things):
    page = things["publications"]["CollectionPage"]
    assert (page["url"], page["name"]) == (url_of("publications"), "Publications")
    list_ = page["mainEntity"]
    assert (list_["@type"], list_["numberOfItems"]) == ("ItemList", len(ENTRIES))
    items = [(i["position"], i["name"], i["url"]) for i in list_["itemListElement"]]
    assert items == [
        (position, entry["title"], url_of(page_of(entry)))
        for position, entry in enumerate(ENTRIES.values(), 1)
    ]


def test_only_the_home_page_and_the_list_and_papers_are_more_than_a_place(things):
    for name, found in things.items():
        types = set(found)
        if name in HIDDEN:
            assert types == set()
        elif not name:
            assert types == {"ProfilePage"}
        elif name == "publications":
            assert types == {"CollectionPage", "BreadcrumbList"}
        elif name.startswith("papers/"):
            assert types == {"ScholarlyArticle", "BreadcrumbList"}
        else:
            assert types == {"BreadcrumbList"}


#: Page → names of the pages above it.
ABOVE = (
    {f"publications/by-{word}": ["Publications"] for word in ("kind", "topic", "role")}
    | {
        "research/llm-systems": ["Research"],
        "research/serverless-and-cloud": ["Research"],
        "research/vector-retrieval": ["Research"],
    }
    | {page_of(entry): ["Publications"] for entry in ENTRIES.values()}
)


def test_breadcrumbs_lead_from_the_home_page_to_every_page(things, public):
    for name, soup in public.items():
        if not name:
            continue
        items = things[name]["BreadcrumbList"]["itemListElement"]
        own = title_of(soup.select_one("main"))
        entry = ENTRIES.get(name.removeprefix("papers/"))
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        names = [NAME, *ABOVE.get(name, []), entry.name if entry else own]
        assert [item["name"] for item in items] == names
        addresses = [item["item"] for item in items]
        assert addresses[0] == BASE
        assert addresses[-1] == url_of(name)
        assert {url.removeprefix(BASE).rstrip("/") for url in addresses} <= set(public)


def test_nothing_in_the_data_is_empty(things):
    assert {name: list(empty_values(found)) for name, found in things.items() if found} == {
        name: [] for name, found in things.items() if found
    }


# -- microformats and signposting ---------------------------------------------------------------


def test_the_home_page_has_one_card_of_the_person(html):
    (card,) = extruct.extract(html[""], base_url=BASE, syntaxes=["microformat"])["microformat"]
    assert card["type"] == ["h-card"]
    properties = card["properties"]
    assert properties["name"] == [NAME]
    assert properties["org"] == [PROFILE["affiliation"]["institution"]]
    assert ORCID in properties["url"]
    assert "email" not in properties


def test_the_accounts_of_the_person_are_marked_as_theirs(soups):
    for name, soup in soups.items():
        marked = {tag["href"] for tag in soup.find_all(["a", "link"], rel="me")}
        expected = {
            f"https://github.com/{PROFILE['links']['github']}",
            f"https://scholar.google.com/citations?user={PROFILE['links']['scholar']}",
            ORCID,
        }
        assert marked == (expected if not name else set()), name


@every_paper
def test_signposts_lead_to_the_paper_its_author_and_its_data(site, soups, entry):
    soup = soups[page_of(entry)]
    assert links(soup, "cite-as") == [(entry.same_as[0], "")]
    assert links(soup, "author") == [(ORCID, "")]
    assert links(soup, "describedby") == [
        (f"{BASE}{page_of(entry)}.{suffix}", type_) for suffix, type_ in EXPORTS.items()
    ]
    pdfs = [url for label, url in site.paper(entry.key).links if label == "PDF"]
    assert links(soup, "item") == [(url, "application/pdf") for url in pdfs]


def test_only_papers_have_signposts(soups):
    relations = ("cite-as", "author", "describedby", "item", "license")
    found = {n for n, soup in soups.items() for rel in relations if links(soup, rel)}
    assert found == set(map(page_of, ENTRIES.values()))


# -- link previews ------------------------------------------------------------------------------


def test_every_page_has_a_preview_of_its_own(public):
    descriptions = {}
    for name, soup in public.items():
        entry = ENTRIES.get(name.removeprefix("papers/"))
        title = entry["title"] if entry else title_of(soup.select_one("main"))
        descriptions[name] = metas(soup, "og:description")
        assert metas(soup, "og:title") == [title]
        assert metas(soup, "og:url") == [url_of(name)]
        assert metas(soup, "og:site_name") == [NAME]
        assert metas(soup, "twitter:card") == ["summary_large_image"]
        types = {"": "profile"} | {page_of(e): "article" for e in ENTRIES.values()}
        assert metas(soup, "og:type") == [types.get(name, "website")]
        assert metas(soup, "og:image:alt") == [title]
        assert descriptions[name] == metas(soup, "description")
    assert len({tuple(words) for words in descriptions.values()}) == len(descriptions)


@every_paper
def test_the_preview_of_a_paper_says_its_summary(soups, entry):
    assert metas(soups[page_of(entry)], "og:description") == [entry["annotation"]]


def test_every_page_has_a_picture_of_the_size_it_says(site, public):
    for name, soup in public.items():
        (url,) = metas(soup, "og:image")
        assert url.startswith(BASE)
        size = metas(soup, "og:image:width") + metas(soup, "og:image:height")
        assert size == ["1200", "630"]
        assert png_size(site.files[url.removeprefix(BASE)]) == (1200, 630), name


def test_there_is_a_picture_for_every_page_and_no_other(site, public):
    pictures = {name for name in site.files if name.startswith("cards/")}
    used = {metas(soup, "og:image")[0].removeprefix(BASE) for soup in public.values()}
    assert pictures == used


def test_hidden_pages_have_no_preview_and_say_so(soups):
    for name in HIDDEN:
        assert metas(soups[name], "robots") == ["noindex"]
        assert metas(soups[name], "og:title") == []


def test_no_public_page_is_hidden(public):
    assert [name for name, soup in public.items() if metas(soup, "robots")] == []


def test_every_page_names_its_one_address_and_has_one_description(public):
    for name, soup in public.items():
        assert links(soup, "canonical") == [(url_of(name), "")]
        (words,) = metas(soup, "description")
        assert len(words) > 25


def test_titles_are_the_name_of_the_page_and_then_of_the_person(public):
    for name, soup in public.items():
        entry = ENTRIES.get(name.removeprefix("papers/"))
        own = entry.name if entry else title_of(soup.select_one("main"))
        assert text_of(soup.title) == (f"{own} — {NAME}" if name else NAME)
    assert text_of(public["papers/jin2023ditto"].title) == "Ditto — Chao Jin"


# -- feeds --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atom(site):
    feed = feedparser.parse(site.files["feed.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    return feed


@pytest.fixture(scope="module")
def json_feed(site):
    return json.loads(site.files["feed.json"])


def test_the_atom_feed_says_whose_it_is(atom):
    assert atom.feed.title == f"Publications of {NAME}"
    assert atom.feed.author == NAME
    hrefs = {link["rel"]: link["href"] for link in atom.feed.links}
    assert hrefs == {"self": f"{BASE}feed.xml", "alternate": url_of("publications")}
    assert atom.feed.updated == max(entry.timestamp for entry in ENTRIES.values())


def test_the_atom_feed_says_what_the_entries_say(atom):
    for item, entry in zip(atom.entries, ENTRIES.values(), strict=True):
        assert item.title == entry["title"]
        assert item.title_detail["type"] == "text/plain"
        assert item.link == url_of(page_of(entry))
        assert item.summary == entry["annotation"]
        assert [author["name"] for author in item.authors] == entry.authors
        assert (item.published, item.updated) == (entry.timestamp, entry.timestamp)
        assert [tag["term"] for tag in item.tags] == entry.topics


def test_the_json_feed_says_what_the_entries_say(json_feed):
    assert json_feed["version"] == "https://jsonfeed.org/version/1.1"
    assert json_feed["feed_url"] == f"{BASE}feed.json"
    assert json_feed["home_page_url"] == url_of("publications")
    assert json_feed["authors"] == [{"name": NAME, "url": BASE}]
    for item, entry in zip(json_feed["items"], ENTRIES.values(), strict=True):
        assert item["title"] == entry["title"]
        assert item["url"] == url_of(page_of(entry))
        assert item["external_url"] == entry.same_as[0]
        assert item["content_text"] == entry["annotation"]
        assert item["date_published"] == entry.timestamp
        assert [author["name"] for author in item["authors"]] == entry.authors
        assert item["tags"] == entry.topics


def test_both_feeds_call_a_paper_by_the_same_name_of_its_own(atom, json_feed):
    ids = [item.id for item in atom.entries]
    assert [item["id"] for item in json_feed["items"]] == ids
    assert len({*ids, atom.feed.id}) == len(ids) + 1


#: Readers show an item again if its identifier changes: these never do.
IDENTIFIERS = {
    "jin2023ditto": "urn:uuid:daf49f13-a330-5b5f-8628-0dd8b681c42f",
    "jin2024ragcache": "urn:uuid:f3c57fee-4792-5486-b2aa-6cc051c99bd0",
}


def test_identifiers_are_what_they_have_always_been(atom):
    ids = dict(zip(ENTRIES, (item.id for item in atom.entries), strict=True))
    assert {key: ids[key] for key in IDENTIFIERS} == IDENTIFIERS


def test_every_page_tells_of_both_feeds(soups):
    for soup in soups.values():
        feeds = [link for link in links(soup, "alternate") if "/feed." in link[0]]
        assert feeds == [
            (f"{BASE}feed.xml", "application/atom+xml"),
            (f"{BASE}feed.json", "application/feed+json"),
        ]


# -- crawlers -----------------------------------------------------------------------------------


def test_the_sitemap_lists_every_public_page_and_nothing_else(site, public):
    root = ET.fromstring(site.files["sitemap.xml"])
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{name}urlset"
    locations = [element.text for element in root.iter(f"{name}loc")]
    assert sorted(locations) == sorted(map(url_of, public))


def test_robots_may_read_everything_and_find_the_sitemap(site):
    lines = site.text("robots.txt").splitlines()
    assert f"Sitemap: {BASE}sitemap.xml" in lines
    assert not [line for line in lines if line.lower().startswith("disallow") and line[-1] == "/"]


@pytest.fixture(scope="module")
def twins(site, public):
    """Page → its Markdown twin, read."""
    names = {name: f"{name}.md" for name in public} | {"": "index.md"}
    names["research"] = "research/index.md"
    return {name: (path, markdown(site.text(path))) for name, path in names.items()}


def test_llms_txt_lists_the_twin_of_every_public_page(site, twins):
    index = markdown(site.text("llms.txt"))
    assert index.headings == [NAME, "Pages", "Publications"]
    listed = [href for _, href in index.links]
    assert sorted(listed) == sorted(BASE + path for path, _ in twins.values())
    titles = {href: text for text, href in index.links}
    for entry in ENTRIES.values():
        assert titles[f"{BASE}{page_of(entry)}.md"] == entry["title"]


def test_every_twin_is_named_in_the_head_of_its_page(public, twins):
    for name, soup in public.items():
        alternates = [link for link in links(soup, "alternate") if link[1] == "text/markdown"]
        assert alternates == [(BASE + twins[name][0], "text/markdown")]


def test_every_twin_has_the_headings_of_its_page_and_no_html(public, twins):
    for name, (_, twin) in twins.items():
        assert twin.headings == headings(public[name].select_one("main")), name
        assert twin.html == [], name


def test_the_links_of_a_twin_are_absolute_and_those_of_its_page(public, twins):
    for name, (_, twin) in twins.items():
        main = public[name].select_one("main")
        shown = {
            urljoin(url_of(name), link["href"]) for link in main.select("a[href]:not(.headerlink)")
        }
        assert {href for _, href in twin.links} == shown, name
        assert all(urlsplit(href).scheme == "https" for _, href in twin.links)


# -- exports ------------------------------------------------------------------------------------


def of_all_and_of_each(site, suffix: str) -> list[tuple[str, list[Entry]]]:
    """Text of each file with this suffix, and the entries it is to hold."""
    files = [(site.text(f"{page_of(entry)}.{suffix}"), [entry]) for entry in ENTRIES.values()]
    return [*files, (site.text(f"publications.{suffix}"), list(ENTRIES.values()))]


def test_bibtex_is_the_entry_without_the_fields_of_this_site(site):
    for text, entries in of_all_and_of_each(site, "bib"):
        read_back = pybtex.database.parse_string(text, "bibtex").entries
        assert list(read_back) == [entry.key for entry in entries]
        for entry in entries:
            found = read_back[entry.key]
            fields = {name.lower(): value for name, value in found.fields.items()}
            expected = {n: v for n, v in entry.raw.items() if n not in OWN_FIELDS | {"date"}}
            expected["year"] = entry.year
            expected["keywords"] = ", ".join(entry.topics)
            if "-" in entry.date:
                expected["month"] = MONTHS[int(entry.date[5:7]) - 1]
            assert fields == expected
            assert found.type == entry.type
            people = [
                (" ".join(p.first_names + p.middle_names), " ".join(p.last_names))
                for p in found.persons["author"]
            ]
            assert people == list(entry.names)
            assert list(found.persons) == ["author"]


def ris(entry: Entry) -> dict[str, object]:
    """What a reader of RIS finds, but for the venue."""
    first, last = entry.pages
    year, month, day = [*entry.date.split("-"), "", ""][:3]
    values = {
        "type_of_reference": {"article": "JOUR", "inproceedings": "CPAPER"}.get(entry.type, "UNPB"),
        "id": entry.key,
        "title": entry["title"],
        "authors": [f"{family}, {given}" for given, family in entry.names],
        "year": year,
        "date": f"{year}/{month}/{day}/" if month else "",
        "volume": entry["volume"],
        "number": entry["number"],
        "start_page": first,
        "end_page": last,
        "publisher": "arXiv" if entry.is_preprint else entry["publisher"],
        "issn": entry["issn"] or entry["isbn"],
        "doi": entry["doi"],
        "keywords": entry.topics,
        "abstract": entry["annotation"],
        "urls": [*entry.same_as, url_of(page_of(entry))],
    }
    return {name: value for name, value in values.items() if value}


#: Which of the two tags holds the proceedings is tested in tests/build/test_exports.py.
VENUE_TAGS = {"secondary_title", "custom3", "alternate_title1", "place_published", "note"}


def test_ris_says_what_the_entries_say(site):
    for text, entries in of_all_and_of_each(site, "ris"):
        records = rispy.loads(text)
        assert [record["id"] for record in records] == [entry.key for entry in entries]
        for record, entry in zip(records, entries, strict=True):
            rest = {name: value for name, value in record.items() if name not in VENUE_TAGS}
            assert rest == ris(entry)
            venue = {record.get(name, "") for name in ("secondary_title", "custom3")} - {""}
            names = {entry["journal"], entry["booktitle"], entry["eventtitle"]} - {""}
            assert venue == names
            assert ("arXiv:" + entry["eprint"] in record.get("note", "")) == entry.is_preprint


def csl(entry: Entry) -> dict[str, object]:
    """What a citation processor finds."""
    types = {"article": "article-journal", "inproceedings": "paper-conference"}
    values = {
        "id": entry.key,
        "type": types.get(entry.type, "article"),
        "title": entry["title"],
        "author": [{"family": family, "given": given} for given, family in entry.names],
        "issued": {"date-parts": [[int(part) for part in entry.date.split("-")]]},
        "container-title": entry["journal"] or entry["booktitle"],
        "container-title-short": entry["shortjournal"] or entry["eventtitleaddon"],
        "event-title": entry["eventtitle"],
        "event-place": entry["venue"],
        "volume": entry["volume"],
        "issue": entry["number"],
        "page": "-".join(part for part in entry.pages if part),
        "publisher": "arXiv" if entry.is_preprint else entry["publisher"],
        "number": f"arXiv:{entry['eprint']}" if entry["eprint"] else "",
        "ISBN": entry["isbn"],
        "ISSN": entry["issn"],
        "DOI": entry["doi"],
        "URL": entry.same_as[0],
        "abstract": entry["annotation"],
        "keyword": ", ".join(entry.topics),
    }
    return {name: value for name, value in values.items() if value}


def test_csl_json_says_what_the_entries_say(site):
    for text, entries in of_all_and_of_each(site, "json"):
        items = json.loads(text)
        assert items == [csl(entry) for entry in entries]
        assert list(chain.from_iterable(map(csl_problems, items))) == []


def test_the_list_tells_of_the_files_with_every_paper(soups):
    found = {type_: href for href, type_ in links(soups["publications"], "alternate")}
    for suffix, type_ in EXPORTS.items():
        assert found[type_] == f"{BASE}publications.{suffix}"
    others = [name for name in soups if name != "publications"]
    for name in others:
        types = {type_ for _, type_ in links(soups[name], "alternate")}
        assert types.isdisjoint(EXPORTS.values()), name


# -- inventory ----------------------------------------------------------------------------------


def test_the_inventory_holds_every_paper_with_title_and_address(site):
    inventory = InventoryFile.loads(site.files["objects.inv"], uri=BASE.rstrip("/")).data
    found = {key: (item.uri, item.display_name) for key, item in inventory["bib:paper"].items()}
    expected = {key: (url_of(page_of(e)), e["title"]) for key, e in ENTRIES.items()}
    assert found == expected
    assert {item.project_name for item in inventory["bib:paper"].values()} == {NAME}
