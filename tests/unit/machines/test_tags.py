"""Tags in the head: escaped once for where they stand, and nothing ends the script."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.machines.head import (
    Page,
    attribute,
    linked,
    named,
    render,
    script_json,
    sharing_tags,
)


class Reader(HTMLParser):
    """Collects tags with their attributes, and text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


PAGE = Page("Title", "About", "https://example.org/", "Site")


def test_what_link_previews_read():
    assert sharing_tags(PAGE) == [
        ("meta", {"property": "og:type", "content": "website"}),
        ("meta", {"property": "og:title", "content": "Title"}),
        ("meta", {"property": "og:description", "content": "About"}),
        ("meta", {"property": "og:url", "content": "https://example.org/"}),
        ("meta", {"property": "og:site_name", "content": "Site"}),
        ("meta", {"name": "twitter:card", "content": "summary"}),
    ]


def test_a_picture_has_its_size_and_a_description():
    page = Page("Title", "About", "https://example.org/", "Site", "article", "https://a.b/c.png")
    assert sharing_tags(page)[5:] == [
        ("meta", {"property": "og:image", "content": "https://a.b/c.png"}),
        ("meta", {"property": "og:image:width", "content": "1200"}),
        ("meta", {"property": "og:image:height", "content": "630"}),
        ("meta", {"property": "og:image:alt", "content": "Title"}),
        ("meta", {"name": "twitter:card", "content": "summary_large_image"}),
    ]


def test_links_have_only_the_attributes_they_need():
    assert linked("author", "https://a.b/") == ("link", {"rel": "author", "href": "https://a.b/"})
    assert linked("alternate", "/f", "text/x", "T") == (
        "link",
        {"rel": "alternate", "type": "text/x", "title": "T", "href": "/f"},
    )


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ('a "b" & <c>', "a &quot;b&quot; &amp; &lt;c&gt;"),
        ("a\n  b\tc", "a b c"),
        ("it's", "it&#x27;s"),
    ],
)
def test_an_attribute_is_escaped_once(value, escaped):
    assert attribute(value) == escaped


def test_the_data_stand_behind_the_tags():
    text = render([named("a", "b")], {"x": "</script><!--&"})
    assert text == (
        '\n    <meta name="a" content="b">'
        '\n    <script type="application/ld+json">'
        '{"x":"\\u003c/script\\u003e\\u003c!--\\u0026"}</script>'
    )


@pytest.mark.parametrize("data", [None, {}])
def test_without_data_there_is_no_script(data):
    assert render([], data) == ""


@given(st.text(), st.text())
def test_any_value_comes_back_from_its_attribute(name, content):
    reader = Reader(render([named(name, content)]))
    expected = {"name": " ".join(name.split()), "content": " ".join(content.split())}
    # HTML has no NUL; the parser leaves it, a browser replaces it.
    assert reader.found == [("meta", expected)]
    assert reader.text.strip() == ""


@given(st.dictionaries(st.text(max_size=5), st.text()))
def test_any_data_come_back_and_never_end_the_script(data):
    text = script_json(data)
    assert json.loads(text) == data
    assert set("<>&\u2028\u2029") & set(text) == set()
