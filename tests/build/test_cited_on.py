"""From a paper to every page that cites it: complete, quoted, exact, and never out of date."""

from urllib.parse import urljoin, urlsplit

import pytest

from tests.output import text_of

ROOT = "https://site.invalid/"
#: A list on the home page as well, which repeats entries and does not count.
HOME = """# Home

```{publications}
:limit: 9
```

```{toctree}
publications
waiting
notes/memory
```
"""
PAGE = """# On {cite:t}`doe2021cache`

Both {cite:p}`poe2023queue,doe2021cache` at once.

## A *first* section

Text[^note] {cite:p}`poe2023queue`.

[^note]: A footnote {cite:p}`doe2021cache`.

### Deeper

| a | b |
|---|---|
| {cite:p}`poe2023queue` | c |

```{figure} x.png
A caption {cite:p}`poe2023queue`.
```

> Quoted {cite:t}`doe2021cache`.
"""


def texts(built, key) -> list[str]:
    """What the page of a paper says of each page that cites it."""
    return [text_of(item) for item in built.paper(key).main.select(".paper-page-places > li")]


def citation(built, key, href):
    """The citation that a link back on the page of *key* leads to."""
    address = urljoin(f"{ROOT}papers/{key}/", href)
    path, fragment = urlsplit(address).path.strip("/"), urlsplit(address).fragment
    (element,) = built.soup(path or "index").find_all(id=fragment)
    return element.find_parent(class_="bibtex-citation") or element


@pytest.fixture(scope="module")
def rich(build_once):
    """Citations wherever one can stand."""
    return build_once("citing", {"waiting.md": PAGE, "x.png": b"", "index.md": HOME})


def test_each_page_is_quoted_and_named_with_its_section(rich):
    assert texts(rich, "poe2023queue") == ["Both at once. On doe2021cache"]
    assert texts(rich, "doe2021cache") == [
        "It is known. On memory",
        "On Doe and Poe [2021] On doe2021cache",
    ]


#: What a page says → what is quoted of it. Formulas and references are read as they are shown.
SENTENCES = {
    "One. Poe *et al.* wait, as J. Doe says {cite:p}`k`. Three.": (
        "Poe et al. wait, as J. Doe says.",
        "",
    ),
    "Of $O(n^2)$[^n] {cite:ts}`k` and {cite:authors}`k` speak.\n\n[^n]: Note.": (
        "Of O(n²) Poe et al. [2023] and Poe et al. speak.",
        "",
    ),
    "## A *first* part\n\nIn {cite:year}`k`, as {cite:label}`k` they say\nin a table.": (
        "In 2023, as they say in a table.",
        ", A first part",
    ),
    "In {bib:paper}`doe2021cache`, or {bib:paper}`again <doe2021cache>`, they wait {cite:p}`k`.": (
        "In Caches that Remember, or again, they wait.",
        "",
    ),
    "- {cite:p}`k`": ("", ""),
    "Of all that wait, {cite:title}`k` is best.": (
        "Of all that wait, Queue: Waiting in C++ is best.",
        "",
    ),
    "See {cite:p}`doe2021cache,k`! And {cite:t}`k`.": ("See!", ""),
}


def test_a_page_is_quoted_as_it_reads(build):
    conf = "extensions = ['bibfolio']\nhtml_theme = 'basic'\nhtml_math_renderer = 'bibfolio'\n"
    pages = {
        f"w{number}.md": "---\norphan: true\n---\n\n# W\n\n"
        + words.replace("`k`", "`poe2023queue`").replace(",k`", ",poe2023queue`")
        for number, words in enumerate(SENTENCES)
    }
    built = build("citing", {**pages, "waiting.md": "# N\n", "conf.py": conf})
    wanted = [f"{quoted} W{section}".strip() for quoted, section in SENTENCES.values()]
    assert texts(built, "poe2023queue") == wanted


@pytest.mark.parametrize("key", ["poe2023queue", "doe2021cache"])
def test_every_link_back_leads_to_a_citation_of_that_paper(rich, key):
    for link in rich.paper(key).main.select(".paper-page-places a"):
        there = citation(rich, key, link["href"])
        assert f"#cite-{key}" in {
            urlsplit(a["href"])._replace(path="").geturl() for a in there("a")
        }
    ids = [tag["id"] for tag in rich.soup("waiting").find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_a_paper_cited_nowhere_says_nothing_of_it(rich):
    page = rich.paper("doe2023draftless")
    assert page.places == []
    assert "Cited on" not in page.main.get_text()
    assert page.main.find(id="cited-on") is None


# -- the next build -----------------------------------------------------------------------------


def test_citations_that_come_and_go_update_the_paper_and_leave_others_alone(build):
    """That every page is then as a clean build makes it: test_incremental.py."""
    built = build("citing", {"index.md": HOME, "notes/memory.md": "# M\n"}, parallel=2)
    before = built.files
    for words, places in (
        ("See {cite:p}`doe2021cache`.", ["See. M"]),
        ("Hear {cite:p}`doe2021cache`.", ["Hear. M"]),
        ("", []),
    ):
        built.write("notes/memory.md", f"# M\n\n{words}\n" if words else "# M\n")
        built = built.rebuild()
        assert built.read == {"notes/memory"}
        assert "papers/doe2021cache" in built.written
        assert not {"papers/poe2023queue", "waiting", "publications"} & built.written
        assert texts(built, "doe2021cache") == places
        assert ("Cited on this site" in built.text("papers/doe2021cache.md")) is bool(words)
    pages = [name for name in before if name.endswith((".html", ".md"))]
    assert [name for name in pages if built.files[name] != before[name]] == []


def many_pages() -> dict[str, str]:
    """Enough pages for Sphinx to share them out; every third cites the first paper twice."""
    names = "b0 a1 d2 c3 e4 f5 g6 h7 i8 j9 k10 l11".split()
    files = {
        f"p/{name}.md": f"# Page {name}\n\n## Part\n\nSeen by {name}. {{cite:p}}`doe2021cache`"
        + ("\n\n{cite:t}`doe2021cache,poe2023queue`\n" if n % 3 == 0 else "\n")
        for n, name in enumerate(names)
    }
    tree = "\n".join(name.removesuffix(".md") for name in files)
    files["index.md"] = f"# Home\n\n```{{publications}}\n```\n\n```{{toctree}}\n{tree}\n```\n"
    return files


def test_citations_are_listed_by_page_whoever_read_it(build):
    built = build("minimal", many_pages(), parallel=3)
    pages = sorted(name.removeprefix("p/").removesuffix(".md") for name in many_pages())
    pages.remove("index")
    assert texts(built, "doe2021cache") == [f"Seen by {name}. Page {name}, Part" for name in pages]
    assert len(texts(built, "poe2023queue")) == 4
