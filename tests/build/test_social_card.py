"""Pictures for link previews: one for each page, drawn when its words change and not before."""

import tempfile
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pypdfium2
import pytest
import typst

from bibfolio import ledger, standstill
from bibfolio.assets import painter, social_card
from bibfolio.theme.social_card import CardText, paint
from tests.reading import png_size

PAGES = {"index", "publications", "waiting", "notes/memory"} | {
    f"papers/{key}" for key in ("doe2021cache", "poe2023queue", "doe2023draftless")
}
TEMPLATE = Path(social_card.__file__).with_suffix(".typ")


LABEL, TITLE, NAME = (bytes.fromhex(ink) for ink in ("8c1d2f", "1d1b19", "5f5a54"))
PAPER = bytes.fromhex("fffefc")
#: Three bytes a pixel, 1200 pixels a row.
ROW = 3 * 1200


def pictures(cards):
    with tempfile.TemporaryDirectory() as folder:
        order = {f"{number}.png": asdict(card) for number, card in enumerate(cards)}
        painter.paint(TEMPLATE, Path(folder), order)
        assert {path.name for path in Path(folder).iterdir()} == set(order)
        return [(Path(folder) / name).read_bytes() for name in order]


def rows(picture, tmp_path):
    """The picture as others read it: for each of its rows, red, green and blue of each pixel."""
    (tmp_path / "picture.png").write_bytes(picture)
    page = tmp_path / "page.typ"
    page.write_text(
        "#set page(width: 1200pt, height: 630pt, margin: 0pt)\n"
        '#image("picture.png", width: 100%, scaling: "pixelated")'
    )
    pdf = pypdfium2.PdfDocument(typst.compile(page, format="pdf"))
    with pdf as document, closing(document[0]) as drawn:
        pixels = bytes(drawn.render(rev_byteorder=True).buffer)
    return [pixels[start : start + ROW] for start in range(0, len(pixels), ROW)]


def colours(rows_) -> set[bytes]:
    """All colours right of the bar."""
    return {row[i : i + 3] for row in rows_ for i in range(3 * 18, ROW, 3)}


def between(first, last, colour) -> bool:
    return all(min(a, b) <= c <= max(a, b) for a, b, c in zip(first, last, colour, strict=True))


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


@pytest.mark.parametrize("changed", ["typst", "pypdfium2"])
def test_other_tools_draw_all_again(changed, build, drawn, monkeypatch):
    built = build("citing")
    drawn.clear()
    version = social_card.version
    monkeypatch.setattr(social_card, "version", lambda n: "0" if n == changed else version(n))
    installed = standstill._installed
    monkeypatch.setattr(standstill, "_installed", lambda: [*installed(), f"{changed}-0.dist-info"])
    built.rebuild()
    assert len(drawn) == len(PAGES)


def test_another_look_draws_all_again(build, drawn, monkeypatch):
    """A painter or template that has changed is another program (tests/unit/test_recall.py)."""
    built = build("citing")
    drawn.clear()
    for module in (ledger, standstill):
        monkeypatch.setattr(module, "program", lambda: "another")
    built.rebuild()
    assert len(drawn) == len(PAGES)


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
        "\u05e9" * 500,
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


@pytest.mark.parametrize("symbol", ["", "🚀"], ids=["in greys", "in colours"])
def test_each_text_has_its_colour(symbol, tmp_path):
    """Also two lines of a label and of a name, and what stands above a line or hangs below it."""
    label, name = "University of Somewhere " * 3, "Ấg, adaptive caching " * 5
    (picture,) = pictures([CardText(label, "Ấg " + symbol, name)])
    drawn = rows(picture, tmp_path)
    assert {row[: 3 * 18] for row in drawn} == {LABEL * 18}
    assert colours(drawn[:70]) == colours(drawn[250:480]) == colours(drawn[570:]) == {PAPER}
    for ink, area in ((LABEL, drawn[:146]), (TITLE, drawn[146:250]), (NAME, drawn[480:])):
        found = colours(area)
        assert ink in found
        assert all(between(ink, PAPER, colour) for colour in found)


def test_a_picture_is_small():
    """Many are deployed and fetched; Typst's own have 120 and 35 kilobytes."""
    long, short = pictures([CardText("A 2024", "word " * 100, "x"), CardText("A 2024", "Ab", "x")])
    assert len(long) < 60_000
    assert len(short) < 16_000


def test_a_picture_is_the_same_in_any_company():
    cards_ = [CardText(f"V {n}", f"Title {n} " * (n % 9), "Jane Doe" * (n % 2)) for n in range(40)]
    cards_[7] = CardText("", "向量 🚀", "")
    together = pictures(cards_)
    assert [pictures([card])[0] for card in cards_[5:9]] == together[5:9]
    assert pictures(cards_[::-1]) == together[::-1]


def is_drawn_by_typst(words) -> bool:
    (picture,) = pictures([CardText("", words, "")])
    return picture[25] != 3  # that is: it has no palette


@pytest.mark.parametrize("words", ["Go 🚀", "I ❤ it", "1\ufe0f\u20e3", "🇨🇳"])
def test_what_may_have_colours_of_its_own_is_drawn_by_typst(words):
    assert is_drawn_by_typst(words)


@pytest.mark.parametrize("words", ["a ≤ b → O(n²)", "向量检索", "مرحبا", ""])
def test_all_else_is_drawn_from_a_pdf(words):
    assert not is_drawn_by_typst(words)


def test_typst_reads_nothing_in_the_words():
    with_markup, without = pictures([CardText("", "*a*", ""), CardText("", "a", "")])
    assert with_markup != without


@pytest.mark.xfail(reason="the folder of the pictures is emptied of everything else")
def test_a_page_of_the_owner_s_in_a_folder_called_cards_stays(build):
    files = {"cards/index.md": "---\norphan: true\n---\n\n# Playing cards\n"}
    built = build("citing", files)
    assert built.page("cards/index").is_file()


def test_what_a_killed_build_has_painted_is_not_taken_over(build):
    built = build("citing")
    (doctrees,) = built.src.parent.rglob("social_cards-*.json")
    left = doctrees.parent / "unfinished_cards-left" / "cards" / "waiting.png"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"old")
    built.edit("waiting.md", "# On waiting", "# On standing")
    again = built.rebuild()
    assert again.files["cards/waiting.png"] != b"old"
    assert not [*doctrees.parent.glob("unfinished_cards*")]


def test_a_painter_ends_with_the_build_it_paints_for(monkeypatch, tmp_path):
    parents = iter([1, 1, 2])
    monkeypatch.setattr(painter.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(painter, "_BATCH", 1)
    painter.paint(
        TEMPLATE, tmp_path, {f"{n}.png": asdict(CardText("", str(n), "")) for n in range(3)}
    )
    assert [path.name for path in tmp_path.iterdir()] == ["0.png"]
