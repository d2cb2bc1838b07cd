"""What programs and people read of every entry in BibTeX, feeds, pages and an EPUB."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import bibtexparser
import feedparser
import pybtex.database
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pybtex.richtext import Text

from tests import readers
from tests.building import ROOTS
from tests.output import text_of
from tests.readers import Entry, folded, iso, plain

FILES = ("names.bib", "refs.bib")
SOURCE = ROOTS / "awkward"
ENTRIES = readers.read(SOURCE, *FILES)
SITE = "https://walrus.example.org/"
every_entry = pytest.mark.parametrize("key", ENTRIES)

# -- BibTeX ---------------------------------------------------------------------------------------

#: Entries that stand alone name no others.
INHERITING = {"crossref", "xdata"}


@pytest.fixture(scope="module")
def names(awkward) -> dict[str, str]:
    """Key → path of the paper's page and files, without ending."""
    files = (awkward.out / "papers").glob("*.json")
    return {json.loads(path.read_text("utf-8"))[0]["id"]: f"papers/{path.stem}" for path in files}


@pytest.fixture(scope="module")
def exported(awkward) -> dict[str, pybtex.database.Entry]:
    text = awkward.text("publications.bib")
    return dict(pybtex.database.parse_string(text, "bibtex").entries)


@pytest.fixture(scope="module")
def sources() -> dict[str, pybtex.database.Entry]:
    text = "\n".join((SOURCE / name).read_text(encoding="utf-8") for name in FILES)
    return dict(pybtex.database.parse_string(text, "bibtex").entries)


def raw(fields: Any) -> dict[str, str]:
    return {name.lower(): " ".join(value.split()) for name, value in fields.items()}


@every_entry
def test_pybtex_reads_back_the_entry(exported, sources, key):
    """The same type, people and values; what the entry takes from another is written out."""
    entry, source, found = ENTRIES[key], sources[key], exported[key]
    persons = {role: list(map(str, people)) for role, people in found.persons.items()}
    wanted = {role: list(map(str, people)) for role, people in source.persons.items()}
    wrong = [f"@{found.type}"] if found.type != source.type else []
    wrong += [f"{r}: {persons.get(r)}" for r in wanted if persons.get(r) != wanted[r]]
    wrong += [f"{r}: {persons[r]}" for r in persons if r not in entry.people]
    fields = raw(found.fields)
    for name, value in raw(source.fields).items():
        have = fields.pop(name, "")
        if name == "doi":
            is_right = entry.doi in have if entry.doi else not have
        elif name == "month":  # `sep` is the abbreviation of itself; test of year and month
            is_right = bool(have)
        else:
            is_right = have == value or name in INHERITING
        wrong += [] if is_right else [f"{name}: {have!r}, not {value!r}"]
    for name, value in fields.items():
        is_known = value == entry.raw.get(readers.ALIASES.get(name, name))
        is_date = name in {"year", "month"} and entry.dates
        wrong += [] if is_known or is_date else [f"{name}: {value!r} of nothing"]
    assert wrong == []


@every_entry
def test_readers_of_bibtex_without_biblatex_find_year_month_and_journal(exported, key):
    entry, fields = ENTRIES[key], raw(exported[key].fields)
    start = entry.dates[0] if entry.dates else ()
    assert fields.get("year", "") == (str(start[0]) if start else "")
    month = fields.get("month", "").strip("{}").lower()
    number = int(month) if month.isdecimal() else (*readers.MONTHS, "").index(month[:3]) + 1
    assert (number if month else 0) == (start[1] if len(start) > 1 else 0)
    if "journaltitle" in entry.raw:
        assert fields["journal"] == entry.raw["journaltitle"]
    if "institution" in entry.raw and "thesis" in entry.written_type:
        assert fields["school"] == entry.raw["institution"]
    if "location" in entry.raw:
        assert fields["address"] == entry.raw["location"]


def test_bibtexparser_reads_the_same_as_pybtex(awkward, exported):
    library = bibtexparser.parse_string(awkward.text("publications.bib"))
    assert library.failed_blocks == []
    # It takes `@commentary` for a `@comment`.
    read = [key for key, entry in exported.items() if not entry.type.startswith("comment")]
    assert [entry.key for entry in library.entries] == read
    people = {"author", "editor"}
    for entry in library.entries:
        fields = {f.key.lower(): " ".join(str(f.value).split()) for f in entry.fields}
        other = raw(exported[entry.key].fields)
        # An abbreviation of a month, and names, are read into other things.
        left = {n: v for n, v in fields.items() if n not in people | {"month"}}
        assert left == {n: v for n, v in other.items() if n != "month"}
        assert entry.entry_type.lower() == exported[entry.key].type


@every_entry
def test_the_file_of_a_paper_is_its_part_of_the_file_of_all(awkward, names, key):
    assert awkward.text(f"{names[key]}.bib") in awkward.text("publications.bib")


# -- feeds ----------------------------------------------------------------------------------------

#: A feed holds the newest.
NEWEST = 100
OWNER = folded("Ann Walrus")


@pytest.fixture(scope="module")
def keys(names) -> dict[str, str]:
    """Address of the paper's page → key."""
    return {f"{SITE}{name}/": key for key, name in names.items()}


def moment(entry: Entry) -> str:
    """The first moment of its date."""
    year, month, day = (*entry.dates[0], 1, 1)[:3]
    return f"{iso((year, month, day))}T00:00:00Z"


def test_feedparser_reads_what_the_entries_say(awkward, keys):
    feed = feedparser.parse(awkward.files["feed.xml"])
    assert not feed.bozo
    newest = max(moment(entry) for entry in ENTRIES.values() if entry.dates)
    assert feed.feed.updated == newest
    assert len(feed.entries) == NEWEST
    wrong = []
    for item in feed.entries:
        entry = ENTRIES.get(keys.get(item.link, ""))
        if not entry:
            wrong.append(f"{item.link} is of no entry")
            continue
        # RFC 4287, 4.1.2: without an author of its own, an entry is by the feed's.
        people = item.get("authors") or feed.feed.get("authors", [])
        wrong += [
            *misattributed(entry, [person.get("name", "") for person in people]),
            *unlike(entry, "title", item.title, entry.title),
            *unlike(entry, "summary", item.summary, in_short(entry)),
            *unlike(entry, "date", item.updated, moment(entry) if entry.dates else newest),
        ]
        if entry.dates:
            wrong += unlike(entry, "date", item.published, moment(entry))
        elif "published" in item:
            wrong.append(f"{entry.key}: published {item.published}")
    assert wrong == []


def misattributed(entry: Entry, names: list[str]) -> list[str]:
    """What is wrong with whom a feed names; of no one's paper it names nobody, not the owner."""
    right = [name.direct for name in entry.people.get("author", [])]
    right = right or [f"{name.direct} (editor)" for name in entry.people.get("editor", [])]
    have = list(map(folded, names))
    is_right = have == list(map(folded, right)) if right else have != [OWNER]
    return [] if is_right else [f"{entry.key}: by {names}, not {right}"]


def unlike(entry: Entry, field: str, have: str, want: str) -> list[str]:
    """What is wrong with a value; a title and a summary are made up where the entry has none."""
    is_right = folded(have) == folded(want) or (not want and field in {"title", "summary"})
    return [] if is_right else [f"{entry.key}: {field} {have!r}, not {want!r}"]


def in_short(entry: Entry) -> str:
    """What a feed says of a paper, in plain language if it can."""
    return plain(entry.raw.get("annotation") or entry.raw.get("abstract", ""))


def test_json_feed_is_valid_and_says_what_the_entries_say(awkward, keys):
    """https://www.jsonfeed.org/version/1.1/"""
    feed = json.loads(awkward.text("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}feed.json"
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == NEWEST
    wrong = []
    for item in feed["items"]:
        entry = ENTRIES.get(keys.get(item["url"], ""))
        if not entry:
            wrong.append(f"{item['url']} is of no entry")
            continue
        assert isinstance(item["id"], str)
        assert item["content_text"]
        # Without authors of its own, an item is by the feed's.
        people = item.get("authors") or feed["authors"]
        published = item.get("date_published", "")
        wrong += [
            *misattributed(entry, [person["name"] for person in people]),
            *unlike(entry, "title", item.get("title", ""), entry.title),
            *unlike(entry, "summary", item["content_text"], in_short(entry)),
            *unlike(entry, "date", published, moment(entry) if entry.dates else ""),
            *unlike(entry, "keywords", ", ".join(item.get("tags", [])), entry.text("keywords")),
        ]
    assert wrong == []


# -- pages ----------------------------------------------------------------------------------------

#: Fields that a reader has to find on the page of the paper, before what is there to copy.
SHOWN = (
    "title subtitle journaltitle booktitle eventtitle series edition publisher institution "
    "organization howpublished version volume number issue pages eid note abstract holder"
).split()


def words_of(awkward, name: str) -> str:
    """The words of a paper's page without those that are there to be copied."""
    main = awkward.main(name)
    for part in main.find_all(["annotation", "pre", "script", "style"]):
        part.decompose()
    return text_of(main).partition("How to cite")[0]


@every_entry
def test_the_page_of_a_paper_says_what_the_entry_says(awkward, names, key):
    entry, said = ENTRIES[key], words_of(awkward, names[key])
    words = re.sub("[*†]", "", folded(said))
    silent = {
        # The conference stands for the title of its proceedings and who printed them, the
        # publisher for others.
        "booktitle": "eventtitle" in entry.raw,
        "publisher": entry.type == "inproceedings",
        "organization": "publisher" in entry.raw,
    }
    missing = [
        name
        for name in SHOWN
        if name in entry.raw and folded(entry.text(name)) not in words and not silent.get(name)
    ]
    missing += [
        f"{role} {person.direct}"
        for role in ("author", "editor", "translator", "holder")
        for person in entry.people.get(role, [])
        if folded(person.direct) not in words
    ]
    marks = {
        "et al.": bool(entry.others),
        "ed": "editor" in entry.people,
        "patent": entry.type == "patent",
        # A hyphen within a page number is no dash between two.
        entry.pages[0]: not entry.pages[1],
    }
    missing += [mark for mark, is_wanted in marks.items() if is_wanted and mark not in said]
    assert missing == []
    assert not entry.raw.get("doi") or entry.doi or entry.raw["doi"] not in said


@every_entry
def test_the_page_of_a_paper_leads_where_the_entry_does(awkward, names, key):
    entry = ENTRIES[key]
    addresses = [link["href"] for link in awkward.main(names[key]).find_all("a", href=True)]
    wanted = [entry.raw["url"]] if "url" in entry.raw else []
    wanted += [f"https://doi.org/{entry.doi}"] if entry.doi else []
    assert [address for address in wanted if address not in addresses] == []
    hosts = {
        "hal": "hal.",
        "pubmed": "ncbi.nlm.nih.gov",
        "jstor": "jstor.org",
        "arxiv": "arxiv.org",
    }
    if kind := entry.raw.get("eprinttype", "").lower():
        found = [a for a in addresses if hosts[kind] in a and entry.raw["eprint"] in a]
        assert found, addresses
    if not entry.doi:
        assert [address for address in addresses if "//doi.org" in address] == []


def test_formulas_in_titles_are_drawn(awkward, names):
    """As MathML, on the page of the paper and in lists; nothing of TeX is left over."""
    drawn = set("carbon degrees isotope power fonts bold chemistry landau".split())
    for key in drawn:
        title = awkward.main(names[key]).h1
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
