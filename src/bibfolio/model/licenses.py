"""Licences of papers, by their SPDX identifiers (https://spdx.org/licenses/)."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Parts of an identifier → the part of the address at creativecommons.org.
_CREATIVE_COMMONS = re.compile(
    r"CC-(?P<terms>BY(?:-NC)?(?:-ND|-SA)?)-(?P<version>\d\.\d)(?:-(?P<country>[A-Z]{2,3}))?"
)
_ADDRESS = "https://creativecommons.org"


@dataclass(frozen=True, slots=True)
class License:
    """A licence that lets everybody read, and mostly more."""

    #: SPDX identifier: ``CC-BY-4.0``.
    id: str

    @property
    def name(self) -> str:
        """Return what people call it: ``CC BY 4.0``."""
        if self.id == "CC0-1.0":
            return "CC0 1.0"
        found = _CREATIVE_COMMONS.fullmatch(self.id)
        return " ".join(["CC", *filter(None, found.groups())]) if found else self.id

    @property
    def url(self) -> str:
        """Return where it can be read."""
        if self.id == "CC0-1.0":
            return f"{_ADDRESS}/publicdomain/zero/1.0/"
        if found := _CREATIVE_COMMONS.fullmatch(self.id):
            parts = "/".join(filter(None, found.groups())).lower()
            return f"{_ADDRESS}/licenses/{parts}/"
        return f"https://spdx.org/licenses/{self.id}"
