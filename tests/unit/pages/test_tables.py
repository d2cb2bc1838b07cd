"""Talks by time, never by the clock; service by kind; the talks that the page of a paper names."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.library import Library
from bibfolio.model import Paper, Profile
from bibfolio.model.dates import DateRange, PartialDate
from bibfolio.model.profile import Service, Talk
from bibfolio.model.sentence import Link, PaperName, Phrase, plain, with_names
from bibfolio.model.tables import TABLES
from bibfolio.pages.paper_page import page
from bibfolio.pages.tables import by_kind, coming, talks_about, talks_by_time

from ..made import paper

TODAY = PartialDate.parse("2026-12-01")


def talk(date: str, title: str = "", **values) -> Talk:
    return Talk(plain(title or date), DateRange.parse(date), **values)


def shown(groups) -> list[tuple[str, list[str]]]:
    return [(words, [item.title[0].text for item in of]) for _label, words, of in groups]


@pytest.mark.parametrize(
    ("date", "is_coming"),
    [
        ("2026-11-30", False),
        ("2026-12-01", True),
        ("2026-11-29/2026-12-01", True),
        ("2026-11-29/2026-11-30", False),
        ("2026-12", True),
        ("2026", True),
        ("2026-11", False),
        ("2025", False),
        ("2020/", True),
    ],
)
def test_a_talk_is_coming_until_all_of_its_time_is_over(date, is_coming):
    assert bool(coming([talk(date)], TODAY)) == is_coming
    assert coming([talk(date)], None) == []


def test_the_soonest_talk_comes_first_and_the_oldest_last():
    talks = [talk(d) for d in ("2023", "2027-03", "2024-05-02", "2026-12-24", "2024-05", "2025")]
    coming_, past = ["2026-12-24", "2027-03"], ["2025", "2024-05-02", "2024-05", "2023"]
    assert shown(talks_by_time(talks, TODAY)) == [("Coming", coming_), ("Past", past)]
    assert shown(talks_by_time(talks, None)) == [("", [*coming_[::-1], *past])]


def test_what_is_only_past_or_only_coming_has_no_heading_for_the_other():
    assert shown(talks_by_time([talk("2023")], TODAY)) == [("", ["2023"])]
    assert shown(talks_by_time([talk("2027")], TODAY)) == [("Coming", ["2027"])]
    assert talks_by_time([], TODAY) == []


def test_twenty_talks_stand_under_their_years():
    many = [talk(f"{2005 + n}-0{month}") for n in range(10) for month in (3, 5)]
    years = shown(talks_by_time(many, None))
    assert years[0] == ("2014", ["2014-05", "2014-03"])
    assert len(years) == 10
    assert [words for words, _ in shown(talks_by_time(many, PartialDate(2014)))][:2] == [
        "Coming",
        "2013",
    ]
    assert len(talks_by_time(many[1:], None)) == 1


def test_kinds_have_headings_in_a_fixed_order_if_there_are_several():
    kinds = ["reviewing", "committee", "reviewing"]
    items = [Service(plain("R"), plain("O"), kind=kind) for kind in kinds]
    assert by_kind(items, "kind", TABLES["service"].kinds) == [
        ("committee", "Committees", items[1:2]),
        ("reviewing", "Reviewing", items[::2]),
    ]
    assert by_kind(items[1:2], "kind", TABLES["service"].kinds) == [("committee", "", items[1:2])]


# -- on the page of a paper ----------------------------------------------------------------------

K = PaperName(key="k")
ABOUT = (
    talk("2023", "Old", paper=K, video="https://v.example/"),
    talk("2024", "New", paper=K, url=Link(page="talks/new"), slides="files/slides/new.pdf"),
    Talk((Phrase("", key="other", role="paper"),), DateRange.parse("2022"), paper=K),
    talk("2025", "Elsewhere", paper=PaperName(key="other")),
)
OTHER = paper("other", title="Other Paper")


def library(*talks: Talk, other: Paper = OTHER) -> Library:
    papers = (paper(), other)
    names = {paper.key: paper for paper in papers}
    return Library(with_names(Profile("Jane Doe", talks=talks), names), papers)


LIBRARY = library(*ABOUT)


def test_the_page_of_a_paper_lists_its_talks_newest_first_and_leads_to_all_talks():
    found = page(paper(), None, None, talks=talks_about(LIBRARY, "k"))
    (section,) = [s for s in found.findall(nodes.section) if s["ids"] == ["talks"]]
    items = [item.astext() for item in section.findall(nodes.list_item)]
    assert items == ["2024 New Slides", "2023 Old Video", "2022 Other Paper"]
    links = list(section.findall(nodes.reference))
    assert [
        (n.astext(), n.get("refuri") or n.get("site_file") or n["site_page"] or n["site_table"])
        for n in links
    ] == [
        ("New", "talks/new"),
        ("Slides", "files/slides/new.pdf"),
        ("Old", "talks"),
        ("Video", "https://v.example/"),
        ("Other Paper", "talks"),
    ]
    headings = [s[0].astext() for s in found.findall(nodes.section)][1:]
    assert headings == ["Talks", "How to cite"]
