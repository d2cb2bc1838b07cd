"""What a list shows of one paper: title, authors, venue and links, whatever they hold."""

import pytest

from tests.output import text_of

#: Key → fields beside a title, an author and a year.
PAPERS = {
    "bare": {},
    "accents1": {"author": r"M{\"u}ller, Zo{\"e} and Doe, Jane"},
    "accents2": {"author": r"M\"{u}ller, Zo\"e and Doe, Jane"},
    "accents3": {"author": "Müller, Zoë and Doe, Jane"},
    "theory": {"title": r"Une th\'eorie \emph{g{\'e}n{\'e}rale} de $k$"},
    "javascript": {"code": "javascript:alert(1)"},
    "data": {"code": "data:text/html,x"},
    "elsewhere": {"code": "//evil.example.org/"},
    "login": {"code": "https://a@b.c/"},
}
REFUSED = list(PAPERS)[-4:]

GUEST = """extensions = ["myst_parser", "sphinxcontrib.bibtex", "bibfolio"]
bibtex_bibfiles = ["refs.bib"]
"""
#: More authors than a card names, and more on the venue than stands there.
LONG = (
    "@article{long, title = {Many}, journal = {Journal of Small Machines}, shortjournal = {JSM},"
    " volume = 3, number = 2, pages = {10--20}, date = {2021-05},"
    f" author = {{{' and '.join(f'{name}, Ann' for name in 'ABCDEFG')} and Doe, Jane and Z, Ann}}}}"
)
REFERENCE = "JSM 2021. Journal of Small Machines, 3(2):10–20, May 2021."


def entry(key: str) -> str:
    values = {"title": "Some Title", "author": "Doe, Jane", "year": "2020"} | PAPERS[key]
    lines = (f"  {name} = {{{value}}},\n" for name, value in values.items())
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


@pytest.fixture(scope="module")
def made(build_once):
    """Key → card, for the papers above."""
    warnings = [f"WARNING: {key}: code is n" for key in REFUSED]
    built = build_once("minimal", {"refs.bib": "".join(map(entry, PAPERS))}, warnings=warnings)
    return {card.id.removeprefix("cite-"): card for card in built.cards()}


@pytest.fixture(scope="module")
def shown(build_once):
    """Key → card, for the papers of the root `minimal`."""
    return {card.id.removeprefix("cite-"): card for card in build_once("minimal").cards()}


def test_a_card_is_a_reference_with_the_owner_in_bold_in_every_spelling(shown):
    queue, draft, cache = shown.values()
    assert queue.title == "Queue: Waiting in C++"
    assert queue.authors == ["Edgar Poe*", "Jane Doe*", "Zoë Müller"]
    assert queue.legend == "(* Equal contribution)"
    assert queue.venue == "WAIT 2023 · Oslo · Networks · Storage"
    assert (queue.topics, cache.topics) == (["Networks", "Storage"], ["Storage"])
    assert queue.part("badge").find("a")["href"] == "https://wait.example.org/2023"
    assert cache.venue == "JSM 2021 · Journal of Small Machines · Storage"
    assert (draft.badge, draft.authors) == ("Preprint", ["J. Doe", "et al."])
    assert [card.owner for card in shown.values()] == [["Jane Doe"], ["J. Doe"], ["Jane Doe"]]
    links = {(key, *link) for key, card in shown.items() for link in card.links}
    assert links >= {
        ("poe2023queue", "Code", "https://code.example.org/queue"),
        ("poe2023queue", "Publisher", "https://wait.example.org/2023/queue"),
        ("doe2021cache", "DOI", "https://doi.org/10.1000/cache"),
        ("doe2023draftless", "PDF", "https://arxiv.org/pdf/2311.00001"),
        ("doe2023draftless", "arXiv", "https://arxiv.org/abs/2311.00001"),
    }


def test_what_a_card_leaves_out_stands_on_the_page_behind_its_title(build_once):
    built = build_once("minimal", {"refs.bib": LONG})
    (card,), page = built.cards(), built.paper("long")
    assert card.authors == ["Ann A", "Ann B", "Ann C", "4 more", "Jane Doe", "Ann Z"]
    assert card.tag.select_one("h2.paper-card-title a")["href"] == "papers/long/"
    assert len(page.authors) == 9
    assert card.venue == "JSM 2021 · Journal of Small Machines"
    assert REFERENCE.removeprefix("JSM 2021. ") in text_of(page.part("reference"))


def test_where_papers_have_no_page_nothing_is_left_out(build):
    """A guest's list, and a book of those pages alone that its contents name."""
    files = {"refs.bib": LONG, "index.md": "# Home\n\n```{publications}\n```\n"}
    for built in (
        build("minimal", files | {"conf.py": GUEST}),
        build("minimal", files, builder="singlehtml"),
    ):
        (card,) = built.cards()
        assert (len(card.authors), card.venue) == (9, REFERENCE)


def test_names_and_titles_with_accents_are_one_piece_of_text(made):
    """Else a search in the page for the name finds nothing."""
    for key in ("accents1", "accents2", "accents3"):
        assert any("Zoë Müller" in text for text in made[key].part("authors").strings)
    title = made["theory"].part("title")
    assert list(title.stripped_strings) == ["Une théorie", "générale", "de", "k"]
    assert (title.em.get_text(), title.math.get_text(strip=True)) == ("générale", "k")


def test_a_link_tells_its_paper_out_of_context(shown):
    """A screen reader's list of links would say "PDF" ten times."""
    for card in shown.values():
        assert card.part("title").find("a")["href"]
        for button in card.part("links").find_all("a"):
            assert card.title in " ".join((button["title"], button.get("aria-label", "")))


@pytest.mark.parametrize("key", ["bare", *REFUSED])
def test_without_an_address_of_the_web_there_is_no_link_and_no_empty_row(made, key):
    assert made[key].links == []
    assert made[key].part("links") is None
