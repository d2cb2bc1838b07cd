"""The rules of ARCHITECTURE.md about the packaged stylesheets: colours and class names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pydata_sphinx_theme
import pytest
import sphinx

from tests.building import REPOSITORY

SHEETS = sorted((REPOSITORY / "src").rglob("*.css"))
every_sheet = pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
#: The sheet whose first part, above a ruled line, holds every colour.
TOKENS = "bibfolio.css"
LINE = re.compile(r"^/\* -{20,} \*/$", re.MULTILINE)
#: Classes of ours begin with one of these.
COMPONENTS = ("paper-card", "paper-filter", "paper-page", "profile", "cv", "site")

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


def foreign_classes(css: str) -> list[str]:
    """Classes that are neither the theme's nor named after a component of ours."""
    own = re.compile(rf"(?:{'|'.join(COMPONENTS)})(?![A-Za-z0-9])")
    return sorted(name for name in classes(css) - theirs() if not own.match(name))


def test_there_is_something_to_check():
    assert TOKENS in {path.name for path in SHEETS}


@every_sheet
def test_raw_colours_only_in_the_tokens(path):
    text = path.read_text(encoding="utf-8")
    if path.name == TOKENS:
        (line,) = LINE.finditer(text)
        assert raw_colours(text[: line.start()]), "the colours are above the line"
        text = re.sub(r"[^\n]", " ", text[: line.end()]) + text[line.end() :]
    assert raw_colours(text) == []


@every_sheet
def test_classes_are_named_after_their_component(path):
    assert foreign_classes(path.read_text(encoding="utf-8")) == []


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


def test_foreign_classes_are_noticed():
    css = ".cv, .cv-a:not(.cvs) > .bd-main { b.other { top: 1.5em } } @media (x) { .z {} }"
    assert foreign_classes(css) == ["cvs", "other", "z"]
