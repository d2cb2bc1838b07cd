"""Pictures for link previews: one for each page, drawn when the page is written."""

import pytest

from bibfolio.machines.head import IMAGE_SIZE
from tests.output import differences
from tests.reading import png_size

PAGES = {"index", "publications", "waiting", "notes/memory"} | {
    f"papers/{key}" for key in ("doe2021cache", "poe2023queue", "doe2023draftless")
}


def cards(built) -> dict[str, bytes]:
    """Page → its picture."""
    return {
        name.removeprefix("cards/").removesuffix(".png"): content
        for name, content in built.files.items()
        if name.startswith("cards/")
    }


def test_every_page_for_previews_has_a_picture_and_a_page_that_changes_another(build):
    """Typst's threads are not in a process forked from one that has used them."""
    page = {"404.md": "---\norphan: true\n---\n\n# Not found\n"}
    built = build("citing", page, parallel=2)
    before = cards(built)
    assert before.keys() == PAGES
    assert {png_size(picture) for picture in before.values()} == {IMAGE_SIZE}
    assert len(set(before.values())) == len(PAGES)
    built.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    built.edit("waiting.md", "# On waiting", "# On standing")
    built.edit("notes/memory.md", "\n\n", "\n\nMore words.\n\n")
    after = cards(built.rebuild())
    assert differences(before, after) == ["papers/doe2021cache", "waiting"]


GUEST = """extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]
bibtex_bibfiles = ["refs.bib"]
html_baseurl = "https://docs.example.org/"
"""


@pytest.mark.parametrize(
    ("files", "options"),
    [
        ({}, {"builder": "singlehtml"}),
        ({"conf.py": GUEST}, {}),
    ],
    ids=["a book", "a project of somebody else's"],
)
def test_where_none_can_be_used_none_is_drawn(build, files, options):
    assert cards(build("citing", files, warnings=True, **options)) == {}


def test_a_site_of_nobody_has_pictures_with_its_name(build):
    options = {"html_baseurl": "https://lab.example.org/", "project": "A Lab"}
    files = {
        "profile.toml": None,
        "refs.bib": "@misc{doe2021cache, title = {Caches}, year = 2021}\n",
    }
    one = build("minimal", files, **options)
    other = build("minimal", files, **options | {"project": "Another Lab"})
    assert "papers/doe2021cache" in cards(one)
    assert set(differences(cards(one), cards(other))) == set(cards(one))


def test_pages_of_the_owner_in_a_folder_called_cards_stay(build):
    built = build("minimal", {"cards/index.md": "---\norphan: true\n---\n\n# Playing cards\n"})
    built.edit("index.md", "# Papers", "# All papers")
    again = built.rebuild()
    assert again.page("cards/index").is_file()
    assert png_size(again.files["cards/cards/index.png"]) == IMAGE_SIZE
