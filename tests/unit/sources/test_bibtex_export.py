"""The BibTeX that readers copy: it says what the owner wrote, to every program that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pybtex.database
import pybtex.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.plugin import find_plugin

from bibfolio.sources.bib_parser import read_entries
from bibfolio.sources.bibliography import decode, parse_bibliography
from bibfolio.sources.fields import OTHER_NAMES, OWN_FIELDS, STANDARD, TYPES, is_exported
from bibfolio.sources.inheritance import NO_PAPERS
from tests.building import ROOTS

from ..made import OWNER, first
from ..table import Table
from .test_bib_parser import VALUES
from .test_corpus import CORPUS

TABLE = Table(__file__)

#: What may be there although the owner wrote it under another name only.
ADDED = set("year month journal booktitle address archiveprefix primaryclass school".split())
ADDED |= {*OTHER_NAMES.values(), "doi", "eprint", "eprinttype", "shortjournal", "eventtitleaddon"}
#: What is no DOI, or leads to something else than a page, is in no output; nor is a second address.
REFUSED = {"doi": re.compile(r"(?!.*10\.\d)"), "url": re.compile("ftp:|data:|javascript:|.* .*://")}
#: What a note tells of notices, which the owner may have written in fields of their own.
NOTICES = re.compile(r"(?:^|; )(?:Retracted|Expression of concern|Corrected): \S+(?=; |$)")
#: What is written out instead of being named.
PARENTS = {"crossref", "xdata"}


def test_an_entry_is_copied_as_it_is_written_but_for_case_and_spacing():
    text = """@InProceedings{ditto, year = 2023, month = sep, keywords = {b, selected, a},
      author+an = {1=equal}, Pages = "1--3", author = {Jay, Chip and M{\\"u}ller, J.},
      file = {x.pdf}, zzz = {Z}, title = {{Ditto}: {GPU}s
               in $n$}, doi = {https://doi.org/10.1/x}, booktitle = {Proc.}}"""
    assert first(text).bibtex == (
        "@inproceedings{ditto,\n"
        "  year = {2023},\n"
        "  month = sep,\n"
        "  keywords = {b, a},\n"
        "  author+an = {1=equal},\n"
        "  pages = {1--3},\n"
        '  author = {Jay, Chip and M{\\"u}ller, J.},\n'
        "  title = {{Ditto}: {GPU}s in $n$},\n"
        "  doi = {https://doi.org/10.1/x},\n"
        "  booktitle = {Proc.},\n"
        "}\n"
    )


def read_back(source: str, type_: str = "misc") -> dict[str, str]:
    """Fields of the exported entry with the fields *source*."""
    text = first(f"@{type_}{{k, title = {{A}}, {source}}}").bibtex
    fields = pybtex.database.parse_string(text, "bibtex").entries["k"].fields
    return {name.lower(): value for name, value in fields.items() if name != "title"}


def exported(fields: str) -> list[str]:
    """The fields that pybtex reads of `@type fields`, which is a @misc unless it says otherwise."""
    type_, _, rest = fields[1:].partition(" ") if fields[:1] == "@" else ("misc", "", fields)
    return [f"{name}: {value}" for name, value in read_back(rest, type_).items()]


def test_what_biblatex_alone_knows_is_there_for_others_too():
    TABLE.holds("what biblatex alone knows", exported)


def test_what_is_refused_is_not_handed_on_and_the_mark_of_selected_papers_is_no_keyword():
    TABLE.holds("keywords", exported)
    TABLE.holds("what is refused, or of this site alone", exported)


def test_names_are_changed_only_if_bibtex_gives_up_on_them():
    TABLE.holds(
        "names", lambda fields: first(f"@misc{{k, {fields}}}").bibtex.splitlines()[1].strip()
    )


#: What al-folio, JabRef, Mendeley, Zotero, BibDesk, Papers, CiteULike and owners add.
PRIVATE = (
    "additional_info altmetric bibtex_show dimensions google_scholar_id preview selected "
    "comment groups owner priority printed ranking readstatus timestamp username "
    "mendeley-groups mendeley-tags annotationx zotero-key date-added date-modified bdsk-url-1 "
    "bdsk-file-1 rating read local-url citeulike-article-id fulltext pdf file adsnote myremark"
).split()


def test_private_fields_stay_private():
    names = [*PRIVATE, *OWN_FIELDS]
    fields = ", ".join(f"{name} = {{secret/doe}}" for name in names)
    text = first(f"@misc{{k, title = {{A}}, {fields}, doi = {{10.1/x}}}}").bibtex
    assert text == "@misc{k,\n  title = {A},\n  doi = {10.1/x},\n}\n"


def test_fields_that_styles_and_databases_read_are_handed_on():
    names = "collaboration articleno numpages mrnumber zbl pmid pmcid reportnumber adsurl".split()
    fields = {name: "https://a.b/" if name == "adsurl" else "12" for name in names}
    assert read_back(", ".join(f"{n} = {{{v}}}" for n, v in fields.items())) == fields


def test_what_has_a_name_of_the_owners_is_there_under_the_standard_one():
    TABLE.holds("other names", exported)


def test_abbreviations_are_written_out():
    text = '@string{j = "Journal"}@article{k, title = {A}, journal = j # " X", month = jan}'
    assert "  journal = {Journal X},\n  month = jan,\n" in first(text).bibtex


@pytest.mark.parametrize("value", ["a}b", "a{b", "}{", "{a}}", "{{a}", "}}}", "{{{"])
def test_braces_are_balanced_whatever_was_written(value):
    quoted = first(f'@misc{{k, note = "{value}",\n title = {{A}}\n}}').bibtex
    assert quoted.count("{") == quoted.count("}")
    assert [entry.key for entry in read_entries(quoted)[0]] == ["k"]
    assert read_entries(quoted)[1] == []


def test_a_repeated_key_is_exported_under_the_name_it_is_shown_with():
    papers = parse_bibliography("@misc{a, title = {A}}\n@misc{a, title = {B}}").papers
    assert [paper.bibtex.splitlines()[0] for paper in papers] == ["@misc{a,", "@misc{a-2,"]


# -- any bibliography, as others read it ---------------------------------------------------------


def mismatch(text: str) -> list[str] | None:
    """What pybtex reads in *text* and not in what is exported; None if it cannot read *text*."""
    ours = parse_bibliography(text, OWNER)
    exported = "\n".join(paper.bibtex for paper in ours.papers)
    ends = pybtex.database.parse_string(exported, "bibtex").entries
    # bibtexparser takes `@commentary` for a `@comment`.
    library = bibtexparser.parse_string(exported.replace("@commentary{", "@misc{"))
    others = {entry.key: {f.key: f.value for f in entry.fields} for entry in library.entries}
    assert library.failed_blocks == []
    keys = [re.sub(r"\s+", "-", paper.key) for paper in ours.papers]
    assert list(others) == list(ends) == keys
    with pybtex.errors.capture() as errors:
        starts = pybtex.database.parse_string(text, "bibtex").entries
    if errors:
        return None
    shown = [entry for entry in starts.values() if entry.type not in NO_PAPERS and is_shown(entry)]
    wrong = []
    for start, end, other in zip(shown, ends.values(), others.values(), strict=True):
        before, after = fields_of(start), fields_of(end)
        inherits = before.keys() & PARENTS
        expected = {n: v for n, v in before.items() if v and is_exported(n) and n not in PARENTS}
        expected = {n: v for n, v in expected.items() if not (n in REFUSED and REFUSED[n].match(v))}
        is_same = end.type == ("inproceedings" if start.type == "conference" else start.type)
        wrong += [] if is_same else [f"{start.key}: type"]
        wrong += [f"{start.key}: {r}" for r, p in start.persons.items() if end.persons[r] != p]
        wrong += [f"{start.key}: {n}" for n, v in expected.items() if after.get(n) != v]
        wrong += [f"{start.key}: {n}" for n in after.keys() - before.keys() - ADDED if not inherits]
        wrong += [f"{start.key}: {n}, {v}" for n, v in end.fields.items() if unlike(n, v, other)]
    return wrong


def is_shown(entry: pybtex.database.Entry) -> bool:
    """Whether the site does not hide it."""
    return re.sub("[^a-z]", "", entry.fields.get("pubstate", "").lower()) != "inpreparation"


def fields_of(entry: pybtex.database.Entry) -> dict[str, str]:
    """Own fields by their name in lower case, without what marks selected papers, and notices."""
    found = {name.lower(): value for name, value in entry.fields.items()}
    found["note"] = NOTICES.sub("", found.get("note", "")).removeprefix("; ")
    if "keywords" in found:
        words = [word.strip() for word in found["keywords"].split(",")]
        found["keywords"] = ", ".join(word for word in words if word != "selected")
    return {n: value for n, value in found.items() if value or n not in {"keywords", "note"}}


def unlike(name: str, value: str, other: dict[str, str]) -> bool:
    """Whether another reader sees another value; it leaves BibTeX's months as they are."""
    return other[name] not in {value, value[:3].lower() if name.lower() == "month" else value}


FILES = [*ROOTS.glob("*/refs.bib"), *CORPUS.rglob("*.bib")]
#: Files that others read in another way, or not at all.
ELSEWHERE = {
    # pybtex: no comments behind %, none of our repairs, no limit to abbreviations, one to braces.
    *("comment-swallows-entry", "only-comments", "percent-comments-first-line-out"),
    *("brace-stray-in-quotes-on-one-line", "two-ats", "string-bomb", "braces-very-deep"),
    # It keeps control characters.
    *("nul", "newlines-of-unicode"),
    # bibtexparser: a backslash makes a brace behind it part of the text; quotes in keys begin one.
    *("nothing-but-tex", "key-with-signs"),
}


def read(path: Path) -> list[str] | None:
    return mismatch(decode(path.read_bytes())[0])


def test_every_bibliography_reads_back_as_it_was_written():
    """Every one that others can read, which are most."""
    wrong = {path.name: read(path) for path in FILES if path.stem not in ELSEWHERE}
    assert {name: found for name, found in wrong.items() if found} == {}
    assert sum(found is not None for found in wrong.values()) > len(FILES) / 2


NAMES = st.sampled_from(
    ["Jay, Chip", "李, 明 and Jay, Chip", "{A and B} and others", 'de la Roe, Jr., J{\\"o}']
)
DATES = st.sampled_from(["2024", "2024-04", "2024-04-16", "2024-04-16/2024-05", "1850~", "soon"])
KINDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(["author", "editor"], NAMES),
        **dict.fromkeys(["date", "urldate", "eventdate"], DATES),
        "month": st.sampled_from(["4", "April", "apr", "4th of May"]),
        "doi": st.sampled_from(["10.1234/x", "https://doi.org/10.1234/x", "10.1007/978\\_1"]),
        "url": st.sampled_from(["https://a.b/x_y", "\\url{https://a.b/}", "a.b/c", "https://a b"]),
        "pubstate": st.sampled_from(["", "inpress", "prepublished"]),
    },
)
FIELDS = STANDARD | OWN_FIELDS - PARENTS - set("author editor month doi url pubstate".split())
TEXTS = st.dictionaries(st.sampled_from(sorted(FIELDS)), VALUES, max_size=5)
CASES = st.sampled_from([str.lower, str.upper, str.title])


@given(st.sampled_from(sorted(TYPES)), TEXTS, KINDS, CASES)
def test_every_entry_reads_back_as_it_was_written(type_, texts, kinds, case):
    fields = (texts | kinds).items()
    body = "".join(f"  {case(name)} = {{{value}}},\n" for name, value in fields)
    assert mismatch(f"@{case(type_)}{{k.1,\n{body}}}\n") == []


# -- styles --------------------------------------------------------------------------------------

STYLES = ("plain", "alpha", "unsrt", "unsrtalpha")
#: What pybtex's styles need in an entry of each type of BibTeX's, by either name of a field.
NEEDED = {
    "article": "author title journal/journaltitle date/year/eventdate",
    "book": "author/editor title publisher date/year/eventdate",
    "booklet": "author title date/year/eventdate",
    "inbook": "author/editor title chapter/pages publisher date/year/eventdate",
    "incollection": "author title booktitle date/year/eventdate",
    "conference": "author title booktitle/eventtitle date/year/eventdate",
    "inproceedings": "author title booktitle/eventtitle date/year/eventdate",
    "manual": "title",
    "mastersthesis": "author title school/institution date/year/eventdate",
    "misc": "title",
    "phdthesis": "author title school/institution date/year/eventdate",
    "proceedings": "title date/year/eventdate",
    "techreport": "author title institution date/year/eventdate",
    "unpublished": "author title note",
}


def whole_entries() -> Iterator[pybtex.database.Entry]:
    """What is exported of each entry of a type of BibTeX's that has what its type needs."""
    # A percent sign in an address begins a comment for pybtex's styles.
    for path in (path for path in FILES if path.stem not in {*ELSEWHERE, "urls-in-text"}):
        read = parse_bibliography(decode(path.read_bytes())[0], OWNER)
        for paper in read.papers:
            raw = read.entries[paper.key]
            there = {name.lower() for name, value in raw.fields if value}
            needed = NEEDED.get(raw.type.lower(), "no such field").split()
            is_dated = paper.date or "date" not in " ".join(needed)
            if is_dated and all(there & {*need.split("/")} for need in needed):
                yield from pybtex.database.parse_string(paper.bibtex, "bibtex").entries.values()


def test_every_style_formats_what_is_exported():
    styles = [find_plugin("pybtex.style.formatting", name)() for name in STYLES]
    entries = list(whole_entries())
    assert {entry.type for entry in entries} == NEEDED.keys() - {"conference"}
    for entry in entries:
        for style in styles:
            assert list(style.format_entries([entry]))


WORDS = st.lists(
    st.sampled_from("{GPU} $n^2$ {\\\"u} 50\\% A&B a -- 李明 x_y # \" 'q' (p)".split()),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(
    title=WORDS,
    author=st.sampled_from(["Jay, Chip", "李, 明 and Jay, Chip", "{A and B} and others"]),
    date=st.sampled_from(["", "date = {2024-04-16},", "year = 2024, month = sep,"]),
    journal=WORDS,
    doi=st.sampled_from(["", "doi = {10.1007/978\\_1},"]),
)
def test_what_is_exported_is_read_as_the_same_paper(title, author, date, journal, doi):
    source = (
        f"@article{{k, title = {{{title}}}, author = {{{author}}}, {date} {doi}"
        f"journal = {{{journal}}}, keywords = {{A, B}}, eprint = {{1}}}}"
    )
    (once,) = parse_bibliography(source, OWNER).papers
    result = parse_bibliography(once.bibtex, OWNER)
    assert result.problems == []
    (again,) = result.papers
    assert again == replace(once, bibtex=again.bibtex)
    assert again.bibtex == once.bibtex
