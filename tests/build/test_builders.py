"""Other builders than HTML: nothing crashes, and what they write says the same."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.build.test_figures import CONF, PAPERS, figures
from tests.building import ROOTS
from tests.photographs import photograph

PORTRAIT = photograph(1200, 1600, turned=True)
BIB = (ROOTS / "minimal" / "refs.bib").read_text(encoding="utf-8")
BIB += r"@misc{a, title={On $O(n \log n)$ and $\le$}, author={Doe, Jane}, year=2020}" + "\n"
BIB += "@misc{b, title={B}, year=2020}\n@misc{c, title={C}, year=2020}\n"
PROFILE = (ROOTS / "minimal" / "profile.toml").read_text(encoding="utf-8")
TABLES = """
[[talks]]
title = "Lines to come"
date  = "2027-01-15"
[[grants]]
title  = "Patience"
funder = "Slow Fund"
[[mentoring]]
name  = "Ann Apprentice"
"""
PAGES = {
    "index.md": """# Home

By {profile}`name`. See {cite:t}`doe2021cache`, {bib:paper}`poe2023queue`,
{bib:paper}`that one <doe2023draftless>`, {math}`x^2`, and {cite}`doe2023draftless`.

```{profile} card
```

```{publications}
:limit: 3
```

```{toctree}
all
refs
drawn
large
tables
```
""",
    "all.md": "# All\n\n```{publications}\n:group: year\n```\n",
    "refs.md": "# References\n\n```{bibliography}\n:filter: key == 'doe2023draftless'\n```\n",
    "drawn.md": "# Drawn\n\n```{timeline}\n```\n\n```{coauthors}\n```\n",
    "large.md": "# Large\n" + "".join(f"\n```{{large}} {key}\n```\n" for key in PAPERS),
    "tables.md": "# Tables\n\n```{talks}\n```\n\n```{grants}\n```\n\n```{mentoring}\n```\n",
}
PDF = b"%PDF-1.4 not really\n"
FILES = {
    **PAGES,
    **figures(),
    "conf.py": CONF.replace('html_baseurl = "https://jane.example.org/"', ""),
    "refs.bib": BIB + figures()["refs.bib"],
    "profile.toml": 'portrait = "pictures/me.jpg"\n' + PROFILE + TABLES,
    "pictures/me.jpg": PORTRAIT,
    "files/papers/doe2021cache.pdf": PDF,
}
ADDRESS = "https://jane.example.org/files/papers/doe2021cache.pdf"
SAID = "On O(n log n) and ≤"
#: Builder → what its files say of the one paper's PDF, and of the other's formula.
BUILDERS = {
    **dict.fromkeys(["html", "dirhtml"], (r'data-tex="O(n \log n)"><math',)),
    **dict.fromkeys(["gettext", "dummy", "pseudoxml"], ()),
    "text": [SAID, "Journal of Small Machines, 3(2):10–20."],
    "man": [SAID],
    "latex": [ADDRESS, r"On \(O(n \log n)\) and \(\le\)"],
    **dict.fromkeys(["texinfo", "xml", "epub"], (ADDRESS, SAID)),
    "singlehtml": [ADDRESS, r'data-tex="O(n \log n)"><math'],
}
#: Of papers, of the time line, of figures, and of tables of the profile.
WORDS = [
    *("Caches that Remember", "Queue: Waiting in C++", "Edgar Poe", "that one"),
    *("Other topics", "Below drawn", "Below photo"),
    *("Lines to come", "Slow Fund", "Ann Apprentice"),
]
LISTING = {"text", "latex", "man", "texinfo", "xml"}
BOOKS = {*LISTING, "epub", "singlehtml"}
#: What the builder itself demands of every project.
EXTRA = {"epub": {"version": "1", "copyright": "Jane Doe"}}


def everything(built) -> str:
    text = "\n".join(data.decode("utf-8", "replace") for data in built.files.values())
    return " ".join(text.split())


@pytest.fixture
def book(build_once):
    return lambda builder: build_once("minimal", FILES, builder=builder, **EXTRA.get(builder, {}))


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_builds_twice_without_a_warning_and_says_what_the_site_says(build, builder):
    """Without files beside it a button has a full address; a reference is its title."""
    built = build("minimal", FILES, builder=builder, **EXTRA.get(builder, {}))
    text = everything(built)
    words = [*BUILDERS[builder], *(WORDS if builder in BOOKS else ())]
    words += ["Conference on Wait"] if builder in LISTING else []
    assert [word for word in words if word not in text] == []
    if builder in BOOKS:
        assert not (built.out / "files").exists()
        assert "svg viewBox" not in text or builder == "xml"  # of a time line
        # The plain portrait, and pictures where the format has some.
        copies = [path.read_bytes() for path in built.out.rglob("me*.jpg")]
        has_pictures = builder in {"epub", "latex", "singlehtml"}
        assert copies == [PORTRAIT] * has_pictures or builder in {"man", "texinfo", "xml"}
        assert any(name.endswith("photo.png") for name in built.files) or not has_pictures
    if builder in {"singlehtml", "epub"}:  # a book has no tags of a site
        assert not [w for w in ("citation_title", "og:title", "ld+json") if w in text]
    built.rebuild()


def test_plain_text_reads_as_a_list_of_references(book):
    text = book("text").text("all.txt")
    assert text.index("2023") < text.index("Edgar Poe") < text.index("Journal of Small Machines")


def test_one_environment_serves_several_builders_and_hides_no_change_from_the_site(build):
    """`make site` and then another format: the folder of doctrees is the same."""
    built = build("minimal")
    built.edit("refs.bib", "Caches that Remember", "Caches that Forget")
    for builder in ("text", "xml", "singlehtml", "html", "dirhtml"):
        built.options["builder"] = builder
        built = built.rebuild()
        assert "Caches that Forget" in everything(built)
    assert built.paper("doe2021cache").title == "Caches that Forget"


# -- books: one file, or files without a site ------------------------------------------------------


def test_links_to_papers_lead_inside_a_single_page(book):
    built = book("singlehtml")
    links = [link["href"] for link in built.soup().select("a[href^='#document-papers/']")]
    assert links == []
    titles = [card.tag.select_one(".paper-card-title a") for card in built.cards()]
    assert titles[0]["href"].startswith("#document-all#cite-")
    assert built.soup().find("a", string="Queue: Waiting in C++")["href"] == (
        "#document-all#cite-poe2023queue"
    )
    assert not built.soup().select("form.paper-filter")


def test_latex_has_a_target_for_every_citation_and_the_owner_s_bibliography(book):
    text = everything(book("latex"))
    links = set(re.findall(r"\\hyperlink\{(cite\.[^}]*)\}", text))
    items = {f"cite.{key}" for key in re.findall(r"\\bibitem\[[^]]*\]\{([^}]*)\}", text)}
    targets = items | set(re.findall(r"\\hypertarget\{(cite\.[^}]*)\}", text))
    keys = ["all:cite-doe2021cache", "all:cite-poe2023queue", "refs:cite-doe2023draftless"]
    assert {f"cite.{key}" for key in keys} <= links <= targets
    assert items == {"cite.refs:cite-doe2023draftless"}


def test_a_book_in_epub_is_well_formed_and_has_no_form(book):
    pages = [data for name, data in book("epub").files.items() if name.endswith(".xhtml")]
    tags = {
        element.tag.partition("}")[2] for page in pages for element in ET.fromstring(page).iter()
    }
    assert len(pages) > 5
    assert "a" in tags
    assert not tags & {"form", "button", "script"}


@pytest.mark.parametrize("builder", ["text", "man"])
def test_plain_text_says_addresses_and_nothing_that_leads_nowhere(book, builder):
    text = everything(book(builder)).replace("\\:", "").replace("\\%", "")
    assert text.count("https://doi.org/10.1000/cache") >= 1
    assert "<>" not in text
    assert "JD" not in text
