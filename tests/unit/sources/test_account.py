"""The ORCID iD of the profile, told at its line."""

from __future__ import annotations

from bibfolio.sources.account import accounts
from bibfolio.sources.profile import parse_profile

PROFILE = """name = "Ann Roe"
[affiliation]
institution = "U"
[links]
github = "ann"
orcid  = "{}"
"""


def told(orcid: str) -> list[tuple[str, str, int, int, str]]:
    text = PROFILE.format(orcid)
    found = accounts(parse_profile(text), text, "me.toml")
    return [(p.kind.subtype, p.file, p.line, p.column, p.message) for p in found]


def test_a_wrong_check_digit():
    message = (
        "links.orcid: the ORCID iD 0000-0002-1825-0098 "
        "has the check digit 8 where the others make 7; copy it again"
    )
    assert told("0000-0002-1825-0098") == [("bib_orcid", "me.toml", 6, 11, message)]


def test_a_right_one_and_none():
    assert told("0000-0002-1825-0097") == []
    text = PROFILE.replace('orcid  = "{}"\n', "")
    assert list(accounts(parse_profile(text), text)) == []
