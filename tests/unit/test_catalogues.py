"""Each catalogue of ours has every message of the template, well formed."""

from __future__ import annotations

import re
from gettext import c2py

import pytest
from babel import Locale

from tools import words

#: The order in which gettext numbers the plural forms of CLDR.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
NUMBERS = (*range(1000), 1_000_000, 2_000_000, 1_000_001)

pytestmark = pytest.mark.parametrize("language", words.catalogues())


@pytest.fixture
def catalogue(language):
    return words.read(words.catalogues()[language])


def places(text: str) -> set[str]:
    # A language writes its ordinals with the number.
    return {place.replace("ordinal", "number") for place in re.findall(r"\{[^{}]*\}", text)}


def category_of_form(language: str) -> list[str]:
    rules = Locale.parse(language).plural_form
    return [name for name in CATEGORIES if name in {*rules.tags, "other"}]


def test_it_has_the_messages_of_the_template_and_no_other(catalogue):
    assert {message.id for message in catalogue} == {message.id for message in words.messages()}
    assert not catalogue.obsolete


def test_every_message_is_translated_and_well_formed(catalogue):
    assert list(catalogue.check()) == []
    assert [
        message.id for message in catalogue if message.id and not all(words.forms(message))
    ] == []
    assert [message.id for message in catalogue if message.fuzzy] == []
    for message in filter(lambda message: message.id, catalogue):
        for form in words.forms(message):
            assert form == form.strip(), message.id
            assert form.count("{") == form.count("}") == len(re.findall(r"\{\w+\}", form)), form


def test_no_place_is_lost_or_invented(language, catalogue):
    """But for the number in a form of one number alone, which may be a word: Arabic's dual."""
    of_one_number = {
        category
        for category in ("zero", "one", "two")
        if sum(Locale.parse(language).plural_form(n) == category for n in NUMBERS) == 1
    }
    categories = category_of_form(language)
    for message in catalogue:
        is_counted = isinstance(message.id, tuple)
        wanted = places(message.id[1] if is_counted else message.id)
        for at, form in enumerate(words.forms(message)):
            optional = {"{count}"} if is_counted and categories[at] in of_one_number else set()
            assert wanted - optional <= places(form) <= wanted, message.id


def test_the_plural_forms_are_those_of_cldr(language, catalogue):
    rules, categories = Locale.parse(language).plural_form, category_of_form(language)
    form = c2py(catalogue.plural_expr)
    assert catalogue.num_plurals == len(categories)
    assert [n for n in NUMBERS if categories[form(n)] != rules(n)] == []


def test_the_header_names_the_language(language, catalogue):
    header = dict(catalogue.mime_headers)
    assert header["Language"] == language
    assert catalogue.charset == "utf-8"
