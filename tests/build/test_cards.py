"""What a list shows of one paper: title, authors, venue and links, whatever they hold."""

import pytest

from tests.output import text_of

CODE = "https://code.example.org/"
#: Key → fields beside a title, an author and a year.
PAPERS = {
    "bare": {},
    "maths": {"title": r"Finding the $k$ \emph{Nearest} Neighbours"},
    "marks": {
        "author": "Doe, Jane and Poe, Edgar and Lee, Ann",
        "author+an": "1=equal, corresponding; 2=equal; 3=advisor",
    },
    "accents1": {"author": r"M{\"u}ller, Zo{\"e} and Doe, Jane"},
    "accents2": {"author": r"M\"{u}ller, Zo\"e and Doe, Jane"},
    "accents3": {"author": "Müller, Zoë and Doe, Jane"},
    "theory": {"title": r"Une th\'eorie g{\'e}n{\'e}rale"},
    "chinese": {"author": "金, 超 and Doe, Jane"},
    "award": {"award": "Best Paper"},
    "javascript": {"code": "javascript:alert(1)"},
    "data": {"code": "data:text/html,x"},
    "elsewhere": {"code": "//evil.example.org/"},
    "login": {"code": "https://a@b.c/"},
}
REFUSED = list(PAPERS)[-4:]


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


# -- title and authors --------------------------------------------------------------------------


def test_a_title_keeps_its_capitals_and_leads_somewhere(shown):
    assert shown["poe2023queue"].title == "Queue: Waiting in C++"
    assert all(card.part("title").find("a")["href"] for card in shown.values())


def test_a_title_may_hold_maths_and_emphasis(made):
    title = made["maths"].part("title")
    assert title.find("math").get_text(strip=True) == "k"
    assert text_of(title.find("em")) == "Nearest"


def test_authors_stand_in_printed_order_with_marks_explained_where_there_are_any(shown, made):
    assert shown["poe2023queue"].authors == ["Edgar Poe*", "Jane Doe*", "Zoë Müller"]
    legends = {key: card.legend for key, card in shown.items() if card.legend}
    assert legends == {"poe2023queue": "(* Equal contribution)"}
    assert made["marks"].authors == ["Jane Doe*†", "Edgar Poe*", "Ann Lee‡"]
    assert made["marks"].legend == "(* Equal contribution; † Corresponding author; ‡ Advisor)"


def test_the_owner_is_bold_in_every_spelling_and_nobody_else_is(shown):
    assert {key: card.owner for key, card in shown.items()} == {
        "poe2023queue": ["Jane Doe"],
        "doe2023draftless": ["J. Doe"],
        "doe2021cache": ["Jane Doe"],
    }


def test_others_are_et_al(shown):
    assert shown["doe2023draftless"].authors == ["J. Doe", "et al."]


def test_names_and_titles_with_accents_are_one_piece_of_text(made):
    """Else a search in the page for the name finds nothing."""
    for key in ("accents1", "accents2", "accents3"):
        assert any("Zoë Müller" in text for text in made[key].part("authors").strings)
    assert list(made["theory"].part("title").stripped_strings) == ["Une théorie générale"]


def test_names_in_chinese_keep_their_order(made):
    assert made["chinese"].authors == ["金超", "Jane Doe"]


# -- venue and links ----------------------------------------------------------------------------


def test_a_card_says_where_and_when(shown, made):
    said = {key: (card.badge, card.venue) for key, card in shown.items()}
    queue, cache, draft = (
        said[f"{k}"] for k in ("poe2023queue", "doe2021cache", "doe2023draftless")
    )
    assert queue == (
        "WAIT 2023",
        "WAIT 2023 Conference on Waiting, Oslo, April 30–May 2, 2023.",
    )
    badge = shown["poe2023queue"].part("badge").find("a")
    assert badge["href"] == "https://wait.example.org/2023"
    assert cache == ("JSM 2021", "JSM 2021 Journal of Small Machines (JSM), 3(2):10–20, 2021.")
    assert draft[0] == "Preprint"
    assert "arXiv:2311.00001 [cs.DC]" in draft[1]
    assert text_of(made["award"].part("award")) == "Best Paper"


def test_every_identifier_and_address_becomes_a_link(shown):
    links = {(key, *link) for key, card in shown.items() for link in card.links}
    assert links >= {
        ("poe2023queue", "Code", f"{CODE}queue"),
        ("poe2023queue", "Publisher", "https://wait.example.org/2023/queue"),
        ("doe2021cache", "DOI", "https://doi.org/10.1000/cache"),
        ("doe2023draftless", "PDF", "https://arxiv.org/pdf/2311.00001"),
        ("doe2023draftless", "arXiv", "https://arxiv.org/abs/2311.00001"),
    }


def test_a_link_tells_its_paper_out_of_context(shown):
    """A screen reader's list of links would say "PDF" ten times."""
    for card in shown.values():
        for button in card.part("links").find_all("a"):
            assert card.title in " ".join((button["title"], button.get("aria-label", "")))


@pytest.mark.parametrize("key", ["bare", *REFUSED])
def test_without_an_address_of_the_web_there_is_no_link_and_no_empty_row(made, key):
    assert made[key].links == []
    assert made[key].part("links") is None
