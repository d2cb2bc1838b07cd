"""Languages: which one is meant, whose words it has, and how it writes dates and lists."""

from __future__ import annotations

import datetime
from gettext import NullTranslations

import pytest

from bibfolio import languages
from bibfolio.model import DateRange, Paper, PartialDate, RichText, where_and_when
from bibfolio.model.fonts import families
from bibfolio.model.sentence import in_series, joined, sentence_text, stopped
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
        # zh-Hans and pt_PT differ between releases of Babel, which have those of CLDR.
        ("zh-Hant", "2024年4月", "2024年4月16日", "2024年4月16日至18日", "a、b和c"),
        ("ja", "2024年4月", "2024年4月16日", "2024年4月16日～18日", "a、b、c"),
        ("es_ES", "abr 2024", "16 de abril de 2024", "16–18 de abril de 2024", "a, b y c"),
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


@pytest.mark.parametrize(
    ("tag", "facts", "series", "stopped_"),
    [
        ("en", "a, b", "a, b", "a."),
        ("de", "a, b", "a, b", "a."),
        ("zh-Hans", "a，b", "a、b", "a。"),
        ("ja", "a、b", "a、b", "a。"),
        # Its commas of lists say "and".
        ("ar", "a، b", "a، b", "a."),
    ],
)
def test_facts_and_sentences_have_the_signs_of_the_language(tag, facts, series, stopped_):
    use(languages.language(tag, NullTranslations()))
    try:
        assert sentence_text(joined("a", "b")) == facts
        assert in_series("ab") == series
        assert (stopped("a"), stopped("a！")) == (stopped_, "a！")
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


@pytest.mark.parametrize(
    ("tag", "html", "script", "direction"),
    [
        ("en", "en", "Latn", "ltr"),
        ("zh_CN", "zh-CN", "Hans", "ltr"),
        ("zh-Hant", "zh-Hant", "Hant", "ltr"),
        ("sr@latin", "sr-Latn", "Latn", "ltr"),
        ("sr_RS@latin", "sr-Latn-RS", "Latn", "ltr"),
        ("ca@valencia", "ca-valencia", "Latn", "ltr"),
        ("zh_TW.Big5", "zh-TW", "Hant", "ltr"),
        ("ja", "ja", "Jpan", "ltr"),
        ("ar", "ar", "Arab", "rtl"),
        ("ar_EG", "ar-EG", "Arab", "rtl"),
        ("he", "he", "Hebr", "rtl"),
        ("az_IR", "az-IR", "Arab", "rtl"),
        ("nonsense", "nonsense", "", "ltr"),
    ],
)
def test_html_is_told_the_language_and_its_direction(tag, html, script, direction):
    assert languages.html_tag(tag) == html
    assert languages.script(tag) == script
    assert languages.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "lang", "region", "dir_"),
    [
        ("zh_CN", "zh", "CN", "ltr"),
        # Typst tells the forms of punctuation by the country.
        ("zh-Hant", "zh", "TW", "ltr"),
        ("sr@latin", "sr", None, "ltr"),
        ("fa", "fa", None, "rtl"),
        ("nonsense", "en", None, "ltr"),
    ],
)
def test_typst_is_told_the_language_and_its_direction(tag, lang, region, dir_):
    found = languages.typography(tag, "李")
    assert (found["lang"], found["region"], found["dir"]) == (lang, region, dir_)
    assert found["fonts"] == families("李", languages.script(tag))


def test_countries_are_called_as_babel_calls_them_and_as_today_in_english():
    german, english = (languages.language(tag, NullTranslations()) for tag in ("de", "en"))
    assert german and english
    name = "United States of America"
    assert german.catalogue.gettext(name) == "Vereinigte Staaten"
    assert english.catalogue.gettext(name) == name


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (PartialDate(2024, 4, 16), "abgerufen am 16. April 2024."),
        (PartialDate(2024, 4), "abgerufen: April 2024."),
        (PartialDate(2024), "abgerufen: 2024."),
    ],
)
def test_a_day_and_a_month_of_a_visit_are_said_each_in_its_way(date, said):
    use(languages.language("de"))
    try:
        page = Paper("k", "k", "online", RichText(), accessed=date)
        assert sentence_text(where_and_when(page)) == said
    finally:
        use()
