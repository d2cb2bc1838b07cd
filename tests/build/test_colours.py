"""A colour of one's own: an accent in ``conf.py`` reaches whatever has colours."""

from __future__ import annotations

import re

import pytest

from bibfolio.model.colours import with_accent
from bibfolio.theme.colours import of_pages
from tests.cv import Pdf

ACCENT = "#5b3f9a"
THEME = 'extensions = ["bibfolio"]\nhtml_theme = "{}"\n'
PAPERS = "".join(
    f"@misc{{p{number}, title = {{T {number}}}, author = {{Doe, Jane}}, year = {2020 + number},"
    f" keywords = {{{topic}}}}}\n"
    for number, topic in enumerate(("even", "odd", "even", "odd"))
)
FILES = {
    "conf.py": THEME.format("bibfolio"),
    "refs.bib": PAPERS,
    "cv.md": "# CV\n\n```{profile} cv\n```\n\n```{cv}\n```\n",
    "index.md": "# J\n\n```{profile} card\n```\n\n```{toctree}\ncv\n```\n",
}


def style_of(built, page: str) -> str:
    return built.soup(page).style.string


def colours_of(pdf: bytes) -> set[str]:
    """What the first page is drawn with."""
    content = Pdf(pdf).reader.pages[0].get_contents().get_data().decode("latin-1")
    found = re.findall(r"(?m)((?:[\d.]+ ){3})scn$", content)
    return {"#" + "".join(f"{round(float(p) * 255):02x}" for p in one.split()) for one in found}


def test_an_accent_reaches_pages_icon_previews_and_the_cv_and_no_other_colour_changes(build):
    ours, built = build("person", FILES), build("person", FILES, bibfolio_accent=ACCENT)
    style = style_of(built, "index")
    colours = of_pages(with_accent(ACCENT))
    assert all(style_of(built, page).startswith(colours) for page in ("index", "cv", "papers/p1"))
    changed = {*style_of(ours, "index").split(";")} ^ {*style.split(";")}
    names = {rule.rpartition("{")[2].partition(":")[0].strip() for rule in changed}
    assert names == {
        *("--pst-color-primary", "--bibfolio-underline"),
        *("--bibfolio-topic-1", "--bibfolio-topic-5"),
    }
    icons = [one.text("_static/bibfolio-mark.svg") for one in (ours, built)]
    assert [ACCENT in icon for icon in icons] == [False, True]
    assert all("prefers-color-scheme:dark" in icon for icon in icons)
    cards = [name for name in built.files if name.startswith("cards/")]
    assert len(cards) == 6
    assert [name for name in cards if ours.files[name] == built.files[name]] == []
    assert [ACCENT in colours_of(one.files["cv.pdf"]) for one in (ours, built)] == [False, True]


@pytest.mark.parametrize(
    ("accent", "message"),
    [
        ("purple", "bibfolio_accent: 'purple' is no colour"),
        ("#ff6600", "conf.py:4: WARNING: bibfolio_accent: #ff6600 on the #fffefc of pages has a "),
    ],
)
def test_an_accent_that_is_none_or_cannot_be_read_is_told_at_its_line(build, accent, message):
    conf = THEME.format("bibfolio") + f'\nbibfolio_accent = "{accent}"\n'
    built = build("person", FILES | {"conf.py": conf}, warnings=[message])
    assert (f"--pst-color-primary:{accent};" in style_of(built, "index")) == ("#" in accent)


def test_under_another_theme_topics_have_it_and_the_theme_has_its_own(build):
    conf = THEME.format("alabaster") + f'bibfolio_accent = "{ACCENT}"\n'
    sheet = build("person", FILES | {"conf.py": conf}).text("_static/bibfolio-components.css")
    colours, _end, components = sheet.partition("}\n")
    assert f"--bibfolio-topic-1:light-dark({ACCENT},#" in colours
    assert "pst-color" not in colours
    assert ACCENT not in components


def test_the_owner_s_picture_is_the_one_in_the_tab_of_a_browser(build):
    own = {"me.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
    conf = FILES["conf.py"] + 'html_favicon = "me.svg"\n'
    built = build("person", FILES | own | {"conf.py": conf})
    assert built.soup().find("link", rel="icon")["href"] == "_static/me.svg"
    assert "_static/bibfolio-mark.svg" not in built.files
    built.write("conf.py", FILES["conf.py"])
    built = built.rebuild()
    href = built.soup("cv").find("link", rel="icon")["href"]
    assert href == "../_static/bibfolio-mark.svg"
    built.write("refs.bib", PAPERS.replace("odd", "even"))
    again = built.rebuild()
    assert not again.soup().find("link", rel="icon")
    assert "_static/bibfolio-mark.svg" not in again.files
