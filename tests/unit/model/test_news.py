"""What is news: from which data, in which order, as exact as known, and what replaces what."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibfolio.model import DateRange, Profile, Talk
from bibfolio.model.lines import news as line_of
from bibfolio.model.news import DERIVED, news
from bibfolio.model.profile import News
from bibfolio.model.sentence import PaperName, Phrase, sentence_text

from ..made import FULL, Venue, first, paper
from ..table import Table

TABLE = Table(__file__)

NOBODY = Profile()


def named(keys) -> tuple[PaperName, ...]:
    return tuple(PaperName(key=key) for key in keys)


def keys_of(item: News) -> list[str]:
    return [paper.key for paper in item.papers]


def told(profile=NOBODY, papers=(), derived=DERIVED) -> list[str]:
    """Every line: when, and what."""
    lines = map(line_of, news(profile, papers, derived))
    return [f"{line.when}: {sentence_text(line.rest)}" for line in lines]


def written(date: str, *papers: str, text: str = "Ours") -> Profile:
    return Profile(news=(News(DateRange.parse(date), (Phrase(text),), named(papers)),))


def test_the_newest_come_first_and_a_bare_year_after_its_months():
    dates = {"year": "2025", "may": "2025-05-02", "old": "2024-12", "april": "2025-04", "none": ""}
    papers = [paper(key, date, key) for key, date in dates.items()]
    mine = written("2025-04-30")
    lines = ["May 2025: may", "Apr 2025: Ours", "Apr 2025: april", "2025: year", "Dec 2024: old"]
    assert told(mine, papers) == lines


def of_paper(entry: str) -> list[str]:
    """What a paper tells; each line leads to its page."""
    papers = [first(entry)]
    keys = [{phrase.key for phrase in item.text} for item in news(NOBODY, papers)]
    assert all("k" in names for names in keys)
    return told(NOBODY, papers)


def test_a_paper_tells_where_it_is_when_it_was_there_and_its_award():
    """The number of a preprint says when, if in another quarter; nothing is at its venue before."""
    TABLE.holds("papers", of_paper)


def test_without_a_date_of_its_own_a_paper_has_that_of_its_event():
    venue = Venue("Waiting", acronym="WAIT 2023", dates=DateRange.parse("2023-04-30/2023-05-02"))
    assert told(NOBODY, [paper(venue=venue)]) == ["Apr 2023: A Title in WAIT 2023"]


def test_talks_and_awards_tell_what_they_are():
    title, event = (Phrase("On Queues"),), (Phrase("Day of Lines"),)
    talks = (
        Talk(title, DateRange.parse("2024-05-06"), event, kind="invited", paper=PaperName(key="k")),
        Talk(title, DateRange.parse("2023")),
    )
    profile = dataclasses.replace(FULL, talks=talks, awards=FULL.awards)
    lines = [
        "May 2024: Invited talk: On Queues, Day of Lines",
        "2024: Merit (2/56)",
        "2023: Talk: On Queues",
        "2023: Prize, UoX",
    ]
    assert told(profile, []) == lines
    assert told(profile, [], ["talks"]) == lines[::2]
    assert told(profile, [paper(date="2024")], []) == []


@pytest.mark.parametrize(
    ("date", "papers", "is_replaced"),
    [
        ("2024-04-01", "k", True),
        ("2024-06", "kx", True),
        ("2024-03-31", "k", False),
        ("2024-07", "k", False),
        ("2023-05", "k", False),
        ("2024", "k", True),  # as far as is known
        ("2023", "k", False),
        ("2024-05", "x", False),
        ("2024-05", "", False),
    ],
)
def test_what_the_owner_writes_of_a_paper_replaces_what_is_derived_in_the_quarter(
    date, papers, is_replaced
):
    talk = Talk((Phrase("T"),), DateRange.parse("2024-05-06"), paper=PaperName(key="k"))
    profile = dataclasses.replace(written(date, *papers), talks=(talk,))
    found = told(profile, [paper("k", "2024-05", award="Prize")])
    assert len(found) == (1 if is_replaced else 4)
    year_only = told(written(date, *papers), [paper("k", "2024")])
    assert len(year_only) == (1 if "k" in papers and "2024" in date else 2)


DATES = st.from_regex(r"202[0-3](-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?)?", fullmatch=True)


@given(
    st.lists(st.one_of(DATES, st.just("")), max_size=6),
    st.lists(st.tuples(DATES, st.sets(st.integers(0, 5).map(str), max_size=2)), max_size=4),
)
def test_every_dated_paper_has_one_line_or_is_replaced_and_no_other_is_named(dates, items):
    """In particular no draft: what is not given does not appear."""
    papers = [paper(str(number), date) for number, date in enumerate(dates)]
    mine = tuple(
        News(DateRange.parse(date), (Phrase(f"Item {number}"),), named(sorted(keys)))
        for number, (date, keys) in enumerate(items)
    )
    found = news(Profile(news=mine), papers)
    assert {*mine} <= {*found}
    starts = [item.date.start for item in found]
    assert starts == sorted(starts, reverse=True)
    lines = Counter(key for item in found if item not in mine for key in keys_of(item))
    assert set(lines) <= {one.key for one in papers if one.date} and set(lines.values()) <= {1}
    for one in papers:
        if one.date and not lines[one.key]:
            assert any(
                one.key in keys_of(item) and item.date.start.year == one.date.year for item in mine
            )


def test_a_line_links_the_papers_that_its_text_does_not_name():
    item = News(DateRange.parse("2024"), (Phrase("", key="a", role="paper"),), named("ab"))
    assert [phrase.key for phrase in line_of(item).links] == ["b"]
