"""The profile against what else there is: each mistake is told where it stands, with the cure."""

from __future__ import annotations

import pytest

from bibfolio.lint.profile import profile_problems
from bibfolio.sources.bibliography import parse_bibliography
from bibfolio.sources.folder import Folder
from bibfolio.sources.profile_toml import parse_profile
from bibfolio.sources.spelling import with_people
from bibfolio.sources.toml_text import TomlFiles

from ..table import Table

BIB = """
@misc{roe2024queue, title = {Q}, year = 2024, author = {Roe, Ann and Poe, Ed and Doe, Jane},
    keywords = {Load balancing; SSD}}
@misc{roe2023fish, title = {F}, year = 2023, author = {Roe, Ann and Doe, John}}
@misc{roe2025draft, title = {D}, year = 2025, author = {Roe, Ann}, pubstate = {inpreparation}}
"""


def told(text: str, folder: Folder) -> list[str]:
    """What is told of a profile beside the bibliography, with its place."""
    profile = parse_profile(text)
    read = parse_bibliography(BIB, profile.names)
    papers = with_people(read.papers, profile.acquaintances)
    drafts = [draft.key for draft in read.drafts]
    files = TomlFiles({"me.toml": text})
    found = profile_problems(profile, files, folder, papers, drafts)
    return [f"{p.line}:{p.column} {p.kind.subtype} {p.message}" for p in found]


TABLE = Table(__file__)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A site with a portrait, a picture, slides, and a page about somebody."""
    root = tmp_path_factory.mktemp("site")
    names = ("_static/zoe.png", "_static/ed.png", "files/slides/on-waiting-in-line.pdf")
    for name in (*names, "people/mia-muster/index.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return Folder(root)


@pytest.mark.parametrize("section", TABLE.sections)
def test_what_does_not_fit_is_told_where_it_stands_with_the_cure(section, folder):
    """A draft is no mistake but for a text that has no words for it."""
    TABLE.holds(section, lambda text: told(text, folder))
