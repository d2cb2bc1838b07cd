"""The mistakes that owners make, one a row, and the answer that each deserves.

Each row changes one thing in a small good site, `tests/roots/owner`. `tests/build/test_mistakes.py`
makes every mistake, asks `bibfolio check`, builds the site, and compares. To find the text of a new
row, add it without answers and read what the test says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
        "26:2",
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
        "12:3",
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
        ("[[awards]]", "[[hobbies]]"),
        "26:3",
        "hobbies: unknown key; known keys: name, ",
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
    _stops(
        "A talk has two dates with a hyphen between them",
        ("[[awards]]", '[[talks]]\ntitle = "Waiting"\ndate = "2021-2023"\n\n[[awards]]'),
        "28:1",
        'talks.date: … write "2021/2023"',
    ),
    _stops(
        "A kind of talk is misspelt",
        ("[[awards]]", '[[talks]]\ntitle = "W"\ndate = 2021\nkind = "invitd"\n\n[[awards]]'),
        "29:1",
        "talks.kind: … did you mean invited?",
    ),
    _stops(
        "An item of news leads to a page of the site",
        ("[[awards]]", '[[news]]\ndate = 2021\ntext = "[This](cv.html)"\n\n[[awards]]'),
        "28:1",
        "news.text: the link to cv.html must start with https:// or http://",
    ),
    _stops(
        "People are a list",
        ("[[awards]]", '[[people]]\nname = "Jo Müller"\n\n[[awards]]'),
        "26:3",
        'people: must be a table, not a list; write [people."NAME"]',
    ),
    Mistake(
        "Talks are in two files",
        {
            "profile/a.toml": '[[talks]]\ntitle = "W"\ndate = 2021\n',
            "profile/b.toml": '\n[[talks]]\ntitle = "V"\ndate = 2022\n',
        },
        ["profile/b.toml:2:1: profile: talks: is in profile/a.toml as well; keep it in one file"],
        stops=True,
    ),
    Mistake(
        "A file of the profile is no TOML",
        {"profile/talks.toml": "[[talks]]\ntitle = “Waiting”\ndate = 2021\n"},
        ["profile/talks.toml:2:9: profile: title: the quotes are curly; write …"],
        stops=True,
    ),
    Mistake(
        "Talk, news and program name papers that are not there",
        {
            "profile/talks.toml": '[[talks]]\ntitle = "W"\ndate = 2021\npaper = "nunez2024dani"\n',
            "profile/more.toml": (
                '[[news]]\ndate = 2024\ntext = "See {cite}`nunez2021slw`."\n\n'
                '[[software]]\nname = "Wait"\npapers = ["wait2024"]\n'
            ),
        },
        [
            "profile/more.toml:3:20: profile_paper: news.text: … did you mean nunez2021slow?",
            "profile/talks.toml:4:10: profile_paper: talks.paper: … did you mean nunez2024danio?",
            "profile/more.toml:7:12: profile_paper: software.papers: … write a key of",
        ],
    ),
    Mistake(
        "People wrote no paper, or are named family name first",
        {
            "profile/people.toml": (
                '[people."Jo Muler"]\nurl = "https://jo.example"\n\n'
                '[people."Okafor, Chi"]\nurl = "https://chi.example"\n'
            ),
        },
        [
            'profile/people.toml:1:10: profile_person: … write [people."Jo Müller"], or a group',
            'profile/people.toml:4:10: profile_person: … write [people."Chi Okafor"]',
        ],
    ),
    Mistake(
        "The slides of a talk are not there",
        {"profile/a.toml": '[[talks]]\ntitle = "W"\ndate = 2021\nslides = "W.pdf"\n'},
        ["profile/a.toml:4:11: bib_file: talks.slides: … put it at files/slides/w.pdf"],
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

_VIDEO = '<iframe width="560" src="https://www.youtube.com/embed/aB-3?rel=0" title="Talk"></iframe>'
_INDEX = Path(__file__).with_name("roots").joinpath("owner/index.md").read_text(encoding="utf-8")

PAGES: list[Mistake] = [
    Mistake(
        "A page is saved as UTF-16",
        {"index.md": _INDEX.encode("utf-16")},
        ["index.md:1:1: bib_encoding: … UTF-16; save the file as UTF-8"],
        stops=True,
    ),
    Mistake(
        "A page is saved in Windows-1252",
        {"index.md": _INDEX.encode("windows-1252")},
        ["index.md:4:37: bib_encoding: … Windows-1252; save the file as UTF-8"],
        stops=True,
    ),
    Mistake(
        "A note on a paper is saved in Windows-1252",
        {"notes/okafor2023queue.md": "The data are from Zoë.\n".encode("windows-1252")},
        ["notes/okafor2023queue.md:1:21: bib_encoding: … save the file as UTF-8"],
        stops=True,
    ),
    Mistake(
        "The front matter is not closed",
        {"index.md": ("wait.\n---\n", "wait.\n")},
        ["index.md:1:1: page: front matter: it is not closed; write ---"],
    ),
    Mistake(
        "The front matter does not begin in the first line",
        {"index.md": ("---\nmyst", "\n---\nmyst")},
        ["index.md:1:1: page: front matter: … remove what stands above it"],
    ),
    Mistake(
        "A tab indents a line of the front matter",
        {"index.md": ("    description", "\tdescription")},
        ["index.md:4:1: page: front matter: a tab … indent with spaces"],
    ),
    Mistake(
        "A text in the front matter holds a colon",
        {"index.md": ("The home page of", "Fish:")},
        ["index.md:4:22: page: front matter: a colon … between quotes"],
    ),
    Mistake(
        "The front matter has no space behind its colons",
        {"research/essay.md": ("# Why", "---\norphan:true\n---\n\n# Why")},
        ["research/essay.md:2:1: page: front matter: … write key: value"],
    ),
    Mistake(
        "A directive is not closed, at the end of a page",
        {"publications.md": (":group: year\n```", ":group: year")},
        ["publications.md:3:1: page: ```{publications}: it is not closed … write ```"],
    ),
    Mistake(
        "A directive is not closed, and another follows",
        {"index.md": ("```{profile} card\n```", "```{profile} card")},
        ["index.md:9:1: page: ```{profile} card: … before ```{publications}; write ```"],
        shown={"index": "Zoë Núñez"},
    ),
    Mistake(
        "A note is not closed",
        {"research/essay.md": ("slow.\n:::", "slow.")},
        ["research/essay.md:5:1: page: :::{note}: it is not closed … write :::"],
    ),
    Mistake(
        "A note in a note has as many colons",
        {"research/essay.md": ("Cold water is slow.", ":::{tip}\nCold water is slow.\n:::")},
        ["research/essay.md:5:1: page: :::{note}: … before :::{tip}; write … ::::"],
    ),
    Mistake(
        "An example of code is not closed",
        {"research/essay.md": ("Fish queue", "```python\nwait()\n\nFish queue")},
        ["research/essay.md:3:1: page: ```python: it is not closed … write ```"],
        shown={"research/essay": "Why fish wait"},
    ),
    Mistake(
        "A citation has a slip in its key",
        {"research/essay.md": ("okafor2023queue", "okafor2023queu")},
        ["research/essay.md:3:19: citation: okafor2023queu: … mean okafor2023queue?"],
    ),
    Mistake(
        "One of several citations in a note has a slip in its key",
        {
            "research/essay.md": (
                "Cold water is slow.",
                "Cold water is slow {cite:p}`{see}nunez2021slow,nunes2024danio{p. 3}`.",
            )
        },
        ["research/essay.md:6:48: citation: nunes2024danio: … mean nunez2024danio?"],
    ),
    Mistake(
        "A footnote cites what is nowhere",
        {"research/essay.md": ("slow.\n:::", "slow {footcite}`darwin1859origin`.\n:::")},
        ["research/essay.md:6:31: citation: darwin1859origin: … add the entry"],
    ),
    Mistake(
        "A link to a paper has a slip in its key",
        {"research/essay.md": ("nunez2022water", "nunez2022waters")},
        ["research/essay.md:3:53: citation: nunez2022waters: … mean nunez2022water?"],
    ),
    Mistake(
        "A draft is cited",
        {"refs.bib": ("keywords = {queues},", "pubstate = {inpreparation},")},
        ["research/essay.md:3:19: citation: okafor2023queue: … draft … pubstate"],
        gone=frozenset({"papers/okafor2023queue"}),
    ),
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

# -- conf.py, and what is pasted into the wrong place ---------------------------------------------

_KEYS = ["nunez2021slow", "nunez2022water", "nunez2024danio", "okafor2023queue"]
CONF: list[Mistake] = [
    Mistake(
        "conf.py has a syntax error",
        {"conf.py": ('html_theme = "bibfolio"', 'html_theme = "bibfolio')},
        ["conf.py:4:14: conf: unterminated string … correct this line, or the one above"],
        build=[],
        stops=True,
    ),
    Mistake(
        "A value of conf.py is misspelt",
        {"conf.py": ("html_baseurl", "html_base_url")},
        ["conf.py:5:1: conf: html_base_url: … mean html_baseurl?", "conf.py: no_address: …"],
        build=[],
    ),
    Mistake(
        "A list in conf.py is a text",
        {"conf.py": ('["bibfolio"]', '["bibfolio"]\nexclude_patterns = "drafts"')},
        ["conf.py:4:1: conf: exclude_patterns: … write ['drafts']"],
        build=[],
    ),
    Mistake(
        "The address of the site has no https",
        {"conf.py": ('"https://zoe', '"zoe')},
        build=["conf.py:1:1: conf: html_baseurl: write https:// before zoe.example.org/"],
    ),
    Mistake(
        "The bibliography has another name",
        {"refs.bib": None, "papers.bib": "@misc{a, title = {A}, author = {Zoë Núñez}}"},
        [
            "refs.bib:1:1: bib_missing: cannot read the bibliography",
            "papers.bib:1:1: bib_file: … bibtex_bibfiles = ['papers.bib'] in conf.py",
        ],
        build=["papers.bib:1:1: bib_file: … bibtex_bibfiles = ['papers.bib'] in conf.py"],
        gone=frozenset(f"papers/{key}" for key in _KEYS),
        shown={"publications": "Publications"},
    ),
    Mistake(
        "A second bibliography is beside the first",
        {"more.bib": "@misc{a, title = {A}, author = {Zoë Núñez}, year = 2020}"},
        ["more.bib:1:1: bib_unused_file: … bibtex_bibfiles = ['refs.bib', 'more.bib'] in conf.py"],
        build=[],
    ),
    Mistake(
        "A paper is in press, and has no year",
        {"refs.bib": ("{2023}", "{in press}")},
        ["refs.bib:17:3: bib_field: okafor2023queue: 'in press' … and pubstate = {inpress}"],
    ),
    Mistake(
        "The word that selects a paper is misspelt",
        {"refs.bib": ("fish, selected", "fish, seleted")},
        ["refs.bib:10:3: bib_field: nunez2024danio: seleted … mean selected?"],
    ),
    Mistake(
        "An entry names a PDF that is outside of the folder that is handed out",
        {"refs.bib": _with("file = {danio.pdf}"), "danio.pdf": "%PDF-1.4"},
        ["refs.bib:10:3: bib_file: nunez2024danio: file: … papers/nunez2024danio.pdf"],
    ),
    _stops(
        "A position goes on",
        ('start        = "2021-09"', 'start        = "2021-09"\nend = "present"'),
        "25:1",
        "positions.end: 'present' is not a date; leave it out for what goes on",
    ),
    Mistake(
        "A heading stands above the front matter",
        {"index.md": ("---\nmyst", "# Zoë\n\n---\nmyst")},
        ["index.md:1:1: page: front matter: … remove what stands above it"],
    ),
    Mistake(
        "Papers are cited as in LaTeX, as in Pandoc, and with a space too much",
        {
            "research/essay.md": (
                "Cold water is slow.",
                "\\citep{nunez2021slow}, [@nunez2024danio] {cite} `okafor2023queue`",
            )
        },
        [
            "research/essay.md:6:1: citation: \\citep{nunez2021slow: … {cite}`nunez2021slow`",
            "research/essay.md:6:24: citation: [@nunez2024danio: … write {cite}`nunez2024danio`",
            "research/essay.md:6:42: citation: {cite} `okafor2023queue: … `okafor2023queue`",
        ],
        shown={"research/essay": "Why fish wait"},
    ),
]

MISTAKES = [*PAPERS, *FILES, *PROFILE, *PAGES, *CONF]
