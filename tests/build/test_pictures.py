"""The portrait on its page: small files for each browser, and nothing that moves or is darkened."""

import re

import pytest
from PIL import Image

from tests.photographs import PLACE, photograph

WHOLE = photograph(1200, 1600, turned=True)
#: Beside the pages: what is in `_static` is published as it is.
FILES = {
    "profile.toml": 'name = "Jane Doe"\nportrait = "pictures/me, 2.jpg"\n',
    "pictures/me, 2.jpg": WHOLE,
    "index.md": "# J\n\n```{profile} card\n```\n",
    "a/b.md": "---\norphan: true\n---\n\n# B\n\n```{profile} card\n```\n",
}


def pictures(built):
    """Name → file of all pictures of a site."""
    return {path.name: path.read_bytes() for path in (built.out / "_images").iterdir()}


@pytest.mark.parametrize("page", ["index", "a/b"])
def test_each_browser_finds_a_portrait_of_its_size(build_once, page):
    built = build_once("person", FILES, parallel=2)
    img = built.main(page).find(class_="profile-card").img
    folder = built.page(page).parent
    listed = re.findall(r"(\S+) (\d+)w", img["srcset"])
    assert [width for _address, width in listed] == ["160", "320", "480"]
    for address, width in listed:
        with Image.open(folder / address.replace("%2C", ",").replace("%20", " ")) as picture:
            assert picture.size == (int(width), round(int(width) * 4 / 3))
    assert img["src"] == listed[-1][0]
    assert (img["width"], img["height"], img["alt"]) == ("480", "640", "Portrait of Jane Doe")
    assert {"u-photo", "dark-light"} <= set(img["class"])
    assert len(pictures(built)) == 3
    assert not any(PLACE in data for data in pictures(built).values())


def test_a_new_portrait_takes_the_place_of_the_old_one(build):
    built = build("person", FILES)
    old = built.main().img["src"]
    assert built.rebuild().written == set()
    (built.src / "pictures" / "me, 2.jpg").write_bytes(photograph(900, 900))
    again = built.rebuild()
    assert (again.main().img["width"], again.main().img["height"]) == ("480", "480")
    assert again.main().img["src"] != old
    assert pictures(again).items() >= pictures(again.build_clean()).items()


def test_a_picture_that_cannot_be_read_is_told_once_however_many_pages_show_it(build):
    entry = "@misc{k, title = {K}, author = {Doe, Jane}, year = 2024, figurealt = {A}}\n"
    lists = "# J\n\n```{profile} card\n```\n\n```{publications}\n```\n"
    files = FILES | {"refs.bib": entry, "figures/k.png": b"\x89PNG no", "index.md": lists}
    files["pictures/me, 2.jpg"] = WHOLE[:150_000]
    told = ["pictures/me, 2.jpg:1: WARNING: cannot be read", "figures/k.png:1: WARNING: cannot be"]
    build("person", files, warnings=told)
