"""Papers over time: when there are lanes, when bars alone, and what the list says."""

from __future__ import annotations

import pytest
from docutils import nodes

from bibfolio.model import DateRange, Venue
from bibfolio.model.topics import COLOURS, topic_classes
from bibfolio.pages.timeline import MOST, MOST_IN_LANES, ROWS, timeline, timeline_picture, when
from tests.unit.made import paper


def papers(count: int, topics: int, years: int = 6, exact: int = 1):
    """So many papers of the last years, each known to the month but for some of *exact*."""
    found = []
    for n in range(count):
        date = f"{2025 - n % years}" + ("" if n % exact else f"-{n % 12 + 1:02}")
        own = {f"t{n % topics}", f"t{n * 7 % topics}"} if topics else ()
        found.append(paper(f"k{n}", date, short_title=f"Paper {n}", topics=tuple(sorted(own))))
    return found


def parts(found):
    return timeline(found, topic_classes(found))


def shown(found) -> list[str]:
    """What a reader gets: `lanes`, `bars`, and a list of `papers` or `numbers`."""
    result = []
    for node in parts(found):
        if isinstance(node, timeline_picture):
            result.append(node["template"].removesuffix(".html"))
        else:
            pages = [link["site_page"] for link in node.findall(nodes.reference)]
            result.append("papers" if any(pages) else "numbers")
    return result


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], []),
        (papers(1, 1), []),
        (papers(2, 1), []),
        (papers(9, 3, years=1), []),
        ([*papers(2, 1), paper("undated")], []),
        (papers(3, 1), ["lanes", "bars", "papers"]),
        (papers(9, 0), ["lanes", "bars", "papers"]),
        (papers(MOST_IN_LANES, COLOURS), ["lanes", "bars", "papers"]),
        (papers(10, 2, exact=2), ["lanes", "bars", "papers"]),
        (papers(10, 2, exact=3), ["bars", "papers"]),
        (papers(MOST_IN_LANES + 1, 2), ["bars", "papers"]),
        (papers(21, COLOURS + 1), ["bars", "papers"]),
        (papers(MOST, 0, exact=MOST), ["bars", "papers"]),
        (papers(MOST + 1, 2), ["bars", "numbers"]),
        (papers(300, 30), ["bars", "numbers"]),
    ],
)
def test_few_papers_have_lanes_if_their_dates_are_known_and_very_many_are_counted(found, expected):
    assert shown(found) == expected


def test_the_date_of_an_event_says_more_than_a_year():
    event = Venue(dates=DateRange.parse("2024-04-16/2024-04-18"))
    days = [when(paper("k", date, venue=event)) for date in ("2024", "2024-09", "2023")]
    assert [day.iso for day in days if day] == ["2024-04-16", "2024-09", "2023"]


def test_lanes_and_list_lead_to_the_same_papers_in_the_same_colours():
    lanes, _bars, listed = parts(papers(9, 3))
    linked = [{n["site_page"] for n in part.findall(nodes.reference)} for part in (lanes, listed)]
    assert linked == [{p.page for p in papers(9, 3)}] * 2
    colours = [n["classes"][1] for n in listed.findall(nodes.inline)]
    assert colours == ["topic-1", "topic-2", "topic-3"]


def bars(found):
    """Topic → numbers of its papers by year, as drawn; and what each year says."""
    picture, _list = parts(found)
    values = picture["values"]
    names = [name for name, _class in values["names"]]
    return dict(zip(names, values["totals"], strict=True)), {
        link["site_year"]: next(link.findall(nodes.inline))["about"]
        for link in picture.findall(nodes.reference)
    }


def test_the_numbers_are_those_of_the_papers_in_each_topic_and_year_and_no_year_is_missing():
    found = [*papers(MOST, 3), paper("alone", "2017")]
    totals, years = bars(found)
    assert list(totals) == ["T0", "T1", "T2", "Other topics"]
    for name, total in totals.items():
        topic = "" if name == "Other topics" else name.lower()
        assert total == sum(topic in (p.topics or ("",)) for p in found)
    assert list(years) == [str(year) for year in range(2017, 2026)]
    assert years["2017"] == "2017: Other topics 1"
    assert years["2018"] == "2018: "
    assert years["2025"] == "2025: T0 20"
    lines = parts(found)[1].astext().split("\n\n")
    assert lines == [words for _year, words in sorted(years.items(), reverse=True) if words[6:]]


def test_more_topics_than_rows_share_the_last_row_which_counts_each_paper_once():
    found = [
        paper(f"k{n}", str(2020 + n % 3), topics=(f"t{n:02}", f"t{n + 20:02}")) for n in range(20)
    ]
    totals, _years = bars(found)
    assert list(totals) == [*(f"T{n:02}" for n in range(ROWS - 1)), "Other topics"]
    assert totals["Other topics"] == 20
