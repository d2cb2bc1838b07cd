"""The mistakes that owners make, one a row, and the answer that each deserves.

Each row changes one thing in a small good site, `tests/roots/owner`. `tests/build/test_mistakes.py`
makes every mistake, asks `bibfolio check`, builds the site, and compares. To find the text of a new
row, add it without answers and read what the test says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


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
]

# -- pages ---------------------------------------------------------------------------------------

PAGES: list[Mistake] = []

MISTAKES = [*PAPERS, *FILES, *PROFILE, *PAGES]
