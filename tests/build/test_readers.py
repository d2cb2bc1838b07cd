"""What programs read of every entry: RIS, CSL-JSON, citation tags and schema.org, field by field.

Expectations come from refs.bib as pybtex reads it and from the tables of docs/forms.md.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import rispy

from tests import readers
from tests.building import ROOTS
from tests.readers import FORMS, LANGUAGES, PEOPLE, WORDS, Entry, folded, iso
from tests.reading import csl_problems, highwire, json_ld

FILES = ("names.bib", "refs.bib")
ENTRIES = readers.read(ROOTS / "awkward", *FILES)
SITE = "https://walrus.example.org/"
every_entry = pytest.mark.parametrize("key", ENTRIES)

#: Fields of which a place may say more than this field, such as the title with its subtitle.
PARTS = set(
    "title subtitle journaltitle journalsubtitle booktitle booksubtitle note addendum "
    "howpublished abstract annotation eprint pmid pmcid series".split()
)
DATES = {"date", "eventdate", "origdate", "urldate"}


# -- what is there to be read ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(awkward) -> dict[str, dict[str, Any]]:
    """Key → record of RIS."""
    return {record["id"]: record for record in rispy.loads(awkward.text("publications.ris"))}


@pytest.fixture(scope="module")
def items(awkward) -> dict[str, dict[str, Any]]:
    """Key → item of CSL-JSON."""
    return {item["id"]: item for item in json.loads(awkward.text("publications.json"))}


@pytest.fixture(scope="module")
def pages(awkward) -> dict[str, str]:
    """Key → name of the paper's page; the key as the file beside it has it."""
    files = (awkward.out / "papers").glob("*.json")
    return {json.loads(path.read_text("utf-8"))[0]["id"]: f"papers/{path.stem}" for path in files}


def test_every_form_has_every_paper_under_its_own_key_and_no_other(awkward, records, items, pages):
    assert sorted(items) == sorted(ENTRIES)
    assert sorted(records) == sorted(ENTRIES)
    assert sorted(pages) == sorted(ENTRIES)
    names = list(pages.values())
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if not re.fullmatch(r"papers/[\w.+-]+", name, re.ASCII)] == []


# -- one field of one entry in one form -----------------------------------------------------------


def wanted(entry: Entry, field: str, form: str, place: str) -> list[str]:
    """What a form should say of a field in one place, as folded text."""
    if field in PEOPLE:
        return [folded(name) for name in people(entry, field, form)]
    if field in DATES:
        return [date for date in [when(entry, field, place)] if date]
    if field in {"pages", "eid"}:
        first, last = entry.pages
        ends = {"SP": first, "citation_firstpage": first, "pageStart": first}
        ends |= {"EP": last, "citation_lastpage": last, "pageEnd": last}
        return [folded(ends[place]) if place in ends else folded(entry.text(field))]
    if field == "keywords" and form != "CSL-JSON":
        return [folded(word) for word in entry.text(field).split(",")]
    if field == "doi":
        return [entry.doi]
    if field == "url":
        return [entry.raw["url"]]
    if field in {"type", "pubstate"}:
        return [folded(WORDS.get(entry.raw[field], entry.text(field))).lower()]
    if field == "location":
        return [folded(WORDS.get(entry.raw[field], entry.text(field)))]
    if field in {"language", "langid"}:
        return [LANGUAGES[entry.raw[field]]]
    return [folded(entry.text(field))]


def people(entry: Entry, field: str, form: str) -> list[str]:
    names, others = entry.people[field], ["others"] if field in entry.others else []
    if form == "RIS":
        return [*(name.inverted for name in names), *others]
    if form == "CSL-JSON" and field != "holder":
        parts = [*(name.csl for name in names), *({"literal": word} for word in others)]
        return [json.dumps(name, ensure_ascii=False, sort_keys=True) for name in parts]
    return [name.direct for name in names]


def when(entry: Entry, field: str, place: str) -> str:
    """A date as RIS, CSL-JSON, Google Scholar and schema.org write it."""
    found = entry.dates if field == "date" else readers.dates(entry.raw[field])
    start, end = found[0], found[-1]
    if place == "PY":
        return str(start[0])
    if place == "DA" and len(start) == 1:  # the year alone is in PY
        return ""
    if place in {"DA", "Y2"}:
        return "/".join([*iso(start, "/").split("/"), *[""] * (4 - len(start))])
    if place == "citation_publication_date":
        return iso(start, "/")
    if place.endswith(("startDate", "endDate")):
        return iso(start if place.endswith("startDate") else end)
    if place == "datePublished":
        return iso(start)
    if place == "dateModified":
        return iso(end) if found[1:] else ""
    return json.dumps({"date-parts": [list(date) for date in found]})


def differs(entry: Entry, field: str, want: list[str], have: list[Any]) -> bool:
    """Whether a place does not say what it should; an end page that is none must not be there."""
    texts = [
        v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, sort_keys=True) for v in have
    ]
    if field in {"type", "pubstate"}:
        texts = [text.lower() for text in texts]
    if field in {"language", "langid"}:
        texts = [text[:2].lower() for text in texts]
    if field not in {"doi", "url", *DATES}:
        texts = [folded(text) for text in texts]
    want = [word for word in want if word]
    if field in PARTS or field in {"keywords", "url"}:
        return not all(any(word in text for text in texts) for word in want)
    if field in {"pages", "eid"} and want and want[0] not in texts:
        # From the first to the last, where there are gaps between.
        return folded("-".join(filter(None, entry.pages))) not in texts
    return texts != want


def problems(entry: Entry, form: str, values: Any) -> list[str]:
    """What a form says of an entry that the entry does not, or not so; *values* reads a place."""
    found = []
    for field in entry.fields:
        if field == "doi" and not entry.doi:
            continue
        spots = readers.places(entry, field)[form]
        wrong = [
            f"{field}: {place} says {have!r}, not {want!r}"
            for place in spots.names
            for want, have in [(wanted(entry, field, form, place), values(place))]
            if differs(entry, field, want, have)
        ]
        found += wrong if spots.all_of_them or len(wrong) == len(spots.names) else []
    return found


def unsaid(entry: Entry, form: str, values: Any) -> list[str]:
    """Places that say something which no field of the entry says."""
    said = {
        place
        for field in entry.fields
        if field != "doi" or entry.doi
        for place in readers.places(entry, field)[form].names
    }
    return [
        f"{place} says {values(place)!r} of nothing"
        for place in sorted(all_places(form) - said)
        if values(place)
    ]


def all_places(form: str) -> set[str]:
    column = 2 + FORMS.index(form)
    return {name for row in readers.table("fields") for name in readers.names_in(row[column])}


# -- the forms ------------------------------------------------------------------------------------


def of_type(entry: Entry, form: str, type_: str) -> list[str]:
    right = readers.types(entry)[form]
    return [] if type_ in right else [f"type: {type_}, not {' or '.join(right)}"]


@every_entry
def test_rispy_reads_what_the_entry_says(records, key):
    entry, record = ENTRIES[key], records[key]

    def values(tag: str) -> list[str]:
        # Beside where the paper is elsewhere stands its page on this site.
        found = readers.ris_values(record, tag)
        return [v for v in found if not v.startswith(SITE)] if tag == "UR" else found

    found = of_type(entry, "RIS", record["type_of_reference"])
    found += problems(entry, "RIS", values)
    found += [line for line in unsaid(entry, "RIS", values) if not is_derived(entry, line)]
    assert found == []


@every_entry
def test_csl_json_is_valid_and_says_what_the_entry_says(items, key):
    entry, item = ENTRIES[key], items[key]

    def values(name: str) -> list[Any]:
        value = item.get(name, [])
        # No address but this page's is as good as none.
        return [] if name == "URL" and value and value.startswith(SITE) else readers.as_list(value)

    found = csl_problems(item) + of_type(entry, "CSL-JSON", item["type"])
    found += problems(entry, "CSL-JSON", values)
    found += [line for line in unsaid(entry, "CSL-JSON", values) if not is_derived(entry, line)]
    assert found == []


@every_entry
def test_google_scholar_reads_what_the_entry_says(awkward, pages, key):
    entry, tags = ENTRIES[key], highwire(awkward.soup(pages[key]))

    def values(name: str) -> list[str]:
        return [content for tag, content in tags if tag == name]

    found = problems(entry, "citation tags", values) + unsaid(entry, "citation tags", values)
    assert [line for line in found if not is_derived(entry, line)] == []


@every_entry
def test_extruct_reads_what_the_entry_says(awkward, pages, key):
    entry, address = ENTRIES[key], f"{SITE}{pages[key]}/"
    things = json_ld(awkward.page(pages[key]).read_text(encoding="utf-8")).values()
    (thing,) = (thing for thing in things if thing.get("@id") == address)

    def values(path: str) -> list[Any]:
        return readers.thing_values(thing, path)

    found = of_type(entry, "schema.org", thing["@type"]) + problems(entry, "schema.org", values)
    found += [line for line in unsaid(entry, "schema.org", values) if not is_derived(entry, line)]
    kinds = {person["name"]: person["@type"] for person in values("author")}
    wrong = {n.direct for n in entry.people.get("author", []) if n.is_organisation} - {
        name for name, kind in kinds.items() if kind == "Organization"
    }
    assert found + [f"{name} is no Person" for name in wrong] == []


def is_derived(entry: Entry, line: str) -> bool:
    """Whether a place may say something that follows from the entry without a field of its own."""
    place, _, said = line.partition(" says ")
    allowed = {
        # A paper at an archive and its number there; a thesis by its type; where the paper is, by
        # its DOI or e-print.
        "number": entry.is_preprint,
        **dict.fromkeys("isPartOf/name container-title T2 PB publisher".split(), entry.is_preprint),
        "genre": entry.written_type in WORDS or entry.type == "patent",
        "M3": entry.written_type in WORDS or entry.type == "patent",
        "UR": bool(entry.doi or "eprint" in entry.raw),
        "sameAs": bool(entry.doi or "eprint" in entry.raw or "url" in entry.raw),
        "creativeWorkStatus": "Published" in said or entry.type == "unpublished",
        "citation_title": "title" not in entry.raw,
        "title": "title" not in entry.raw,
        "TI": "title" not in entry.raw,
        "name": "title" not in entry.raw,
    }
    return allowed.get(place, False)


# -- the root and the document --------------------------------------------------------------------

#: biblatex manual 3.20, §2.1.1 to §2.1.3.
BIBLATEX_TYPES = set(
    """article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection
    suppcollection dataset manual misc online patent periodical suppperiodical proceedings
    mvproceedings inproceedings reference mvreference inreference report set software thesis
    unpublished xdata customa customb customc customd custome customf conference electronic
    mastersthesis phdthesis techreport www artwork audio bibnote commentary image jurisdiction
    legislation legal letter movie music performance review standard video""".split()
)


#: §2.2.2 and §2.2.5, but for fields that say how to print, of which one style knows the meaning
#: (`namea`, `verba`), or that name files of one computer.
BIBLATEX_FIELDS = set(
    """abstract addendum afterword annotation annotator author bookauthor booksubtitle booktitle
    booktitleaddon chapter commentator date doi edition editor editora editorb editorc editortype
    editoratype editorbtype editorctype eid entrysubtype eprint eprintclass eprinttype eventdate
    eventtitle eventtitleaddon foreword holder howpublished institution introduction isan isbn ismn
    isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc journalsubtitle journaltitle
    journaltitleaddon keywords langid language library location mainsubtitle maintitle
    maintitleaddon month nameaddon note number organization origdate origlanguage origlocation
    origpublisher origtitle pages pagetotal part publisher pubstate reprinttitle series shortjournal
    shortseries shorttitle subtitle title titleaddon translator type url urldate venue version
    volume volumes year crossref xdata entryset address archiveprefix journal primaryclass
    school""".split()
)


def test_the_bibliography_has_every_type_and_field_of_the_manual():
    text = "".join((ROOTS / "awkward" / name).read_text(encoding="utf-8") for name in FILES)
    types = set(re.findall(r"^@(\w+)\{", text, re.MULTILINE)) - {"string"}
    assert types == BIBLATEX_TYPES | {"hardware"}
    fields = set(re.findall(r"([a-z+]+) *= *[{\w]", text)) - {"author+an"}
    assert BIBLATEX_FIELDS - fields == set()
    assert len(ENTRIES) > 60


def test_the_document_says_of_every_field_where_it_goes_or_why_it_does_not():
    """Every dash of the table has a reason, and every reason is about a dash."""
    silent = [
        (form, field, {entry.type, entry.raw.get("eprinttype", "").lower()})
        for entry in ENTRIES.values()
        for field in entry.fields
        for form, spots in readers.places(entry, field).items()
        if not spots.names
    ]
    reasons = [
        (form, field, set(readers.names_in(of)))
        for where, fields, of, _why in readers.table("reasons")
        for form in (FORMS if where == "all" else [where])
        for field in readers.names_in(fields)
    ]

    def is_about(reason: Any, dash: Any) -> bool:
        return reason[:2] == dash[:2] and (not reason[2] or bool(reason[2] & dash[2]))

    assert [dash for dash in silent if not any(is_about(reason, dash) for reason in reasons)] == []
    assert [reason for reason in reasons if not any(is_about(reason, d) for d in silent)] == []
