"""A whole bibliography: every entry becomes a paper, whatever state the file is in."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.bibliography import (
    Bibliography,
    Known,
    decode,
    parse_bibliography,
    read_bibliography,
)

from ..made import OWNER, told
from ..table import Table
from .test_bib_parser import BIBISH

TABLE = Table(__file__)

# -- files -----------------------------------------------------------------------------------


def read_bytes(tmp_path, data: bytes) -> Bibliography:
    path = tmp_path / "refs.bib"
    path.write_bytes(data)
    return read_bibliography(path, OWNER)


def test_the_problem_of_the_encoding_comes_before_those_of_the_entries(tmp_path):
    result = read_bytes(tmp_path, b"@foo{k,\n title = {M\xfcller}\n}")
    assert [(kind, line) for kind, line, _ in told(result)] == [
        ("bib_encoding", 2),
        ("bib_type", 1),
    ]


@pytest.mark.parametrize(
    ("name", "reason"), [("none.bib", "No such file or directory"), (".", "Is a directory")]
)
def test_a_file_that_cannot_be_read_is_a_problem_not_an_exception(tmp_path, name, reason):
    result = read_bibliography(tmp_path / name)
    assert told(result) == [("bib_missing", 1, f"cannot read the bibliography: {reason}")]
    assert result.papers == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads any file")
def test_a_file_one_may_not_read_is_a_problem_not_an_exception(tmp_path):
    path = tmp_path / "refs.bib"
    path.touch(mode=0o000)
    assert told(read_bibliography(path)) == [
        ("bib_missing", 1, "cannot read the bibliography: Permission denied")
    ]


# -- keys ------------------------------------------------------------------------------------


def keys_of(text: str, **options) -> list[str]:
    return [paper.key for paper in parse_bibliography(text, **options).papers]


def test_a_repeated_key_gets_a_number_and_nothing_is_lost():
    text = (
        "@misc{a, title = {A}}\n@misc{A, title = {B}}\n@misc{b, title = {C}}\n@misc{a, title={D}}"
    )
    result = parse_bibliography(text)
    assert [(p.key, p.title.plain) for p in result.papers] == [
        ("a", "A"),
        ("A-2", "B"),
        ("b", "C"),
        ("a-3", "D"),
    ]
    assert list(result.entries) == ["a", "A-2", "b", "a-3"]
    shown = "repeats the key of refs.bib:{}; shown as {}, give it a key of its own"
    assert told(result) == [
        ("bib_duplicate_key", 2, "A: " + shown.format(1, "A-2")),
        ("bib_duplicate_key", 4, "a: " + shown.format(1, "a-3")),
    ]


def test_a_key_repeated_in_another_file_is_told_by_the_name_of_that_file():
    known = Known()
    first = parse_bibliography("\n@misc{a, title = {A}}", known=known, name="one.bib")
    second = parse_bibliography("@misc{a, title = {B}}", known=known, name="two.bib")
    assert ([p.key for p in first.papers], [p.key for p in second.papers]) == (["a"], ["a-2"])
    assert told(second) == [
        (
            "bib_duplicate_key",
            1,
            "a: repeats the key of one.bib:2; shown as a-2, give it a key of its own",
        )
    ]


@pytest.mark.parametrize(
    "key", ["müller2024", "DBLP:conf/nsdi/Jay24", "a/../b", "李", "1987:nelson", "a+b", "..."]
)
def test_a_key_stays_as_it_is_written_and_no_word_is_said(key):
    result = parse_bibliography(f"@misc{{{key}, title = {{A}}}}")
    assert ([p.key for p in result.papers], told(result)) == ([key], [])


def test_keys_that_differ_in_signs_alone_have_pages_of_their_own():
    result = parse_bibliography("@misc{a:b, title = {A}}\n@misc{a-b, title = {B}}")
    assert [p.key for p in result.papers] == ["a:b", "a-b"]
    first, second = (p.page for p in result.papers)
    assert first == "papers/a-b" != second
    message = f"differs from an earlier key in signs alone; its page is called {second[7:]}"
    assert told(result) == [("bib_key", 2, f"a-b: {message}; choose a key that differs in letters")]


def test_an_abbreviation_of_one_file_counts_in_the_next():
    known = Known()
    parse_bibliography('@string{w = "Walrus Letters"}', known=known)
    result = parse_bibliography("@article{a, title = {A}, journal = w}", known=known)
    assert (result.papers[0].venue.name, result.problems) == ("Walrus Letters", [])


# -- drafts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", ["inpreparation", "InPreparation", " inpreparation ", "INPREPARATION"]
)
def test_a_draft_is_nowhere(state):
    text = f"@misc{{d, title = {{D}}, pubstate = {{{state}}}}}\n@misc{{a, title = {{A}}}}"
    result = parse_bibliography(text)
    assert [p.key for p in result.papers] == ["a"]
    assert [p.key for p in result.drafts] == ["d"]


def test_what_is_wrong_in_a_draft_is_told_but_not_what_it_lacks():
    text = "@foo{d, pubstate = {{inpreparation}}, year = {soon}, url = {x}, author = {a, b, c, d}}"
    result = parse_bibliography(text)
    assert (result.papers, [p.key for p in result.drafts]) == ([], ["d"])
    assert [kind for kind, _, _ in told(result)] == "bib_type bib_field bib_name bib_url".split()


# -- bytes of any origin ----------------------------------------------------------------------


def decoded(case: bytes | list) -> list[str]:
    """The text, line by line, and what is said of the file; maybe in an encoding that is named."""
    text, problems = decode(case) if isinstance(case, bytes) else decode(case[1], case[0])
    return [*text.splitlines(), *(f"line {p.line}: {p.message}" for p in problems)]


def test_every_usual_encoding_is_read_and_named_and_the_one_that_the_owner_names_is_obeyed():
    """Lines that are UTF-8 are read as such among others, and some Chinese lines are enough."""
    TABLE.holds("bytes", decoded)
    TABLE.holds("bytes in the encoding that the owner names", decoded)


@given(st.binary(max_size=60))
def test_no_bytes_are_refused_and_no_line_is_lost(data):
    text, problems = decode(data)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        assert text.count("\n") == data.count(b"\n")
    assert len(problems) <= 1


@given(st.text(max_size=60))
def test_utf_8_comes_back_as_it_was_and_without_a_word(text):
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, [])


# -- any text --------------------------------------------------------------------------------

FIELDS = st.sampled_from(
    "title author editor author+an date year month eventdate doi url eprint eprinttype file slides "
    "code keywords journal booktitle eventtitleaddon shortjournal pages pubstate type note".split()
)
SCRAPS = st.lists(
    st.one_of(
        st.text(max_size=4),
        st.sampled_from(
            [
                *r"{ \ $ , others 1=equal ; https:// // .. @ 2024 2024-04-16 / apr \'".split(),
                *("\\emph", "-", "%", "arXiv:", "doi:", "10.1/", " and "),
            ]
        ),
    ),
    max_size=6,
).map("".join)


@given(st.one_of(st.text(), BIBISH))
def test_no_text_makes_reading_fail(text):
    result = parse_bibliography(text, OWNER)
    assert len(result.entries) == len(result.papers) + len(result.drafts)


@given(st.lists(st.tuples(FIELDS, SCRAPS), max_size=6))
def test_no_value_of_a_field_makes_reading_fail(fields):
    body = "".join(f",\n{name} = {{{value}}}" for name, value in fields)
    result = parse_bibliography(f"@article{{k{body}\n}}\n@misc{{last, title = {{L}}}}", OWNER)
    assert {paper.key for paper in (*result.papers, *result.drafts)} >= {"k", "last"}
