"""Pictures for link previews: one for each page, drawn when its words change and not before."""

from dataclasses import asdict
from pathlib import Path

import pytest

from bibfolio.assets import painter, social_card
from bibfolio.assets.social_card import CardText, paint
from tests.reading import png_size

PAGES = {"index", "publications", "waiting", "notes/memory"} | {
    f"papers/{key}" for key in ("doe2021cache", "poe2023queue", "doe2023draftless")
}
TEMPLATE = Path(social_card.__file__).with_suffix(".typ")


def pictures(cards):
    return painter.pictures(TEMPLATE, [asdict(card) for card in cards])


@pytest.fixture
def drawn(monkeypatch):
    """The words of every picture drawn since it was last cleared."""
    words = []

    def spy(folder, cards):
        words.extend((card.label, card.title) for card in cards.values())
        return paint(folder, cards)

    monkeypatch.setattr(social_card, "paint", spy)
    return words


def cards(built) -> set[str]:
    found = (name for name in built.files if name.startswith("cards/"))
    return {name.removeprefix("cards/").removesuffix(".png") for name in found}


def test_every_page_has_a_picture_of_its_own(build, drawn):
    built = build("citing")
    assert cards(built) == PAGES
    pictures_ = [built.files[f"cards/{page}.png"] for page in PAGES]
    assert {png_size(picture) for picture in pictures_} == {(1200, 630)}
    assert len(set(pictures_)) == len(PAGES)
    assert {("WAIT 2023", "Queue: Waiting in C++"), ("", "On waiting")} <= set(drawn)


def test_only_pictures_whose_words_changed_are_drawn_again(build, drawn):
    built = build("citing")
    before = built.files
    drawn.clear()
    built = built.rebuild()
    assert drawn == []

    built.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    built.edit("waiting.md", "Text ", "Other text ")
    built = built.rebuild()
    assert drawn == [("JSM 2021", "Caches that Forget")]
    changed = [n for n in cards(built) if built.files[f"cards/{n}.png"] != before[f"cards/{n}.png"]]
    assert changed == ["papers/doe2021cache"]

    drawn.clear()
    built.edit("waiting.md", "# On waiting", "# On standing")
    built = built.rebuild()
    assert drawn == [("", "On standing")]


def test_a_picture_that_was_deleted_is_drawn_again(build, drawn):
    built = build("citing")
    (built.out / "cards" / "waiting.png").unlink()
    drawn.clear()
    assert cards(built.rebuild()) == PAGES
    assert drawn == [("", "On waiting")]


def test_a_page_that_is_gone_leaves_no_picture(build):
    built = build("citing")
    built.delete("waiting.md")
    built.edit("index.md", "waiting\n", "")
    assert cards(built.rebuild()) == PAGES - {"waiting"}


def test_a_book_has_no_pictures(build, drawn):
    assert cards(build("citing", builder="singlehtml")) == set()
    assert drawn == []


@pytest.mark.parametrize(
    "title",
    [
        "向量检索",
        '#panic() $x^2$ *a* _b_ @c <d> `e` // f /* g \\ "h"',
        "\u200fمرحبا",
        "W" * 500,
        "word " * 100,
        "",
        "🚀",
    ],
)
def test_any_words_can_be_drawn_twice_the_same(title):
    card = CardText(title[:30], title, title[:60])
    (picture,) = pictures([card])
    assert png_size(picture) == (1200, 630)
    assert pictures([card, card]) == [picture, picture]


def test_typst_reads_nothing_in_the_words():
    with_markup, without = pictures([CardText("", "*a*", ""), CardText("", "a", "")])
    assert with_markup != without


@pytest.mark.xfail(reason="the folder of the pictures is emptied of everything else")
def test_a_page_of_the_owner_s_in_a_folder_called_cards_stays(build):
    files = {"cards/index.md": "---\norphan: true\n---\n\n# Playing cards\n"}
    built = build("citing", files)
    assert built.page("cards/index").is_file()
