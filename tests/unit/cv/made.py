"""A CV with everything in it, and one with nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

from bibfolio.model import (
    Advisor,
    Affiliation,
    Author,
    Award,
    Course,
    CvDocument,
    Degree,
    Link,
    Links,
    Mark,
    PartialDate,
    Position,
    Profile,
    Venue,
    cv_document,
)

from ..made import paper

BARE = Profile("Jane Doe", Affiliation("PKU"))
FULL = Profile(
    name="Jane Doe",
    affiliation=Affiliation("PKU", "School of CS", "Systems", "https://group.example/"),
    position="second-year student",
    email="jane (at) example (dot) org",
    location="Oslo",
    interests=("waiting", "queues"),
    focus="the long run",
    advisor=Advisor("Edgar Poe", "https://poe.example/", "Prof."),
    links=Links(website="https://jane.example/", github="jane", mastodon="https://a.b/@c"),
    education=(Degree("B.S. in lines", "PKU", "EECS", PartialDate(2019), PartialDate(2023, 7)),),
    positions=(
        Position("Intern", "Slow", PartialDate(2023, 7)),
        Position(
            "Intern",
            "Late",
            PartialDate(2022, 3),
            PartialDate(2022, 8),
            (Advisor("A", "https://a.example/", "Dr."), Advisor("B"), Advisor("C")),
        ),
    ),
    teaching=(Course("OS", "TA", "2024 Spring", "PKU"),),
    awards=(Award("Merit", 2024, note="2/56"), Award("Prize", 2023, "PKU")),
)
EQUAL = Mark("*", "Equal contribution")
PAPERS = (
    paper(
        "a",
        "2025-04",
        "A Preprint",
        status="prepublished",
        eprint="2504.1",
        authors=(Author("Poe", "Edgar", marks=(EQUAL,)), Author("Doe", "Jane", is_owner=True)),
        links=(Link("arxiv", "https://arxiv.org/abs/2504.1"), Link("pdf", "files/a.pdf")),
    ),
    paper(
        "b",
        "2024",
        "An Article",
        type="article",
        venue=Venue("Transactions", "T 2024", "T", "https://t.example/"),
        doi="10.1/x",
        authors=(Author("Doe", "Jane", is_owner=True),),
        et_al=True,
        award="Best Paper",
        selected=True,
        links=(Link("code", "https://code.example/"), Link("doi", "https://doi.org/10.1/x")),
    ),
)
SITE = "https://jane.example/"


def document(profile: Profile = FULL, bib: Any = PAPERS, site: str = SITE, **cv: Any) -> CvDocument:
    """The CV of *profile* and the papers *bib*; keyword arguments are the keys of `[cv]`."""
    profile = dataclasses.replace(profile, cv=dataclasses.replace(profile.cv, **cv))
    return cv_document(
        profile,
        bib,
        lambda paper: f"{site}{paper.page}/" if site else "",
        lambda path: f"{site}{path}" if site else "",
    )
