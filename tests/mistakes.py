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


def _with(field: str) -> tuple[str, str]:
    """One more field for the first paper, in line 10."""
    doi = "  doi      = {10.1000/danio.7},\n"
    return doi, f"{doi}  {field},\n"


FILES: list[Mistake] = [
    Mistake(
        "The PDF that an entry names is not there",
        {"refs.bib": _with("file = {files/papers/waits.pdf}")},
        [
            (
                "refs.bib:10:3: bib_file: nunez2024danio: file: … waits.pdf' is not there; "
                "put the PDF at files/papers/nunez2024danio.pdf, and no field is needed"
            )
        ],
    ),
    Mistake(
        "The name of the PDF is misspelt in the entry",
        {
            "refs.bib": _with("file = {files/papers/waiting-danios.pdf}"),
            "files/papers/waiting-danio.pdf": "%PDF-1.4",
        },
        [
            (
                "refs.bib:10:3: bib_file: nunez2024danio: file: files/papers/waiting-danios.pdf "
                "is not there; write files/papers/waiting-danio.pdf"
            )
        ],
    ),
    Mistake(
        "An entry names a PDF without its folder",
        {"refs.bib": _with("file = {danio.pdf}")},
        ["refs.bib:10:3: bib_file: nunez2024danio: file: 'danio.pdf' … papers/nunez2024danio"],
    ),
    Mistake(
        "An entry names a PDF without its folder, in which it is",
        {"refs.bib": _with("file = {waits.pdf}"), "files/papers/waits.pdf": "%PDF-1.4"},
        ["refs.bib:10:3: bib_file: nunez2024danio: file: … write files/papers/waits.pdf"],
    ),
    Mistake(
        "Zotero has exported where it keeps the PDFs",
        {
            "refs.bib": (
                "  keywords = {queues},\n",
                (
                    "  keywords = {queues},\n"
                    "  file = {:Zotero/a.pdf:application/pdf},\n}\n\n"
                    "@misc{roe2020, title = {Bones}, author = {Zoë Núñez}, year = {2020},\n"
                    "  file = {Full Text:C\\:\\\\Users\\\\b.pdf:application/pdf;"
                    "Web:C\\:\\\\c.html:text/html},\n"
                ),
            )
        },
        [
            (
                "refs.bib:19:3: bib_form: okafor2023queue: file: … own disk; put the PDF at "
                "files/papers/okafor2023queue.pdf, and no field is needed; also in roe2020"
            )
        ],
        build=[],
    ),
    Mistake(
        "An entry names a PDF on the owner's disk",
        {"refs.bib": _with("file = {/Volumes/zoe/danio.pdf}")},
        ["refs.bib:10:3: bib_form: nunez2024danio: file: '/Volumes/zoe/danio.pdf' … put the PDF"],
        build=[],
    ),
    Mistake(
        "A note is called after a misspelt key",
        {"notes/okafor2023queue.md": None, "notes/okafor2023quue.md": "The data are new."},
        [
            (
                "refs.bib:1:1: bib_file: notes/okafor2023quue.md belongs to no entry; "
                "call it notes/okafor2023queue.md"
            )
        ],
        shown={"papers/okafor2023queue": "Queues of Small Fish"},
    ),
    Mistake(
        "A PDF is called after a misspelt key",
        {"files/papers/nunez2024danoi.pdf": "%PDF-1.4"},
        [
            (
                "refs.bib:1:1: bib_file: files/papers/nunez2024danoi.pdf belongs to no entry; "
                "call it files/papers/nunez2024danio.pdf"
            )
        ],
    ),
    Mistake(
        "PubMed's numbers stand as PubMed writes them",
        {"refs.bib": _with("pmid = {PMID: 31337001},\n  pmcid = {PMC7000001}")},
        shown={"papers/nunez2024danio": "https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/"},
    ),
    Mistake(
        "The e-print is an address at bioRxiv",
        {
            "refs.bib": (
                "{2101.00001},\n  eprinttype = {arxiv}",
                (
                    "{https://www.biorxiv.org/content/10.1101/2021.01.05.000001v2.full.pdf},\n"
                    "  eprinttype = {bioRxiv}"
                ),
            )
        },
        shown={"papers/nunez2021slow": "https://doi.org/10.1101/2021.01.05.000001"},
    ),
    Mistake(
        "The address of a program is that of its authors at GitHub",
        {
            "refs.bib": (
                "@misc{nunez2021slow,",
                "@software{nunez2021slow,\n  url = {https://github.com/slowfish},",
            )
        },
        shown={"papers/nunez2021slow": ">Code<"},
    ),
]

# -- the profile ---------------------------------------------------------------------------------


def _stops(words: str, edit: tuple[str, str], place: str, answer: str) -> Mistake:
    """A mistake after which nothing can be built."""
    answers = [f"profile.toml:{place}: profile: {answer}"]
    return Mistake(words, {"profile.toml": edit}, answers, stops=True)


PROFILE: list[Mistake] = [
    Mistake(
        "A key of the profile is misspelt",
        {"profile.toml": ("position ", "postion ")},
        ["profile.toml:3:1: profile: postion: … did you mean position?"],
        stops=True,
    ),
    _stops(
        "A quote is not closed",
        ('"postdoc"', '"postdoc'),
        "3:25",
        'position: a quote is not closed; write position      = "postdoc"',
    ),
    _stops(
        "The last quote of the profile is not closed",
        ('"Prize for Standing"', '"Prize for Standing'),
        "28:28",
        'title: a quote is not closed; write title = "Prize for Standing"',
    ),
    _stops(
        "A date stands without quotes",
        ('"2021-09"', "2021-09"),
        "24:16",
        'start: a text needs quotes; write start        = "2021-09"',
    ),
    _stops(
        "The quotes are those of a word processor",
        ('"postdoc"', "“postdoc”"),
        "3:17",
        'position: the quotes are curly; write position      = "postdoc"',
    ),
    _stops(
        "A text stands without quotes",
        ('"Zoë Núñez"', "Zoë Núñez"),
        "1:17",
        'name: a text needs quotes; write name          = "Zoë Núñez"',
    ),
    _stops(
        "A text with a comma stands without quotes",
        ('"Oslo, Norway"', "Oslo, Norway"),
        "5:17",
        'location: a text needs quotes; write location      = "Oslo, Norway"',
    ),
    _stops(
        "The items of a list stand without quotes",
        ('["Z. Núñez"]', "[Z. Núñez, Nuñez]"),
        "2:18",
        'name_variants: a text needs quotes; write name_variants = ["Z. Núñez", "Nuñez"]',
    ),
    _stops(
        "The = is forgotten",
        ("position      = ", "position "),
        "3:10",
        'position: there is no =; write position = "postdoc"',
    ),
    _stops(
        "A key is written as in YAML",
        ('position      = "postdoc"', "position: postdoc"),
        "3:9",
        'position: there is no = and a text needs quotes; write position = "postdoc"',
    ),
    _stops(
        "The value is left out",
        ('"postdoc"', ""),
        "3:16",
        'position: there is no value; write position      = ""',
    ),
    _stops(
        "A comma is missing in a list",
        ('["Z. Núñez"]', '[\n  "Z. Núñez"\n  "Núñez Z",\n]'),
        "3:13",
        'name_variants: a comma is missing; write "Z. Núñez",',
    ),
    _stops(
        "A list is not closed",
        ('["Z. Núñez"]', '["Z. Núñez"'),
        "2:28",
        'name_variants: a bracket is not closed; write name_variants = ["Z. Núñez"]',
    ),
    _stops(
        "A table's bracket is not closed",
        ("[links]", "[links"),
        "12:7",
        "links: a bracket is not closed; write [links]",
    ),
    _stops(
        "A text has quotes within",
        ('"Prize for Standing"', '"Prize "for" Standing"'),
        "28:16",
        "title: it has quotes within quotes; write title = \"Prize 'for' Standing\"",
    ),
    _stops(
        "The portrait is a path of Windows",
        ('"_static/zoe.png"', '"C:\\Users\\zoe.png"'),
        "6:20",
        'portrait: a backslash means something else; write portrait      = "C:/Users/zoe.png"',
    ),
    _stops(
        "A table is there twice",
        ("[[education]]", '[links]\ndblp = "12/3456"\n\n[[education]]'),
        "16:1",
        "links: is there twice; keep the first and add to it",
    ),
    _stops(
        "A key is there twice",
        ("position ", "name "),
        "3:1",
        "name: is there twice; keep the first",
    ),
    _stops(
        "A list of tables has single brackets",
        ("[[awards]]", "[awards]"),
        "26:1",
        "awards: must be a list, not a table; write [[awards]]",
    ),
    _stops(
        "A second table has single brackets",
        ("[[awards]]", '[[awards]]\nyear = 2024\ntitle = "Prize for Sitting"\n\n[awards]'),
        "30:1",
        "awards: is there twice; write [[awards]] above each",
    ),
    _stops(
        "A table has double brackets",
        ("[links]", "[[links]]"),
        "12:1",
        "links: must be a table, not a list; write [links]",
    ),
    _stops(
        "A key stands below a table that it does not belong to",
        ("[links]\n", '[links]\nfocus = "waiting"\n'),
        "13:1",
        "links.focus: unknown key; write it above the first [table]",
    ),
    _stops(
        "A key is added at the end of the profile",
        ('"Prize for Standing"\n', '"Prize for Standing"\nfocus = "waiting"\n'),
        "29:1",
        "awards.focus: unknown key; write it above the first [table], or … title, year, by, note",
    ),
    _stops(
        "A key of a table stands above it",
        ("email ", 'github = "zoenunez"\nemail '),
        "4:1",
        "github: unknown key; write it below [links]",
    ),
    _stops(
        "A list is a text",
        ('["Z. Núñez"]', '"Z. Núñez"'),
        "2:1",
        'name_variants: must be a list, not a text; write ["Z. Núñez"]',
    ),
    _stops(
        "A table has a name of its own",
        ("[[awards]]", "[[talks]]"),
        "26:1",
        "talks: unknown key; known keys: name, ",
    ),
    _stops(
        "An account is an address",
        ('"zoenunez"', '"https://github.com/zoenunez/"'),
        "13:1",
        "links.github: must be the account's name or number alone; write zoenunez",
    ),
    _stops(
        "A researcher's number is an address",
        ('orcid  = "', 'orcid  = "https://orcid.org/'),
        "14:1",
        "links.orcid: must be … write 0000-0002-1825-0097",
    ),
    _stops(
        "An account is of Mastodon's form",
        ("[links]\n", '[links]\nmastodon = "@zoe@fish.example"\n'),
        "13:1",
        "links.mastodon: … write https://fish.example/@zoe",
    ),
    _stops(
        "A link to another network has no address",
        ("[[education]]", '[[links.other]]\nname = "Fishbook"\n\n[[education]]'),
        "16:1",
        "links.other.url: is missing and has no default",
    ),
    Mistake(
        "The portrait is not there",
        {"_static/zoe.png": None},
        [
            (
                "profile.toml:6:18: bib_file: portrait: _static/zoe.png is no file of this site; "
                "put it at _static/zoe.png"
            )
        ],
        shown={"index": "ZN"},
    ),
    Mistake(
        "The portrait begins with a slash",
        {"profile.toml": ('"_static/zoe.png"', '"/_static/zoe.png"')},
        ["profile.toml:6:18: bib_file: portrait: … write _static/zoe.png"],
        shown={"index": "ZN"},
    ),
    Mistake(
        "The portrait is an address",
        {"profile.toml": ('"_static/zoe.png"', '"https://fish.example/zoe.png"')},
        ["profile.toml:6:18: bib_file: portrait: … put it at _static/zoe.png"],
        shown={"index": "ZN"},
    ),
    Mistake(
        "The portrait is outside the site",
        {"profile.toml": ('"_static/zoe.png"', '"../zoe.png"'), "../zoe.png": "PNG"},
        ["profile.toml:6:18: bib_file: portrait: … put it at _static/zoe.png"],
        shown={"index": "ZN"},
    ),
    Mistake(
        "The portrait is spelt in capitals",
        {"profile.toml": ('"_static/zoe.png"', '"_static/Zoe.PNG"')},
        ["profile.toml:6:18: bib_file: portrait: … write _static/zoe.png"],
        shown={"index": "ZN"},
    ),
    Mistake(
        "Accounts of every network are written down",
        {
            "profile.toml": (
                "[links]\n",
                (
                    '[links]\nbluesky = "zoe.fish.example"\nx = "zoe"\nyoutube = "zoe"\n'
                    'other = [{ name = "Fishbook", url = "https://fish.example/zoe" }]\n'
                ),
            )
        },
        shown={"index": 'href="https://fish.example/zoe"'},
    ),
]

# -- pages ---------------------------------------------------------------------------------------

PAGES: list[Mistake] = []

MISTAKES = [*PAPERS, *FILES, *PROFILE, *PAGES]
