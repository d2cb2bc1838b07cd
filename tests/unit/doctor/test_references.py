"""Every address in the output is found, whatever kind of file it stands in."""

import pytest

from bibfolio.doctor.references import UnreadableError, in_file, in_page, is_external
from bibfolio.doctor.site import Page
from tests.unit.doctor.made import BASE, built


def addresses(body: str) -> list[str]:
    return [reference.address for reference in in_page(Page("index.html", body))]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="x">',
        '<area href="x">',
        '<link rel="stylesheet" href="x">',
        '<script src="x"></script>',
        '<img src="x">',
        '<img srcset="x">',
        '<picture><source srcset="x"></picture>',
        '<video poster="x"></video>',
        '<iframe src="x"></iframe>',
        '<object data="x"></object>',
        '<form action="x"></form>',
        '<svg><use href="x"/></svg>',
        '<svg><use xlink:href="x"/></svg>',
        '<meta property="og:image" content="x">',
        '<meta name="citation_pdf_url" content="x">',
        '<meta http-equiv="refresh" content="0; url=x">',
    ],
)
def test_nothing_in_a_page_that_names_a_file_is_overlooked(body):
    assert addresses(body) == ["x"]


@pytest.mark.parametrize(
    "body",
    [
        '<a name="x">',
        '<a href-x="x">',
        '<meta name="description" content="x">',
        '<link rel="preconnect" href="x">',
        '<!-- <a href="x"> -->',
        "<pre>&lt;a href='x'&gt;</pre>",
    ],
)
def test_what_names_no_file_is_left_alone(body):
    assert addresses(body) == []


def test_a_set_of_pictures_holds_several():
    assert addresses('<img srcset="a.png 1x, b.png 2x">') == ["a.png", "b.png"]


def test_pictures_links_and_the_frame_are_told_apart():
    body = '<nav><a href="n"></a></nav><div role="main"><img src="p"><a href="l"></a></div>'
    found = {r.address: (r.is_picture, r.is_frame, r.is_link) for r in in_page(Page("a", body))}
    assert found == {
        "n": (False, True, True),
        "p": (True, False, False),
        "l": (False, False, True),
    }
    icon = next(in_page(Page("a", '<link rel="icon" href="x">')))
    assert icon.is_picture


FEED = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id>
<link href="{BASE}a/"/><entry><summary>see {BASE}b/ there</summary></entry>
<loc> {BASE}c/ </loc></feed>"""
JSON = f'{{"id": "{BASE}i", "items": [{{"url": "{BASE}a/", "text": "{BASE}b c"}}], "n": 1}}'


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("feed.xml", FEED, [f"{BASE}a/", f"{BASE}c/"]),
        ("feed.json", JSON, [f"{BASE}a/"]),
        ("a.md", "[x](b.md) `[y](c.md)` ![z](d.png)", ["b.md", "d.png"]),
        ("llms.txt", f"- [x]({BASE}b.md): y", [f"{BASE}b.md"]),
        ("robots.txt", f"Allow: /\nSitemap: {BASE}s.xml", [f"{BASE}s.xml"]),
        ("cv.txt", f"[x]({BASE}b.md)", []),
        ("x.bib", "[x](b.md)", []),
    ],
)
def test_files_for_programs_are_read_as_programs_read_them(tmp_path, name, content, found):
    site = built(tmp_path, {name: content})
    assert [reference.address for reference in in_file(site, name)] == found


@pytest.mark.parametrize(("name", "form"), [("a.xml", "XML"), ("a.json", "JSON")])
def test_what_programs_cannot_read_is_said(tmp_path, name, form):
    with pytest.raises(UnreadableError, match=f"^it is no {form}: "):
        list(in_file(built(tmp_path, {name: "<a>{"}), name))


@pytest.mark.parametrize(
    ("address", "is_it"),
    [("https://a.example/x", True), ("mailto:x", False), ("https://[", False), ("http:///", False)],
)
def test_only_what_can_be_asked_for_is_elsewhere(address, is_it):
    assert is_external(address) == is_it
