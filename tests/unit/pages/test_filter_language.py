"""The filter language: what it selects, and one sentence for everything it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.pages.filter_language import FilterError, matches
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.pybtex_entries import filterable

READ = parse_bibliography(
    '@Article{Jay2023, title = {{\\"U}ber {GPU}s}, author = {Jay, Chip and Li, Ming}, year = 2023,'
    "keywords = {LLM systems, selected}, journaltitle = {J}, pubstate = {prepublished}}"
)
ENTRY = filterable(READ.papers[0], READ.entries["Jay2023"])


@pytest.mark.parametrize(
    ("source", "passes"),
    [
        ('year == "2023"', True),
        ('year >= "2023"', True),
        ('year > "2023"', False),
        ('year != "2023"', False),
        ('keywords % "selected"', True),
        ('keywords % "SELECTED"', True),
        ('keywords % "^selected"', False),
        ('type == "article"', True),
        ('type == "misc"', False),
        ('author % "Jay"', True),
        ('author % "Xin"', False),
        ('title % "Über GPUs"', True),
        ('journal == "J"', True),
        ('Journal == "J"', True),
        ('pubstate == "prepublished"', True),
        ('key == "jay2023"', True),
        ('key in {"jay2023", "x"}', True),
        ('key not in {"jay2023"}', False),
        ('type == "article" and author % "Jay"', True),
        ('type == "misc" or year == "2023"', True),
        ('not (year == "2023")', False),
        ('docname == "publications"', True),
        ('no_field == ""', True),
        ("no_field", False),
        ("True", True),
        ("False", False),
    ],
)
def test_a_filter_selects(source, passes):
    assert matches(source, ENTRY, "publications") is passes


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "filter expression cannot contain multiple expressions"),
        ("year ==", "not an expression"),
        ("all papers", "not an expression"),
        ("(", "not an expression"),
        ('"\x00"', "not an expression"),
        ("cited", "cited cannot be used here"),
        ("docname in docnames", "docnames cannot be used here"),
        ("not cited", "cited cannot be used here"),
        ("year >= 2023", "'>=' not supported between instances of 'str' and 'int'"),
        ('author % "("', "missing ), unterminated subpattern at position 0"),
        ("1 < 2 < 3", "syntax for multiple comparators not supported"),
        ("1 in 2", "argument of type 'int' is not iterable"),
        ("year | 1", "unsupported operand type(s) for |: 'str' and 'int'"),
        ('"a"; "b"', "filter expression cannot contain multiple expressions"),
    ],
)
def test_what_is_no_filter_is_refused_with_a_reason(source, reason):
    with pytest.raises(FilterError) as error:
        matches(source, ENTRY)
    assert str(error.value).split(" (")[0] == reason.split(" (")[0]


@pytest.mark.parametrize(
    "source",
    [
        '__import__("os").system("x")',
        "import os",
        "(lambda: 1)()",
        "[].__class__",
        "year[0]",
        'f"{year}"',
        "x = 1",
        "x := 1",
        "[y for y in year]",
        "1 + 1",
        "-1",
        "year is None",
    ],
)
def test_nothing_but_comparisons_is_ever_run(source):
    with pytest.raises(FilterError):
        matches(source, ENTRY)


@given(
    st.lists(
        st.sampled_from(
            [
                "year",
                "key",
                "author",
                "cited",
                '"2023"',
                "1",
                "==",
                "<",
                "%",
                "|",
                "&",
                "in",
                "not",
                "and",
                "or",
                "(",
                ")",
                "{",
                "}",
                ",",
                "[",
                "]",
                ".",
                "lambda:",
                ":=",
                "if",
                "else",
            ]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_nothing_raises_but_filter_errors(source):
    try:
        assert matches(source, ENTRY) in {True, False}
    except FilterError as error:
        assert str(error) != ""


@pytest.mark.parametrize("source", ["-1", "year[0]", "1 + 1"])
def test_the_reason_is_for_people_and_the_same_in_every_build(source):
    with pytest.raises(FilterError) as error:
        matches(source, ENTRY)
    assert "object at 0x" not in str(error.value)
