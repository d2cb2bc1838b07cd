"""The topics of a site: their order and their colours."""

from __future__ import annotations

from collections.abc import Iterable

from bibfolio.model.paper import Paper

#: How many topics have a colour; further ones are muted.
COLOURS = 6


def topics(papers: Iterable[Paper]) -> list[str]:
    """Return every topic once, in alphabetical order."""
    found = {topic for paper in papers for topic in paper.topics}
    return sorted(found, key=lambda topic: (topic.casefold(), topic))


def topic_classes(papers: Iterable[Paper]) -> dict[str, str]:
    """Return topic → ``topic-1`` to ``topic-6``, or ``topic-0`` for further topics."""
    numbered = enumerate(topics(papers), start=1)
    return {topic: f"topic-{number if number <= COLOURS else 0}" for number, topic in numbered}
