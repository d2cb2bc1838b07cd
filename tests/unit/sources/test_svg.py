"""Drawings for pages: what comes out is on the list, whatever goes in; the rest stays an image."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.sources.svg import read_svg

from ..table import Table

TABLE = Table(__file__)

SVG = "http://www.w3.org/2000/svg"
#: What no page may hold, spelt as a browser would understand it.
FORBIDDEN = ("<script", "<style", "<use", "<image", "<foreign", "<a", "<animate", "<!", "<?")
BAD = ("on", "style", "href", "id", "xml", "data")


def svg(inside: str = "", root: str = "") -> bytes:
    return f'<svg xmlns="{SVG}" viewBox="0 0 160 100"{root}>{inside}</svg>'.encode()


def assert_harmless(drawn: str) -> None:
    """It is XML, and none of its elements, attributes and values could run or load anything."""
    tree = ET.fromstring(drawn)
    assert not any(word in drawn for word in FORBIDDEN)
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith(BAD)
            assert not {":", "#", "&", "<", '"', "\\", ";"} & set(value), (name, value)
            if name in {"fill", "stroke"}:
                assert value in {"none", "currentColor"}


# -- drawn in the page ---------------------------------------------------------------------------


def test_a_drawing_is_written_anew_without_its_own_words_and_size():
    inside = """
      <title>Ditto</title><!-- made by hand -->
      <g class="f" fill="none"> <rect x="1" y="2" width="3" height="4"/> <desc>A <b/></desc></g>
      <text class="big mu">a &lt; b<![CDATA[ & </svg>]]><tspan dx="1">!</tspan></text>"""
    inside = inside.replace(" <b/>", "")
    drawn, why = read_svg(svg(inside, ' version="1.1" width="160mm" height="100mm"'))
    assert why == ""
    assert drawn == (
        '<svg viewBox="0 0 160 100"><g class="f" fill="none">'
        '<rect x="1" y="2" width="3" height="4"/></g>'
        '<text class="big mu">a &lt; b &amp; &lt;/svg&gt;<tspan dx="1">!</tspan></text></svg>'
    )


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_name_that_a_file_gives_to_svg_and_how_it_is_written_are_no_matter(coding):
    text = f'<v:svg xmlns:v="{SVG}" viewBox="0 0 1 1"><v:path d="M0 0"/></v:svg>'
    assert read_svg(text.encode(coding))[0] == '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'


# -- shown as an image ---------------------------------------------------------------------------


def why_not_drawn(text: str) -> str:
    drawn, why = read_svg(text.encode() if "<svg" in text else svg(text))
    assert drawn == ""
    return why


def test_of_a_drawing_with_anything_else_nothing_is_in_the_page_and_it_says_why():
    TABLE.holds("drawings that are shown as an image", why_not_drawn)
    for inside in ("<g/>" * 60, f'<path d="M{"1 2 " * 2000}"/>'):
        assert why_not_drawn(inside) == "it has more than 60 elements or 4096 bytes"


# -- shown in no way -----------------------------------------------------------------------------

_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is no SVG"),
        (b"\x89PNG\r\n\0", "it is no SVG"),
        (b"<html/>", "it is no SVG"),
        (b"<svg viewBox='0 0 1 1'/>", "it is no SVG"),
        (svg("<g>"), "it is no SVG (mismatched tag"),
        (svg("&nbsp;"), "it is no SVG (undefined entity"),
        (b"<?xml version='1.0' encoding='nonsense'?><svg/>", "it is no SVG (unknown encoding"),
        (f'<!DOCTYPE svg [<!ENTITY a0 "a">{_BOMB}]><svg>&a11;</svg>'.encode(), "declares entities"),
        (f'<!DOCTYPE s [<!ENTITY a "{"a" * 9**5}">]><s>{"&a;" * 9**4}</s>'.encode(), "declares"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]><svg>&a;</svg>', "declares entities"),
        (svg(" " * 5_000_000), "5000 KB are more than 200"),
    ],
    ids=range(11),
)
def test_a_file_that_is_no_svg_or_too_much_is_refused_at_once(data, why):
    begin = time.perf_counter()
    with pytest.raises(ValueError) as refused:
        read_svg(data)
    assert why in str(refused.value)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize(
    "inside",
    [
        "<g>" * 28_000 + "</g>" * 28_000,
        "<g/>" * 49_000,
        f'<g transform="{" " * 190_000}x"/>',
        f'<g class="{"l " * 90_000}x"/>',
        "<g " + " ".join(f"a{n}=''" for n in range(18_000)) + "/>",
    ],
    ids=["deep", "many", "spaces", "words", "attributes"],
)
def test_a_file_of_odd_shape_takes_no_longer_than_others(inside):
    begin = time.perf_counter()
    assert read_svg(svg(inside))[0] == ""
    assert time.perf_counter() - begin < 2


# -- anything ------------------------------------------------------------------------------------

_NAMES = st.sampled_from(
    "svg g path text tspan title desc script style use a image animate foreignObject".split()
)
_ATTRIBUTES = st.sampled_from(
    "d x class fill stroke points transform font-size onload style href id viewBox".split()
)
_TEXTS = st.sampled_from(
    ["none", "currentColor", "l", "M0 0", "0 0 1 1", "url(#a)", "javascript:x", "1", "&quot;&lt;"]
) | st.text("Mm019 .,-()<&'\"]>é\0", max_size=9).map(lambda t: t.replace("&", "&amp;"))
_VALUES = _TEXTS.map(lambda text: text.translate({34: "", 60: "&lt;"}))
_TREES = st.recursive(
    _TEXTS.map(lambda text: text.replace("<", "&lt;")),
    lambda children: st.builds(
        lambda name, pairs, inside: "<{0}{1}>{2}</{0}>".format(
            name,
            "".join(f' {name}="{value}"' for name, value in pairs.items()),
            "".join(inside),
        ),
        _NAMES,
        st.dictionaries(_ATTRIBUTES, _VALUES, max_size=2),
        st.lists(children, max_size=3),
    ),
    max_leaves=8,
)


@given(_TREES)
def test_what_comes_out_is_harmless_and_comes_out_the_same_again(inside):
    try:
        drawn, why = read_svg(svg(inside))
    except ValueError:
        return
    assert bool(drawn) != bool(why)
    if drawn:
        assert_harmless(drawn)
        again = drawn.replace("<svg", f'<svg xmlns="{SVG}"', 1).encode()
        assert read_svg(again) == (drawn, "")


@given(st.binary(max_size=60))
def test_any_bytes_are_an_answer_and_no_other_error(data):
    for whole in (data, svg()[:60] + data, svg()[:-6] + data + b"</svg>"):
        try:
            assert_harmless(read_svg(whole)[0] or "<svg/>")
        except ValueError as refused:
            assert str(refused)
