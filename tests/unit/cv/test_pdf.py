"""The CV as PDF: what goes to Typst, what comes out, and what no font has."""

from __future__ import annotations

import dataclasses
import json

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bibfolio.cv import pdf
from bibfolio.cv.pdf import make_pdf, missing_characters, pdf_data
from bibfolio.model import Author, Award, Link, RichText, Span
from tests.cv import Pdf, squeezed

from ..made import BARE, FULL, paper
from .made import document

#: No font has it: the last character of a plane for private use.
NOWHERE = "\U0010fffd"


def read(cv=None, language: str = "en") -> Pdf:
    made, missing, _pages = make_pdf(pdf_data(cv or document(), language))
    assert missing == ""
    return Pdf(made)


@pytest.fixture
def compiled(monkeypatch):
    """For every run of Typst, whether it looked for the system's fonts; there are none."""
    runs = []

    def bare_compile(*arguments, **options):
        runs.append(not options["ignore_system_fonts"])
        return typst_compile(*arguments, **(options | {"ignore_system_fonts": True}))

    typst_compile = typst.compile
    monkeypatch.setattr(typst, "compile", bare_compile)
    return runs


# -- structure -------------------------------------------------------------------------------


def test_it_is_tagged_and_says_it_is_pdf_ua():
    made = read()
    assert made.root["/MarkInfo"]["/Marked"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.root["/Metadata"].get_data()
    tags = made.tags
    assert {"H1", "H2", "L", "LI", "Lbl", "LBody", "P", "Link"} <= set(tags)
    assert tags.count("H1") == 6
    # Two kinds of papers, and four lists of other things.
    assert (tags.count("L"), tags.count("LI")) == (6, 2 + 1 + 2 + 1 + 2)
    assert tags.count("Lbl") == tags.count("LBody") == tags.count("LI")


def test_title_author_and_keywords_are_set_and_no_date_is():
    information = read().reader.metadata
    assert information.title == "Jane Doe: Curriculum vitae"
    assert information.author == "Jane Doe"
    assert information["/Keywords"] == "waiting, queues"
    assert not [name for name in information if "Date" in name]
    assert read().root["/ViewerPreferences"]["/DisplayDocTitle"].value


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "en"), ("zh_CN", "zh-CN"), ("de-AT", "de-AT"), ("sr@latin", "sr"), ("", "en")],
)
def test_the_language_is_that_of_the_site(language, said):
    assert read(language=language).root["/Lang"] == said


def test_sections_are_bookmarks():
    assert read().outline == [
        *("Research interests", "Education", "Experience", "Publications"),
        ["Journal articles", "Preprints"],
        *("Teaching", "Honors and awards"),
    ]


def test_links_lead_where_they_should_and_say_what_they_are():
    assert read().links == [
        "https://group.example/",
        "https://poe.example/",
        "https://jane.example/",
        "https://github.com/jane",
        "https://a.b/@c",
        "https://a.example/",
        "https://doi.org/10.1/x",
        "https://t.example/",
        "https://code.example/",
        "https://arxiv.org/abs/2504.1",
        "https://jane.example/files/a.pdf",
    ]


def test_an_address_too_long_for_a_pdf_is_left_out():
    found = [Link("code", "https://long.example/" + "a" * length) for length in (7_900, 8_000)]
    links = read(
        document(bib=[paper("a", "2025", "A Paper", links=tuple(found), doi="10.1/" + "a" * 8_000)])
    ).links
    assert [len(link) for link in links if "long.example" in link] == [7_921]


def test_fonts_are_embedded():
    fonts = read().fonts
    assert fonts
    assert all(fonts.values())
    assert all("LibertinusSerif" in name for name in fonts)


def test_the_owner_is_set_in_bold_and_nobody_else():
    others = document(BARE, [paper(authors=(Author("Poe", "Edgar"),))])
    owner = document(BARE, [paper(authors=(Author("Poe", "Edgar", is_owner=True),))])
    assert not any("LibertinusSerif-Bold" in name for name in read(others).fonts)
    assert any("LibertinusSerif-Bold" in name for name in read(owner).fonts)


def test_it_is_the_same_every_time():
    data = pdf_data(document(), "en")
    assert make_pdf(data) == make_pdf(data)


def test_who_says_nothing_gets_a_page_without_headings():
    made = read(document(BARE, (), site=""))
    assert (made.text.split(), made.outline, made.links) == (["Jane", "Doe", "UoX"], [], [])


def test_a_long_address_leaves_the_name_its_place():
    profile = dataclasses.replace(BARE, name="Augusta Exampleton", location="Room 1, " * 20)
    assert "Augusta Exampleton" in read(document(profile, (), site="")).text


# -- text ------------------------------------------------------------------------------------

SPECIAL = r"""# #let $x$ _a_ *b* @c <d> `e` \f "g" 'h' ~ // i /* j [k] {l} -- --- ... = - + 1. https://m.n"""


def test_nothing_is_read_as_markup():
    profile = dataclasses.replace(FULL, name=SPECIAL, awards=(Award(SPECIAL, 2024, SPECIAL),))
    papers = [paper("k", "2024", SPECIAL, authors=(Author(SPECIAL),), award=SPECIAL)]
    text = squeezed(read(document(profile, papers)).text)
    assert text.count(squeezed(SPECIAL)) == 6
    assert squeezed(f"2024{SPECIAL},{SPECIAL}") in text


def test_a_title_keeps_its_styles_and_formulas_are_plain_text():
    spans = (
        *(Span("A "), Span("fast", "emphasis"), Span(" H"), Span("2", "subscript"), Span("O in ")),
        *(Span("f(x)", "literal"), Span(" "), Span(r"O(n^{2})", "math", "O(n²)")),
    )
    item = dataclasses.replace(paper("k"), title=RichText.of(*spans))
    made = read(document(BARE, [item]))
    assert squeezed("A fast H2O in f(x) O(n²)") in squeezed(made.text)
    assert any("Italic" in name for name in made.fonts)


def test_a_name_in_many_letters_needs_no_font_of_the_system(compiled):
    name = "Łukasz Müller-Şahin, Ελένη, Сергей, Đặng, ﬁ ß ∂"
    assert squeezed(name) in squeezed(read(document(dataclasses.replace(BARE, name=name))).text)
    assert compiled == [False]


def test_the_number_of_a_preprint_leads_to_it():
    """The number itself, and not only the title."""
    groups = json.loads(pdf_data(document(), "en"))["sections"][3]["groups"]
    venues = [item["venue"] for group in groups for item in group["papers"]]
    assert {"text": "arXiv:2504.1", "url": "https://arxiv.org/abs/2504.1"} in venues[1]


# -- fonts -----------------------------------------------------------------------------------


def test_what_no_font_has_is_told_and_shown_as_a_question_mark(compiled):
    profile = dataclasses.replace(BARE, name=f"李明 ({NOWHERE})", location="明")
    made, missing, _pages = make_pdf(pdf_data(document(profile, ()), "en"))
    assert sorted(missing) == sorted(f"李明{NOWHERE}")
    assert Pdf(made).text.split() == ["??", "(?)", "UoX", "Location", "?"]
    assert Pdf(made).reader.metadata.title == "?? (?): Curriculum vitae"
    assert compiled == [True, True]


def test_chinese_is_set_if_there_is_a_font_for_it():
    name = "李明"
    made, missing, _pages = make_pdf(
        pdf_data(document(dataclasses.replace(BARE, name=name)), "zh_CN")
    )
    if missing:
        pytest.skip("no font of this machine has Chinese characters")
    assert name in Pdf(made).text
    assert all(Pdf(made).fonts.values())


@pytest.mark.parametrize(
    ("language", "face"), [("ja", "CJKjp"), ("zh_CN", "CJKsc"), ("zh_TW", "CJKtc"), ("ko", "CJKkr")]
)
def test_han_has_the_forms_of_the_language(language, face):
    profile = dataclasses.replace(BARE, name="直骨", location="")
    made, missing, _pages = make_pdf(pdf_data(document(profile, ()), language))
    faces = [name for name in Pdf(made).fonts if "Libertinus" not in name]
    if missing or "CJK" not in "".join(faces):
        pytest.skip("this machine has other fonts")
    assert [name for name in faces if "CJK" in name and face not in name] == []


def test_arabic_in_the_letters_of_a_typewriter_is_told(monkeypatch, compiled):
    class Fonts:
        def families(self):
            return ["DejaVu Sans Mono", "Libertinus Serif"]

    monkeypatch.setattr(typst, "Fonts", Fonts)
    profile = dataclasses.replace(BARE, name="سلام")
    made, missing, _pages = make_pdf(pdf_data(document(profile, ()), "en"))
    assert missing == "سلام"
    assert "?" not in Pdf(made).text
    assert compiled == [True]


@pytest.mark.parametrize(
    ("diagnostic", "characters"),
    [
        ("error: unknown variable: x", ""),
        ('the text `"李"` could not be displayed\nthe text `"明"` could not be displayed', "李明"),
        (2 * 'the text `"李"` could not be displayed with font `"X"`\n', "李"),
        (r'the text `"\u{10fffd}"` could not be displayed', NOWHERE),
        (r'the text `"\"a\u{301}\\"` could not be displayed', "\u0301"),
    ],
)
def test_typst_s_complaints_are_understood(diagnostic, characters):
    assert missing_characters(diagnostic) == characters


@settings(max_examples=30)
@given(st.text(max_size=20))
def test_any_text_can_be_set(words):
    profile = dataclasses.replace(FULL, name=f"J {words}", focus=words, awards=(Award(words, 1),))
    cv = document(profile, [paper("k", "2024", words, award=words)])
    made, missing, _pages = make_pdf(pdf_data(cv, "en"))
    assert made.startswith(b"%PDF-")
    assert not missing.isascii() or not missing


@pytest.mark.parametrize("char", ["\0", "\x85", "\ufeff", "\ufffe", "\ud800", "\n"])
def test_what_nothing_can_draw_is_a_space(char):
    profile = dataclasses.replace(BARE, name=f"Jane{char}Doe")
    assert read(document(profile)).reader.metadata.title == "Jane Doe: Curriculum vitae"


def test_if_typst_does_not_say_which_everything_foreign_gives_way(monkeypatch):
    def compile_(_template, sys_inputs, **_options):
        if not sys_inputs["cv"].isascii():
            error = typst.TypstError()
            error.diagnostic = 'the text `"a"` could not be displayed'
            raise error
        return sys_inputs["cv"].encode()

    monkeypatch.setattr(typst, "compile", compile_)
    monkeypatch.setattr(typst, "query", lambda *_arguments, **_options: "1")
    assert make_pdf("a李b") == (b"a?b", "李", 1)


def test_a_mistake_in_the_template_is_not_taken_for_a_missing_font(monkeypatch, tmp_path):
    broken = tmp_path / "cv.typ"
    broken.write_text("#nothing-of-the-kind")
    monkeypatch.setattr(pdf, "_TEMPLATE", broken)
    with pytest.raises(typst.TypstError, match="unknown variable"):
        make_pdf("{}")
