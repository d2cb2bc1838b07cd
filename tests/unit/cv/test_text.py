"""The CV as plain text: 80 columns, nothing that is not text."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.cv.text import WIDTH, columns, hanging, text, wrapped
from bibfolio.model.dates import DateRange
from bibfolio.model.profile import News, OwnSection, SectionItem, Talk
from bibfolio.model.sentence import Link, PaperName, Phrase, plain

from ..made import BARE, FULL, paper
from .made import document


def test_it_reads_from_top_to_bottom():
    assert (
        text(document())
        == """\
Jane Doe
Curriculum vitae

Second-year student
Systems, School of CS, UoX
Advised by Prof. Edgar Poe

Location  Oslo
E-mail    jane (at) example (dot) org
Website   https://jane.example/
GitHub    https://github.com/jane
Mastodon  https://a.b/@c

RESEARCH INTERESTS

Waiting, queues.

Current focus: the long run.

EDUCATION

2019 – Jul 2023  B.S. in lines, EECS, UoX

EXPERIENCE

since Jul 2023       Slow, Intern
Mar 2022 – Aug 2022  Late, Intern, advised by Dr. A, B and C
                     Dr. A: https://a.example/

PUBLICATIONS

Journal articles

2024  An Article
      Jane Doe, et al.
      T 2024. Transactions. Best Paper.
      https://doi.org/10.1/x

Preprints

2025  A Preprint
      Edgar Poe*, Jane Doe (* Equal contribution)
      Preprint. arXiv:2504.1, April 2025.
      https://arxiv.org/abs/2504.1

TEACHING

2024 Spring  OS, TA, UoX

HONORS AND AWARDS

2024  Merit (2/56)
2023  Prize, UoX
"""
    )


def test_who_says_nothing_gets_no_empty_lines():
    assert text(document(BARE, ())) == "Jane Doe\nCurriculum vitae\n\nUoX\n"


def test_a_paper_without_a_date_hangs_below_nothing():
    assert text(document(BARE, [paper(authors=())], site="")).endswith("publications\n\nA Title\n")


def test_no_line_is_too_long_and_none_ends_with_a_space():
    long = "word " * 60
    profile = dataclasses.replace(FULL, position=long, focus=long, location=long)
    cv = document(profile, [paper("k", "2024", long)])
    lines = text(cv).splitlines()
    assert max(map(columns, lines)) <= WIDTH
    assert [line for line in lines if line != line.rstrip()] == []


def test_an_address_is_never_broken():
    url = "https://example.org/" + "x" * 90
    assert hanging("2024", ["A", url], 6) == ["2024  A", f"      {url}"]


def test_chinese_counts_twice_and_breaks_anywhere():
    assert columns("李明, a") == 7
    assert columns("e\u0301\u200b") == 1
    assert wrapped("李明" * 5, 6) == ["李明李", "明李明", "李明李", "明"]
    assert wrapped("ab 李明", 5) == ["ab 李", "明"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", []),
        ("  ", []),
        ("one two", ["one two"]),
        ("one two three", ["one two", "three"]),
        ("  one   two three four", ["one two", "three", "four"]),
        ("unbreakable", ["unbreakable"]),
    ],
)
def test_words_are_wrapped_at_spaces(words, lines):
    assert wrapped(words, 9) == lines


@given(st.text(max_size=200), st.integers(2, 20))
def test_wrapping_loses_nothing_but_spaces(words, width):
    lines = wrapped(words, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", words)
    assert [line for line in lines if columns(line) > width and " " in line.strip()] == []


TABLES = dataclasses.replace(
    BARE,
    talks=(
        Talk(plain("Unseen"), DateRange.parse("2029"), paper=PaperName(key="draft")),
        Talk(
            (Phrase("On "), Phrase("Lines", style="emphasis")),
            DateRange.parse("2030-04-30/2030-05-02"),
            (Phrase("Days of "), Phrase("", key="a", role="paper"), Phrase("!", "https://d.org/")),
            paper=PaperName(key="b"),
            url=Link(page="talks/lines"),
            slides="files/slides/x.pdf",
        ),
    ),
    news=(News(DateRange.parse("2030"), plain("It is so."), url=Link(url="https://n.example/")),),
    sections=(OwnSection("Elsewhere", "mine", (SectionItem(plain("A line")),)),),
)


def test_what_a_word_leads_to_stands_below_once():
    talk = text(document(TABLES, sections=("talks",))).partition("TALKS\n\n")[2]
    assert re.sub("(?m)^ +|  +", "| ", talk) == (
        "April 30–May 2, 2030| On Lines, Days of A Preprint!\n"
        "| https://jane.example/talks/lines/\n"
        "| A Preprint: https://jane.example/papers/a/\n"
        "| !: https://d.org/\n"
        "| An Article: https://jane.example/papers/b/\n"
        "| Slides: https://jane.example/files/slides/x.pdf\n"
        "2029| Unseen\n"
    )
    news = text(document(TABLES, sections=("news",))).partition("NEWS\n\n")[2]
    assert news == "2030  It is so.\n      https://n.example/\n"


def test_without_an_address_a_paper_is_named_and_a_file_of_the_site_is_not():
    talk = text(document(TABLES, site="", sections=("talks",)))
    assert "An Article\n" in talk
    assert not {"Slides", "files", "draft"} & set(re.findall(r"\w+", talk))


@given(st.lists(st.sampled_from(["mine", "talks", "news", "publications"]), unique=True))
def test_sections_stand_in_the_order_of_the_owner(names):
    headings = {"mine": "ELSEWHERE"} | {name: name.upper() for name in names if name != "mine"}
    lines = text(document(TABLES, sections=tuple(names))).splitlines()
    assert [line for line in lines[2:] if line.isupper()] == [headings[name] for name in names]
