"""A site in another language: its direction, its quotation marks, and what others say in it."""

from __future__ import annotations

import pytest

from tests.cv import Pdf

PAGE = '---\norphan: true\n---\n\n# Marks\n\nShe said "good".\n'


@pytest.fixture(scope="module")
def arabic(build_once):
    return build_once("arabic")


def test_pages_run_from_right_to_left_where_their_language_does(arabic, build_once):
    assert len(arabic.pages) > 8
    for page in arabic.pages:
        html = arabic.soup(page).html
        assert (html["lang"], html["dir"]) == ("ar", "rtl"), page
    english = build_once("minimal", html_theme="bibfolio").soup("index")
    assert (english.html["lang"], english.html.get("dir")) == ("en", None)
    assert "[dir" not in str(english)


def test_a_title_has_the_direction_of_its_language(build):
    paper = "@misc{sabr, title = {الصبر}, author = {Doe, Jane}, year = 2024, langid = {arabic}}"
    page = '---\norphan: true\n---\n\n# Marks\n\n:::{container} language-hi\n"नमस्ते"\n:::\n'
    # docutils, which would warn, knows no quotation marks of either.
    built = build("minimal", {"refs.bib": paper, "hi.md": page}, html_theme="bibfolio")
    assert built.paper("sabr").main.h1["dir"] == "rtl"
    assert built.soup("index").select_one(".paper-card-title a")["dir"] == "rtl"
    assert built.main("hi").select_one("div[lang=hi]")


def test_so_do_the_files_of_the_cv(arabic):
    pdf = Pdf(arabic.files["cv.pdf"])
    assert pdf.root["/Lang"] == "ar"
    assert all(pdf.fonts.values())
    assert "فلانة الفلاني" in arabic.text("cv.txt").splitlines()[0]


@pytest.mark.parametrize(("language", "said"), [("zh-Hans", "zh-CN"), ("de_AT", "de-AT")])
def test_the_language_is_told_as_html_spells_it(build, language, said):
    built = build("minimal", html_theme="bibfolio", language=language)
    assert built.soup("index").html["lang"] == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "“good”"), ("de", "„good“"), ("fr", "«\xa0good\xa0»")]
)
def test_quotation_marks_are_those_of_the_language(build, language, said):
    built = build("minimal", {"marks.md": PAGE}, html_theme="bibfolio", language=language)
    assert said in built.main("marks").get_text()


def test_the_owner_may_want_other_quotation_marks(build):
    own = {"myst_enable_extensions": ["smartquotes"], "smartquotes": False}
    built = build("minimal", {"marks.md": PAGE}, html_theme="bibfolio", language="de", **own)
    assert "“good”" in built.main("marks").get_text()


def test_wrong_addresses_lead_to_a_page_in_the_language(arabic, build):
    main = arabic.soup("404").main
    assert main.h1.get_text() == "الصفحة غير موجودة"
    assert "couldn't" not in main.get_text()
    own = {"notfound_context": {"title": "Weg", "body": "<h1>Weg</h1>"}}
    built = build("minimal", html_theme="bibfolio", language="de", **own)
    assert built.soup("404").main.h1.get_text() == "Weg"
