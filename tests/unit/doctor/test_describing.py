"""A page that is found from elsewhere says what it is about, in words and in a picture."""

import pytest

from bibfolio.doctor.describing import described, undescribed
from tests.unit.doctor.made import built, html, sources, told

WORDS = '<meta name="description" content="About A.">'
PICTURE = '<meta property="og:image" content="https://ann.example/a.png">'
NO_WORDS = (
    "src/a.md:0 missing_description: a/ has no description;"
    " write one in its front matter (html_meta)"
)
NO_PICTURE = "src/a.md:0 missing_picture: a/ has no picture for link previews (og:image)"


def found(folder, head: str, home: str = html(head=WORDS + PICTURE)) -> list[str]:
    site = built(folder, {"index.html": home, "a/index.html": html(head=head)})
    return told(undescribed(site, sources(folder, site, {"a.md": "# A\n"})), folder)


@pytest.mark.parametrize(
    ("head", "problems"),
    [
        (WORDS + PICTURE, []),
        (PICTURE, [NO_WORDS]),
        ('<meta name="description" content="  ">' + PICTURE, [NO_WORDS]),
        (WORDS, [NO_PICTURE]),
        ("", [NO_WORDS, NO_PICTURE]),
        ('<meta name="robots" content="noindex">', []),
        ('<meta http-equiv="refresh" content="0; url=../">', []),
    ],
)
def test_what_is_missing_is_told(tmp_path, head, problems):
    assert found(tmp_path, head) == problems


def test_a_site_without_an_address_can_have_no_pictures_for_previews(tmp_path):
    """Their addresses have to be absolute (https://ogp.me)."""
    assert found(tmp_path, WORDS, home=WORDS) == []


@pytest.mark.parametrize("name", ["404", "search", "genindex"])
@pytest.mark.parametrize("form", ["{}/index.html", "{}.html"])
def test_pages_for_no_search_result_need_neither(tmp_path, name, form):
    site = built(tmp_path, {form.format(name): html()})
    assert [page.path for page in described(site)] == ["index.html"]
