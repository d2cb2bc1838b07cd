"""News: what the owner writes, and what papers, talks and awards tell by their dates.

News come from the data alone, never from the clock, and a date is as exact as it is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from bibfolio.model import lines
from bibfolio.model.dates import DateRange
from bibfolio.model.paper import Paper
from bibfolio.model.profile import News, Profile, Talk
from bibfolio.model.sentence import PaperName, Phrase, joined, phrase, plain, with_names
from bibfolio.model.strings import capitalized
from bibfolio.model.tables import TABLES
from bibfolio.model.words import _

#: What news are derived from.
DERIVED = ("papers", *(name for name, table in TABLES.items() if table.is_news))
#: Since April 2007, year and month of the submission begin a number of arXiv
#: (https://info.arxiv.org/help/arxiv_identifier.html).
_SUBMITTED = re.compile(r"(?:arXiv:)?(\d\d)(0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?", re.IGNORECASE)


#: Kinds of papers that nobody says to be *in* their university, institution or archive.
_NOWHERE = {"thesis", "report", "dataset", "software", "patent"}


def news(
    profile: Profile, papers: Iterable[Paper], derived: Collection[str] = DERIVED
) -> tuple[News, ...]:
    """Return all news, newest first; of a year, items without a month come last.

    *derived* says which of :data:`DERIVED` tell news. An item of the profile replaces what the
    papers that it names would tell in the same quarter. *papers* are those that readers may see.
    """
    found = [item for paper in papers for kind, item in _of_paper(paper) if kind in derived]
    for name in (name for name in TABLES if name in derived):
        found += [_of_item(name, item) for item in getattr(profile, name)]
    kept = [item for item in found if not any(_replaces(own, item) for own in profile.news)]
    in_order = sorted((*profile.news, *kept), key=lambda item: item.date.start, reverse=True)
    return tuple(dict.fromkeys(in_order))  # what is there twice is no news


def _of_paper(paper: Paper) -> Iterator[tuple[str, News]]:
    """Yield the news of a paper, each behind what has to be known before: ``Retracted: …``."""
    flag = plain(paper.flag)
    for kind, item in _told_by(paper):
        text = phrase("{kind}: {title}", kind=flag, title=item.text) if flag else item.text
        yield kind, replace(item, text=text)


def _told_by(paper: Paper) -> Iterator[tuple[str, News]]:
    """Yield the news of a paper, each with the word of :data:`DERIVED` that asks for it.

    A published paper was on arXiv in the month that its number names, which is news of that
    quarter.
    """
    date, event = paper.date, paper.venue.dates
    # If only the year is known, an event in that year tells more.
    if event and (not date or (not date.month and event.start.year == date.year)):
        date = event.start
    if not date:
        return
    dates = DateRange(date, date)
    about = with_names((PaperName(key=paper.key),), {paper.key: paper})
    archive = phrase("{paper} on {archive}", paper=about, archive=plain(paper.archive))
    if paper.status_label and paper.archive:
        yield "papers", News(dates, archive, about)
    else:
        number = _SUBMITTED.fullmatch(paper.value_of("arxiv"))
        submitted = DateRange.parse(f"20{number[1]}-{number[2]}") if number else dates
        if submitted.start < dates.start and not _is_near(submitted, dates):
            yield "papers", News(submitted, archive, about)
        # A paper that is submitted or in press is not at its venue yet.
        is_there = (paper.is_preprint or not paper.status_label) and paper.kind not in _NOWHERE
        name = paper.venue.acronym or paper.venue.name
        venue = (Phrase(name, language=paper.language_code),) if name and is_there else ()
        at_venue = phrase("{paper} in {venue}", paper=about, venue=venue) if venue else about
        yield "papers", News(dates, at_venue, about)
    if paper.award:
        words = phrase("{award} for {paper}", award=plain(paper.award), paper=about)
        yield "awards", News(dates, words, about)


def _of_item(name: str, item: Any) -> News:
    """Return the news of an item of a table, as its line says it."""
    if name in _NEWS:
        return _NEWS[name](item)
    entry = TABLES[name].line(item)
    return News(item.date, entry.headline + entry.rest)


def _of_talk(talk: Talk) -> News:
    kind = _(lines.TALKS[talk.kind]) or _("talk")
    words = phrase("{kind}: {title}", kind=plain(capitalized(kind)), title=talk.title)
    about = (talk.paper,) if talk.paper else ()
    return News(talk.date, joined(words, talk.event), about, talk.url)


#: Tables whose news say something else than their lines.
_NEWS: dict[str, Callable[[Any], News]] = {"talks": _of_talk}


def _replaces(item: News, derived: News) -> bool:
    named, about = ({paper.key for paper in news.papers} for news in (item, derived))
    return bool(about) and about <= named and _is_near(item.date, derived.date)


def _is_near(first: DateRange, second: DateRange) -> bool:
    """Return whether two times begin in the same quarter, as far as is known."""
    months = (first.start.month, second.start.month)
    is_same = 0 in months or len({(month - 1) // 3 for month in months}) == 1
    return first.start.year == second.start.year and is_same
