"""Cards: a paper reads as people write references, and its links lead where they say."""

from __future__ import annotations

import io
import re

import pytest
from docutils import nodes
from pypdf import PdfReader

from bibfolio.cv.pdf import make_pdf, pdf_data
from bibfolio.model import Author, Link, Mark, RichText, Span, Venue, where_and_when
from bibfolio.model.sentence import sentence_text
from bibfolio.model.wording import venue_line
from bibfolio.pages import cards
from bibfolio.pages.nodes import formula
from bibfolio.pages.paper_page import page

from ..cv.made import document
from ..made import first, paper, text_of
from ..table import Table

TABLE = Table(__file__)

STAR, DAGGER = Mark("*", "Equal contribution"), Mark("†", "Corresponding author")
CHIP = Author("Jay", "Chip", is_owner=True)
MING = Author("Li", "Ming")


# -- the whole card --------------------------------------------------------------------------


DITTO = first(
    "@inproceedings{ditto, title = {{Ditto}: {GPU}s in $n$}, venue = {Santa Clara},"
    "author = {Jay, Chip and 李, 明}, eventtitle = {Networked Systems},"
    "eventtitleaddon = {NSDI 2024}, eventdate = {2024-04-16/2024-04-18}, doi = {10.1/x},"
    "award = {Best Paper}, gist = {It waits.}, keywords = {queues, fish}}"
)
TOPICS = {"fish": "topic-1", "queues": "topic-2"}


def said(card: list[nodes.Node]) -> dict[str, str]:
    return {part["classes"][0].removeprefix("paper-card-"): part.astext() for part in card}


def between(*facts: str) -> str:
    """The sign between facts stays at the end of its line."""
    return "\N{NO-BREAK SPACE}· ".join(facts)


def test_a_card_says_in_short_what_a_paper_is():
    card = cards.card(DITTO, TOPICS)
    assert list(said(card).items()) == [
        ("title", "Ditto: GPUs in n"),
        ("gist", "It waits."),
        ("authors", "Chip Jay, 李明"),
        (
            "venue",
            between("NSDI 2024", "Santa Clara", "Best Paper", "Queues", "Fish"),
        ),
        ("links", "DOI"),
    ]
    topics = [node["classes"] for node in card[3].findall(nodes.inline) if node.astext() == "Fish"]
    assert topics == [["paper-card-topic", "topic-1"]]


def test_a_row_has_no_gist_and_a_cv_says_everything():
    assert "gist" not in said(cards.card(DITTO, TOPICS, "row"))
    everything = "NSDI 2024. Networked Systems, Santa Clara, April 16–18, 2024. Best Paper."
    assert said(cards.card(DITTO, TOPICS, "full"))["venue"] == everything


@pytest.mark.parametrize(
    ("count", "owner", "names"),
    [
        (8, 5, "1 2 3 4 5 6 7 8"),
        (9, 5, "1 2 3 4 5 … 9"),  # a gap of one is written out
        (9, 2, "1 2 3 … 9"),
        (20, 8, "1 2 3 … 8 … 20"),
        (20, 20, "1 2 3 … 20"),
        (10, 0, "1 2 3 … 10"),
    ],
)
def test_of_many_authors_the_first_the_owner_and_the_last_are_named(count, owner, names):
    people = tuple(Author(str(n), is_owner=n == owner) for n in range(1, count + 1))
    line = cards.card(paper(authors=people), {})[1].astext()
    assert re.sub(r"\d+ more", "…", line).replace(",", "") == names
    left_out = sum(map(int, re.findall(r"(\d+) more", line)))
    assert left_out + len(names.replace("…", "").split()) == count
    assert cards.card(paper(authors=people), {}, "full")[1].astext().count(",") == count - 1


def test_what_stands_before_a_topic_is_no_sentence():
    card = cards.card(paper("k", "2020", topics=("fish",)), TOPICS)
    assert said(card)["venue"] == between("2020", "Fish")


def test_a_card_has_no_empty_parts():
    assert [part["classes"] for part in cards.card(paper(), {})] == [["paper-card-title"]]


def test_a_hostile_title_is_only_text():
    card = cards.card(paper(title='<script>alert("1")</script> & "x"'), {})
    (text,) = card[0].findall(nodes.Text)
    assert text.astext() == '<script>alert("1")</script> & "x"'
    assert list(card[0].findall(nodes.raw)) == []


# -- title -----------------------------------------------------------------------------------


def test_the_title_leads_to_the_papers_page_and_keeps_its_style():
    title = RichText((Span("On "), Span("n", "math", "n"), Span(" "), Span("x", "emphasis")))
    (link,) = cards.title(paper("key", title="").__class__("key", "key", "misc", title))
    assert link["site_page"] == "papers/key"
    assert [type(child) for child in link.children] == [
        nodes.Text,
        formula,
        nodes.Text,
        nodes.emphasis,
    ]


# -- authors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "et_al", "text"),
    [
        ((), False, ""),
        ((CHIP,), False, "Chip Jay"),
        ((CHIP, MING), False, "Chip Jay, Ming Li"),
        ((CHIP, MING), True, "Chip Jay, Ming Li, et al."),
        ((Author("Open Compute Project"),), False, "Open Compute Project"),
        ((Author("Berg", "Jan", "van der"), Author("李", "明")), False, "Jan van der Berg, 李明"),
        (
            (Author("Jay", "Chip", marks=(STAR,)), Author("Li", "Ming", marks=(STAR, DAGGER))),
            False,
            "Chip Jay*, Ming Li*† (* Equal contribution; † Corresponding author)",
        ),
    ],
)
def test_authors_in_printed_order_with_marks_and_legend(authors, et_al, text):
    assert text_of(cards.authors(paper(authors=authors, et_al=et_al))) == text


# -- venue -----------------------------------------------------------------------------------


def venue(entry: str) -> list[str]:
    """Where a paper of `@type fields` appeared, as a card says it, and as a list of references."""
    type_, _, fields = entry[1:].partition(" ") if entry[:1] == "@" else ("misc", "", entry)
    found = first(f"@{type_}{{k, title = {{A Title}}, {fields}}}")
    return [text_of(cards.venue(found)), sentence_text(where_and_when(found))]


@pytest.mark.parametrize("section", TABLE.sections)
def test_the_venue_in_words(section):
    """The day of publication is left out; a note, pages, publisher, number stand for every type."""
    TABLE.holds(section, venue)


def test_the_badge_leads_to_the_venues_page_if_it_has_one():
    with_url = cards.venue(paper(venue=Venue("N", "NSDI 2024", url="https://example.org/")))[0]
    without = cards.venue(paper(venue=Venue("N", "NSDI 2024")))[0]
    assert [link["refuri"] for link in with_url.findall(nodes.reference)] == [
        "https://example.org/"
    ]
    assert list(without.findall(nodes.reference)) == []
    assert with_url["classes"] == without["classes"] == ["paper-card-badge"]


# -- links -----------------------------------------------------------------------------------


def test_links_are_words_with_a_space_between():
    links = (Link("pdf", "files/a.pdf"), Link("code", "https://a.b/"), Link("doi", "https://c.d/"))
    assert text_of(cards.links(paper(links=links))) == "PDF Code DOI"


def test_a_file_of_this_site_is_left_to_the_page_it_will_stand_on():
    (button,) = cards.links(paper(links=(Link("pdf", "files/a.pdf"),)))
    assert button["site_file"] == "files/a.pdf"
    assert "refuri" not in button


def test_an_address_elsewhere_is_final():
    (button,) = cards.links(paper(links=(Link("doi", "https://doi.org/10.1/x"),)))
    assert button["refuri"] == "https://doi.org/10.1/x"
    assert "site_file" not in button


@pytest.mark.parametrize(
    ("kind", "url", "title"),
    [
        ("pdf", "files/a.pdf", "PDF: Ditto"),
        ("arxiv", "https://a.b/", "arXiv: Ditto"),
        ("video", "https://a.b/", "Video: Ditto"),
    ],
)
def test_a_link_says_of_which_paper_it_is(kind, url, title):
    (button,) = cards.links(paper(title="Ditto", links=(Link(kind, url),)))
    assert (button["reftitle"], button["classes"]) == (title, [f"paper-card-{kind}"])


def test_what_reviewers_found_of_artifacts_is_said_in_lists_pages_and_the_cv():
    made = first("@misc{k, title = {T}, artifact = {available; functional}, award = {Best Paper}}")
    words = "Artifact: available, functional"
    for form in ("card", "row", "full"):
        assert words in " ".join(part.astext() for part in cards.card(made, {}, form))
    assert words in page(made, None, None).astext()
    assert words in venue_line(made)
    shown = make_pdf(pdf_data(document(bib=[made]), "en"))[0]
    pages = (one.extract_text() for one in PdfReader(io.BytesIO(shown)).pages)
    assert words in " ".join(" ".join(pages).split())
