"""The essays of a site: their index as cards, and what stands at the head and the end of each."""

import pytest

from tests.building import ROOTS
from tests.output import text_of
from tests.reading import search_index

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><path d="M0 0h9"/></svg>'
TREE = "```{toctree}\n:hidden:\n\nwaiting\nquiet\n```\n"
FILES = {
    "essays.md": "# Essays\n\n```{essays}\n```\n\n" + TREE,
    "waiting.md": (
        "# On $n$ lines\n\nOf lines {cite:p}`poe2023queue`, {cite:title}`doe2021cache` says most. "
        "It is old.\n\nSee {cite:t}`poe2023queue` and {cite:t}`doe2023draftless`.\n"
    ),
    "quiet.md": "# Quiet\n\n## A part\n\nNothing is cited.\n",
    "index.md": "# Jane\n\n```{toctree}\npublications\nessays\n```\n",
    "notes/memory.md": None,
    "figures/doe2021cache.svg": SVG,
    "refs.bib": (ROOTS / "citing" / "refs.bib").read_text(encoding="utf-8"),
}
THEME = {"html_theme": "bibfolio", "html_search_language": "bibfolio"}


@pytest.fixture(scope="module")
def made(build_once):
    return build_once("citing", FILES, **THEME)


def cards(built) -> list[list[str]]:
    items = built.main("essays").select(".essay-list > li")
    return [[text_of(part) for part in item.find_all(["h2", "p"])] for item in items]


def test_essays_stand_in_the_order_of_the_toctree_with_first_sentence_and_papers(made):
    assert cards(made) == [
        ["On n lines", "Of lines, Caches that Remember says most.", "3 papers", ""],
        ["Quiet", "Nothing is cited."],
    ]
    links = made.main("essays").select(".essay-list h2 a")
    assert [link["href"] for link in links] == ["../waiting/", "../quiet/"]
    # The papers that have a drawing, for the eyes: the title leads there as well.
    (second,) = made.main("essays").select(".essay-figures a")
    assert (second["href"], second["aria-hidden"]) == ("../waiting/", "true")
    assert len(second.find_all("svg")) == 1


def test_an_essay_says_what_it_is_and_leads_to_the_next_and_the_last_to_all(made):
    labels = [text_of(made.main(page).select_one("h1 + .label")) for page in ("waiting", "quiet")]
    assert labels == ["Essay · 3 papers", "Essay"]
    ends = [
        made.main(page).select_one("section > .essay-next:last-child")
        for page in ("waiting", "quiet")
    ]
    assert [(text_of(end), end.a["href"]) for end in ends] == [
        ("Next: Quiet", "../quiet/"),
        ("All essays: Essays", "../essays/"),
    ]


def test_what_an_index_repeats_is_found_on_the_essay_alone(made):
    index = search_index(made.text("searchindex.js"))
    assert {index["docnames"][page] for page in index["terms"]["noth"]} == {"quiet"}
    assert "Next:" not in made.text("waiting.md")


def test_an_edit_of_an_essay_or_of_its_place_changes_the_others(build):
    built = build("citing", FILES, **THEME)
    (built.src / "quiet.md").write_text("# Loud\n\nOf {cite:title}`poe2023queue`. Or not.\n")
    again = built.rebuild()
    assert cards(again)[1] == ["Loud", "Of Queue: Waiting in C++.", "1 paper"]
    assert text_of(again.main("waiting").select_one(".essay-next")) == "Next: Loud"
    tree = TREE.replace("waiting\nquiet", "quiet\nwaiting")
    (built.src / "essays.md").write_text("# Essays\n\n```{essays}\n```\n\n" + tree)
    again = built.rebuild()
    assert [card[0] for card in cards(again)] == ["Loud", "On n lines"]
    assert text_of(again.main("quiet").select_one(".essay-next")) == "Next: On n lines"
    assert again.page("essays").read_text() == again.build_clean().page("essays").read_text()


@pytest.mark.parametrize("options", [{"html_theme": "basic"}, {"builder": "text"}])
def test_elsewhere_there_is_the_index_and_an_essay_is_a_page(build, options):
    built = build("citing", FILES, parallel=2, **options)
    if "builder" in options:
        said = " ".join(built.text("essays.txt").split())
        assert "On n lines Of lines, Caches that Remember says most. 3 papers" in said
        assert "Next" not in built.text("waiting.txt")
    else:
        assert [card[0] for card in cards(built)] == ["On n lines", "Quiet"]
        assert not built.main("waiting").select(".essay-next, .label")


def test_a_page_without_a_toctree_is_told_to_have_one(build):
    files = {
        "essays.md": "# Essays\n\nThey are:\n\n```{essays}\n```\n",
        "index.md": FILES["index.md"],
        **dict.fromkeys(("waiting.md", "notes/memory.md")),
    }
    message = "essays.md:5: ERROR: essays: no toctree of this page names a page; write one"
    assert not build("citing", files, warnings=[message]).main("essays").select(".essay-list")
