"""Formulas become MathML in the page: no script, no picture, no other host."""

import json

import pytest


def page(text: str) -> dict[str, str]:
    return {"index.md": f"# Maths\n\n{text}\n"}


def test_an_inline_formula_is_mathml(build):
    main = build("minimal", page("So {math}`x^2 + 1` it is.")).main()
    math = main.find("math")
    assert math.find("msup")
    assert math.get("display") != "block"


def test_a_block_of_maths_is_set_apart(build):
    main = build("minimal", page("```{math}\n\\sum_{i=1}^n i\n```")).main()
    assert main.find("math")["display"] == "block"
    assert main.find("math").parent["tabindex"] == "0"


def test_a_formula_in_a_title_is_mathml_and_plain_in_the_tooltip(build):
    entry = "@misc{a, title={On $O(n^2)$ and $\\alpha$}, author={Doe, Jane}, year=2020}\n"
    files = page("{cite:p}`a`\n\n```{publications}\n```") | {"refs.bib": entry}
    built = build("minimal", files)
    assert len(built.main().select(".paper-card-title math")) == 2
    (link,) = built.main().select(".bibtex-citation a")
    assert "On O(n²) and α." in link["title"]


TITLED = r"@misc{a, title={On $O(n \log n)$ and $\le$}, author={Doe, Jane}, year=2020}" + "\n"
SAID = "On O(n log n) and ≤"


def test_a_formula_in_a_title_says_the_same_wherever_there_is_no_maths(build):
    """What browsers show in tabs, the search, feeds and files to download: never the source."""
    built = build("minimal", {"refs.bib": TITLED})
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


@pytest.mark.parametrize(
    ("builder", "name", "words"),
    [
        ("text", "index.txt", SAID),
        ("man", "janedoe.1", SAID),
        ("latex", "janedoe.tex", r"On \(O(n \log n)\) and \(\le\)"),
    ],
)
def test_other_formats_show_the_formula_as_well_as_they_can(build, builder, name, words):
    assert words in build("minimal", {"refs.bib": TITLED}, builder=builder).text(name)


def test_a_formula_loads_nothing(build):
    built = build("minimal", page("{math}`x`"))
    plain = build("minimal", page("x"))
    assert len(built.soup().find_all("script")) == len(plain.soup().find_all("script"))
    assert not built.soup().find_all("img")


@pytest.mark.parametrize("formula", ["\\nonsense{x}", "\\frac{1}", "x}y", "x^"])
def test_a_formula_that_is_not_understood_warns_and_shows_its_source(build, formula):
    built = build("minimal", page(f"```{{math}}\n{formula}\n```"), warnings=["[bibfolio.math]"])
    assert built.warnings[0].startswith("index.md:3: WARNING: formula ")
    assert built.main().find("code").get_text() == formula


@pytest.mark.parametrize(("renderer", "told"), [("bibfolio", 1), ("mathjax", 0)])
def test_a_title_with_a_formula_that_is_not_understood_is_named_once(build, renderer, told):
    """With its place, however many pages show it; another renderer may know the command."""
    bib = "\n@misc{a,\n  title = {On $\\href{x}{y}$}, author = {Doe, Jane}, year = 2020}\n"
    wanted = [r"refs.bib:2: WARNING: a: formula '\\href{x}{y}' is shown as it is written: "] * told
    built = build("minimal", {"refs.bib": bib}, warnings=wanted, html_math_renderer=renderer)
    if told:
        assert built.main("papers/a").find("code").get_text() == r"\href{x}{y}"
        assert [wanted[0] in line for line in built.rebuild(warnings=True).warnings] == [True]


def test_a_hostile_formula_is_text(build):
    formula = "</math><script>alert(1)</script>"
    soup = build("minimal", page(f"{{math}}`{formula}`"), warnings=True).soup()
    assert not [tag for tag in soup.find_all("script") if "alert(1)" in tag.get_text()]


def test_the_warning_can_be_silenced_by_name(build):
    build("minimal", page("{math}`\\nonsense`"), suppress_warnings=["bibfolio.math"])
