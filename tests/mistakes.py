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
    Mistake(
        "The profile is another person's",
        {
            "profile.toml": (
                'name          = "Zoë Núñez"\nname_variants = ["Z. Núñez"]',
                'name          = "Chi Slow"',
            )
        },
        ["profile.toml:1:1: bib_no_owner: none of 4 papers names Chi Slow; … Núñez, Zoë (4"],
    ),
    Mistake(
        "The profile has a spelling of the name that no paper has",
        {"profile.toml": ('"Zoë Núñez"\nname_variants = ["Z. Núñez"]', '"Zoe Maria Nunez"')},
        ["profile.toml:1:1: bib_no_owner: … Núñez, Zoë (4 papers); write it into name_variants"],
    ),
    Mistake(
        "A name has a command of TeX that does not exist",
        {"refs.bib": ("Müller, Jo}", "M\\uller, Jo}")},
        ["refs.bib:23:3: bib_tex: nunez2022water: \\uller in 'M\\uller, Jo' … {\\\"u}ller"],
        shown={"papers/nunez2022water": 'name="citation_author" content="Jo Muller"'},
    ),
    Mistake(
        "A name has the name of a letter in HTML as a command of TeX",
        {"refs.bib": ("Müller, Jo}", "M{\\uuml}ller, Jo}")},
        ["refs.bib:23:3: bib_tex: nunez2022water: \\uuml … is not understood … write ü"],
        shown={"papers/nunez2022water": 'name="citation_author" content="Jo Muumlller"'},
    ),
    Mistake(
        "Text was read with the wrong encoding and saved so",
        {"refs.bib": ("Müller, Jo}", "MÃ¼ller, Jo}")},
        ["refs.bib:23:38: bib_markup: nunez2022water: Ã¼ in author … write ü"],
    ),
    Mistake(
        "An apostrophe was read with the wrong encoding",
        {"refs.bib": ("Queues of", "Donâ€™t Queue with")},
        ["refs.bib:14:18: bib_markup: okafor2023queue: â€™ in title … write ’"],
    ),
    Mistake(
        "A title has the markup of a publisher",
        {"refs.bib": ("\\emph{Danio}", "<i>Danio</i>")},
        ["refs.bib:2:19: bib_markup: nunez2024danio: <i>Danio</i> … write \\emph{Danio}"],
    ),
    Mistake(
        "A title has an entity of HTML",
        {"refs.bib": ("Patience}", "Patience &amp; Rest}")},
        ["refs.bib:2:58: bib_escape: nunez2024danio: &amp; in title is HTML; write \\&"],
        build=[],
    ),
    Mistake(
        "A title is in capitals",
        {"refs.bib": ("Queues of Small Fish", "QUEUES OF SMALL FISH")},
        ["refs.bib:14:3: bib_title: okafor2023queue: … capitals; write Queues of small fish"],
        build=[],
    ),
    Mistake(
        "Acronyms in a title are not in braces",
        {"refs.bib": ("Queues of", "mRNA in GPU-Aware Queues of")},
        ["refs.bib:14:3: bib_title: okafor2023queue: title has … write {mRNA} and {GPU}"],
        build=[],
    ),
    Mistake(
        "A month is misspelt",
        {"refs.bib": ("= apr,", "= {Aprill},")},
        ["refs.bib:6:3: bib_form: nunez2024danio: month is 'Aprill'; write April"],
        build=[],
        shown={"papers/nunez2024danio": 'name="citation_publication_date" content="2024/04"'},
    ),
    Mistake(
        "Authors are separated by commas, as PubMed does",
        {"refs.bib": ("{Núñez, Zoë and Müller, Jo}", "{Müller J, Núñez Z}")},
        ["refs.bib:23:3: bib_name: nunez2022water: … write Müller, J and Núñez, Z"],
        shown={"papers/nunez2022water": 'name="citation_author" content="J Müller"'},
    ),
    Mistake(
        "Authors have no comma behind the family name, as in PubMed",
        {"refs.bib": ("{Núñez, Zoë and Müller, Jo}", "{Núñez Z and Müller J}")},
        ["refs.bib:23:3: bib_name: nunez2022water: … write Núñez, Z and Müller, J"],
        shown={"papers/nunez2022water": '"givenName":"J","familyName":"Müller"'},
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
