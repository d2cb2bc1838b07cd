"""Which language a text is in, and in whose words the parts of a reference are joined."""

import pytest

from bibfolio import languages
from bibfolio.model.paper import Author, Paper
from bibfolio.model.quotation import cited_names
from bibfolio.model.scripts import is_other, language_of
from bibfolio.model.text import RichText
from bibfolio.model.wording import authors_line, venue_line
from bibfolio.model.words import use

HAN, LATIN = Author("王", "小明"), Author("Roe", "Jane")


@pytest.fixture
def on_page():
    def speak(tag: str) -> None:
        use(languages.language(tag), languages.language)

    yield speak
    use()


@pytest.mark.parametrize(
    ("text", "page", "found"),
    [
        ("Waiting in Line", "en", "en"),
        ("Warten", "de", "de"),
        ("Waiting in Line", "zh-Hans", "en"),
        ("基于 Transformer 的排队", "en", "zh"),
        ("排队", "zh-Hant", "zh-Hant"),
        ("排队", "ja", "ja"),
        ("待ち行列のキャッシュ", "zh-Hans", "ja"),
        ("줄 서기", "en", "ko"),
        ("القرص الذي لا يتحرك", "en", "ar"),
        ("Ожидание", "ru", "ru"),
        ("Waiting in Line", "ru", "en"),
        ("The word 道 in five old books", "zh-Hans", "en"),
        ("2024", "de", "de"),
    ],
)
def test_a_text_is_in_the_language_of_the_page_or_of_its_script(text, page, found):
    assert language_of(text, page) == found


@pytest.mark.parametrize(
    ("declared", "title", "page", "found"),
    [
        ("de", "Warten", "en", "de"),
        ("ja", "排队", "en", "ja"),
        ("zh", "Waiting", "en", "zh"),
        ("", "Waiting", "de", "de"),
        ("", "排队", "de", "zh"),
        ("Klingon", "Waiting", "en", "en"),
        ('de" onclick="', "Waiting", "en", "en"),
    ],
)
def test_an_entry_is_in_the_language_that_it_names_or_else_that_of_its_title(
    declared, title, page, found
):
    paper = Paper(
        key="k", slug="k", type="misc", title=RichText.from_plain(title), language=declared
    )
    assert paper.language_on(page) == found


@pytest.mark.parametrize(
    ("language", "page", "is_one"),
    [
        ("de", "en", True),
        ("en-GB", "en", False),
        ("EN", "en-US", False),
        ("zh", "zh-TW", False),
        ("zh-CN", "zh-Hans", False),
        ("zh-CN", "zh-TW", True),
    ],
)
def test_another_country_is_no_other_language_but_for_signs_of_chinese(language, page, is_one):
    assert is_other(language, page) is is_one


def _edited(title: str, author: Author, **facts: str) -> Paper:
    people = {"authors": (author,), "et_al": True, "is_edited": True}
    more = {"volume": "3", "edition": "2", "pages": "5–7", "publisher": "P"}
    return Paper(
        key="k", slug="k", type="book", title=RichText.from_plain(title), **people, **more, **facts
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("en", "2nd edition, vol. 3, P, pp. 5–7."),
        ("de", "2. Auflage, Bd.\u00a03, P, S.\u00a05–7."),
        ("zh-Hans", "2nd edition, vol. 3, P, pp. 5–7."),
    ],
)
def test_the_parts_of_a_reference_are_joined_in_its_language(on_page, page, said):
    """In German, an English title may be a German entry's: its entry does not say."""
    on_page(page)
    assert venue_line(_edited("Waiting", LATIN)) == said
    assert authors_line(_edited("等待", HAN)) == "王小明, 等, 编"
    on_page("ar")
    assert authors_line(_edited("Waiting", LATIN)) == "Jane Roe, et al., editors"
    assert authors_line(_edited("انتظار", Author("فلان"))).startswith("فلان، ")


def test_what_is_not_joined_is_said_in_the_language_of_the_page(on_page):
    on_page("de")
    paper = _edited("等待", HAN, status="inpress", language="zh", language_note="chinese")
    assert "auf Chinesisch" in venue_line(paper) and "Im Druck" in venue_line(paper)
    on_page("en")
    assert "in Chinese" in venue_line(paper)


@pytest.mark.parametrize(
    ("page", "author", "said"),
    [
        ("zh-Hans", HAN, "王小明等"),
        ("zh-Hans", Author("王小明"), "王小明等"),
        ("zh-Hans", LATIN, "Roe 等"),
        ("en", HAN, "王小明 et al."),
        ("en", LATIN, "Roe et al."),
        ("ko", Author("김", "아무"), "김아무 외"),
    ],
)
def test_running_text_names_people_in_the_language_of_the_page(on_page, page, author, said):
    on_page(page)
    assert cited_names(_edited("Waiting", author)) == said
