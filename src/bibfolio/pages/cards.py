"""Paper → the card that lists show: title, authors, venue, links. Pure: a paper in, nodes out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from docutils import nodes

from bibfolio.model import Author, Link, Paper, where_and_when
from bibfolio.model.words import _
from bibfolio.pages.nodes import inline, link, linked, rich
from bibfolio.pages.site_links import to_file, to_page


def card(paper: Paper) -> list[nodes.Node]:
    """Return the parts of a card, each an inline node of its own class.

    Read without any style they are a reference as people write it; lists make a paragraph of each.
    """
    parts = [
        inline("paper-card-title", *title(paper)),
        inline("paper-card-authors", *authors(paper)),
        inline("paper-card-venue", *venue(paper)),
        inline("paper-card-links", *links(paper)),
    ]
    return [part for part in parts if part.children]


def title(paper: Paper) -> list[nodes.Node]:
    """Return the title, linked to the paper's page."""
    return [to_page(paper.page, rich(paper.title))]


def authors(paper: Paper) -> list[nodes.Node]:
    """Return the names in printed order with their marks, the owner's in bold, and the legend."""
    parts: list[nodes.Node | str] = []
    for index, author in enumerate(paper.authors):
        if index:
            parts.append(", ")
        parts += _author(author)
    if paper.et_al:
        parts.append((", " if paper.authors else "") + _("et al."))
    if paper.part:
        parts.append(f", {paper.part}")
    if paper.legend:
        parts += [" ", inline("paper-card-legend", f"({paper.legend})")]
    return _joined(parts)


def _author(author: Author) -> list[nodes.Node | str]:
    name: nodes.Node | str = author.name
    if author.is_owner:
        name = nodes.strong("", author.name, classes=["paper-card-owner"])
    signs = "".join(mark.sign for mark in author.marks)
    return [name, nodes.superscript("", signs)] if signs else [name]


def _joined(parts: Iterable[nodes.Node | str]) -> list[nodes.Node]:
    """Join neighbouring words into one text node, so that a name can be found as a whole."""
    result: list[nodes.Node] = []
    for is_text, group in groupby(parts, lambda part: isinstance(part, str)):
        if is_text:
            result.append(nodes.Text("".join(map(str, group))))
        else:
            result += cast(Iterable[nodes.Node], group)
    return result


def venue(paper: Paper) -> list[nodes.Node]:
    """Return badge, place and date: what a reference list says behind the title."""
    result: list[nodes.Node] = []
    if paper.badge:
        result += [
            inline("paper-card-badge", linked(paper.badge, paper.venue.url)),
            nodes.Text(" "),
        ]
    if words := where_and_when(paper):
        result.append(nodes.Text(words))
    if paper.award:
        result += [nodes.Text(" "), inline("paper-card-award", paper.award)]
    return result


def links(paper: Paper) -> list[nodes.Node]:
    """Return a linked word for everything that can be opened, separated by spaces."""
    result: list[nodes.Node] = []
    for item in paper.links:
        if result:
            result.append(nodes.Text(" "))
        result.append(_button(item, paper))
    return result


def _button(item: Link, paper: Paper) -> nodes.reference:
    name = f"paper-card-{item.kind}"
    make = to_file if item.is_local else _to_elsewhere
    button = make(item.url, item.label, name)
    # Out of context a list of ten links called "PDF" says nothing.
    button["reftitle"] = f"{item.label}: {paper.title.plain}"
    return button


def _to_elsewhere(url: str, label: str, name: str) -> nodes.reference:
    return link(label, url, name)
