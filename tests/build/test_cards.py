"""What a list shows of one paper: title, authors, venue and links, whatever they hold."""

import re

import pytest

from tests.output import text_of


def paper(type_: str = "misc", **fields: str) -> str:
    """A `.bib` file with one entry, `key`, of a title, an author and the given fields."""
    values = {"title": "Some Title", "author": "Doe, Jane", "year": "2020"} | fields
    lines = (f"  {name} = {{{value}}},\n" for name, value in values.items())
    return f"@{type_}{{key,\n{''.join(lines)}}}\n"


@pytest.fixture
def card(build):
    """The card of an entry with the given fields."""

    def make(type_="misc", warnings=(), annotation="", **fields):
        if annotation:
            fields["author+an"] = annotation
        built = build("minimal", {"refs.bib": paper(type_, **fields)}, warnings=warnings)
        (only,) = built.cards()
        return only

    return make


@pytest.fixture(scope="module")
def shown(build_once):
    """Anchor → card, for the papers of the root `minimal`."""
    return {card.id: card for card in build_once("minimal").cards()}


# -- title --------------------------------------------------------------------------------------


def test_a_title_keeps_its_capitals(shown):
    assert shown["cite-poe2023queue"].title == "Queue: Waiting in C++"


def test_a_title_leads_somewhere(shown):
    assert all(card.part("title").find("a")["href"] for card in shown.values())


def test_a_title_may_hold_maths_and_emphasis(card):
    title = card(title=r"Finding the $k$ \emph{Nearest} Neighbours").part("title")
    assert title.find("math").get_text(strip=True) == "k"
    assert text_of(title.find("em")) == "Nearest"


#: What a title may say.
HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "end of title": "</title></p></li><h1>Mine</h1>",
    "quotes": """He said "it's" 'quoted'""",
    "ampersands": "R&D &amp; more &lt; less",
    "cdata": "<![CDATA[ x ]]> ]]> <! y",
    "markup": "*star* `tick` {cite}`key` [link](https://x.example.org) |bar| :role:`x` <b>",
    "emoji": "Fast 🚀 and 👩‍🔬 safe",
    "right to left": "\u202eevil\u202c and \u200fمرحبا\u200e",
    "letters": "日本語 Ελληνικά Ünïcödé ﬁ ß",
    "template": "{{ config }} {% raw %} ${x} #{y}",
    "attribute": '" onmouseover="alert(1)" x="',
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_title_shows_as_text_and_does_nothing(build, title):
    files = {"refs.bib": paper(title=re.sub(r"([%$#&{}])", r"\\\1", title))}
    files["index.md"] = "# Papers\n\n{cite:t}`key`\n\n```{publications}\n```\n"
    files["elsewhere.md"] = "---\norphan: true\n---\n\n# Elsewhere\n\n{cite:p}`key`\n"
    told = ["bibfolio.bib_escape", "bibfolio.bib_control"]  # that it is odd is not the question
    built = build("minimal", files, suppress_warnings=told)
    words = " ".join(title.split())
    assert built.titles() == [words]
    (tip,) = built.main("elsewhere").select(".bibtex-citation a")
    assert words in " ".join(tip["title"].split())
    for page in built.pages:
        soup = built.soup(page)
        assert len(soup.find_all("title")) == 1
        assert not soup.find_all(onmouseover=True)
        code = [tag for tag in soup.find_all("script") if tag.get("type", "") in {"", "module"}]
        assert not any("alert(1)" in tag.get_text() for tag in code)


# -- authors ------------------------------------------------------------------------------------


def test_authors_stand_in_printed_order_with_their_marks(shown):
    assert shown["cite-poe2023queue"].authors == ["Edgar Poe*", "Jane Doe*", "Zoë Müller"]


def test_marks_are_explained_and_only_where_there_are_any(shown):
    legends = {key: card.legend for key, card in shown.items() if card.legend}
    assert legends == {"cite-poe2023queue": "(* Equal contribution)"}


def test_each_kind_of_mark_is_explained_once(card):
    authors = "Doe, Jane and Poe, Edgar and Lee, Ann"
    shown = card(author=authors, annotation="1=equal, corresponding; 2=equal; 3=advisor")
    assert shown.authors == ["Jane Doe*†", "Edgar Poe*", "Ann Lee‡"]
    assert shown.legend == "(* Equal contribution; † Corresponding author; ‡ Advisor)"


def test_the_owner_is_bold_in_every_spelling_and_nobody_else_is(shown):
    assert {key: card.owner for key, card in shown.items()} == {
        "cite-poe2023queue": ["Jane Doe"],
        "cite-doe2023draftless": ["J. Doe"],
        "cite-doe2021cache": ["Jane Doe"],
    }


def test_others_are_et_al(shown):
    assert shown["cite-doe2023draftless"].authors == ["J. Doe", "et al."]


@pytest.mark.parametrize("spelling", [r"M{\"u}ller, Zo{\"e}", r"M\"{u}ller, Zo\"e", "Müller, Zoë"])
def test_a_name_with_accents_is_one_piece_of_text(card, spelling):
    """Else a search in the page for the name finds nothing."""
    names = card(author=f"{spelling} and Doe, Jane").part("authors")
    assert any("Zoë Müller" in text for text in names.strings)


def test_a_title_with_accents_is_one_piece_of_text(card):
    title = card(title=r"Une th\'eorie g{\'e}n{\'e}rale").part("title")
    assert list(title.stripped_strings) == ["Une théorie générale"]


def test_names_in_chinese_keep_their_order(card):
    assert card(author="金, 超 and Doe, Jane").authors == ["金超", "Jane Doe"]


# -- venue --------------------------------------------------------------------------------------


def test_a_conference_paper_says_where_and_when(shown):
    card = shown["cite-poe2023queue"]
    assert card.badge == "WAIT 2023"
    assert card.part("badge").find("a")["href"] == "https://wait.example.org/2023"
    assert card.venue == "WAIT 2023 Conference on Waiting, Oslo, April 30–May 2, 2023."


def test_a_journal_article_says_volume_and_pages(shown):
    card = shown["cite-doe2021cache"]
    assert card.badge == "JSM 2021"
    assert card.venue == "JSM 2021 Journal of Small Machines (JSM), 3(2):10–20, 2021."


def test_a_preprint_says_so(shown):
    card = shown["cite-doe2023draftless"]
    assert card.badge == "Preprint"
    assert "arXiv:2311.00001 [cs.DC]" in card.venue


def test_an_award_is_shown(card):
    assert text_of(card(award="Best Paper").part("award")) == "Best Paper"


# -- links --------------------------------------------------------------------------------------


def test_every_identifier_and_address_becomes_a_link(shown):
    assert dict(shown["cite-poe2023queue"].links).items() >= {
        ("Code", "https://code.example.org/queue"),
        ("Publisher", "https://wait.example.org/2023/queue"),
    }
    assert dict(shown["cite-doe2021cache"].links).items() >= {
        ("DOI", "https://doi.org/10.1000/cache")
    }
    assert dict(shown["cite-doe2023draftless"].links).items() >= {
        ("PDF", "https://arxiv.org/pdf/2311.00001"),
        ("arXiv", "https://arxiv.org/abs/2311.00001"),
    }


def test_a_link_tells_its_paper_out_of_context(shown):
    """A screen reader's list of links would say "PDF" ten times."""
    for card in shown.values():
        for button in card.part("links").find_all("a"):
            assert card.title in " ".join((button["title"], button.get("aria-label", "")))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example.org/", "https://a@b.c/"]
)
def test_an_address_that_is_not_one_of_the_web_is_dropped_and_named(card, address):
    shown = card(code=address, warnings=["refs.bib:5:3: WARNING: key: code is n"])
    assert not [href for _, href in shown.links if address in href]


def test_no_links_no_empty_row(card):
    assert card().links == []
    assert card().part("links") is None
