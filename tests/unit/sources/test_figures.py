"""Which file is the figure of a paper, how it is shown, and what is said if it cannot be."""

from __future__ import annotations

import pytest

from bibfolio.lint import lint_bibliography
from bibfolio.model import Figure
from bibfolio.problems import WarningKind
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.folder import Folder
from bibfolio.sources.svg import read_svg

from ..made import told

DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><path d="M0 0"/></svg>'
STYLED = DRAWN.replace(b"<path", b"<path style=''")
PNG = b"\x89PNG\r\n\x1a\n"


def figure(files, fields="figurealt = {A line}", tmp_path=None):
    """The figure of an entry `k` beside *files* (path → what it holds), and what was said."""
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    text = f"@misc{{k, title = {{T}}, {fields}}}"
    read = parse_bibliography(text, folder=Folder(tmp_path))
    return read.papers[0].figure, [(kind, message) for kind, _, message in told(read)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("k.svg", DRAWN),
        ("k.png", PNG),
        ("k.webp", b"RIFF....WEBP"),
        ("k.jpg", b"\xff\xd8\xff"),
        ("k.jpeg", b"\xff\xd8\xff"),
        ("k.gif", b"GIF89a"),
    ],
)
def test_a_file_named_after_the_key_is_the_figure(tmp_path, name, data):
    found, problems = figure({f"figures/{name}": data}, tmp_path=tmp_path)
    assert problems == []
    assert (found.path, found.alt, found.caption) == (f"figures/{name}", "A line", "A line")
    assert found.svg == (read_svg(data)[0] if data == DRAWN else "")


def test_the_entry_may_name_another_and_say_more(tmp_path):
    fields = r"figure = {/pictures/a\_b.svg}, figurealt = {{\'E} \& x}, figurecaption = {C}"
    files = {"pictures/a_b.svg": DRAWN, "figures/k.png": PNG}
    found, problems = figure(files, fields, tmp_path)
    assert (found.path, found.alt, found.caption) == ("pictures/a_b.svg", "É & x", "C")
    assert problems == []


@pytest.mark.parametrize("folder", ["figures", "assets/img/publication_preview"])
@pytest.mark.parametrize("field", ["figure", "preview"])
def test_a_bare_name_is_found_where_such_pictures_are_kept(tmp_path, folder, field):
    files = {f"{folder}/queues.gif": b"GIF89a"}
    found, problems = figure(files, f"{field} = {{queues.gif}}", tmp_path)
    assert (found.path, problems) == (f"{folder}/queues.gif", [])


def test_pictures_of_another_system_that_were_left_there_are_told_once(tmp_path):
    entries = "".join(
        f"@misc{{{key}, title = {{T {key}}}, year = 2020, preview = {{{key}.gif}}}}\n"
        for key in "klm"
    )
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "l.gif").write_bytes(b"GIF89a")
    folder = Folder(tmp_path)
    read = parse_bibliography(entries, folder=folder)
    assert read.problems == []
    said = {p.kind: p.message for p in lint_bibliography({"refs.bib": read}, folder=folder)}
    assert said[WarningKind.BIB_FIGURE] == (
        "k: preview: 'k.gif' is not there; put it into figures/; also in m"
    )


def test_without_words_for_it_a_figure_is_shown_and_they_are_asked_for_once(tmp_path):
    found, problems = figure({"figures/k.png": PNG, "figures/l.png": PNG}, "", tmp_path)
    assert (found.alt, found.caption, problems) == ("", "", [])
    caption = figure({}, "figurecaption = {C}", tmp_path)[0]
    assert (caption.alt, caption.caption) == ("", "C")
    entries = "".join(f"@misc{{{key}, title = {{T {key}}}, year = 2020}}\n" for key in "klm")
    read = parse_bibliography(entries, folder=Folder(tmp_path))
    asked = [
        problem.message
        for problem in lint_bibliography({"refs.bib": read}, folder=Folder(tmp_path))
        if problem.kind is WarningKind.BIB_FIGUREALT
    ]
    assert asked == ["k: say in figurealt what is seen on its figure; also in l"]


def test_a_drawing_is_preferred_to_a_picture_and_no_file_is_no_figure(tmp_path):
    assert figure({}, "year = 2020", tmp_path) == (None, [])
    assert figure({"figures/k.png": PNG, "figures/k.svg": DRAWN}, tmp_path=tmp_path)[0].svg


def test_a_paper_with_another_content_of_the_file_is_another(tmp_path):
    one = figure({"figures/k.png": PNG + b"1"}, tmp_path=tmp_path)[0]
    assert one != figure({"figures/k.png": PNG + b"2"}, tmp_path=tmp_path)[0]


ALT = "figurealt = {A line}"


@pytest.mark.parametrize(
    ("files", "fields", "said", "is_shown"),
    [
        ({}, ALT, "bib_figure: k: the figure 'figures/k.svg' is not there", False),
        ({}, "figure = {a.svg}, " + ALT, "bib_figure: k: the figure 'a.svg' is", False),
        ({}, "figure = {../a.svg}, " + ALT, "bib_figure: k: the figure '../a.svg' is", False),
        ({"k.pdf": b"%PDF"}, "figure = {k.pdf}, " + ALT, "bib_figure: k: k.pdf is not sh", False),
        ({"figures/k.jpg": b"\0ftypheic"}, ALT, "bib_figure: k: figures/k.jpg is not shown", False),
        ({"figures/k.svg": b"<html/>"}, ALT, "bib_figure: k: figures/k.svg is not shown", False),
        ({"figures/k.svg": STYLED}, ALT, "bib_drawing: k: figures/k.svg is shown as an im", True),
    ],
    ids=range(7),
)
def test_what_cannot_be_shown_as_meant_is_told(tmp_path, files, fields, said, is_shown):
    found, problems = figure(files, fields, tmp_path)
    assert isinstance(found, Figure) == is_shown
    ((kind, message),) = problems
    assert f"{kind}: {message}".startswith(said)
