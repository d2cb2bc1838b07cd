"""Unknown fields are told with the nearest that is known; fields of other programs are let be."""

from __future__ import annotations

import pytest

from bibfolio.lint.field import nearest
from bibfolio.lint.vocabulary import OTHER_NAMES, SITE, STANDARD, is_known

from .made import entry, of, said


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("tilte", "write title"),
        ("Auther", "write author"),
        ("authors", "write author"),
        ("jounral", "write journal"),
        ("jornal", "write journal"),
        ("boktitle", "write booktitle"),
        ("yaer", "write year"),
        ("dio", "write doi"),
        ("ulr", "write url"),
        ("page", "write pages"),
        ("publsher", "write publisher"),
        ("vol", "write volume"),
        ("no", "write number"),
        ("arxiv", "write eprint"),
        ("github", "write code"),
        ("tags", "write keywords"),
        ("selected", "write keywords"),
        ("autor+an", "write author+an"),
        ("short-title", "write shorttitle"),
        ("book_title", "write booktitle"),
        ("zzz", "remove it, or write note"),
        ("pagescount", "remove it, or write note"),
    ],
)
def test_an_unknown_field_is_told_with_the_nearest(name, advice):
    expected = [f"the field {name} is not known; {advice}"]
    assert of(f"{name} = {{x}}", "bib_unknown_field") == expected


def test_it_is_told_at_its_name():
    text = "@misc{k,\n  title = {T},\n  year = 2024,\n\tfoo = {x}\n}\n"
    message = "k: the field foo is not known; remove it, or write note"
    assert said(text) == [("bib_unknown_field", 4, 2, message)]


#: biblatex manual, §2.2.2 to §2.2.5, as it lists them.
BIBLATEX = """
abstract addendum afterword annotation annotator author authortype bookauthor bookpagination
booksubtitle booktitle booktitleaddon chapter commentator date doi edition editor editora editorb
editorc editortype editoratype editorbtype editorctype eid entrysubtype eprint eprintclass
eprinttype eventdate eventtitle eventtitleaddon file foreword holder howpublished indextitle
institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon
iswc journalsubtitle journaltitle journaltitleaddon label language library location mainsubtitle
maintitle maintitleaddon month nameaddon note number organization origdate origlanguage
origlocation origpublisher origtitle pages pagetotal pagination part publisher pubstate
reprinttitle series shortauthor shorteditor shorthand shorthandintro shortjournal shortseries
shorttitle subtitle title titleaddon translator type url urldate venue version volume volumes year
crossref entryset execute gender langid langidopts ids indexsorttitle keywords options presort
related relatedoptions relatedtype relatedstring sortkey sortname sortshorthand sorttitle sortyear
xdata xref namea nameb namec nameatype namebtype namectype lista listb listc listd liste listf usera
userb userc userd usere userf verba verbb verbc address annote archiveprefix journal key pdf
primaryclass school
""".split()


@pytest.mark.parametrize("name", BIBLATEX)
def test_what_biblatex_knows_is_known(name):
    assert is_known(name)


def test_every_standard_field_may_be_annotated():
    assert [name for name in BIBLATEX if not is_known(f"{name}+an:orcid")] == []


@pytest.mark.parametrize(
    "name",
    [
        *("bdsk-url-1", "date-added", "Date-Modified", "citeulike-article-id", "mendeley-groups"),
        *("timestamp", "biburl", "bibsource", "owner", "__markedentry", "groups", "creationdate"),
        *("acmid", "articleno", "numpages", "issue_date", "adsurl", "adsnote", "mrnumber", "zbl"),
        *("unique-id", "times-cited", "web-of-science-categories", "orcid-numbers", "pmid"),
        *("OPTvolume", "ALTeditor", "x-color", "google_scholar_id", "bibtex_show", "title2"),
    ],
)
def test_what_other_programs_write_is_let_be(name):
    assert of(f"{name} = {{x}}", "") == []


def test_an_inherited_field_is_told_where_it_is_written():
    text = entry("foo = {x}", key="p") + entry("crossref = {p}")
    assert [(line, message) for _, line, _, message in said(text)] == [
        (1, "p: the field foo is not known; remove it, or write note")
    ]


def test_other_names_lead_to_fields_of_this_site():
    assert set(OTHER_NAMES.values()) <= SITE | STANDARD
    assert [name for name in OTHER_NAMES if is_known(name)] == []


def test_a_known_name_is_the_nearest_to_itself():
    assert [name for name in STANDARD if nearest(name) != name] == []
