"""Accounts in ``profile.toml`` that can be proved wrong; its form is checked when it is read."""

from __future__ import annotations

from collections.abc import Iterator

from bibfolio.model import Profile
from bibfolio.problems import Problem, WarningKind
from bibfolio.sources.checksum import orcid_error
from bibfolio.sources.toml_lines import lines_of_keys


def accounts(profile: Profile, text: str, file: str = "profile.toml") -> Iterator[Problem]:
    """What is wrong in the links of a *profile* that was read from *text*."""
    orcid = profile.links.orcid
    if orcid and (error := orcid_error(orcid)):
        line = lines_of_keys(text).get(("links", "orcid"), 1)
        column = text.splitlines()[line - 1].find(orcid) + 1
        message = f"links.orcid: the ORCID iD {orcid} {error}"
        yield Problem(WarningKind.BIB_ORCID, message, line, column, file)
