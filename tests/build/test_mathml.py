"""Formulas become MathML in the page: no script, no picture, no other host."""

import json

import pytest

SAID = "On O(n log n) and ≤"
BIB = r"@misc{a, title={On $O(n \log n)$ and $\le$}, author={Doe, Jane}, year=2020}" + "\n"
ORPHAN = "---\norphan: true\n---\n\n# Page\n\n"
PAGE = """# Maths

So {math}`x^2 + 1` it is {cite:p}`a`.

```{math}
\\sum_{i=1}^n i
```

```{publications}
```
"""


@pytest.fixture(scope="module")
def built(build_once):
    files = {"a.md": ORPHAN + "{math}`x`\n", "b.md": ORPHAN + "x\n"}
    return build_once("minimal", {"index.md": PAGE, "refs.bib": BIB, **files})


def test_a_formula_is_mathml_and_loads_nothing(built):
    inline, block, *in_title = built.main().find_all("math")
    assert inline.find("msup")
    assert (inline.get("display") or "inline", block["display"]) == ("inline", "block")
    assert block.parent["tabindex"] == "0"
    assert len(in_title) == 2
    assert not built.main().find_all(["script", "img"])
    assert len(built.soup("a").find_all("script")) == len(built.soup("b").find_all("script"))


def test_a_formula_in_a_title_says_the_same_wherever_there_is_no_maths(built):
    """What browsers show in tabs, the search, feeds and files to download: never the source."""
    (link,) = built.main().select(".bibtex-citation a")
    assert f"{SAID}." in link["title"]
    soup = built.soup("papers/a")
    assert soup.title.get_text().startswith(SAID)
    assert soup.find("meta", attrs={"name": "citation_title"})["content"] == SAID
    search = json.loads(built.text("searchindex.js").removeprefix("Search.setIndex(")[:-1])
    assert SAID in search["titles"]
    assert SAID in search["alltitles"]
    for name in ("papers/a.ris", "papers/a.json", "feed.json", "feed.xml", "llms.txt"):
        assert SAID in built.text(name), name
    owner_s = {"papers/a.bib", "publications.bib", "papers/a/index.html", "papers/a.md"}
    telling = {name for name, data in built.files.items() if rb"\log" in data}
    assert {name for name in telling if not name.startswith("_s")} <= owner_s


FORMULAS = ["\\nonsense{x}", "\\frac{1}", "x}y", "x^"]
HOSTILE = "{math}`</math><script>alert(1)</script>`\n"


def test_a_formula_that_is_not_understood_warns_and_shows_its_source(build):
    text = "# M\n\n" + "\n\n".join(f"```{{math}}\n{formula}\n```" for formula in FORMULAS)
    text += f"\n\n{HOSTILE}"
    built = build("minimal", {"index.md": text}, warnings=["[bibfolio.math]"] * len(FORMULAS))
    places = [f"index.md:{3 + 4 * n}: WARNING: formula " for n in range(len(FORMULAS))]
    assert [w.startswith(p) for w, p in zip(built.warnings, places, strict=True)] == [True] * 4
    assert [code.get_text() for code in built.main().find_all("code")] == FORMULAS
    assert not [tag for tag in built.soup().find_all("script") if "alert(1)" in tag.get_text()]
    build("minimal", {"index.md": text}, suppress_warnings=["bibfolio.math"])


@pytest.mark.parametrize(("renderer", "told"), [("bibfolio", 1), ("mathjax", 0)])
def test_a_title_with_a_formula_that_is_not_understood_is_named_once(build, renderer, told):
    """With its place, however many pages show it; another renderer may know the command."""
    bib = "\n@misc{a,\n  title = {On $\\href{x}{y}$}, author = {Doe, Jane}, year = 2020}\n"
    wanted = [r"refs.bib:2: WARNING: a: formula '\\href{x}{y}' is shown as it is written: "] * told
    built = build("minimal", {"refs.bib": bib}, warnings=wanted, html_math_renderer=renderer)
    if told:
        assert built.main("papers/a").find("code").get_text() == r"\href{x}{y}"
        assert [wanted[0] in line for line in built.rebuild(warnings=True).warnings] == [True]
