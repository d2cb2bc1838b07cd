"""Removes headings above directives that had nothing to show.

Each directive that draws from the data leaves an invisible ``section_mark`` beside what it drew,
which says whether that is empty.
"""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from bibfolio.model.words import _
from bibfolio.pages.nodes import paragraph


class section_mark(nodes.Invisible, nodes.Element):  # noqa: N801  docutils spells nodes so
    """Marks where a directive drew the section ``name``, and whether that is ``empty``."""


def mark_section(name: str, content: list[nodes.Node]) -> section_mark:
    """Return the mark that a directive leaves beside the *content* of the section *name*."""
    return section_mark(name=name, empty=not content)


#: Nodes that nobody sees, and that need no heading.
_UNSEEN = (nodes.Invisible, nodes.target)


class EmptySections(SphinxTransform):
    """Removes headings without content."""

    # Before docutils moves targets to what follows them (260), and before Sphinx collects labels
    # and headings, once the page is read.
    default_priority = 200

    def apply(self, **_kwargs: Any) -> None:
        """Remove the marks of a page, and the sections that are empty."""
        for mark in list(self.document.findall(section_mark)):
            parent = cast(nodes.Element, mark.parent)
            parent.remove(mark)
            if mark["empty"]:
                self._drop(parent)
                if mark["name"] == "publications" and self._is_bare(parent):
                    parent += paragraph("paper-card-none", _("No papers yet."))

    def _is_bare(self, section: nodes.Element) -> bool:
        """Return whether *section* is the whole page, with nothing to see under its title."""
        return section.parent is self.document and all(map(_is_unseen, section.children[1:]))

    def _drop(self, section: nodes.Element) -> None:
        """Remove *section* if it is empty, and then the sections around it that are empty."""
        while isinstance(section, nodes.section) and isinstance(section.parent, nodes.section):
            if not all(_is_unseen(child) for child in section.children[1:]):
                return
            parent = section.parent
            # A hidden toctree stays: the navigation shows it.
            parent += [node for node in section.children if _is_hidden_tree(node)]
            for node in (*_targets_before(section), section):
                self._forget(node)
                cast(nodes.Element, node.parent).remove(node)
            section.parent = None  # so that further marks in it are ignored
            section = parent

    def _forget(self, gone: nodes.Element) -> None:
        """Remove the labels in *gone*, so that Sphinx warns of references to them."""
        for node in gone.findall(nodes.Element):
            for id_ in node["ids"]:
                self.document.ids.pop(id_, None)
            for name in node["names"]:
                self.document.nameids.pop(name, None)
                self.document.nametypes.pop(name, None)


def _targets_before(section: nodes.section) -> list[nodes.target]:
    """Return the labels above the heading: the last nodes before *section*."""
    parent = cast(nodes.Element, section.parent)
    children = parent.children[: parent.index(section)]
    while children and isinstance(children[-1], nodes.section):
        children = children[-1].children
    targets: list[nodes.target] = []
    for node in reversed(children):
        if not isinstance(node, nodes.target):
            break
        targets.append(node)
    return targets


def _is_unseen(node: nodes.Node) -> bool:
    return isinstance(node, _UNSEEN) or _is_hidden_tree(node)


def _is_hidden_tree(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.compound):
        return False
    return all(getattr(child, "attributes", {}).get("hidden") for child in node.children)


def setup(app: Sphinx) -> None:
    """Register the mark and the transform."""
    app.add_node(cast(type[nodes.Element], section_mark))
    app.add_transform(EmptySections)
