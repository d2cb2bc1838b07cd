"""Files to download: every type of entry as other programs know it, and nothing of this site's.

What each entry of the root `types` becomes was written down by hand in its folder `expected/`.
"""

import json

import pybtex.database
import pytest
import rispy

from tests.building import ROOTS
from tests.reading import csl_problems, highwire, json_ld

EXPECTED = ROOTS / "types" / "expected"
TYPES = sorted(path.stem for path in EXPECTED.glob("*.ris"))
BASE = "https://jane.example.org/"

every_type = pytest.mark.parametrize("key", TYPES)


def known(reason: str, *keys: str):
    """Every type, of which *keys* are known to be wrong."""
    marked = (pytest.param(k, marks=pytest.mark.xfail(reason=reason)) for k in TYPES if k in keys)
    return pytest.mark.parametrize("key", [*(k for k in TYPES if k not in keys), *marked])


@pytest.fixture(scope="module")
def types(build_once):
    return build_once("types")


def test_every_type_is_there(types):
    written = types.text("publications.bib").count("\n@") + 1
    assert len(TYPES) == written == len(types.titles()) == 9


# -- reference managers -------------------------------------------------------------------------


@known("Zotero and EndNote read the conference in T2 and its proceedings in C3", "conference")
def test_ris_is_what_was_written_by_hand(types, key):
    text = types.text(f"papers/{key}.ris")
    assert text.split("\r\n") == (EXPECTED / f"{key}.ris").read_text(encoding="utf-8").split("\n")


@every_type
def test_csl_json_is_what_was_written_by_hand(types, key):
    (item,) = json.loads(types.text(f"papers/{key}.json"))
    assert item == json.loads((EXPECTED / f"{key}.json").read_text(encoding="utf-8"))


@every_type
def test_csl_json_keeps_to_the_schema(types, key):
    (item,) = json.loads(types.text(f"papers/{key}.json"))
    assert csl_problems(item) == []


@every_type
def test_every_format_read_back_says_the_same(types, key):
    entry = pybtex.database.parse_string(types.text(f"papers/{key}.bib"), "bibtex").entries[key]
    (record,) = rispy.loads(types.text(f"papers/{key}.ris"))
    (item,) = json.loads(types.text(f"papers/{key}.json"))
    title = entry.fields["title"].replace("{", "").replace("}", "")
    assert title == record["title"] == item["title"]
    assert entry.fields["year"] == record["year"] == str(item["issued"]["date-parts"][0][0])
    people = [p for p in entry.persons["author"] if str(p) != "others"]
    assert len(people) == len(record["authors"]) == len(item["author"])
    for name in ("doi", "issn", "isbn"):
        value = entry.fields.get(name, "")
        assert item.get(name.upper(), "") == value
        assert value in {record.get("doi", ""), record.get("issn", ""), ""}
    first, _, last = entry.fields.get("pages", "").partition("--")
    assert (record.get("start_page", ""), record.get("end_page", "")) == (first, last)
    assert item.get("page", "") == "-".join(part for part in (first, last) if part)


def test_the_file_of_all_papers_is_every_file_one_after_the_other(types):
    order = [card.id.removeprefix("cite-") for card in types.cards()]
    parts = {
        suffix: [types.text(f"papers/{k}.{suffix}") for k in order] for suffix in ("bib", "ris")
    }
    assert types.text("publications.bib") == "\n".join(parts["bib"])
    assert types.text("publications.ris") == "".join(parts["ris"])
    items = [json.loads(types.text(f"papers/{key}.json"))[0] for key in order]
    assert json.loads(types.text("publications.json")) == items


# -- search engines -----------------------------------------------------------------------------

DOE, POE = ("citation_author", "Jane Doe"), ("citation_author", "Edgar Poe")
SCHOLAR = {
    "journal": [
        DOE,
        ("citation_author", "Jan van der Berg"),
        ("citation_publication_date", "2020/03/04"),
        ("citation_journal_title", "Journal of Small Machines"),
        ("citation_volume", "3"),
        ("citation_issue", "2"),
        ("citation_firstpage", "10"),
        ("citation_lastpage", "20"),
        ("citation_doi", "10.1000/journal"),
        ("citation_publisher", "Small Press"),
        ("citation_issn", "1234-5679"),
    ],
    "conference": [
        ("citation_author", "Zoë Müller"),
        ("citation_author", "The Open Group"),
        ("citation_publication_date", "2021"),
        ("citation_conference_title", "Proceedings of the 9th Conference on Waiting"),
        ("citation_firstpage", "e7"),
        ("citation_publisher", "ACM"),
        ("citation_isbn", "978-1-23456-789-7"),
    ],
    "chapter": [
        ("citation_author", "Martin King Jr."),
        ("citation_publication_date", "2019"),
        ("citation_inbook_title", "The Book around It"),
        ("citation_firstpage", "5"),
        ("citation_lastpage", "7"),
        ("citation_publisher", "Books Ltd."),
        ("citation_isbn", "978-0-00-000002-6"),
    ],
    "thesis": [
        ("citation_author", "李明"),
        ("citation_publication_date", "2018/06"),
        ("citation_dissertation_institution", "University of Somewhere"),
    ],
    "dataset": [
        DOE,
        ("citation_publication_date", "2022/01/31"),
        ("citation_doi", "10.5281/zenodo.1"),
        ("citation_publisher", "Zenodo"),
    ],
    "software": [DOE, ("citation_publication_date", "2022")],
    "report": [
        DOE,
        ("citation_publication_date", "2016"),
        ("citation_technical_report_institution", "Laboratory of Lines"),
        ("citation_technical_report_number", "TR-7"),
    ],
    "book": [
        DOE,
        POE,
        ("citation_publication_date", "2015"),
        ("citation_publisher", "Books Ltd."),
        ("citation_isbn", "978-0-00-000001-9"),
    ],
    "preprint": [
        DOE,
        ("citation_publication_date", "2023/11/05"),
        ("citation_arxiv_id", "2311.00001"),
    ],
}


@every_type
def test_scholar_reads_every_type_by_its_own_tags(types, key):
    title = ("citation_title", f"The {TITLES[key]}")
    page = ("citation_abstract_html_url", f"{BASE}papers/{key}/")
    assert highwire(types.soup(f"papers/{key}")) == [title, *SCHOLAR[key], page]


TITLES = {
    "journal": "Journal Article",
    "conference": "Conference Paper",
} | {key: key.title() for key in ("chapter thesis dataset software report book preprint".split())}

PERIODICAL = {"@type": "Periodical", "name": "Journal of Small Machines", "issn": "1234-5679"}
VOLUME = {"@type": "PublicationVolume", "volumeNumber": "3", "isPartOf": PERIODICAL}
ISSUE = {"@type": "PublicationIssue", "issueNumber": "2", "isPartOf": VOLUME}
#: Type of thing, what it is part of, who published it.
SCHEMA = {
    "journal": ("ScholarlyArticle", ISSUE, "Small Press"),
    "conference": (
        "ScholarlyArticle",
        {
            "@type": "Book",
            "name": "Proceedings of the 9th Conference on Waiting",
            "isbn": "978-1-23456-789-7",
            "publisher": {"@type": "Organization", "name": "ACM"},
        },
        "ACM",
    ),
    "chapter": (
        "Chapter",
        {
            "@type": "Book",
            "name": "The Book around It",
            "isbn": "978-0-00-000002-6",
            "publisher": {"@type": "Organization", "name": "Books Ltd."},
        },
        "Books Ltd.",
    ),
    "thesis": ("Thesis", None, "University of Somewhere"),
    "dataset": ("Dataset", None, "Zenodo"),
    "software": ("SoftwareSourceCode", None, None),
    "report": ("Report", None, "Laboratory of Lines"),
    "book": ("Book", None, "Books Ltd."),
    "preprint": ("ScholarlyArticle", {"@type": "Collection", "name": "arXiv"}, None),
}


@every_type
def test_json_ld_knows_what_every_type_is_and_is_part_of(types, key):
    things = json_ld(str(types.soup(f"papers/{key}")))
    type_, part_of, publisher = SCHEMA[key]
    thing = things[type_]
    assert thing["name"] == f"The {TITLES[key]}"
    assert thing.get("isPartOf") == part_of
    assert thing.get("publisher", {}).get("name") == publisher
    assert ("isbn" in thing) == (key == "book")


# -- what does not leave this site --------------------------------------------------------------

OWN = """@article{k, title = {T}, author = {Doe, Jane and Poe, Edgar}, author+an = {1=equal},
  year = {2020}, journal = {J}, venueurl = {https://j.example.org}, keywords = {a, selected},
  file = {https://a.example.org/a.pdf}, slides = {https://a.example.org/s.pdf},
  poster = {https://a.example.org/p.pdf}, code = {https://a.example.org/c},
  video = {https://a.example.org/v}, award = {Best}, annotation = {In short.},
  abstract = {At length.}, note = {A note}}
"""


def test_fields_of_this_site_are_not_exported(build):
    built = build("minimal", {"refs.bib": OWN})
    for name in ("papers/k.bib", "publications.bib"):
        (entry,) = pybtex.database.parse_string(built.text(name), "bibtex").entries.values()
        assert set(entry.fields) == {"title", "journal", "year", "keywords", "note"}
        assert entry.fields["keywords"] == "a"


#: Fields that hold an address, and one entry for each.
FIELDS = "code video file slides poster venueurl".split()
ENTRY = "@misc{{k-{0}, title = {{T}}, author = {{Doe, Jane}}, year = {{2020}}, {0} = {{{1}}}}}\n"
not_of_the_web = pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.example.org/x", "data:,x"]
)


def files_with(built, words: str) -> list[str]:
    found = [name for name, data in built.files.items() if words.encode() in data]
    return [name for name in found if not name.startswith("_static/")]


@not_of_the_web
def test_an_address_that_is_not_one_of_the_web_is_refused_and_named(build, address):
    files = {"refs.bib": "".join(ENTRY.format(field, address) for field in FIELDS)}
    warnings = [f"WARNING: k-{field}: {field} is n" for field in FIELDS]
    assert files_with(build("minimal", files, warnings=warnings), address) == []


def test_a_refused_address_of_the_publisher_is_in_no_output(build):
    files = {"refs.bib": ENTRY.format("url", "javascript:alert(1)")}
    built = build("minimal", files, warnings=["refs.bib:1:64: WARNING: k-url: url is not an http"])
    assert files_with(built, "javascript:alert(1)") == []


def test_who_made_a_book_by_choosing_its_chapters_is_its_editor(build):
    source = "@book{k, title = {T}, editor = {Doe, Jane}, year = {2020}, publisher = {P}}\n"
    built = build("minimal", {"refs.bib": source})
    entry = pybtex.database.parse_string(built.text("papers/k.bib"), "bibtex").entries["k"]
    assert list(entry.persons) == ["editor"]


def test_who_made_a_book_by_choosing_its_chapters_is_no_author_of_it(build):
    source = "@book{k, title = {T}, editor = {Doe, Jane}, year = {2020}, publisher = {P}}\n"
    built = build("minimal", {"refs.bib": source})
    (item,) = json.loads(built.text("papers/k.json"))
    (record,) = rispy.loads(built.text("papers/k.ris"))
    assert (item.get("author"), record.get("authors")) == (None, None)
    assert item["editor"] == [{"family": "Doe", "given": "Jane"}]
    assert "ED  - Doe, Jane" in built.text("papers/k.ris")
    soup = built.soup("papers/k")
    assert not soup.find_all("meta", attrs={"name": "citation_author"})
    book = json_ld(str(soup))["Book"]
    assert "author" not in book
    assert [person["name"] for person in book["editor"]] == ["Jane Doe"]
    assert "Jane Doe (ed.)" in soup.get_text()


def test_the_editor_of_a_volume_is_named_beside_the_author_of_a_chapter(build):
    source = """@incollection{k, title = {T}, author = {Poe, Edgar}, booktitle = {B}, year = {2020},
      editor = {Doe, Jane and Roe, R.}, publisher = {P}}\n"""
    built = build("minimal", {"refs.bib": source})
    (item,) = json.loads(built.text("papers/k.json"))
    assert [person["family"] for person in item["author"]] == ["Poe"]
    assert [person["family"] for person in item["editor"]] == ["Doe", "Roe"]
    tags = [line for line in built.text("papers/k.ris").splitlines() if line[:2] in {"AU", "A2"}]
    assert tags == ["AU  - Poe, Edgar", "A2  - Doe, Jane", "A2  - Roe, R."]
    assert "(ed" not in built.main("papers/k").get_text().partition("How to cite")[0]
