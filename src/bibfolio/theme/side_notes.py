"""Essays under our theme: papers as notes beside paragraphs, a label, and which essay is next.

Elsewhere a citation is one with a tooltip, as sphinxcontrib-bibtex makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from bibfolio.config import is_site
from bibfolio.domain import essays_of
from bibfolio.library import ESSAYS, home_page, library_of, pages_with_lists, pages_with_table
from bibfolio.model import Paper
from bibfolio.model.lines import period
from bibfolio.model.wording import badge_in_short, in_a_sentence, where_in_short
from bibfolio.model.words import _, pieces
from bibfolio.pages.cards import flag
from bibfolio.pages.essays import paper_count
from bibfolio.pages.figures import figure
from bibfolio.pages.nodes import inline, listed, paragraph, script_class, worded
from bibfolio.pages.site_links import to_page, to_paper
from bibfolio.sphinx_compat import app_of
from bibfolio.theme.layout import is_ours


def side_notes(papers: Sequence[Paper], topics: Mapping[str, str]) -> nodes.container:
    """Return a note on each paper, to stand beside the paragraph before it.

    *topics* gives the class of each topic's colour.
    """
    result = nodes.container(classes=["side", "side-notes", "no-search"])
    for paper in papers:
        words = nodes.container()
        words += paragraph("side-note-title", to_paper(paper))
        names = "side-note-badge" + " side-note-preprint" * paper.is_preprint
        badge = badge_in_short(paper)
        date = "" if paper.year in badge else f", {period(paper.date, None)}"
        place: list[nodes.Node] = [inline(names, badge), nodes.Text(date)]
        where = place if badge else worded(where_in_short(paper))
        words += paragraph("side-note-venue", *listed([*flag(paper), where]))
        if in_a_sentence(paper):
            gist = in_a_sentence(paper)
            words += paragraph(" ".join(["side-note-gist", *script_class(gist, paper)]), gist)
        result += nodes.container(
            "", *figure(paper, topics, is_large=False), words, classes=["side-note"]
        )
    return result


class SideNotes(SphinxPostTransform):
    """Put notes behind the paragraphs that are the first of their page to cite a paper."""

    # Before figures are drawn (7), links get addresses (8) and Sphinx resolves citations (10).
    default_priority = 6

    def run(self, **_kwargs: Any) -> None:
        """Add the notes to the page that is being resolved, unless it lists papers or is one's."""
        env, library = self.env, library_of(self.env)
        if not is_ours(app_of(env)) or not is_site(env.config) or library.is_drawn(env.docname):
            return
        if env.docname in {home_page(env), *pages_with_lists(env)}:
            return
        index, following = _place(env)
        papers, title = self._notes(), self.document.next_node(nodes.title)
        if title is None or not isinstance(title.parent, nodes.section):
            return
        words = [_("Essay")] if index else []
        words += [paper_count(papers)] if papers else []
        if words:
            names = f"label side-note-count{' essay-label' * bool(index)} no-search"
            title.parent.insert(title.parent.index(title) + 1, paragraph(names, " · ".join(words)))
        if index:
            title.parent += _end(env, index, following)

    def _notes(self) -> list[Paper]:
        """Add the notes; return the papers that have one."""
        library, noted = library_of(self.env), dict[str, Paper]()
        for block in list(self.document.findall(nodes.paragraph)):
            if not isinstance(block.parent, nodes.section):
                continue
            found = {key: library.by_key[key] for key in _cited(block) if key in library.by_key}
            papers = [
                paper
                for key, paper in found.items()
                if key not in noted and paper.page in self.env.all_docs
            ]
            if papers:
                noted |= {paper.key: paper for paper in papers}
                block.parent.insert(
                    block.parent.index(block) + 1, side_notes(papers, library.topic_classes)
                )
        return [*noted.values()]


def _place(env: BuildEnvironment) -> tuple[str, str]:
    """Return the page that shows this one as an essay, and the essay behind it; empty if none."""
    for index in pages_with_table(env, ESSAYS):
        if env.docname in (pages := essays_of(env, index)):
            return index, (*pages, "")[pages.index(env.docname) + 1]
    return "", ""


def _end(env: BuildEnvironment, index: str, following: str) -> nodes.paragraph:
    """Return a link to the essay *following*, or else to the *index* of all."""
    title = [part.deepcopy() for part in env.titles[following or index].children]
    link = to_page(following or index, title)
    if following:
        return paragraph("essay-next no-search", *pieces("Next: {title}", title=[link]))
    return paragraph("essay-next no-search", *pieces("All essays: {title}", title=[link]))


def _cited(block: nodes.Element) -> Iterator[str]:
    """Yield the keys that a paragraph cites."""
    for node in block.findall(addnodes.pending_xref):
        if node.get("refdomain") == "cite":
            for target in parse_citation_targets(node["reftarget"]):
                yield target.key


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(SideNotes)
