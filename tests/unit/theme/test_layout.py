"""What stands around the content of a page, as far as Sphinx is not needed for it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from fontTools.ttLib import TTFont

from bibfolio.model.colours import PALETTE, with_accent
from bibfolio.theme import colours, components, layout
from tools.font import SUBSETS

from ..table import Table

TABLE = Table(__file__)

SHEET, COPY, FILTER = "bibfolio-components.css", "bibfolio-copy.js", "bibfolio-filter.js"


def document(*children: nodes.Node) -> nodes.document:
    result = new_document("page")
    result += nodes.section("", *children)
    return result


def needed(classes: str) -> list[str]:
    return components.needs(document(nodes.paragraph(), nodes.container(classes=classes.split())))


def test_a_page_loads_what_its_components_need():
    TABLE.holds("components of a class", needed)
    assert components.needs(None) == []


def test_what_may_be_wider_than_the_page_can_have_the_focus():
    TABLE.holds("what can have the focus", lambda html: layout.with_focus(f"<p>a</p>{html}b"))


@pytest.mark.parametrize(
    ("page", "tag", "told"),
    [
        ("ltr", '<a class="x" lang="de" href="#">', '<a class="x" lang="de" href="#">'),
        ("ltr", '<a lang="ar" href="#">', '<a lang="ar" dir="rtl" href="#">'),
        ("rtl", '<h1 class="x" lang="en">', '<h1 class="x" lang="en" dir="ltr">'),
        # What stands in a part of the other direction.
        ("rtl", '<a lang="fa">', '<a lang="fa" dir="rtl">'),
        ("rtl", '<p lang="en" dir="auto">', '<p lang="en" dir="auto">'),
        ("rtl", '<a hreflang="en">', '<a hreflang="en">'),
        ("rtl", "<p>&lt;a lang=&quot;en&quot;&gt;", "<p>&lt;a lang=&quot;en&quot;&gt;"),
    ],
)
def test_what_is_in_another_language_has_its_direction(page, tag, told):
    assert layout.with_direction(f"<p>a</p>{tag}b", page) == f"<p>a</p>{told}b"


def test_pages_load_the_rules_for_rare_things_only_where_one_is():
    """Lists, and the pictures made of papers, have their rules in the sheet of every page."""
    TABLE.holds("rules for rare things", layout.needs_content)


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, []),
        ({"navbar_end": ["x"], "logo": {"text": "x"}}, []),
        ({"show_toc_level": 2, "switcher": {"json_url": "x"}}, ["show_toc_level", "switcher"]),
        ({"back_to_top_button": False, "analytics": {}}, []),  # asks for nothing
        ({"announcement": "<b>Hello</b>"}, []),
        ({"announcement": "https://example.org/a.html"}, ["announcement"]),
        ({"not_an_option": 1}, []),  # Sphinx warns of it
    ],
)
def test_options_without_effect_are_named(chosen, names):
    known = layout.HONOURED | {"show_toc_level", "switcher", "back_to_top_button", "analytics"}
    assert layout.unsupported(chosen, known) == names


def test_fonts_are_loaded_from_beside_the_page_with_their_licence():
    rules = layout.font_rules("../_static")
    assert [*re.findall(r'url\("../_static/([^"]*).woff2"\)', rules)] == [*SUBSETS]
    for name in re.findall(r"[\w-]+\.woff2", rules):
        assert (STATIC / name).is_file()
    assert "SIL OPEN FONT LICENSE" in (STATIC / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "signs"),
    [("title", "àéïöüßçñÅØ–—‘’“”…·×"), ("text", "àéïöüßçñÅØ–—‘’“”…·×°±²³µ−€")],
)
def test_a_font_is_small_and_has_what_english_needs(name, signs):
    font = TTFont(STATIC / f"bibfolio-{name}.woff2")
    needed = {chr(code) for code in range(0x20, 0x7F)} | set(signs)
    assert {ord(char) for char in needed} <= font.getBestCmap().keys()
    assert (STATIC / f"bibfolio-{name}.woff2").stat().st_size <= 13_000
    # "Approximate Vector" stays two words.
    pairs = font["GPOS"].table.LookupList.Lookup[0].SubTable[0]
    assert "space" not in getattr(pairs, "ExtSubTable", pairs).Coverage.glyphs


@pytest.mark.parametrize(
    ("content", "is_prose"),
    [
        (nodes.paragraph("", "Said."), True),
        (nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "Said."))), True),
        (nodes.container("", nodes.paragraph("", "Gist", classes=["paper-card-gist"])), True),
        (nodes.paragraph("", "NSDI", classes=["paper-card-venue"]), False),
        (nodes.container("", nodes.paragraph("", "In a box")), False),
    ],
)
def test_pages_with_prose_load_its_face_early(content, is_prose):
    page = document(nodes.title("", "A page"), content)
    assert layout.preloads(page, "Latn") == ["bibfolio-title", "bibfolio-text"][: 1 + is_prose]
    assert layout.preloads(page, "Hans") == []
    assert layout.preloads(None, "Latn") == ["bibfolio-title"]


# -- the sheets ----------------------------------------------------------------------------------

STATIC = Path(layout.__file__).parent / "static"
THEME, COMPONENTS, CONTENT = (
    (STATIC / f"bibfolio{name}.css").read_text("utf-8") for name in ("", "-components", "-content")
)
#: Hexadecimal, and functions that name a colour by numbers.
RAW = re.compile(
    r"#[0-9a-f]{3,8}\b(?=[^{}]*[;}])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(", re.I
)
NAMED = re.compile(r":[^;{}]*\b(?:black|white|red|green|blue|gr[ae]y|silver|gold|navy)\b", re.I)
TOKEN = re.compile(r"(--(?:pst-color|bibfolio)-[\w-]+):((?:[^;{}()]|\([^()]*\))+)")


def declared(css: str) -> str:
    """*css* without comments and strings."""
    return re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)


def test_raw_colours_stand_in_one_table_only():
    """Print, whose paper is white, has some of its own."""
    tokens, line, rest = THEME.partition("/* Plain elements")
    sheet, components = tokens.partition("@media print")[0], declared(COMPONENTS).split("}", 1)
    assert line
    for css in (sheet, declared(rest), components[1], declared(CONTENT)):
        assert [*RAW.findall(css), *NAMED.findall(css)] == []
    assert RAW.search(colours.of_pages(PALETTE))


def palettes(accent: str = "") -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Token → colour: in light, in the dark of the system, and in the dark a reader chooses."""
    blocks = colours.of_pages(with_accent(accent)).split(":where(:root")[1:]
    light, by_system, by_choice = (dict(TOKEN.findall(block)) for block in blocks)
    return light, by_system, by_choice


def test_the_dark_is_the_same_by_the_system_and_by_choice():
    light, by_system, by_choice = palettes()
    assert light.keys() == by_system.keys()
    assert len(light) > 12
    assert by_system == by_choice


def test_colours_of_an_owner_are_stronger_and_no_function_is_needed_for_ours():
    """Browsers without light-dark() keep its unknown words as a value, and lose the colour."""
    start = colours.of_pages(PALETTE)
    assert "light-dark" not in layout.page_style(PALETTE, EVERYTHING)
    assert re.findall(r"(\S*:root[^{]*)\{[^}]*--", start) == [
        ":where(:root)",
        "(prefers-color-scheme:dark){:where(:root:not([data-mode=light]))",
        "screen{:where(:root[data-mode=dark])",
    ]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


ACCENTS = ("#5b3f9a", "#1b4f8a", "#00695c", "#C2185B", "#00f", "#2e7d32", "#7a4a00", "#000000")


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("accent", ["", *ACCENTS])
def test_text_and_controls_can_be_seen_whatever_the_accent(mode, accent):
    """Text 4.5, and 7 in dark; controls and underlines 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    found = palettes(accent)[mode]
    grounds = [found["--pst-color-background"], found["--pst-color-surface"]]
    texts = [name for name in found if re.search(r"text|primary|topic", name)]
    for ground in grounds:
        assert all(contrast(found[name], ground) >= 4.5 for name in texts)
        assert contrast(found["--bibfolio-control"], ground) >= 3
    assert contrast(found["--bibfolio-underline"], grounds[0]) >= 3
    assert contrast(found["--pst-color-primary"], grounds[0]) >= (7 if mode else 4.5)
    assert contrast(found["--pst-color-text-base"], found["--pst-color-target"]) >= 4.5


def test_components_read_variables_at_their_top_only():
    """So that another theme has one place to look at."""
    top, rest = declared(COMPONENTS).split("}", 1)
    ours = set(re.findall(r"(--bf-[a-z0-9-]+):", top))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", rest)) == ours
    assert all(
        name.startswith(("--bibfolio-", "--pst-", "--color-"))
        for name in re.findall(r"var\((--[a-z0-9-]+)", top)
    )


#: Names of all parts that some rules are about.
EVERYTHING = " ".join(re.findall(r"/\* Only with ([^:]+):", THEME + COMPONENTS))


def test_a_page_has_the_rules_for_what_it_holds():
    whole, bare = (layout.page_style(PALETTE, body) for body in (EVERYTHING, ""))
    sheet = re.sub(r"/\*.*?\*/\n?", "", THEME + COMPONENTS, flags=re.DOTALL)
    assert whole.endswith(sheet)
    assert len(bare) < len(whole) / 2
    timeline = layout.page_style(PALETTE, '<div class="paper-timeline wide">')
    assert (".paper-timeline-ring{" in timeline, ".paper-timeline-ring{" in bare) == (True, False)
    assert ".paper-coauthors table" not in timeline


@pytest.mark.parametrize(
    ("body", "most", "compressed"), [("", 18_000, 4_900), (EVERYTHING, 39_000, 8_900)]
)
def test_the_sheet_of_a_page_is_small(body, most, compressed):
    """What every page has, and what a page would have that holds everything there is."""
    sheet = layout.page_style(PALETTE, body).encode()
    assert b"/*" not in sheet
    assert len(sheet) <= most
    assert len(gzip.compress(sheet, 9)) <= compressed
