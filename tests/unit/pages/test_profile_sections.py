"""The person on the page: facts in sentences, sections as lists, nothing where nothing is known."""

from __future__ import annotations

import dataclasses

import pytest
from docutils import nodes

from bibfolio.model import Advisor, Award, Course, Degree, Links, PartialDate, Position, Profile
from bibfolio.model.news import news
from bibfolio.model.tables import TABLES, items_of, line_of
from bibfolio.pages.entries import timeline
from bibfolio.pages.profile_sections import FACTS, SECTIONS, card, latest_news

from .. import made
from ..made import BARE, first, text_of

FULL = dataclasses.replace(
    made.FULL,
    links=Links(github="jane", orcid="0000"),
    education=(*made.FULL.education, Degree("School", "Oslo No. 4")),
    teaching=(*made.FULL.teaching, Course("ICS", "TA", "2021 Fall")),
    awards=(*made.FULL.awards, Award("Scholarship", 2022, "UoX", "highest")),
)


def section_of(name: str, profile: Profile) -> list[nodes.Node]:
    if name in SECTIONS:
        return SECTIONS[name](profile)
    return timeline(line_of(name, item) for item in items_of(profile, name))


def links_of(parts: list[nodes.Node]) -> list[tuple[str, str]]:
    return [(n.astext(), n["refuri"]) for part in parts for n in part.findall(nodes.reference)]


def lines_of(parts: list[nodes.Node]) -> list[str]:
    return [item.astext() for part in parts for item in part.findall(nodes.list_item)]


# -- facts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("name", "Jane Doe"),
        ("position", "second-year student"),
        ("group", "Systems"),
        ("department", "School of CS"),
        ("institution", "UoX"),
        ("advisor", "Prof. Edgar Poe"),
        ("interests", "waiting and queues"),
        ("focus", "the long run"),
        ("email", "jane (at) example (dot) org"),
        ("location", "Oslo"),
        ("degree", "B.S. in lines"),
        ("degree_institution", "EECS, UoX"),
        ("degree_year", "2023"),
    ],
)
def test_a_fact_reads_as_part_of_a_sentence(fact, text):
    assert text_of(FACTS[fact](FULL)) == text


@pytest.mark.parametrize("fact", sorted(FACTS.keys() - {"name", "institution"}))
def test_a_fact_that_is_not_known_is_nothing(fact):
    assert text_of(FACTS[fact](BARE)) == ""


@pytest.mark.parametrize(
    ("fact", "links"),
    [
        ("group", [("Systems", "https://group.example/")]),
        ("advisor", [("Edgar Poe", "https://poe.example/")]),
        ("name", []),
    ],
)
def test_a_fact_with_a_home_page_is_linked(fact, links):
    assert links_of(FACTS[fact](FULL)) == links


def test_an_advisor_without_title_and_page_is_just_a_name():
    profile = dataclasses.replace(BARE, advisor=Advisor("Xena Jay"))
    assert text_of(FACTS["advisor"](profile)) == "Xena Jay"
    assert links_of(FACTS["advisor"](profile)) == []


def test_the_e_mail_is_no_link_for_harvesters():
    (node,) = FACTS["email"](FULL)
    assert (node["classes"], links_of([node])) == (["profile-email"], [])


# -- sections --------------------------------------------------------------------------------


def test_the_card_says_who_and_where():
    (card,) = section_of("card", FULL)
    lines = [
        (node["classes"][0], node.astext())
        for node in card.findall(nodes.paragraph)
        if node["classes"]
    ]
    assert lines == [
        ("profile-monogram", "JD"),
        ("profile-name", "Jane Doe"),
        ("profile-position", "Second-year student"),
        ("profile-unit", "Systems"),
        ("profile-unit", "School of CS"),
        ("profile-unit", "UoX"),
        ("profile-location", "Oslo"),
        ("profile-email", "jane (at) example (dot) org"),
    ]
    assert links_of([card]) == [
        ("Systems", "https://group.example/"),
        ("GitHub", "https://github.com/jane"),
        ("ORCID", "https://orcid.org/0000"),
    ]


def test_the_card_has_no_empty_lines():
    (card,) = section_of("card", BARE)
    assert [node.astext() for node in card.findall(nodes.paragraph)] == ["JD", "Jane Doe", "UoX"]
    assert list(card.findall(nodes.bullet_list)) == []


def test_a_portrait_takes_the_place_of_the_monogram_and_is_described():
    (card,) = section_of("card", dataclasses.replace(BARE, portrait="_static/jane.jpg"))
    (image,) = card.findall(nodes.image)
    assert (image["uri"], image["alt"]) == ("/_static/jane.jpg", "Portrait of Jane Doe")
    assert "JD" not in card.astext()


def test_accounts_are_the_same_person():
    (card,) = section_of("card", FULL)
    accounts = [n for n in card.findall(nodes.reference) if n.get("rel")]
    assert [(n.astext(), n["rel"], n["classes"]) for n in accounts] == [
        ("GitHub", "me", ["u-url"]),
        ("ORCID", "me", ["u-url"]),
    ]


def test_the_head_of_a_cv_says_who_where_how_to_reach_them_and_where_its_files_are():
    (head,) = section_of("cv", FULL)
    assert [node.astext() for node in head.findall(nodes.paragraph)] == [
        "Jane Doe",
        "Second-year student",
        "Systems, School of CS, UoX",
        "Advised by Prof. Edgar Poe",
        "Location Oslo",
        "E-mail jane (at) example (dot) org",
        "GitHub jane",
        "ORCID 0000",
        "This CV as PDF, plain text and JSON Resume",
    ]
    links = list(head.findall(nodes.reference))
    assert [link["refuri"] for link in links if "refuri" in link] == [
        "https://group.example/",
        "https://poe.example/",
        "https://github.com/jane",
        "https://orcid.org/0000",
    ]
    files = [link["site_file"] for link in links if "site_file" in link]
    assert files == ["cv.pdf", "cv.txt", "cv.json"]


def test_the_head_of_a_cv_has_no_empty_lines():
    (head,) = section_of("cv", BARE)
    lines = [node.astext() for node in head.findall(nodes.paragraph)]
    assert lines == ["Jane Doe", "UoX", "This CV as PDF, plain text and JSON Resume"]
    assert list(head.findall(nodes.bullet_list)) == []


def test_interests_are_sentences():
    assert [node.astext() for node in section_of("interests", FULL)] == [
        "Waiting, queues.",
        "Current focus: the long run.",
    ]


@pytest.mark.parametrize(
    ("section", "lines"),
    [
        ("education", ["2019 – Jul 2023 B.S. in lines, EECS, UoX", " School, Oslo No. 4"]),
        (
            "positions",
            [
                "since Jul 2023 Slow, Intern",
                "Mar 2022 – Aug 2022 Late, Intern, advised by Dr. A, B and C",
            ],
        ),
        ("teaching", ["2024 Spring OS, TA, UoX", "2021 Fall ICS, TA"]),
        ("awards", ["2024 Merit (2/56)", "2023 Prize, UoX", "2022 Scholarship (highest), UoX"]),
    ],
)
def test_a_section_is_a_list_of_when_what_and_details(section, lines):
    (list_,) = section_of(section, FULL)
    assert list_["classes"] == ["profile-list"]
    assert lines_of([list_]) == lines


@pytest.mark.parametrize("section", ["interests", *TABLES])
def test_a_section_without_content_is_nothing(section):
    assert section_of(section, BARE) == []


@pytest.mark.parametrize("section", ["education", "positions", "teaching", "awards"])
def test_the_headline_is_strong_and_the_time_has_a_class(section):
    (list_,) = section_of(section, FULL)
    items = list(list_.findall(nodes.list_item))
    assert [len(list(item.findall(nodes.strong))) for item in items] == [1] * len(items)
    times = [n for n in list_.findall(nodes.inline) if n["classes"] == ["profile-time"]]
    assert len(times) == len(items)


def test_advisors_of_a_position_are_linked():
    assert links_of(section_of("positions", FULL)) == [("Dr. A", "https://a.example/")]


@pytest.mark.parametrize(
    ("start", "end", "education", "position"),
    [
        (PartialDate(2023), PartialDate(2025), "2023 – 2025", "2023 – 2025"),
        (PartialDate(2023, 7), PartialDate(2025, 3), "Jul 2023 – Mar 2025", "Jul 2023 – Mar 2025"),
        (PartialDate(2023, 7, 1), None, "Jul 2023", "since Jul 2023"),
        (PartialDate(2023), None, "2023", "since 2023"),
    ],
)
def test_a_period_without_an_end_goes_on_if_it_is_a_position(start, end, education, position):
    profile = dataclasses.replace(
        BARE,
        education=(Degree("D", "I", "", start, end),),
        positions=(Position("R", "O", start, end),),
    )
    assert lines_of(section_of("education", profile)) == [f"{education} D, I"]
    assert lines_of(section_of("positions", profile)) == [f"{position} O, R"]


def test_a_degree_with_an_end_only_says_the_end():
    profile = dataclasses.replace(BARE, education=(Degree("D", "I", end=PartialDate(2023)),))
    assert lines_of(section_of("education", profile)) == ["2023 D, I"]


def test_the_card_shows_the_first_news_and_leads_to_the_others():
    papers = [first("@misc{k, title = {A}, date = {2025-04}, eprint = {2504.00001}}")]
    found = news(FULL, papers)
    shown = latest_news(found, 2)
    box = card(FULL, shown)[0]
    lists = list(box.findall(nodes.bullet_list))
    assert [
        [item.astext() for item in one] for one in lists if "profile-news" in one["classes"]
    ] == [["Apr 2025 A on arXiv", "2024 Merit (2/56)"]]
    assert next(shown[1].findall(nodes.reference))["site_page"] == "papers/k"
    assert shown[-1].astext() == "All news"
    assert "All news" not in "".join(node.astext() for node in latest_news(found, len(found)))
    assert latest_news((), 3) == []
    assert "Latest" not in card(FULL)[0].astext()
