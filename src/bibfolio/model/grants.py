"""Grants and their papers, which a grant names by their keys, or papers name by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bibfolio.model.paper import Paper, publication_order
from bibfolio.model.profile import Grant, Profile
from bibfolio.model.sentence import PaperName

#: TeX makes longer ones of several.
_DASHES = re.compile("[\u2010-\u2015\u2212-]+")


def is_named(grant: Grant, number: str) -> bool:
    """Return whether an entry means this grant by *number*: case, spaces and dashes may differ."""
    return bool(number) and same_number(number) == same_number(grant.number)


def same_number(number: str) -> str:
    """Return what is equal for two spellings of one number."""
    return " ".join(_DASHES.sub("-", number).casefold().split())


def with_papers(profile: Profile, papers: Sequence[Paper]) -> Profile:
    """Return *profile*, in which each grant names all of its papers, in the order of lists.

    Names of papers that do not exist stay, behind the others.
    """
    ordered, known = publication_order(papers), {paper.key for paper in papers}

    def whole(grant: Grant) -> Grant:
        named = {name.key: name for name in grant.papers}
        keys = [
            paper.key
            for paper in ordered
            if paper.key in named or any(is_named(grant, number) for number in paper.grants)
        ]
        others = (name for name in named.values() if name.key not in known)
        return replace(grant, papers=(*(PaperName(key=key) for key in keys), *others))

    return replace(profile, grants=tuple(map(whole, profile.grants)))


def grants_of(profile: Profile, key: str) -> tuple[Grant, ...]:
    """Return the grants of a paper, in the order of the profile."""
    return tuple(one for one in profile.grants if key in {name.key for name in one.papers})
