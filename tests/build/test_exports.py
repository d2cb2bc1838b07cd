"""Files to download: nothing of this site's, and those of all papers are those of each.

What they say of every type of entry and field: test_readers.py.
"""

import json

import pybtex.database
import rispy

from tests.reading import json_ld


def test_the_files_of_all_papers_are_every_file_one_after_the_other(awkward):
    items = json.loads(awkward.text("publications.json"))
    parts = {"bib": [], "ris": [], "json": []}
    names = {
        json.loads(p.read_text("utf-8"))[0]["id"]: p for p in awkward.out.glob("papers/*.json")
    }
    for item in items:
        for suffix, found in parts.items():
            found.append(names[item["id"]].with_suffix(f".{suffix}").read_bytes().decode())
    assert awkward.text("publications.bib") == "\n".join(parts["bib"])
    assert awkward.text("publications.ris") == "".join(parts["ris"])
    assert items == [json.loads(part)[0] for part in parts["json"]]


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
