"""Notices about papers: retractions, expressions of concern, corrections.

:data:`NOTICES` is the one table of them: the fields of an entry, what readers are told, and what
Crossref calls a notice (https://www.crossref.org/documentation/register-maintain-records/).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bibfolio.model.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notices."""

    #: What is said of a paper that has one, in English.
    word: str
    #: Crossref's types of such notices.
    types: frozenset[str]


#: Field of an entry → kind, the gravest first.
NOTICES: dict[str, NoticeKind] = {
    "retracted": NoticeKind(
        "Retracted", frozenset({"retraction", "partial_retraction", "withdrawal", "removal"})
    ),
    "concern": NoticeKind("Expression of concern", frozenset({"expression_of_concern"})),
    "correction": NoticeKind("Corrected", frozenset({"correction", "corrigendum", "erratum"})),
}
_FIELDS = {type_: name for name, kind in NOTICES.items() for type_ in kind.types}
#: Crossref's types of what is no notice but the work itself, once more.
_VERSIONS = frozenset({"new_version", "new_edition"})


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice about a paper, by its DOI, or else by its address."""

    #: Key of :data:`NOTICES`.
    kind: str
    doi: str = ""
    address: str = ""

    @property
    def url(self) -> str:
        """Return where it is."""
        return Identifier("doi", self.doi).url if self.doi else self.address

    @property
    def text(self) -> str:
        """Return how it is named among words."""
        return Identifier("doi", self.doi).text if self.doi else self.address


@dataclass(frozen=True, slots=True)
class Update:
    """What Crossref says a document is to another one: ``retraction`` and the DOI of either."""

    type: str
    doi: str = ""

    @property
    def field(self) -> str:
        """Return the key of :data:`NOTICES` under which an entry has it; or nothing."""
        return _FIELDS.get(self.type, "") if self.doi else ""

    @property
    def is_version(self) -> bool:
        """Return whether the document is no notice about the other one, but takes its place."""
        return self.type in _VERSIONS

    @property
    def of(self) -> str:
        """Return what a document is that is this to another one: ``retraction of DOI``."""
        return " of ".join(filter(None, (self.type, self.doi)))

    def __str__(self) -> str:
        article = "an" if self.type[:1] in {*"aeiou"} else "a"
        return f"{article} {': '.join(filter(None, (self.type, self.doi)))}"


def gravest(notices: Iterable[Notice]) -> str:
    """Return what is said first of a paper with these *notices*, in English; or nothing."""
    kinds = {notice.kind for notice in notices}
    return next((kind.word for name, kind in NOTICES.items() if name in kinds), "")


def noted(notices: Iterable[Notice]) -> list[str]:
    """Return for each notice what a note in English says: ``Retracted: https://doi.org/…``."""
    return [f"{NOTICES[notice.kind].word}: {notice.url}" for notice in notices]
