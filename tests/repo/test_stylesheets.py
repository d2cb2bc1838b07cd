"""The rules of ARCHITECTURE.md about the packaged stylesheets: colours and class names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.building import REPOSITORY

STATIC = REPOSITORY / "src" / "bibfolio" / "theme" / "static"
#: Of the components, under any theme; and of the page that our own theme draws around them.
COMPONENTS, THEME = "bibfolio-components.css", "bibfolio.css"
#: Classes of components begin with one of these.
_OURS = re.compile(r"(?:paper-card|paper-filter|paper-page|profile|cv)(?:-|$)")
#: Classes of docutils that a component may stand beside.
_THEIRS = {"rubric"}

#: Most of https://www.w3.org/TR/css-color-4/#named-colors; system colours are the user's.
_NAMED = (
    r"(?:(?:light|dark|medium|pale|deep|dim|hot|sky|steel|slate|royal|navy|sea|lime|forest)*"
    r"(?:red|green|blue|gr[ae]y|pink|yellow|orange|cyan|magenta|violet|purple|brown|white|black))"
    r"|aqua|beige|coral|crimson|fuchsia|gold|indigo|ivory|khaki|lavender|lime|maroon|navy|olive"
    r"|orchid|plum|salmon|sienna|silver|snow|tan|teal|tomato|turquoise|wheat"
)
_RAW = re.compile(
    r"#[0-9a-f]{3,8}(?![\w-])"
    r"|(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\((?!\s*from\s+var\()"
    rf"|(?<![\w-])(?:{_NAMED})(?![\w-])",
    re.IGNORECASE,
)
#: Properties whose values hold names that may look like colours.
_NAMES_THINGS = ("animation", "container", "font", "grid", "view-transition", "will-change")


class Part(NamedTuple):
    """A prelude (selector or at-rule) or a declaration of a stylesheet."""

    is_prelude: bool
    text: str
    line: int


def parts(css: str) -> Iterator[Part]:
    """The preludes and declarations of *css*, nested ones too."""
    # Comments, strings and addresses become spaces, every line where it was.
    pattern = r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^)]*\)"
    text = re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m[0]), css, flags=re.DOTALL) + ";"
    start = depth = 0
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
    preludes = (part.text for part in parts(css) if part.is_prelude and part.text[0] != "@")
    return {name for text in preludes for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", text)}


def read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def test_there_are_these_sheets_and_no_others():
    found = {path.name for path in (REPOSITORY / "src").rglob("*.css")}
    assert found == {COMPONENTS, THEME}


def test_raw_colours_are_the_tokens_of_the_theme():
    """The tokens stand above the first section; components take the colours of any theme."""
    tokens, heading, rest = read(THEME).partition("\n/* -- ")
    assert heading
    assert raw_colours(tokens)
    assert [line for line in raw_colours(tokens) if " --" not in line] == []
    assert raw_colours(rest) == []
    assert raw_colours(read(COMPONENTS)) == []


def test_the_sheet_of_components_is_about_nothing_else():
    """It is loaded by pages that hold a class of ours, in any project."""
    found = classes(read(COMPONENTS)) - _THEIRS
    assert sorted(name for name in found if not _OURS.match(name)) == []


@pytest.mark.parametrize(
    ("declaration", "is_raw"),
    [
        ("color: #fff", True),
        ("border: 1px solid RED", True),
        ("background: linear-gradient(rgb(0 0 0 / 50%), var(--a))", True),
        ("color: var(--site-red, lightslategray)", True),
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


def test_classes_are_found():
    css = ".cv, .cv-a:not(.cvs) > .b { c.other { top: 1.5em } } @media (x.y) { .z {} } /* .no {} */"
    assert classes(css) == {"cv", "cv-a", "cvs", "b", "other", "z"}
