"""The rules of ARCHITECTURE.md about style sheets: colours, class names, ``!important``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pydata_sphinx_theme
import pytest
import sphinx

from tests.building import REPOSITORY, repository_files

#: These style elements of the theme and of everything, so their classes are not ours to name.
ABOUT_THE_THEME = {"base", "overrides", "print", "tokens"}
MAY_INSIST = {"overrides", "print"}

#: The ruled line of tokens.css: raw values above it, only names of them below.
LINE = re.compile(r"^/\* -{20,} \*/$", re.MULTILINE)

#: https://www.w3.org/TR/css-color-4/#named-colors, and no system colours: those are the user's.
NAMED = set(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet
    brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan
    darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta
    darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
    darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey
    dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray
    green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush
    lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen
    lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey
    lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise
    mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive
    olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred
    papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
    saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray
    slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white
    whitesmoke yellow yellowgreen
    """.split()
)
#: Properties whose values hold names that may look like colours.
_NAMES_THINGS = ("animation", "container", "font", "grid", "view-transition", "will-change")
_RAW = re.compile(
    r"#[0-9a-f]{3,8}(?![\w-])"
    r"|(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\((?!\s*from\s+var\()"
    rf"|(?<![\w-])(?:{'|'.join(sorted(NAMED))})(?![\w-])",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


class Part(NamedTuple):
    """A prelude (selector or at-rule) or a declaration of a style sheet."""

    is_prelude: bool
    text: str
    line: int


def blanked(css: str) -> str:
    """*css* with comments, strings and addresses as spaces, every line where it was."""
    pattern = r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)]*\)"
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m[0]), css, flags=re.DOTALL)


def parts(css: str) -> Iterator[Part]:
    """The preludes and declarations of *css*, nested ones too."""
    start = depth = 0
    text = blanked(css) + ";"
    for position, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign in "{};":
            piece = text[start:position]
            if piece.strip():
                first = start + len(piece) - len(piece.lstrip())
                yield Part(sign == "{", piece.strip(), text.count("\n", 0, first) + 1)
            start = position + 1


def raw_colours(css: str) -> list[str]:
    """Line and declaration of every colour that is not a variable."""
    offences = []
    for part in parts(css):
        name, _colon, value = part.text.partition(":")
        if part.is_prelude or name.strip().startswith(_NAMES_THINGS):
            continue
        if _RAW.search(re.sub(r"--[\w-]+", " ", value)):
            offences.append(f"{part.line}: {part.text}")
    return offences


def classes(css: str) -> set[str]:
    """Classes in the selectors of *css*."""
    preludes = (part.text for part in parts(css) if part.is_prelude)
    return {name for text in preludes if text[0] != "@" for name in _CLASS.findall(text)}


@cache
def theirs() -> frozenset[str]:
    """Classes that Sphinx and the theme style or write themselves."""
    roots = [Path(package.__file__).parent for package in (sphinx, pydata_sphinx_theme)]
    found: set[str] = set()
    for path in (path for root in roots for path in root.rglob("*")):
        if path.suffix in {".css", ".css_t", ".jinja"}:
            found |= classes(path.read_text(encoding="utf-8"))
        elif path.suffix == ".html":
            values = re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
            found |= {name for value in values for name in re.findall(r"[\w-]+", value)}
    assert {"bd-main", "headerlink", "admonition"} <= found
    return frozenset(found)


def foreign_classes(stem: str, css: str) -> list[str]:
    """Classes of ours in the file *stem*.css that are not named after it."""
    own = re.compile(rf"{re.escape(stem)}(?![A-Za-z0-9])")
    return sorted(name for name in classes(css) - theirs() if not own.match(name))


SHEETS = [path for path in repository_files() if path.suffix == ".css"]
every_sheet = pytest.mark.parametrize("path", SHEETS, ids=str)


def read(path: Path) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")


def test_there_is_something_to_check():
    assert Path("_static/css/tokens.css") in SHEETS


@every_sheet
def test_raw_colours_only_in_the_tokens(path):
    text = read(path)
    if path == Path("_static/css/tokens.css"):
        lines = list(LINE.finditer(text))
        assert len(lines) == 1, "tokens.css has one ruled line between values and their uses"
        assert raw_colours(text[: lines[0].start()]), "the colours are above the line"
        text = re.sub(r"[^\n]", " ", text[: lines[0].end()]) + text[lines[0].end() :]
    assert raw_colours(text) == []


@every_sheet
def test_classes_are_named_after_their_file(path):
    if path.stem not in ABOUT_THE_THEME:
        assert foreign_classes(path.stem, read(path)) == []


@every_sheet
def test_nothing_insists_where_it_need_not(path):
    if path.stem not in MAY_INSIST:
        assert [part.text for part in parts(read(path)) if "!" in part.text] == []


@pytest.mark.parametrize(
    ("declaration", "is_raw"),
    [
        ("color: #fff", True),
        ("border: 1px solid RED", True),
        ("background: linear-gradient(rgb(0 0 0 / 50%), var(--a))", True),
        ("--site-x: hsl(20deg 10% 10%)", True),
        ("fill: oklch(50% 0.1 20)", True),
        ("color: color(display-p3 1 0 0)", True),
        ("color: var(--site-red, tan)", True),
        ("color: var(--site-tan)", False),
        ("background: color-mix(in srgb, var(--a) 50%, transparent)", False),
        ("color: oklch(from var(--a) l c h)", False),
        ("border-color: currentcolor; outline-color: CanvasText", False),
        ("grid-area: tan", False),
        ("background: url(data:image/svg+xml;utf8,red) no-repeat", False),
        ("/* color: red */ content: 'red #fff'", False),
    ],
)
def test_raw_colours_are_noticed(declaration, is_raw):
    assert bool(raw_colours(f"@media print {{ a:hover {{ {declaration} }} }}")) == is_raw


def test_foreign_classes_are_noticed():
    css = ".card, .card-a:not(.cardinal) > .bd-main { b.other { top: 1.5em } } @media (x) { .z {} }"
    assert foreign_classes("card", css) == ["cardinal", "other", "z"]
