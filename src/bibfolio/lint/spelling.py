"""Spellings of one name: which of them can be the same person's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bibfolio.model import Author
from bibfolio.model.author import is_cjk
from bibfolio.problems import WarningKind
from bibfolio.sources.names import read_authors

#: Letters that Unicode does not take apart.
_BASES = str.maketrans("øłđıŁØĐ", "oldiLOD", "ʼ’'`´")
_LIGATURES = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


def fold(text: str) -> str:
    """Letters and digits in lower case, without accents."""
    text = text.translate(_BASES).casefold()
    for letter, base in _LIGATURES.items():
        text = text.replace(letter, base)
    split = unicodedata.normalize("NFKD", text)
    return "".join(char for char in split if char.isalnum())


def _folds(text: str) -> frozenset[str]:
    """*text* as in :func:`fold`, and with umlauts written out as German does."""
    written = unicodedata.normalize("NFC", text).casefold()
    for letter, pair in _UMLAUTS.items():
        written = written.replace(letter, pair)
    return frozenset((fold(text), fold(written)))


@dataclass(frozen=True)
class Spelling:
    """A name as one or more entries write it."""

    author: Author

    @cached_property
    def text(self) -> str:
        """``Family, Given``, as it is written in a bibliography."""
        family = " ".join(part for part in (self.author.prefix, self.author.family) if part)
        if is_cjk(family + self.author.given):
            return self.author.name
        return ", ".join(part for part in (family, self.author.suffix, self.author.given) if part)

    @cached_property
    def families(self) -> frozenset[str]:
        """The family name as it is compared."""
        return _folds(self.author.prefix + self.author.family)

    @cached_property
    def suffix(self) -> str:
        """``Jr.`` as it is compared."""
        return fold(self.author.suffix)

    @cached_property
    def whole_given(self) -> frozenset[str]:
        """All given names as one word, as it is compared."""
        return _folds(self.author.given)

    @cached_property
    def given(self) -> tuple[str, ...]:
        """Given names, each folded; an initial is one letter."""
        words = re.split(r"[\s.\u2010-]+", self.author.given)
        found: list[str] = []
        for word in filter(None, words):
            is_initials = word.isupper() and 1 < len(word) <= 3 and word.isascii()
            found += [fold(letter) for letter in word] if is_initials else [fold(word)]
        return tuple(filter(None, found))

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """What other spellings find it by."""
        first = self.given[0] if self.given else ""
        kinds = [("whole", whole) for whole in self.whole_given]
        kinds += [("first", first), ("letter", first[:1]), ("initial", first[: len(first) == 1])]
        return sorted((family, *kind) for family in self.families for kind in kinds)

    @property
    def near(self) -> list[tuple[str, str, str]]:
        """What it finds by them: not every Wang, W. by every Wang, Wei, but by Wang, W. alone."""
        first = self.given[0] if self.given else ""
        kinds = [("whole", whole) for whole in self.whole_given]
        kinds += [("first", first), ("initial", first[:1])]
        kinds += [("letter", first)] * (len(first) == 1)
        return sorted((family, *kind) for family in self.families for kind in kinds)

    @cached_property
    def is_shouted(self) -> bool:
        """Whether it is in capitals."""
        return len(self.author.family) > 2 and self.author.family.isupper()

    def may_be(self, other: Spelling) -> bool:
        """Whether both can be one person: same family name, no given name that differs."""
        if self.suffix != other.suffix or not self.families & other.families:
            return False
        if self.whole_given & other.whole_given:
            return True
        if not self.given or not other.given:
            return False
        pairs = zip(self.given, other.given, strict=False)
        if not all(_fits(one, two) for one, two in pairs):
            return False
        longer, shorter = sorted((self.given, other.given), key=len, reverse=True)
        rest = longer[len(shorter) :]
        # A second given name only if the first is an initial: Wei and Wei Ming are two people.
        return not any(len(word) > 1 for word in rest) or all(len(word) == 1 for word in shorter)

    def must_be(self, other: Spelling) -> bool:
        """Whether two names that may be one person are: one of them is written out."""
        full = [s for s in (self, other) if s.given and len(s.given[0]) > 1]
        return bool(full or self.whole_given & other.whole_given)


def _fits(one: str, two: str) -> bool:
    """Whether two given names can be one: the same, or an initial of the other."""
    return one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])


@lru_cache(maxsize=50_000)
def spelling_of(name: str) -> Spelling | None:
    """The spelling of *name*, which is one name in TeX; None if it is none."""
    unreadable: list[str] = []

    def note(_kind: WarningKind, message: str) -> None:
        unreadable.append(message)

    authors, _et_al = read_authors({"author": name}, frozenset(), note)
    return Spelling(authors[0]) if len(authors) == 1 and not unreadable else None
