"""Who wrote which papers together with the owner: a table, or a list where that is too large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docutils import nodes
from sphinx.addnodes import only

from bibfolio.model import Paper
from bibfolio.model.words import _, counted
from bibfolio.pages.nodes import Cell, inline, paragraph, table
from bibfolio.pages.site_links import to_page

#: Rows and columns of the largest table, and lines of the longest list.
ROWS, COLUMNS, LINES = 12, 24, 50


def coauthors(papers: Sequence[Paper], classes: Mapping[str, str]) -> list[nodes.Node]:
    """Return who wrote two of *papers* or more, most first.

    One name is one person; who is known counts under the own name, however it is spelt.

    *classes* gives the class of each topic's colour. Books have the list.
    """
    together: dict[str, list[Paper]] = {}
    for paper in reversed(papers):
        others = [author for author in paper.authors if not author.is_owner]
        for name in {author.person.name if author.person else author.name for author in others}:
            together.setdefault(name, []).append(paper)
    found = [(name, of) for name, of in together.items() if len(of) > 1]
    found.sort(key=lambda person: (-len(person[1]), person[0]))
    if not found:
        return []
    listed = nodes.bullet_list("", *(_line(name, of) for name, of in found[:LINES]))
    keys = [{paper.key for paper in of} for _name, of in found]
    columns = [paper for paper in reversed(papers) if paper.key in set().union(*keys)]
    if len(found) > ROWS or len(columns) > COLUMNS:
        return [listed]
    rows: list[list[Cell]] = [[_("Co-author")]]
    rows[0] += [to_page(paper.page, [nodes.Text(paper.name)]) for paper in columns]
    for (name, _papers), own in zip(found, keys, strict=True):
        rows.append([name, *(_dot(p, classes) if p.key in own else "" for p in columns)])
    drawn = table(rows)
    caption = _("Co-authors of two papers or more; ring: preprint")
    drawn.insert(0, nodes.title("", caption, translatable=False))
    html = "html and not epub"
    return [only("", drawn, expr=html), only("", listed, expr=f"not ({html})")]


def _dot(paper: Paper, classes: Mapping[str, str]) -> nodes.Node:
    kind, word = ("preprint", _("preprint")) if paper.is_preprint else ("published", _("published"))
    names = f"paper-coauthors-{kind} {classes.get((*paper.topics, '')[0], 'topic-0')}"
    return inline(names, inline("paper-coauthors-word", word))


def _line(name: str, papers: Sequence[Paper]) -> nodes.list_item:
    """Return ``Jane Doe, 14 papers, 2011–2024``."""
    years = sorted({paper.year for paper in papers if paper.year})
    facts = [name, counted("{count} paper", "{count} papers", len(papers))]
    facts += ["–".join(dict.fromkeys((years[0], years[-1])))] if years else []
    return nodes.list_item("", paragraph("", ", ".join(facts)))
