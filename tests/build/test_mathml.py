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
    owner_s = {"papers/a.bib", "publications.bib", "llms-full.txt"}
    owner_s |= {"papers/a/index.html", "papers/a.md", "index.html", "index.md"}
    telling = {name for name, data in built.files.items() if rb"\log" in data}
    assert {name for name in telling if not name.startswith("_s")} <= owner_s


def test_a_formula_brings_its_source_for_programs(built):
    said = [formula.parent["data-tex"] for formula in built.main().find_all("math")]
    assert said == ["x^2 + 1", "\\sum_{i=1}^n i", r"O(n \log n)", r"\le"]


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


PROJECTS = {
    "guest": {"html_theme": "alabaster", "bibfolio_mode": "guest"},
    "site": {"html_theme": "bibfolio"},
}


@pytest.mark.parametrize("mode", PROJECTS)
def test_a_formula_in_a_title_needs_no_script_whatever_draws_those_of_pages(build, mode):
    bib = BIB + "@misc{b, title={On CO$_2$ and \\ce{SO4^2-} at ${\\rm B}^0$}, year=2020}\n"
    page = "# M\n\n```{publications}\n```\n"
    files = {"index.md": page, "refs.bib": bib}
    conf = 'extensions = ["myst_parser", "sphinx.ext.mathjax", "bibfolio"]\n'
    conf += 'bibtex_bibfiles = ["refs.bib"]\nhtml_math_renderer = "mathjax"\n'
    built = build("minimal", {"conf.py": conf, **files}, **PROJECTS[mode])
    main = built.main()
    assert len(main.find_all("math")) == 5
    assert not [tag for tag in built.soup().find_all("script") if "mathjax" in tag.get("src", "")]
    assert "\\(" not in main.get_text()


def test_a_title_with_a_formula_that_is_not_understood_says_what_it_says(build):
    """It is the checker that tells, once and with its place (``tests/unit/lint``)."""
    bib = "\n@misc{a,\n  title = {On $\\href{x}{y}$}, author = {Doe, Jane}, year = 2020}\n"
    built = build("minimal", {"refs.bib": bib}, suppress_warnings=["bibfolio.bib_math"])
    assert not built.main("papers/a").find(["math", "code"])
    assert built.main("papers/a").h1.get_text().startswith("On xy")
