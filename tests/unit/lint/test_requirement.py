"""What each type needs: told once for an entry, with all that is missing."""

from __future__ import annotations

import pytest

from bibfolio.sources.fields import TYPES
from bibfolio.lint.requirement import NEEDED

from .made import messages, said

#: Type → what a message says of an entry with a title alone.
BARE = {
    "article": "an @article needs author, journal and year; add them",
    "suppperiodical": "a @suppperiodical needs author, journal and year; add them",
    "book": "a @book needs author or editor and year; add them",
    "inbook": "an @inbook needs author or editor, booktitle or chapter or pages and year; add them",
    "booklet": "a @booklet needs year; add it",
    "manual": "a @manual needs year; add it",
    "misc": "a @misc needs year; add it",
    "software": "a @software needs year; add it",
    "proceedings": "a @proceedings needs year; add it",
    "collection": "a @collection needs editor and year; add them",
    "periodical": "a @periodical needs editor and year; add them",
    "incollection": "an @incollection needs author or editor, booktitle or eventtitle and year; "
    "add them",
    "dataset": "a @dataset needs author or editor and year; add them",
    "inproceedings": "an @inproceedings needs author, booktitle or eventtitle and year; add them",
    "conference": "a @conference needs author, booktitle or eventtitle and year; add them",
    "online": "an @online needs author or editor, year and url; add them",
    "www": "a @www needs author or editor, year and url; add them",
    "patent": "a @patent needs author, number and year; add them",
    "report": "a @report needs author, type, institution and year; add them",
    "techreport": "a @techreport needs author, institution and year; add them",
    "thesis": "a @thesis needs author, type, institution and year; add them",
    "phdthesis": "a @phdthesis needs author, school and year; add them",
    "mastersthesis": "a @mastersthesis needs author, school and year; add them",
    "unpublished": "an @unpublished needs author and year; add them",
}


@pytest.mark.parametrize(("type_", "message"), BARE.items(), ids=BARE)
def test_an_entry_with_a_title_alone_is_told_what_it_needs(type_, message):
    assert said(f"\n  @{type_}{{k, title = {{T}}}}") == [
        ("bib_missing_field", 2, 3, f"k: {message}")
    ]


def test_there_is_a_rule_for_every_type_that_is_shown():
    assert TYPES - NEEDED.keys() <= {"set", "xdata"}


def missing(fields: str, type_: str = "article") -> list[str]:
    return messages(f"@{type_}{{k, title = {{T}}, {fields}}}", "bib_missing_field")


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ("author = {Roe, Ann}, journal = {J}", "year"),
        ("author = {Roe, Ann}, year = {2024}", "journal"),
        ("journal = {J}, year = {2024}", "author"),
        ("author = {}, journal = {J}, year = {2024}", "author"),
        ("editor = {Roe, Ann}, journal = {J}, year = {2024}", "author"),
    ],
)
def test_one_field_is_missing(fields, needs):
    assert missing(fields) == [f"k: an @article needs {needs}; add it"]


@pytest.mark.parametrize(
    ("type_", "fields"),
    [
        ("article", "author = {R}, journaltitle = {J}, date = {2024-04}"),
        ("ARTICLE", "AUTHOR = {R}, Journal = {J}, YEAR = 2024"),
        ("book", "editor = {R}, year = {2024}"),
        ("inbook", "author = {R}, chapter = {3}, year = {2024}"),
        ("inproceedings", "author = {R}, eventtitle = {C}, year = {2024}"),
        ("phdthesis", "author = {R}, institution = {U}, year = {2024}"),
        ("thesis", "author = {R}, type = {phdthesis}, school = {U}, year = {2024}"),
        ("online", "author = {R}, eprint = {2504.02263}, date = {2024}"),
        ("online", "organization = {O}, url = {https://example.org/}, date = {2024}"),
        ("nonsense", ""),
        ("set", "entryset = {a,b}"),
        ("xdata", "publisher = {P}"),
    ],
)
def test_what_serves_as_well(type_, fields):
    assert said(f"@{type_}{{k, title = {{T}}, {fields}}}") == []


@pytest.mark.parametrize(
    ("fields", "said_"),
    [
        ("author = {R}, eprint = {2504.02263}, year = {2025}", []),
        ("author = {R}, pubstate = {submitted}", []),
        ("author = {R}, pubstate = {forthcoming}, journal = {J}", []),
        ("author = {R}, pubstate = {prepublished}", []),
        ("pubstate = {prepublished}", ["k: an @article needs author; add it"]),
        (
            "author = {R}, pubstate = {published}",
            ["k: an @article needs journal and year; add them"],
        ),
        ("pubstate = {inpreparation}", []),
    ],
)
def test_what_is_not_published_needs_less(fields, said_):
    assert missing(fields) == said_


def test_what_is_inherited_is_not_missing():
    text = """@proceedings{p, title = {Proceedings}, year = {2024}}
@xdata{x, publisher = {P}, author = {Roe, Ann}}
@inproceedings{k, title = {T}, crossref = {p}, xdata = {x}}
"""
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "@article{k, title = {T},\n author = {Roe, Ann\n}\n",
        "@article{k,\n title = {T}},\n author = {Roe, Ann},\n year = {2024}\n}\n",
        "@article{k, title = {T}, author = {Roe, Ann}, journal = jt, year = {2024}}",
    ],
)
def test_of_an_entry_that_is_misread_nothing_is_missing(text):
    assert said(text) == []
