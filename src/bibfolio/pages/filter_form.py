"""The controls above the complete list of papers: drawn here, brought to life by a script.

They stand in the page from the start, so that nothing moves when the script arrives; readers
without JavaScript do not see them (``@media (scripting: none)``) and use the lists by kind, topic
and role.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bibfolio.model import KINDS, ROLES, Paper
from bibfolio.model.words import _, counted
from bibfolio.output import makes_html
from bibfolio.pages.nodes import ONLY_HTML
from bibfolio.sphinx_compat import app_of

#: Name of a control and of its parameter in the address → label, in English.
LABELS = {"year": "Year", "kind": "Kind", "topic": "Topic", "role": "Role"}
#: Shorter lists are taken in at a glance.
SHORTEST = 5


class paper_filter(nodes.General, nodes.Element):  # noqa: N801  docutils spells nodes so
    """The form; ``choices`` are the values of each control. Nothing in formats other than HTML."""


def values(paper: Paper) -> dict[str, list[str]]:
    """Return what a paper can be found by: a list of values for each control."""
    return {
        "year": [paper.year] if paper.year else [],
        "kind": [_(KINDS[paper.kind])],
        "topic": [topic[:1].upper() + topic[1:] for topic in paper.topics],
        "role": list(map(_, paper.roles)),
    }


def choices(papers: Sequence[Paper]) -> dict[str, list[str]]:
    """Return the values that occur, for each control that has a choice to offer, in order."""
    occurring = {name: {v for p in papers for v in values(p)[name]} for name in LABELS}
    orders = {
        "year": sorted(occurring["year"], reverse=True),
        "kind": [kind for kind in map(_, KINDS.values()) if kind in occurring["kind"]],
        "topic": sorted(occurring["topic"], key=str.casefold),
        "role": [role for role in map(_, ROLES) if role in occurring["role"]],
    }
    return {name: order for name, order in orders.items() if len(order) > 1}


def attributes(paper: Paper) -> dict[str, str]:
    """Return the same values as attributes of the list item, and a name that its title lacks.

    Values are separated by commas, which no value holds: ``keywords`` are split at them.
    """
    found = {f"data-{name}": ",".join(of) for name, of in values(paper).items() if of}
    if paper.short_title.casefold() not in paper.title.plain.casefold():
        found["data-text"] = paper.short_title
    return found


def _visit(translator: HTML5Translator, node: paper_filter) -> None:
    if not makes_html(app_of(translator.builder.env)):  # a book runs no scripts
        raise nodes.SkipNode
    out, encode = translator.body.append, translator.encode
    title, text, no_choice = map(encode, (_("Filter publications"), _("Text"), _("All")))
    out(f'<form class="paper-filter" role="search" aria-label="{title}">\n')
    out(f'<label class="paper-filter-text"><span>{text}</span>')
    out('<input type="search" name="text" autocomplete="off"></label>\n')
    for name, found in node["choices"].items():
        out(f'<label><span>{encode(_(LABELS[name]))}</span><select name="{name}">')
        out(f'<option value="">{no_choice}</option>')
        for value in found:
            out(f"<option>{encode(value)}</option>")
        out("</select></label>\n")
    count = encode(counted("{count} paper", "{count} papers", node["count"]))
    reset = encode(_("Show all"))
    out(f'<p class="paper-filter-status" role="status">{count}</p>\n')
    out(f'<button type="reset">{reset}</button>\n</form>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the node."""
    app.add_node(cast(type[nodes.Element], paper_filter), html=(_visit, None), **ONLY_HTML)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
