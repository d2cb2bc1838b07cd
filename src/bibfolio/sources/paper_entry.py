"""A paper as the entry that sphinxcontrib-bibtex works with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pybtex.database import Entry
from pybtex.utils import OrderedCaseInsensitiveDict

from bibfolio.model import Paper
from bibfolio.sources.names import persons_of


class PaperEntry(Entry):  # type: ignore[misc]  # pybtex has no types
    """The entry sphinxcontrib-bibtex works with, carrying the paper it was decoded to.

    Title, persons and year are the decoded ones, so that citations and filters see what the
    reader sees; the other fields are as written.
    """

    def __init__(self, paper: Paper, fields: Mapping[str, str]) -> None:
        decoded = {"title": paper.title.plain, "year": paper.year}
        merged = {**fields, **{name: value for name, value in decoded.items() if value}}
        super().__init__(paper.type, fields=merged)
        self.key = paper.key
        self.paper = paper
        del self.__dict__["persons"]

    @cached_property
    def persons(self) -> OrderedCaseInsensitiveDict:
        """The authors; most entries are never asked for them."""
        return OrderedCaseInsensitiveDict(persons_of(self.paper))

    def __reduce__(self) -> tuple[type, tuple[Paper, dict[str, str]]]:
        """Pickled as what it was made from, which is smaller and read sooner."""
        return type(self), (self.paper, dict(self.fields))
