"""What programs and people read of every entry, field by field: see tests/comparing.py."""

from __future__ import annotations

import re
from typing import Any

import bibtexparser
import pybtex.database
import pytest

from tests import readers
from tests.building import ROOTS
from tests.comparing import Said
from tests.readers import FORMS

FILES = ("names.bib", "refs.bib")
ENTRIES = readers.read(ROOTS / "awkward", *FILES)


@pytest.fixture(scope="module")
def said(awkward) -> Said:
    return Said(awkward, ENTRIES, "https://walrus.example.org/", "Ann Walrus")


@pytest.mark.parametrize("form", "ris csl tags things bibtex atom json_feed words links".split())
def test_a_form_says_of_every_entry_what_it_says(said, form):
    assert getattr(said, form)() == []


def test_every_paper_has_a_page_with_a_name_that_any_disk_can_tell_apart(said):
    assert sorted(said.pages) == sorted(ENTRIES)
    names = list(said.pages.values())
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if not re.fullmatch(r"papers/[\w.+-]+", name, re.ASCII)] == []


def test_bibtexparser_reads_the_same_as_pybtex(awkward):
    text = awkward.text("publications.bib")
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    entries = pybtex.database.parse_string(text, "bibtex").entries
    # It takes `@commentary` for a `@comment`.
    known = {key: entry for key, entry in entries.items() if not entry.type.startswith("comment")}
    assert [(e.key, e.entry_type.lower()) for e in library.entries] == [
        (key, entry.type) for key, entry in known.items()
    ]
    # An abbreviation of a month, and names, are read into other things.
    for entry in library.entries:
        fields = {f.key.lower(): " ".join(str(f.value).split()) for f in entry.fields}
        other = {n.lower(): " ".join(v.split()) for n, v in known[entry.key].fields.items()}
        left = {n: v for n, v in fields.items() if n not in {"author", "editor", "month"}}
        assert left == {n: v for n, v in other.items() if n != "month"}


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
