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
PAGE = "https://jane.example.org/papers/"

every_type = pytest.mark.parametrize("key", TYPES)


def by_hand(name: str) -> str:
    return (EXPECTED / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def types(build_once):
    told = "refs.bib:16:3: WARNING: journal: file: 'files/papers/journal.pdf' is not there"
    return build_once("types", warnings=[told])


def test_the_files_of_all_papers_are_every_file_one_after_the_other(types):
    order = [card.id.removeprefix("cite-") for card in types.cards()]
    assert sorted(order) == TYPES
    for suffix, between in (("bib", "\n"), ("ris", "")):
        parts = [types.text(f"papers/{key}.{suffix}") for key in order]
        assert types.text(f"publications.{suffix}") == between.join(parts)
    items = [json.loads(types.text(f"papers/{key}.json"))[0] for key in order]
    assert json.loads(types.text("publications.json")) == items


@every_type
def test_reference_managers_get_what_was_written_by_hand(types, key):
    (item,) = json.loads(types.text(f"papers/{key}.json"))
    assert csl_problems(item) == []
    assert item == json.loads(by_hand(f"{key}.json"))
    assert types.text(f"papers/{key}.ris").split("\r\n") == by_hand(f"{key}.ris").split("\n")


@every_type
def test_every_format_read_back_says_the_same(types, key):
    entry = pybtex.database.parse_string(types.text(f"papers/{key}.bib"), "bibtex").entries[key]
    (record,) = rispy.loads(types.text(f"papers/{key}.ris"))
    (item,) = json.loads(types.text(f"papers/{key}.json"))
    title = entry.fields["title"].replace("{", "").replace("}", "")
    assert title == record["title"] == item["title"]
    assert entry.fields["year"] == record["year"] == str(item["issued"]["date-parts"][0][0])
    people = entry.persons["author"]  # "and others" is one of them everywhere
    assert len(people) == len(record["authors"]) == len(item["author"])
    for name in ("doi", "issn", "isbn"):
        value = entry.fields.get(name, "")
        assert item.get(name.upper(), "") == value
        assert value in {record.get("doi", ""), record.get("issn", ""), ""}
    pages = entry.fields.get("pages", entry.fields.get("eid", ""))
    first, _, last = pages.partition("--")
    assert (record.get("start_page", ""), record.get("end_page", "")) == (first, last)
    assert item.get("page", "") == "-".join(part for part in (first, last) if part)


@every_type
def test_search_engines_get_what_was_written_by_hand(types, key):
    soup = types.soup(f"papers/{key}")
    tags = [tuple(line.split(": ", 1)) for line in by_hand(f"{key}.scholar.txt").splitlines()]
    assert highwire(soup) == [*tags, ("citation_abstract_html_url", f"{PAGE}{key}/")]
    wanted = json.loads(by_hand(f"{key}.schema.json"))
    thing = json_ld(str(soup))[wanted["@type"]]
    assert thing["name"] == tags[0][1]
    assert thing.get("publisher", {}).get("name") == wanted.pop("publisher")
    assert {name: thing.get(name) for name in wanted} == wanted
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
        kept = {
            "author+an",
            "title",
            "journal",
            "year",
            "keywords",
            "annotation",
            "abstract",
            "note",
        }
        assert set(entry.fields) == kept
        assert entry.fields["keywords"] == "a"


#: Entries whose only address is not one of the web.
ENTRY = "@misc{{k-{0}, title = {{T}}, author = {{Doe, Jane}}, year = {{2020}}, {1} = {{{2}}}}}\n"
FIELDS = "code video file slides poster venueurl url".split()
ADDRESSES = ["javascript:alert(1)", "ftp://a.example.org/x", "data:,x"]


def test_an_address_that_is_not_one_of_the_web_is_refused_named_and_in_no_output(build):
    wrong = [(f"{field}-{n}", field, a) for field in FIELDS for n, a in enumerate(ADDRESSES)]
    built = build("minimal", {"refs.bib": "".join(ENTRY.format(*w) for w in wrong)}, warnings=True)
    assert [line.split(": ")[2] for line in built.warnings] == [f"k-{key}" for key, *_ in wrong]
    for name, data in built.files.items():
        if not name.startswith("_static/"):
            assert [a for a in ADDRESSES if a.encode() in data] == [], name


def test_who_made_a_book_by_choosing_its_chapters_is_no_author_of_it(build):
    source = "@book{k, title = {T}, editor = {Doe, Jane}, year = {2020}, publisher = {P}}\n"
    built = build("minimal", {"refs.bib": source})
    entry = pybtex.database.parse_string(built.text("papers/k.bib"), "bibtex").entries["k"]
    assert list(entry.persons) == ["editor"]
    (item,) = json.loads(built.text("papers/k.json"))
    (record,) = rispy.loads(built.text("papers/k.ris"))
    assert (item.get("author"), record.get("authors")) == (None, None)
    assert item["editor"] == [{"family": "Doe", "given": "Jane"}]
    assert record["tertiary_authors"] == ["Doe, Jane"]  # Zotero's editors of a book
    soup = built.soup("papers/k")
    assert not soup.find_all("meta", attrs={"name": "citation_author"})
    book = json_ld(str(soup))["Book"]
    assert "author" not in book
    assert [person["name"] for person in book["editor"]] == ["Jane Doe"]
    assert "Jane Doe, editor" in soup.get_text()


def test_the_editor_of_a_volume_is_named_beside_the_author_of_a_chapter(build):
    source = """@incollection{k, title = {T}, author = {Poe, Edgar}, booktitle = {B}, year = {2020},
      editor = {Doe, Jane and Roe, R.}, publisher = {P}}\n"""
    built = build("minimal", {"refs.bib": source})
    (item,) = json.loads(built.text("papers/k.json"))
    assert [person["family"] for person in item["author"]] == ["Poe"]
    assert [person["family"] for person in item["editor"]] == ["Doe", "Roe"]
    tags = [line for line in built.text("papers/k.ris").splitlines() if line[:2] in {"AU", "A2"}]
    assert tags == ["AU  - Poe, Edgar", "A2  - Doe, Jane", "A2  - Roe, R."]
    assert "In Jane Doe and R. Roe, editors, B, P, 2020." in built.main("papers/k").get_text()
