"""Which paper stands under which heading of a list. Pure: papers in, groups out."""

from __future__ import annotations

from collections.abc import Callable

from bibfolio.model import ROLES, Paper, by_kind

Groups = list[tuple[str, list[Paper]]]


def by_year(papers: list[Paper]) -> Groups:
    """A group for each year, in the order in which the papers come (newest first)."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(paper.year or "Undated", []).append(paper)
    return list(groups.items())


def by_type(papers: list[Paper]) -> Groups:
    """A group for each kind of publication, in the order of :data:`~bibfolio.model.KINDS`."""
    return by_kind(papers)


def by_topic(papers: list[Paper]) -> Groups:
    """A group for each topic, alphabetically; a paper stands under each of its topics."""
    topics = sorted({topic for paper in papers for topic in paper.topics}, key=str.casefold)
    groups = [(_sentence(topic), [p for p in papers if topic in p.topics]) for topic in topics]
    rest = [paper for paper in papers if not paper.topics]
    return [*groups, ("Other topics", rest)] if rest else groups


def by_role(papers: list[Paper]) -> Groups:
    """A group for each part the owner had in a paper; the others come last."""
    groups = [(role, [p for p in papers if role in p.roles]) for role in ROLES]
    rest = [paper for paper in papers if not paper.roles]
    return [group for group in (*groups, ("Further papers", rest)) if group[1]]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


GROUPINGS: dict[str, Callable[[list[Paper]], Groups]] = {
    "year": by_year,
    "type": by_type,
    "topic": by_topic,
    "role": by_role,
}
