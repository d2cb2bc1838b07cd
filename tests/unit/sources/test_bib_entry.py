"""Fields become facts: each as BibTeX and biblatex mean it, and what is wrong is said.

`test_bib_entry.txt` has an entry for each way to write a field, and what it says of a paper.
"""

from __future__ import annotations

import pytest

from bibfolio.model import RichText, Span
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.fields import ALIASES, FIELDS, TYPES

from ..made import facts, field, first, told
from ..table import Table

TABLE = Table(__file__)


@pytest.mark.parametrize("section", TABLE.sections)
def test_a_field_becomes_a_fact_or_is_reported(section):
    TABLE.holds(section, facts)


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


# -- names of fields and types ---------------------------------------------------------------


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
        "pubstate": "published",
        "year": "2024",
        "month": "apr",
        "eventdate": "2024-04-16/2024-04-18",
        **dict.fromkeys(("date", "urldate"), "2024-04-16"),
        **dict.fromkeys(("url", "venueurl", "code", "video"), "https://example.org/"),
        "links": "Name: https://example.org/",
        "license": "CC-BY-4.0",
        "artifact": "available",
        **dict.fromkeys(("retracted", "concern", "correction"), "10.1000/x"),
        **dict.fromkeys(("figure", "figurealt"), ""),  # of a file, and there is none here
    }
    names = [name.strip() for key in FIELDS for name in key.replace("/", ",").split(",")]
    names.remove("title")
    body = ", ".join(f"{name} = {{{values.get(name, 'x')}}}" for name in names if name != "journal")
    assert field(body, "article")[1] == []


# -- drafts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "is_hidden"),
    [
        ("inpreparation/In preparation/inpreperation/in prep.", True),
        ("to appear/reprint/in revision/accepted/prepub", False),
    ],
)
def test_only_what_is_in_preparation_is_hidden(states, is_hidden):
    for state in states.split("/"):
        read = parse_bibliography(f"@misc{{k, title = {{T}}, pubstate = {{{state}}}}}")
        assert len(read.drafts) == is_hidden == (read.papers == []), state
        assert {problem.kind.subtype for problem in read.problems} <= {"bib_form"}


@pytest.mark.parametrize(
    "date", ["year = {in prep}", "year = {In Preparation}", "date = {in prep.}"]
)
def test_a_year_in_preparation_hides_and_that_is_told(date):
    read = parse_bibliography(f"@misc{{k, title = {{T}}, {date}}}")
    assert (read.papers, len(read.drafts)) == ([], 1)
    ((kind, _line, message),) = told(read)
    assert kind == "bib_field"
    assert message.endswith(
        "it is read as pubstate = {inpreparation}, which hides the entry; write that"
    )


def test_what_reviewers_found_of_artifacts_is_in_words_and_other_words_are_told():
    paper, problems = field("artifact = {Reproduced; available, functionl}, award = {Best Paper}")
    assert paper.artifacts == ("available", "reproduced")
    assert paper.distinctions == ["Best Paper", "Artifact: available, reproduced"]
    assert problems == [("bib_field", 1, "k: artifact 'functionl' is not shown; write functional")]
    assert "artifact" not in paper.bibtex
    assert field("artifact = {}")[0].distinctions == []


def test_an_abstract_keeps_formatting_and_paragraphs_and_its_formulas_are_words():
    words = r"On \emph{Usnea} and $x^2$. \par More \textbf{now}."
    begin, end = first(f"@misc{{k, title = {{T}}, abstract = {{{words}}}}}").abstract.paragraphs
    assert [span.style for span in begin.spans] == ["text", "emphasis", "text"]
    assert (begin.plain, end.plain) == ("On Usnea and x².", "More now.")
