"""From a paper to every sentence that cites it: complete, exact, and never out of date."""

from urllib.parse import urljoin, urlsplit

import pytest

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


def counts(built, page="publications") -> dict[str, str]:
    """End of the identifier of a card → what it says of citations."""
    return {card.id.split("-")[-1]: (card.cited or ("", ""))[0] for card in built.cards(page)}


def texts(built, key) -> list[str]:
    return [text for text, _ in built.paper(key).places]


def citation(built, key, href):
    """The citation that a link back on the page of *key* leads to."""
    address = urljoin(f"{ROOT}papers/{key}/", href)
    path, fragment = urlsplit(address).path.strip("/"), urlsplit(address).fragment
    (element,) = built.soup(path or "index").find_all(id=fragment)
    return element.find_parent(class_="bibtex-citation") or element


# -- what is listed -----------------------------------------------------------------------------

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


@pytest.fixture(scope="module")
def rich(build_once):
    """Citations wherever one can stand."""
    return build_once("citing", {"waiting.md": PAGE, "x.png": b"", "index.md": HOME})


def test_a_citation_is_named_by_its_page_and_section_and_numbered_from_the_second(rich):
    assert texts(rich, "poe2023queue") == [
        "On doe2021cache",
        "On doe2021cache, A first section",
        "On doe2021cache, Deeper",
        "On doe2021cache, Deeper (2)",
    ]
    # A footnote stands at the end of its page, below all sections.
    assert texts(rich, "doe2021cache") == [
        "On memory",
        "On doe2021cache",
        "On doe2021cache (2)",
        "On doe2021cache, Deeper",
        "On doe2021cache (3)",
    ]


@pytest.mark.parametrize("key", ["poe2023queue", "doe2021cache"])
def test_every_link_back_leads_to_a_citation_of_that_paper(rich, key):
    found = []
    for _, href in rich.paper(key).places:
        link = citation(rich, key, href)
        assert f"#cite-{key}" in {urlsplit(a["href"])._replace(path="").geturl() for a in link("a")}
        found.append(href)
    assert len(set(found)) == len(found)


def test_identifiers_of_citations_are_unique(rich):
    ids = [tag["id"] for tag in rich.soup("waiting").find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_the_complete_list_counts_pages_and_leads_to_the_places(rich):
    assert counts(rich) == {
        "doe2021cache": "Cited on 2 pages",
        "poe2023queue": "Cited on 1 page",
        "doe2023draftless": "",
    }
    for card in rich.cards("publications"):
        if card.cited:
            key = card.id.removeprefix("cite-")
            assert card.cited[1] == f"../papers/{key}/#cited-on"
            assert rich.soup(f"papers/{key}").find(id="cited-on")


def test_a_list_that_repeats_entries_does_not_count_again(rich):
    assert set(counts(rich, "index").values()) == {""}


def test_a_paper_cited_nowhere_says_nothing_of_it(rich):
    page = rich.paper("doe2023draftless")
    assert page.places == []
    assert "Cited on" not in page.main.get_text()
    assert page.main.find(id="cited-on") is None


def test_pages_come_in_the_order_of_their_names(build):
    files = {f"{name}.md": f"# {name}\n\n{{cite:p}}`doe2021cache`\n" for name in ("b", "a", "c")}
    files["index.md"] = "# Home\n\n{cite:p}`doe2021cache`\n\n```{toctree}\nb\na\nc\n```\n"
    built = build("citing", files, warnings=True)
    assert texts(built, "doe2021cache") == ["a", "b", "c", "Home", "On memory"]


def test_keys_that_differ_in_signs_alone_have_citations_of_their_own(build):
    entry = "@misc{{{}, title={{T {}}}, author={{Doe, Jane}}, year={}}}\n"
    files = {"refs.bib": entry.format("a_b", 1, 2020) + entry.format("a.b", 2, 2021)}
    files["index.md"] = "# P\n\n{cite:p}`a_b` {cite:p}`a.b`\n\n```{publications}\n```\n"
    built = build("minimal", files, warnings=True)
    ids = [tag["id"] for tag in built.soup().find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


# -- the next build -----------------------------------------------------------------------------

both = pytest.mark.parametrize("parallel", [0, 2])


@both
def test_adding_and_removing_a_citation_on_a_page_updates_paper_and_lists(build, parallel):
    built = build("citing", {"index.md": HOME}, parallel=parallel)
    before = built.files
    assert texts(built, "doe2021cache") == ["On memory"]

    built.edit("waiting.md", "As {cite}", "See {cite:p}`doe2021cache`. As {cite}")
    built = built.rebuild()
    assert built.read == {"waiting"}
    assert texts(built, "doe2021cache") == ["On memory", "On waiting"]
    assert "Cited on this site" in built.text("papers/doe2021cache.md")
    assert counts(built)["doe2021cache"] == "Cited on 2 pages"

    built.edit("waiting.md", "See {cite:p}`doe2021cache`. As {cite}", "As {cite}")
    built = built.rebuild()
    assert built.read == {"waiting"}
    assert texts(built, "doe2021cache") == ["On memory"]
    pages = [name for name in before if name.endswith((".html", ".md"))]
    assert [name for name in pages if built.files[name] != before[name]] == []


@both
def test_the_first_and_the_last_citation_come_and_go(build, parallel):
    built = build("citing", {"index.md": HOME, "notes/memory.md": "# M\n"}, parallel=parallel)
    assert counts(built)["doe2021cache"] == ""
    built.write("notes/memory.md", "# On memory\n\n{cite:p}`doe2021cache`\n")
    built = built.rebuild()
    assert texts(built, "doe2021cache") == ["On memory"]
    assert counts(built)["doe2021cache"] == "Cited on 1 page"
    built.write("notes/memory.md", "# On memory\n")
    built = built.rebuild()
    assert texts(built, "doe2021cache") == []
    assert counts(built)["doe2021cache"] == ""


def test_a_second_citation_on_the_same_page_is_listed_but_not_counted(build):
    built = build("citing")
    built.edit("notes/memory.md", "`doe2021cache`", "`doe2021cache` and {cite:t}`doe2021cache`")
    built = built.rebuild()
    assert texts(built, "doe2021cache") == ["On memory", "On memory (2)"]
    assert counts(built)["doe2021cache"] == "Cited on 1 page"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("# On waiting", "# On standing", "On standing"),
        ("As {cite}", "## Then\n\nAs {cite}", "On waiting, Then"),
    ],
)
def test_another_heading_is_another_name_of_the_place(build, old, new, text):
    built = build("citing")
    built.edit("waiting.md", old, new)
    assert texts(built.rebuild(), "doe2023draftless") == [text]


def test_a_page_that_is_gone_cites_nothing(build):
    built = build("citing", {"index.md": HOME})
    built.delete("waiting.md")
    built.edit("index.md", "waiting\n", "")
    built = built.rebuild()
    assert texts(built, "poe2023queue") == []
    assert counts(built) == {
        "poe2023queue": "",
        "doe2023draftless": "",
        "doe2021cache": "Cited on 1 page",
    }


def test_a_page_that_cites_something_else_leaves_a_paper_alone(build):
    built = build("citing")
    built.edit("waiting.md", "As {cite}", "Again {cite:p}`poe2023queue`. As {cite}")
    again = built.rebuild()
    assert "papers/poe2023queue" in again.written
    assert not {"papers/doe2021cache", "papers/doe2023draftless"} & again.written


def test_a_build_in_another_format_between_two_of_the_site_does_not_hide_a_citation(build):
    built = build("citing")
    built.edit("waiting.md", "As {cite}", "See {cite:p}`doe2021cache`. As {cite}")
    built.options["builder"] = "text"
    built.rebuild()
    built.options["builder"] = "dirhtml"
    built = built.rebuild()
    assert texts(built, "doe2021cache") == ["On memory", "On waiting"]


# -- several processes --------------------------------------------------------------------------


def many_pages() -> dict[str, str]:
    """Enough pages for Sphinx to share them out; every third cites the first paper twice."""
    files = {
        f"p/{n:02}.md": f"# Page {n}\n\n## Part\n\n{{cite:p}}`doe2021cache`"
        + ("\n\n{cite:t}`doe2021cache,poe2023queue`\n" if n % 3 == 0 else "\n")
        for n in range(14)
    }
    tree = "\n".join(name.removesuffix(".md") for name in files)
    files["index.md"] = f"# Home\n\n```{{publications}}\n```\n\n```{{toctree}}\n{tree}\n```\n"
    return files


def test_citations_read_by_several_processes_are_those_read_by_one(build):
    serial = build("minimal", many_pages())
    parallel = build("minimal", many_pages(), parallel=3)
    for built in (serial, parallel):
        assert texts(built, "doe2021cache") == [
            f"Page {n}, Part{again}"
            for n in range(14)
            for again in ["", " (2)"][: 1 + (n % 3 == 0)]
        ]
        assert counts(built, "index")["doe2021cache"] == "Cited on 14 pages"
        assert counts(built, "index")["poe2023queue"] == "Cited on 5 pages"
    for key in ("doe2021cache", "poe2023queue"):
        assert parallel.paper(key).places == serial.paper(key).places
