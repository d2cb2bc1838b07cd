"""Papers beside the paragraph that cites them: on essays, under our theme, for readers alone."""

import pytest

from tests.building import ROOTS
from tests.output import text_of
from tests.reading import search_index

PAGE = """# On waiting

Nothing is cited here.

It is known {cite:p}`poe2023queue`, and {cite:t}`doe2021cache` know more {cite:p}`poe2023queue`.

- In a list {cite:p}`doe2023draftless`.

## More

{cite:t}`doe2023draftless` and {cite:t}`doe2021cache` again.
"""
THEME = {"html_theme": "bibfolio", "html_search_language": "bibfolio"}


def notes(built, page: str) -> list[list[str]]:
    """For each paragraph with notes beside it, what they say."""
    return [
        [text_of(note) for note in block.select(".side-note")]
        for block in built.main(page).select("section > p + .side.side-notes")
    ]


@pytest.fixture(scope="module")
def noted(build_once):
    bib = (ROOTS / "citing" / "refs.bib").read_text(encoding="utf-8")
    bib = bib.replace("{10.1000/cache},", "{10.1000/cache},\n  gist = {It remembers.},")
    return build_once("citing", {"waiting.md": PAGE, "refs.bib": bib}, **THEME)


def test_a_paper_stands_beside_the_paragraph_that_first_cites_it(noted):
    assert notes(noted, "waiting") == [
        ["Queue: Waiting in C++ WAIT 2023", "Caches that Remember JSM 2021 It remembers."],
        ["Writing without Drafts Preprint, Nov 2023"],
    ]
    assert [a["href"] for a in noted.main("waiting").select(".side-note a")] == [
        f"../papers/{key}/" for key in ("poe2023queue", "doe2021cache", "doe2023draftless")
    ]
    assert text_of(noted.main("waiting").select_one("h1 + .label")) == "3 papers"
    # Home, lists and pages of papers have none.
    assert [
        page for page in ("index", "publications", "papers/doe2021cache") if notes(noted, page)
    ] == []


def test_notes_are_for_readers_alone(noted):
    """They repeat what is said elsewhere: neither search nor twin has them."""
    assert "It remembers" not in noted.text("waiting.md")
    assert "3 papers" not in noted.text("waiting.md")
    index = search_index(noted.text("searchindex.js"))
    waiting = index["docnames"].index("waiting")
    words = {word for word, pages in index["terms"].items() if waiting in pages}
    assert {"known", "list"} <= words
    assert words.isdisjoint({"cach", "remember", "paper"})


@pytest.mark.parametrize("options", [{"html_theme": "basic"}, {"builder": "text"}])
def test_elsewhere_a_citation_is_a_citation(build, options):
    built = build("citing", {"waiting.md": PAGE}, **options)
    text = built.text("waiting.txt") if "builder" in options else str(built.main("waiting"))
    assert "side-note" not in text
    assert text.count("Caches that Remember") <= (0 if "builder" in options else 2)
