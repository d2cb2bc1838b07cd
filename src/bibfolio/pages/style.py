"""The pybtex style ``bibfolio``: entry → rich text that draws itself as a reference.

A formatted entry is a single :class:`Reference`, not pybtex's own rich text: that cannot carry
classes (pybtex-docutils drops tags it does not know), splits words at accents and lower-cases
titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pybtex_docutils
from docutils import nodes
from pybtex.database import Entry
from pybtex.richtext import BaseText, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels.number import LabelStyle
from pybtex.style.names.plain import NameStyle
from pybtex.style.sorting.none import SortingStyle

from bibfolio.model import Link, Paper, publication_order
from bibfolio.model.identifiers import NUMBERED
from bibfolio.pages import cards
from bibfolio.pages.nodes import inline, link
from bibfolio.pages.site_links import to_file


def reference(paper: Paper) -> list[nodes.Node]:
    """Return authors, title, where it appeared and links, as sentences one after the other."""
    said = (cards.authors(paper), cards.title(paper), *cards.venue_parts(paper))
    result = cards.sentences(said)
    row: list[nodes.Node | str] = []
    for item in paper.links:
        row += [*([" "] if row else []), _link(item, paper)]
    return [*result, nodes.Text(" "), inline("paper-reference-links", *row)] if row else result


def _link(item: Link, paper: Paper) -> nodes.reference:
    """Return a link that says what it leads to also where it is printed."""
    # The number of a preprint is said already.
    is_said = item.kind == "arxiv" and paper.is_preprint
    number = paper.identifier(item.kind) if item.kind in NUMBERED and not is_said else None
    label = item.url if item.kind == "page" else number.text if number else item.label
    return to_file(item.url, label) if item.is_local else link(label, item.url)


class Reference(BaseText):  # type: ignore[misc]  # pybtex has no types
    """A whole reference as one piece of pybtex rich text."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def render(self, backend: Any) -> Any:
        """Return nodes for docutils, and one line of text for any other backend (tooltips)."""
        if isinstance(backend, pybtex_docutils.Backend):
            return reference(self.paper)
        return backend.format_str(str(self))

    def __str__(self) -> str:
        where = "".join(node.astext() for node in cards.venue(self.paper))
        return f"{self.paper.author_names}. {self.paper.title.plain}. {where}".lstrip(". ").rstrip()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reference) and self.paper == other.paper

    def __hash__(self) -> int:
        return hash(self.paper)

    def __len__(self) -> int:
        return len(str(self))

    def __contains__(self, item: str) -> bool:
        return item in str(self)

    def __getitem__(self, key: int | slice) -> str:
        return str(self)[key]


class Style(BaseStyle):  # type: ignore[misc]
    """Newest first, drawn as references; needs to know no entry type."""

    # Classes, as names would be looked up among all installed packages for every list.
    default_name_style = NameStyle
    default_label_style = LabelStyle
    default_sorting_style = SortingStyle

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # BaseStyle puts the plugins' functions on the instance; ours replace them there.
        self.sort = _newest_first
        self.format_labels = _labels

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """Wrap the paper; it is drawn when it is rendered."""
        # What is no paper, such as @xdata, can be in the list of a guest.
        paper = getattr(entry, "paper", None)
        text = Reference(paper) if paper else Text(entry.fields.get("title", entry.key))
        return FormattedEntry(entry.key, text, label)


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    by_key = {entry.key: entry for entry in entries}
    papers = [entry.paper for entry in by_key.values() if getattr(entry, "paper", None)]
    return [*(by_key.pop(paper.key) for paper in publication_order(papers)), *by_key.values()]


def _labels(entries: Sequence[Entry]) -> list[str]:
    """Keys differ over all lists of a site; the domain says instead what the text cites by."""
    return [entry.key for entry in entries]
