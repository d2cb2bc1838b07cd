"""Addresses that lead nowhere for certain."""

from __future__ import annotations

import pytest

from .made import entry, of, said


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org", "http://example.org:8080/a?b=c&d#e", "https://www.usenix.org/x_y"),
        *("https://example.org/a\\_b\\%20c\\&d", "http://localhost/x", "http://[::1]/x"),
        *("https://zh.wikipedia.org/wiki/北京", "https://münchen.example/", "https://a.org/x(1)"),
        *("https://en.wikipedia.org/wiki/Foo_Inc.", "https://web.archive.org/2/https://a.org/"),
        "https://a.org/~b/c;d=e,f",
    ],
)
def test_an_address(url):
    assert of(f"url = {{{url}}}", "") == []


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://https://a.org/x", "begins twice; write https://a.org/x"),
        ("http://https//a.org/x", "begins twice; write https//a.org/x"),
        ("https://example/x", "has no server such as www.example.org, but 'example'"),
        ("https://a..org/x", "has no server such as www.example.org, but 'a..org'"),
        ("https://a.org:80a/x", "has a port that is no number; leave it out"),
        ("https://a.org/{\\_}x", "holds a sign that no address has; write https://a.org/_x"),
        ("https://a.org/100%", "has a % without two hexadecimal digits behind it; write %25"),
        ("https://a.org/x,", "ends in ,; write https://a.org/x"),
    ],
)
def test_what_is_wrong_with_an_address(url, error):
    assert of(f"url = {{{url}}}", "bib_address") == [f"the address in url {error}"]


@pytest.mark.parametrize("name", ["venueurl", "code", "video", "file", "slides", "poster"])
def test_every_field_with_addresses_is_looked_at(name):
    expected = [f"the address in {name} ends in ,; write https://a.org/x"]
    assert of(f"{name} = {{https://a.org/x,}}", "bib_address") == expected


def test_every_address_of_a_field_is_looked_at():
    field = "file = {https://a.org/x; https://b/y; https://c/z;}"
    assert [message.split("but ")[1] for message in of(field, "bib_address")] == ["'b'", "'c'"]


@pytest.mark.parametrize(
    "url", ["ftp://a/x", "www.a.org", "https://", "javascript:x", "https://a b"]
)
def test_what_is_no_address_is_left_to_the_reader(url):
    assert said(entry(f"url = {{{url}}}")) == []
