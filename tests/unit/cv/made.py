"""A CV with everything in it."""

from __future__ import annotations

import dataclasses
from typing import Any

from bibfolio.model import (
    Author,
    CvDocument,
    Link,
    Mark,
    Profile,
    Venue,
    cv_document,
)
from bibfolio.model.cv import cv_papers
from bibfolio.model.sentence import with_names

from ..made import FULL, paper

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
    options = dataclasses.replace(profile.cv, **cv)
    return cv_document(
        with_names(profile, {paper.key: paper for paper in bib}),
        options,
        cv_papers(options, bib, lambda source, paper: source in paper.title.plain),
        lambda page: f"{site}{page}/" if site else "",
        lambda path: f"{site}{path}" if site else "",
    )
