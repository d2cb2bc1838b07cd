"""What is to become of an old site: each datum with its place, and each file that is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A line of the report: what of the old site is where in the new one."""

    kind: str
    #: The file, with a line where it holds more than this.
    source: str
    what: str
    #: Where it is now, or why it is nowhere.
    where: str
    #: What is left to do, as a sentence that asks for it.
    look: str = ""


#: Kinds of rows: of what is not carried, and of settings without a place.
LEFT, HOMELESS = "Left out", "No place"
#: How the reason begins of what the owner never wrote.
TEMPLATE = "part of the template"


@dataclass
class Plan:
    """The new site, as data."""

    kind: str
    name: str = ""
    url: str = ""
    #: The path below which the old site was; empty for the root.
    base: str = ""
    institution: str = ""
    description: str = ""
    profile: dict[str, Any] = field(default_factory=dict)
    bib: str = ""
    #: Docname → text of a page, without front matter; its title and description apart.
    pages: dict[str, str] = field(default_factory=dict)
    #: Name of a paper in addresses → what is said of it beside the entry.
    notes: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    #: Docnames that the navigation names, in their order.
    navigation: list[str] = field(default_factory=list)
    has_news: bool = False
    #: Whether the home page showed selected papers, and there are some.
    has_selected: bool = False
    #: Paths of files that stay where they are → where they are in the old folder.
    files: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def tell(self, kind: str, what: str, source: str, where: str, look: str = "") -> None:
        """Add a line to the report."""
        row = Row(kind, source, what, where, look)
        if row not in self.rows:
            self.rows.append(row)

    def told(self, *kinds: str) -> Iterator[Row]:
        """Yield the rows of these kinds."""
        return (row for row in self.rows if row.kind in kinds)
