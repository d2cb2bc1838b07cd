"""Who wrote a paper, and what the signs behind their names mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Last, beyond the Basic Multilingual Plane: CJK Unified Ideographs Extension B and later.
_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign behind an author's name and what the legend says of it."""

    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Author:
    """One contributor; an organisation has only a family name."""

    family: str
    given: str = ""
    #: ``von``, ``de la`` … (BibTeX's *von* part).
    prefix: str = ""
    #: ``Jr.``, ``III`` … (BibTeX's *Jr* part).
    suffix: str = ""
    marks: tuple[Mark, ...] = ()
    is_owner: bool = False

    @property
    def name(self) -> str:
        """Full name in the order its script uses: ``Jane Doe``, but ``李明``."""
        parts = [part for part in (self.given, self.prefix, self.family, self.suffix) if part]
        if parts and all(is_cjk(part) for part in parts):
            return self.family + self.given
        return " ".join(parts)


def is_cjk(text: str) -> bool:
    """Whether *text* is written in Han, Kana or Hangul, where the family name goes first."""
    return bool(_CJK.fullmatch(text))
