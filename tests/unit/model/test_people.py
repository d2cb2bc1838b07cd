"""People: the address of a page about somebody, and texts that name the person."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model.people import Person


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Zoë  Müller-Ångström", "zoe-muller-angstrom"),
        ("陈例子", "陈例子"),
        ("../x", "x"),
        ("<b>Mo</b>", "b-mo-b"),
        ("Index", "person-index"),
        ("NUL", "person-nul"),
        ("...", ""),
    ],
)
def test_a_name_is_part_of_an_address(name, slug):
    assert Person(name).slug == slug


@given(st.text())
def test_any_name_gives_the_name_of_a_file_or_nothing(name):
    slug = Person(name).slug
    assert re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*", slug) or slug == ""
    assert len(slug) < 100
    assert bool(Person(name, page=True).docname) == bool(slug)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("with Fan Li, and others", True),
        ("by F. Li", True),
        ("與范例合作", True),
        ("with Fan Lian", False),
        ("of F. Lin", False),
        ("a fan li", False),
    ],
)
def test_a_text_names_a_person_by_any_spelling_in_whole_words(text, is_named):
    assert Person("Fan Li", native="范例", aliases=("F. Li",)).is_named_in(text) is is_named
