"""The topics of a site: which keywords are topics, their order and their colours."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bibfolio.model.paper import Paper
from bibfolio.model.profile import Topic

#: How many topics have a colour; further ones are muted.
COLOURS = 6
#: More different keywords are those of a database or a library, not topics that somebody chose.
MOST_KEYWORDS = 12
#: Marks of programs that manage references: ``#tag``, ``/unread``, ``nosource``. What has a capital
#: is a subject: ``#SAT``.
_MARK = re.compile(r"#(?![A-Z]).*|/.*|(?i:nosource)", re.DOTALL)
_NUMBER = re.compile(r"[\W\d_]+")
#: Longer keywords are not proposed, nor more than this number.
_LONGEST, _MOST_PROPOSED = 40, 6


def same_keyword(keyword: str) -> str:
    """Return *keyword* without case and spaces, which do not count."""
    return "".join(keyword.casefold().split())


def is_mark(keyword: str) -> bool:
    """Return whether a keyword is for the owner of a library alone, not for readers."""
    return bool(_MARK.fullmatch(keyword))


def with_topics(
    papers: Sequence[Paper], chosen: Sequence[Topic] | None, most: int | None = MOST_KEYWORDS
) -> list[Paper]:
    """Return *papers* with their topics, in the order of *chosen*.

    If nothing is *chosen*, every keyword is a topic; none is if there are more than *most*.
    """
    if chosen is None:
        is_many = most is not None and len(count_keywords(papers)) > most
        return [replace(p, topics=() if is_many else _words(p, most)) for p in papers]
    wanted = [(topic.name, _meant(topic)) for topic in chosen]
    found = []
    for paper in papers:
        words = {*map(same_keyword, paper.keywords)}
        names = dict.fromkeys(name for name, meant in wanted if words & meant)
        found.append(replace(paper, topics=tuple(names)))
    return found


def _words(paper: Paper, most: int | None) -> tuple[str, ...]:
    return tuple(
        word
        for word in paper.keywords
        if most is None or not (is_mark(word) or _NUMBER.fullmatch(word))
    )


def _meant(topic: Topic) -> set[str]:
    return {*map(same_keyword, (topic.name, *topic.keywords))}


def count_keywords(papers: Iterable[Paper]) -> dict[str, int]:
    """Return each keyword as it is spelt most often, and in how many papers it is; no numbers."""
    counts, spellings = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for paper in papers:
        words = {same_keyword(word): word for word in _words(paper, MOST_KEYWORDS)}
        counts.update(words.keys())
        for same, word in words.items():
            spellings[same][word] += 1
    return {spellings[same].most_common(1)[0][0]: count for same, count in counts.most_common()}


def proposed_topics(papers: Sequence[Paper]) -> list[str]:
    """Return the keywords that would make sense as topics: those of several papers, not of all."""
    counts = count_keywords(papers).items()
    few = [
        word for word, count in counts if 1 < count <= 0.8 * len(papers) and len(word) <= _LONGEST
    ]
    return few[:_MOST_PROPOSED]


def topics(papers: Iterable[Paper], chosen: Sequence[Topic] | None = None) -> list[str]:
    """Return every topic once, in the order of *chosen*, or else in alphabetical order."""
    places = {topic.name: place for place, topic in enumerate(chosen or ())}
    found = {topic for paper in papers for topic in paper.topics}
    return sorted(found, key=lambda name: (places.get(name, len(places)), name.casefold(), name))


def topic_classes(papers: Iterable[Paper], chosen: Sequence[Topic] | None = None) -> dict[str, str]:
    """Return topic → ``topic-1`` to ``topic-6``, or ``topic-0`` for further topics, in order."""
    numbered = enumerate(topics(papers, chosen), start=1)
    return {topic: f"topic-{number if number <= COLOURS else 0}" for number, topic in numbered}
