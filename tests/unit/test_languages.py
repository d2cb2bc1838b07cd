"""Languages: which one is meant, whose words it has, and how it writes dates and lists."""

from __future__ import annotations

import datetime
from gettext import NullTranslations

import pytest

from bibfolio import languages
from bibfolio.model import DateRange, PartialDate
from bibfolio.model.words import enumerated, use


@pytest.mark.parametrize(
    ("tag", "sphinx", "folder"),
    [
        ("zh-Hans", "zh_CN", "zh_Hans"),
        ("zh_CN", "zh_CN", "zh_Hans"),
        ("zh", "zh_CN", "zh_Hans"),
        ("zh-Hant", "zh_TW", "zh_Hant"),
        ("zh_HK", "zh_HK", "zh_Hant"),
        ("de_AT", "de_AT", "de"),
        ("pt-BR", "pt_BR", "pt"),
        ("fr", "fr", "fr"),
        ("en", "en", "en"),
    ],
)
def test_a_language_is_called_as_sphinx_calls_it_and_finds_its_catalogue(tag, sphinx, folder):
    assert languages.for_sphinx(tag) == sphinx
    locale = languages.parse(tag)
    assert locale
    assert next(languages._names(locale)) == folder


@pytest.mark.parametrize(
    ("tag", "advice"),
    [
        ("jp", "jp is a country; write ja"),
        ("cn", "cn is a country; write zh-Hans"),
        ("english", "write a tag such as en, de or zh-Hans"),
    ],
)
def test_what_is_no_language_is_told_with_what_may_be_meant(tag, advice):
    assert languages.parse(tag) is None
    assert languages.advice(tag) == advice


@pytest.mark.parametrize(
    ("tag", "month", "day", "days", "listed"),
    [
        ("de", "Apr. 2024", "16. April 2024", "16.–18. Apr. 2024", "a, b und c"),
        ("fr", "avr. 2024", "16 avril 2024", "16–18 avr. 2024", "a, b et c"),
        ("zh-Hans", "2024年4月", "2024年4月16日", "2024年4月16日至18日", "a、b和c"),
        ("ja", "2024年4月", "2024年4月16日", "2024年4月16日～18日", "a、b、c"),
        ("pt_PT", "abril de 2024", "16 de abril de 2024", "16–18 de abr. de 2024", "a, b e c"),
    ],
)
def test_dates_and_lists_are_written_as_the_language_writes_them(tag, month, day, days, listed):
    use(languages.language(tag, NullTranslations()))
    try:
        start, end = PartialDate(2024, 4, 16), PartialDate(2024, 4, 18)
        assert PartialDate(2024, 4).in_short == month
        assert start.words == day
        assert DateRange(start, end).words == days
        assert "".join(enumerated("abc")) == listed
    finally:
        use()


def test_the_words_of_the_owner_are_stronger_than_ours():
    class Owners(NullTranslations):
        def gettext(self, message: str) -> str:
            return "Suche hier" if message == "Search" else super().gettext(message)

    found = languages.language("de", Owners())
    assert found
    assert found.catalogue.gettext("Search") == "Suche hier"
    assert found.forms.month(datetime.date(2024, 4, 1)) == "April 2024"


def test_a_language_without_words_is_none():
    assert languages.language("eo") is None
