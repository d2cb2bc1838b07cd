"""Fields become facts: each as BibTeX and biblatex mean it, and what is wrong is said."""

from __future__ import annotations

import pytest

from bibfolio.model import Author, DateRange, PartialDate, RichText, Span, Venue
from bibfolio.model.identifiers import Identifier
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.fields import ALIASES, FIELDS, TYPES

from ..made import field, told

WRITE = "write YYYY, YYYY-MM or YYYY-MM-DD"
IN_PRESS = f"'in press' is not a date; {WRITE}, and pubstate = {{inpress}} or {{submitted}}"
ADVICE = "; write one that begins with https://"


# -- title -----------------------------------------------------------------------------------


def test_a_title_keeps_its_capitals_and_its_maths():
    text = "@misc{k, title = {{MegaScale-MoE}: On LLMs in $O(n^2)$ \\emph{Time}}}"
    assert parse_bibliography(text).papers[0].title == RichText(
        (
            Span("MegaScale-MoE: On LLMs in "),
            Span("O(n^2)", "math", "O(n²)"),
            Span(" "),
            Span("Time", "emphasis"),
        )
    )


@pytest.mark.parametrize("title", ["", "{}", "{{}}", " "])
def test_an_entry_without_a_title_shows_its_key_and_says_so(title):
    result = parse_bibliography(f"@misc{{k, title = {{{title}}}}}")
    assert result.papers[0].title.plain == "[k]"
    assert told(result) == [("bib_field", 1, "k: the entry has no title; add it")]


def test_a_tex_command_that_is_not_understood_is_named_with_its_field():
    paper, problems = field("note = {\\foo{bar}}")
    assert paper.note == "bar"
    what = "\\foo in note is not understood and is shown as its argument"
    assert problems == [("bib_tex", 1, f"k: {what}; write the character itself")]


# -- fields in general -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["note", "NOTE", "Note"])
def test_case_does_not_matter_in_names_of_fields(name):
    paper, problems = field(f"{name} = {{A}}")
    assert (paper.note, problems) == ("A", [])


@pytest.mark.parametrize(
    ("type_", "problems"),
    [
        ("misc", []),
        ("Misc", []),
        ("INPROCEEDINGS", []),
        ("thing", [("bib_type", 1, "k: unknown entry type @thing; use @misc")]),
        ("Foo.Bar", [("bib_type", 1, "k: unknown entry type @Foo.Bar; use @misc")]),
    ],
)
def test_an_unknown_type_is_shown_as_misc_and_reported(type_, problems):
    paper, found = field("", type_)
    assert found == problems
    assert paper.type == ("misc" if problems else type_.lower())


def test_every_type_of_bibtex_and_biblatex_is_known():
    bibtex = "article book booklet conference inbook incollection inproceedings manual"
    bibtex += " mastersthesis misc phdthesis proceedings techreport unpublished"
    biblatex = "mvbook bookinbook suppbook collection mvcollection suppcollection dataset online"
    biblatex += " patent periodical suppperiodical mvproceedings reference inreference report"
    biblatex += " software thesis electronic www"
    assert set((bibtex + " " + biblatex).split()) - TYPES == set()


def test_every_other_name_of_a_field_leads_to_one_that_is_read():
    assert [name for name, target in ALIASES.items() if target in ALIASES] == []


def test_every_documented_field_is_read_without_a_word():
    values = {
        "author+an": "1=equal",
        "date": "2024-04-16",
        "pubstate": "published",
        "year": "2024",
        "month": "apr",
        "eventdate": "2024-04-16/2024-04-18",
        "urldate": "2024-04-16",
        "url": "https://example.org/",
        "venueurl": "https://example.org/",
        "code": "https://example.org/",
        "video": "https://example.org/",
        **dict.fromkeys(("figure", "figurealt"), ""),  # of a file, and there is none here
    }
    names = [name.strip() for key in FIELDS for name in key.replace("/", ",").split(",")]
    names.remove("title")
    body = ", ".join(f"{name} = {{{values.get(name, 'x')}}}" for name in names if name != "journal")
    assert field(body, "article")[1] == []


# -- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ("year = 2024", PartialDate(2024)),
        ("year = {2024}", PartialDate(2024)),
        ("year = { 2024 }", PartialDate(2024)),
        ("year = 2024, month = apr", PartialDate(2024, 4)),
        ("year = 2024, month = APR", PartialDate(2024, 4)),
        ("year = 2024, month = {apr}", PartialDate(2024, 4)),
        ("year = 2024, month = {Apr.}", PartialDate(2024, 4)),
        ("year = 2024, month = {April}", PartialDate(2024, 4)),
        ("year = 2024, month = 4", PartialDate(2024, 4)),
        ("year = 2024, month = {04}", PartialDate(2024, 4)),
        ("year = 2024, month = dec", PartialDate(2024, 12)),
        ('year = 2024, month = apr # "~16"', PartialDate(2024, 4, 16)),
        ("year = 2024, month = {16 April}", PartialDate(2024, 4, 16)),
        ("year = 2024, month = {April/May}", PartialDate(2024, 4)),
        ("year = 2024, month = {Sept.}", PartialDate(2024, 9)),
        ("year = 2024, month = {Januar}", PartialDate(2024, 1)),
        ("year = 2024, month = {marzo}", PartialDate(2024, 3)),
        ("year = 2024, month = {aprile}", PartialDate(2024, 4)),
        ("year = 2024, month = {}", PartialDate(2024)),
        ("date = {2024}", PartialDate(2024)),
        ("date = {2024-04}", PartialDate(2024, 4)),
        ("date = {2024-04-16}", PartialDate(2024, 4, 16)),
        ("date = {2024-04-16/2024-04-18}", PartialDate(2024, 4, 16)),
        ("date = {2024/}", PartialDate(2024)),
        ("date = {2024/04/16}", PartialDate(2024, 4, 16)),
        ("year = {2024-04}", PartialDate(2024, 4)),
        ("year = {2024a}", PartialDate(2024)),
        ("year = {\\noopsort{2024b}2024}", PartialDate(2024)),
        ("year = 2024, month = {Fall}", PartialDate(2024)),
        ("year = {0476}", PartialDate(476)),
        ("date = {2024-04-16}, year = 2023, month = jan", PartialDate(2024, 4, 16)),
        ("", None),
    ],
)
def test_a_date_in_every_spelling(source, date):
    paper, problems = field(source)
    assert (paper.date, problems) == (date, [])


@pytest.mark.parametrize(
    ("source", "date", "reason"),
    [
        (
            "year = 2024, month = 13",
            PartialDate(2024),
            "2024-13 is not a date; write 4, apr or April",
        ),
        (
            "year = 2024, month = {Foo}",
            PartialDate(2024),
            "'Foo' is not a month; write 4, apr or April",
        ),
        ("date = {2024-04-31}", PartialDate(2024), f"'2024-04-31' is not a date; {WRITE}"),
        (
            "date = {2024-05/2024-04}",
            PartialDate(2024),
            f"'2024-05/2024-04' is not a date; {WRITE}",
        ),
        ("year = {in press}", None, IN_PRESS),
        ("year = {c. 2024}", PartialDate(2024), f"'c. 2024' is not a date; {WRITE}"),
        ("date = {April 16, 2024}", PartialDate(2024), f"'April 16, 2024' is not a date; {WRITE}"),
        ("month = apr", None, f"a month without a year; {WRITE}"),
        ("date = {0000}", None, f"'0000' is not a date; {WRITE}"),
        ("year = 0", None, f"'0' is not a date; {WRITE}"),
    ],
)
def test_a_bad_date_is_reported_and_the_year_kept_if_there_is_one(source, date, reason):
    paper, problems = field(source)
    assert (paper.date, problems) == (date, [("bib_field", 1, f"k: {reason}")])


@pytest.mark.parametrize(
    ("month", "number", "name"),
    [
        ("Marchh", 3, "March"),
        ("Febuary", 2, "February"),
        ("agust", 8, "August"),
        ("12 Setember", 9, "September"),
    ],
)
def test_a_month_with_a_slip_is_told_and_read_as_the_nearest(month, number, name):
    paper, problems = field(f"year = 2024, month = {{{month}}}")
    assert (paper.date.month, problems) == (
        number,
        [("bib_form", 1, f"k: month is {month!r}; write {name}")],
    )


@pytest.mark.parametrize("source", ["year = {{2024}}", "year = 2024, month = {{apr}}"])
def test_braces_in_a_date_do_not_matter(source):
    assert field(source)[1] == []


# -- venue -----------------------------------------------------------------------------------

DATES = DateRange(PartialDate(2024, 4, 16), PartialDate(2024, 4, 18))


@pytest.mark.parametrize(
    ("type_", "source", "venue"),
    [
        ("article", "journal = {J}, year = 2024", Venue("J")),
        ("article", "journaltitle = {J}", Venue("J")),
        (
            "article",
            "journal = {J}, shortjournal = {TPDS}, year = 2024",
            Venue("J", "TPDS 2024", "TPDS"),
        ),
        ("article", "journal = {J}, shortjournal = {TPDS}", Venue("J", "TPDS", "TPDS")),
        (
            "inproceedings",
            (
                "booktitle = {Proc.}, eventtitle = {Event}, eventtitleaddon = {NSDI 2024},"
                "eventdate = {2024-04-16/2024-04-18}, venue = {Santa Clara, CA},"
                "venueurl = {https://example.org/}"
            ),
            Venue(
                *("Event", "NSDI 2024", "NSDI 2024", "https://example.org/", "Santa Clara, CA"),
                DATES,
                is_event=True,
            ),
        ),
        ("inproceedings", "booktitle = {Proc. of {NSDI}}", Venue("Proc. of NSDI")),
        ("inproceedings", "shortbooktitle = {NSDI '24}", Venue("", "NSDI '24", "NSDI '24")),
        ("phdthesis", "school = {UoX}", Venue("UoX")),
        ("techreport", "institution = {UoX}", Venue("UoX")),
        ("manual", "organization = {GNU}", Venue("GNU")),
        ("misc", "", Venue()),
    ],
)
def test_the_venue_is_whichever_the_entry_names(type_, source, venue):
    paper, problems = field(source, type_)
    assert (paper.venue, problems) == (venue, [])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("eventdate = {2024-13}", "k: eventdate: 2024-13 is not a date"),
        ("eventdate = {2024-04-16/18}", f"k: eventdate: '18' is not a date; {WRITE}"),
    ],
)
def test_a_bad_date_of_an_event_is_dropped_and_reported(source, message):
    paper, problems = field(source)
    assert (paper.venue.dates, problems) == (None, [("bib_field", 1, message)])


# -- kinds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "source", "note"),
    [
        ("phdthesis", "", "PhD thesis"),
        ("mastersthesis", "", "Master’s thesis"),
        ("phdthesis", "type = {Habilitation}", "Habilitation"),
        ("techreport", "type = {White Paper}", "White Paper"),
        ("techreport", "", "Technical report"),
        ("thesis", "type = {phdthesis}", "PhD thesis"),
        ("thesis", "type = {mathesis}", "Master’s thesis"),
        ("report", "type = {techreport}", "Technical report"),
    ],
)
def test_what_kind_of_thesis_or_report(type_, source, note):
    assert field(source, type_)[0].type_note == note


# -- everything else -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name", "value"),
    [
        ("shorttitle = {{RAG}Cache}", "short_title", "RAGCache"),
        ("booktitle = {A {\\&} B}", "booktitle", "A & B"),
        ("volume = 35", "volume", "35"),
        ("number = 9", "number", "9"),
        ("issue = {Special}", "number", "Special"),
        ("number = 9, issue = {Special}", "number", "9"),
        ("pages = {1--3}", "pages", "1–3"),
        ("pages = {1-3}", "pages", "1–3"),
        ("pages = {1 --- 3}", "pages", "1–3"),
        ("pages = {1–3}", "pages", "1–3"),
        ("pages = {7}", "pages", "7"),
        ("pages = {1--3, 7-9}", "pages", "1–3, 7–9"),
        ("pages = {e12-e15}", "pages", "e12–e15"),
        ("pages = {123-45}", "pages", "123–45"),
        ("pages = {S-3--S-9}", "pages", "S-3–S-9"),
        *((f"pages = {{{page}}}", "pages", page) for page in ("S-3", "034102-4", "e123", "123+")),
        ("eid = {e-7}", "eid", "e-7"),
        ("series = {Lines}", "series", "Lines"),
        ("edition = {2}", "edition", "2"),
        ("version = {1.2}", "version", "1.2"),
        ("chapter = {7}", "chapter", "7"),
        ("location = {Oslo}", "address", "Oslo"),
        ("translator = {Doe, Jane}", "translators", (Author("Doe", "Jane"),)),
        ("holder = {{Lines Inc.}}", "holders", (Author("Lines Inc.", is_organization=True),)),
        (
            "author = {A, B}, editor = {Roe, R}, editor+an = {1=equal}",
            "legend",
            "* Equal contribution",
        ),
        ("author = {A, B}, editor = {Roe, R and others}", "more_editors", True),
        ("langid = {ngerman}", "language", "de"),
        ("language = {german}", "language_note", "German"),
        ("language = {english}", "language_note", ""),
        ("language = {tlhIngan}", "language", "tlhIngan"),
        ("urldate = {2024-04-16}", "accessed", PartialDate(2024, 4, 16)),
        ("date = {2024-04/2024-05}", "date_end", PartialDate(2024, 5)),
        ("year = 2024, month = {16--18 April}", "date_end", PartialDate(2024, 4, 18)),
        ("date = {2024/}", "date_end", None),
        ("year = {2020--2024}", "date_end", PartialDate(2024)),
        ("year = {2020–24}", "date_end", PartialDate(2024)),
        ("doi = {n/a}", "identifiers", ()),
        (
            "eprinttype = {HAL}, eprint = {https://hal.science/hal-1}",
            "identifiers",
            (Identifier("hal", "hal-1"),),
        ),
        ("publisher = {O'Reilly \\& Sons}", "publisher", "O'Reilly & Sons"),
        ("isbn = {978-1}", "identifiers", (Identifier("isbn", "978-1"),)),
        ("issn = {1045-9219}", "identifiers", (Identifier("issn", "1045-9219"),)),
        ("doi = {10.1109/TPDS.2024.1}", "identifiers", (Identifier("doi", "10.1109/TPDS.2024.1"),)),
        ("doi = {https://doi.org/10.1/x}", "identifiers", (Identifier("doi", "10.1/x"),)),
        ("eprint = {2404.12457}", "eprint", Identifier("arxiv", "2404.12457")),
        ("eprint = {Twitter}", "archive", ""),
        ("doi = {http://doi.org/fg6rf9}", "identifiers", (Identifier("doi", "10/fg6rf9"),)),
        ("doi = {http://hdl.handle.net/x}", "url", "http://hdl.handle.net/x"),
        ("doi = {http://hdl.handle.net/x}", "identifiers", ()),
        ("url = {10.1000/182}", "identifiers", (Identifier("doi", "10.1000/182"),)),
        ("url = {www.example.org}", "url", "https://www.example.org"),
        ("file = {:C\\:/a.pdf:PDF}", "links", ()),
        ("file = {C\\:\\\\a b.pdf}", "links", ()),
        ("archiveprefix = {arXiv}, eprint = {2404.1}", "eprint_type", "arxiv"),
        ("primaryclass = {cs.DC}", "eprint_class", "cs.DC"),
        ("url = {https://example.org/a\\_b}", "url", "https://example.org/a_b"),
        ("note = {A {Note}}", "note", "A Note"),
        ("howpublished = {Web}", "note", "Web"),
        ("note = {N}, howpublished = {Web}", "note", "Web, N"),
        ("award = {Best {Paper}}", "award", "Best Paper"),
        ("annotation = {50\\% less.}", "summary", "50% less."),
        ("annote = {Less.}", "summary", "Less."),
        ("abstract = {We $n$.}", "abstract", "We n."),
        ("keywords = {A, selected , b c,,}", "topics", ("A", "b c")),
        ("keywords = {A, selected}", "selected", True),
        ("keywords = {A, SELECTED}", "selected", True),
        ("keywords = {Selected; A}", "topics", ("A",)),
        ("keywords = {A}", "selected", False),
        ("eventdate = {2024-04-16/2024-04-18}", "date", PartialDate(2024, 4, 16)),
        ("eventdate = {2024-04-16/2024-04-18}", "date_end", None),
        ("eventdate = {2024-04-16}, year = {2023}", "date", PartialDate(2023)),
        ("keywords = {unselected}", "selected", False),
        ("keywords = {R\\&D}", "topics", ("R&D",)),
        ("pubstate = { Submitted }", "status", "submitted"),
        ("pubstate = {In Press}", "status_label", "In press"),
        ("pubstate = {\\bibstring{inpress}}", "status_label", "In press"),
        ("pubstate = {to appear}", "status_label", "To appear"),
    ],
)
def test_a_field_becomes_a_fact(source, name, value):
    paper, problems = field(source)
    assert getattr(paper, name) == value
    assert {kind for kind, *_ in problems} <= {"bib_form"}


@pytest.mark.parametrize(
    ("state", "is_hidden"),
    [
        *(
            (word, True)
            for word in ("inpreparation", "In preparation", "inpreperation", "in prep.")
        ),
        *((word, False) for word in ("to appear", "reprint", "in revision", "accepted", "prepub")),
    ],
)
def test_only_what_is_in_preparation_is_hidden(state, is_hidden):
    read = parse_bibliography(f"@misc{{k, title = {{T}}, pubstate = {{{state}}}}}")
    assert len(read.drafts) == is_hidden == (read.papers == [])
    assert {problem.kind.subtype for problem in read.problems} <= {"bib_form"}


@pytest.mark.parametrize("name", ["url", "venueurl"])
@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:text/html,x", "//example.org/", "ftp://a/", "a.html"]
)
def test_an_address_that_is_none_is_dropped_and_reported(name, value):
    paper, problems = field(f"{name} = {{{value}}}")
    assert (paper.url, paper.venue.url, paper.links) == ("", "", ())
    assert problems == [("bib_url", 1, f"k: {name} is not an http(s) address: {value!r}{ADVICE}")]
