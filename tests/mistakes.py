"""The mistakes that owners make, one a row, and the answer that each deserves.

Each row changes one thing in a small good site, `tests/roots/owner`. `tests/build/test_mistakes.py`
makes every mistake, asks `bibfolio check`, builds the site, and compares. To find the text of a new
row, add it without answers and read what the test says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.photographs import photograph


@dataclass(frozen=True)
class Mistake:
    """What an owner does, and what has to be said."""

    #: What the owner did, in plain words.
    words: str
    #: Path → the whole file (None: it is deleted), or a pair: what is replaced, and by what.
    edits: Mapping[str, str | bytes | tuple[str, str] | None]
    #: Every line of `bibfolio check`, in its order, as `file:line:column: kind: … word … word`:
    #: the parts between the ellipses occur one after the other, the first at the beginning.
    check: Sequence[str] = ()
    #: Every warning of ours in a build, in the same form; None: the same as `check`. A matter of
    #: style, which `check` alone tells of, has an empty list.
    build: Sequence[str] | None = None
    #: Words of the cure that pages show all the same: page → text that stands there.
    shown: Mapping[str, str] = field(default_factory=dict)
    #: Pages of the good site that are gone; those of papers are without `papers/` .
    gone: frozenset[str] = frozenset()
    #: Whether nothing can be built, so that the build ends with the answer alone.
    stops: bool = False


# -- papers --------------------------------------------------------------------------------------

PAPERS: list[Mistake] = [
    Mistake(
        "A field is misspelt",
        {
            "refs.bib": (
                "journal  = {Journal of Small Fish},\n  year     = {2023}",
                "jornal   = {Journal of Small Fish},\n  year     = {2023}",
            )
        },
        [
            "refs.bib:13:1: bib_missing_field: okafor2023queue: … needs journal",
            "refs.bib:16:3: bib_unknown_field: okafor2023queue: … jornal … write journal",
        ],
        build=[],
    ),
    Mistake(
        "The comma between two fields is forgotten",
        {"refs.bib": ("{Queues of Small Fish},", "{Queues of Small Fish}")},
        ["refs.bib:15:3: bib_syntax: okafor2023queue: … comma"],
    ),
]

# -- files beside the papers ---------------------------------------------------------------------

FILES: list[Mistake] = []

# -- the profile ---------------------------------------------------------------------------------

PROFILE: list[Mistake] = [
    Mistake(
        "A key of the profile is misspelt",
        {"profile.toml": ("position ", "postion ")},
        ["profile.toml:3:1: profile: postion: … did you mean position?"],
        stops=True,
    ),
    Mistake(
        "The portrait is a photograph as the camera has made it",
        {"_static/zoe.png": photograph(2400, 3200)},
        shown={"index": 'srcset="_images/zoe-'},
    ),
    Mistake(
        "The portrait is in a form that no browser shows",
        {"_static/zoe.png": b"\0\0\0\x18ftypheic" + bytes(200_000)},
        ["_static/zoe.png:1:1: picture: … save it as JPEG or PNG, at most 480 px wide"],
    ),
]

# -- pages ---------------------------------------------------------------------------------------

_VIDEO = '<iframe width="560" src="https://www.youtube.com/embed/aB-3?rel=0" title="Talk"></iframe>'

PAGES: list[Mistake] = [
    Mistake(
        "A talk is put into a page as the video's host says",
        {"cv.md": ("# CV\n", f"# CV\n\n<div>\n{_VIDEO}\n</div>\n")},
        build=[
            (
                "cv.md:4:1: csp: <iframe>: … /embed/aB-3?rel=0 … "
                "[![Talk](picture.jpg)](https://www.youtube.com/watch?v=aB-3)"
            )
        ],
    ),
    Mistake(
        "A PDF is put into a page",
        {"cv.md": ("# CV\n", '# CV\n\n<object data="../files/a.pdf"></object>\n')},
        build=["cv.md:3:1: csp: <object>: … ../files/a.pdf … ](../files/a.pdf)"],
    ),
    Mistake(
        "A page counts its visitors with a script from elsewhere",
        {"cv.md": ("# CV\n", '# CV\n\n<script async src="https://a.example/x.js"></script>\n')},
        build=['cv.md:3:1: csp: <script>: … html_js_files = ["https://a.example/x.js"] in conf.py'],
    ),
    Mistake(
        "Code and style stand in a page",
        {
            "cv.md": (
                "# CV\n",
                '# CV\n\n<style>p {}</style>\n\n<script>a()</script>\n\n<b onclick="a()">A</b>\n',
            )
        },
        build=[
            'cv.md:3:1: csp: <style>: … _static/own.css … html_css_files = ["own.css"] in conf.py',
            'cv.md:5:1: csp: <script>: … _static/own.js … html_js_files = ["own.js"] in conf.py',
            "cv.md:7:1: csp: <b>: … _static/own.js",
        ],
    ),
    Mistake(
        "A picture from elsewhere is put into a page in HTML",
        {"cv.md": ("# CV\n", '# CV\n\nA <img src="https://a.example/b.png" alt="B"> picture.\n')},
        build=["cv.md:3:1: csp: <img>: … ![B](https://a.example/b.png)"],
    ),
    Mistake(
        "A form posts to elsewhere",
        {"cv.md": ("# CV\n", '# CV\n\n<form action="https://a.example/send"></form>\n')},
        build=["cv.md:3:1: csp: <form>: … ](https://a.example/send)"],
    ),
]

MISTAKES = [*PAPERS, *FILES, *PROFILE, *PAGES]
