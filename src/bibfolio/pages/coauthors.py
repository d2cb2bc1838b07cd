"""Co-authors of the owner and their papers: a table, or a list if that is too large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docutils import nodes
from sphinx.addnodes import only

from bibfolio.model import Paper
from bibfolio.model.sentence import comma
from bibfolio.model.words import _, counted
from bibfolio.pages.nodes import Cell, inline, paragraph, said, table
from bibfolio.pages.site_links import to_paper

#: Rows and columns of the largest table, and lines of the longest list.
ROWS, COLUMNS, LINES = 12, 24, 50


def coauthors(papers: Sequence[Paper], classes: Mapping[str, str]) -> list[nodes.Node]:
    """Return the authors of two of *papers* or more; those with most papers come first.

    Each name counts as a person; all spellings of a person of the profile count as one. *classes*
    has the class of each topic's colour. Books get the list.
    """
    together: dict[str, list[Paper]] = {}
    for paper in reversed(papers):
        others = [author for author in paper.authors if not author.is_owner]
        for name in {author.person.name if author.person else author.name for author in others}:
            together.setdefault(name, []).append(paper)
    found = [(name, shared) for name, shared in together.items() if len(shared) > 1]
    found.sort(key=lambda person: (-len(person[1]), person[0]))
    if not found:
        return []
    listed = nodes.bullet_list("", *(_line(name, shared) for name, shared in found[:LINES]))
    keys = [{paper.key for paper in shared} for _name, shared in found]
    columns = [paper for paper in reversed(papers) if paper.key in set().union(*keys)]
    if len(found) > ROWS or len(columns) > COLUMNS:
        return [listed]
    rows: list[list[Cell]] = [[_("Co-author")]]
    rows[0] += [to_paper(paper) for paper in columns]
    rows[0].append(_("Papers"))
    for (name, shared), own_keys in zip(found, keys, strict=True):
        dots = [_dot(p, classes) if p.key in own_keys else "" for p in columns]
        rows.append([name, *dots, str(len(shared))])
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
    facts = ["", counted("{count} paper", "{count} papers", len(papers))]
    facts += ["–".join(dict.fromkeys((years[0], years[-1])))] if years else []
    return nodes.list_item("", paragraph("", *said(name), comma().join(facts)))
