"""Which papers are near another: linked with it by citations, or by topics, authors and time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from bibfolio.model.paper import Paper

#: So many are named, of so many before and after: a thousand papers would be a million pairs.
_COUNT, REACH = 3, 100


class Nearness:
    """Finds the papers near one of a list.

    Names and topics of all papers are collected once; a paper is compared with those alone that
    share one. The owner is an author of all, so that does not count.
    """

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._places = {paper.key: place for place, paper in enumerate(papers)}
        self._topics = _Facts([{*paper.topics} for paper in papers])
        self._people = _Facts(
            [{author.name for author in p.authors if not author.is_owner} for p in papers]
        )

    def nearest(self, key: str, linked: Set[str]) -> list[Paper]:
        """Return those that are *linked*, share topics, then authors, and are nearest in the list.

        What shares nothing is not near. *linked* may hold keys of other papers.
        """
        place = self._places[key]
        near = self.sharing(place)
        others = {self._places[name] for name in linked if name in self._places} - {place}
        near |= {
            other: (self._topics.shared(place, other), self._people.shared(place, other))
            for other in others
        }
        ranks = sorted(
            (other not in others, -topics, -people, abs(other - place), other)
            for other, (topics, people) in near.items()
        )
        return [self._papers[other] for *_, other in ranks[:_COUNT]]

    def sharing(self, place: int) -> dict[int, tuple[int, int]]:
        """Return the places of papers of about the same time, with what the one at *place* shares.

        That is how many topics, and how many authors.
        """
        topics, people = Counter(self._topics.around(place)), Counter(self._people.around(place))
        return {other: (topics[other], people[other]) for other in topics | people}


class _Facts:
    """What is known of each paper, and at which places the papers are of which it is known."""

    def __init__(self, facts: Sequence[Set[str]]) -> None:
        self._facts = facts
        self._places: dict[str, list[int]] = {}
        for place, of_paper in enumerate(facts):
            for fact in of_paper:
                self._places.setdefault(fact, []).append(place)

    def shared(self, place: int, other: int) -> int:
        """Return how many facts two papers have in common."""
        return len(self._facts[place] & self._facts[other])

    def around(self, place: int) -> Iterator[int]:
        """Yield the place of another paper once for each fact that it shares with this one."""
        for fact in self._facts[place]:
            places = self._places[fact]
            near = places[bisect_left(places, place - REACH) : bisect_right(places, place + REACH)]
            yield from (other for other in near if other != place)
