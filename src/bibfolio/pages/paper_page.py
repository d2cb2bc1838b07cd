"""A page for every paper: a document without Markdown, drawn from the model.

Only documents are searched, cited and cross-referenced, and a document needs a source file: that is
what ``paper_sources`` writes. A parser of our own turns it into the page; or, where nothing has to
see the page before it is shown (``finished``), into a title and a placeholder for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.parsers import Parser
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import library_of
from bibfolio.model import EXPORT_FORMATS, Paper
from bibfolio.model.author import is_cjk
from bibfolio.pages import cards
from bibfolio.pages.cited_on import ANCHOR, cited_on
from bibfolio.pages.paper_sources import NOTES, SUFFIX
from bibfolio.pages.site_links import to_download, to_page
from bibfolio.pages.nodes import as_written, inline, paragraph, rich


class found_by(nodes.Invisible, nodes.Inline, nodes.TextElement):  # noqa: N801
    """Words that lead to the page when they are searched for, and are in its links only."""


class paper_page(nodes.General, nodes.Element):  # noqa: N801
    """In place of everything below the title, until the page is shown."""


# -- the page (pure) -------------------------------------------------------------------------


def page(
    paper: Paper, newer: Paper | None, older: Paper | None, notes: Sequence[nodes.Node] = ()
) -> nodes.section:
    """The whole page: the paper, the owner's *notes*, how to cite it, its neighbours."""
    body = headed(paper)
    header = [
        paragraph("paper-page-authors", *cards.authors(paper)),
        paragraph("paper-page-venue", *cards.venue(paper)),
        paragraph("paper-page-links no-search", *cards.links(paper)),
    ]
    body += [part for part in header if part.children]
    if paper.summary:
        body += paragraph("paper-page-summary", paper.summary)
    if paper.topics:
        body += paragraph("paper-page-topics", "Topics: ", ", ".join(paper.topics))
    if paper.abstract:
        body += _section("Abstract", "abstract", paragraph("paper-page-abstract", paper.abstract))
    body += found_by("", " ".join(_search_words(paper)))
    as_written(*body.children)
    body += notes
    body += _how_to_cite(paper)
    body += cited_on("", _placeholder_heading(), key=paper.key)
    body += as_written(_neighbours(newer, older))
    return body


def headed(paper: Paper, *content: nodes.Node) -> nodes.section:
    """The section that is the page, with its title and this *content*."""
    title = nodes.title("", "", *rich(paper.title))
    return nodes.section(
        "", *as_written(title), *content, ids=[nodes.make_id(paper.key)], classes=["paper-page"]
    )


def description(paper: Paper) -> str:
    """What search engines and link previews say about the page."""
    by = f", by {paper.author_names}" if paper.authors else ""
    return paper.summary or f"{paper.title.plain}{by}".rstrip(".") + "."


def _search_words(paper: Paper) -> Iterator[str]:
    """What people look for and the page shows only in its links, or written together."""
    yield paper.short_title
    yield paper.key
    if paper.doi:
        yield f"doi:{paper.doi}"
    if paper.eprint:
        yield f"{paper.eprint_type or 'arxiv'} {paper.eprint}"
    for author in paper.authors:
        if is_cjk(author.family):
            yield f"{author.family} {author.given}"


def _how_to_cite(paper: Paper) -> nodes.section:
    entry = nodes.literal_block(paper.bibtex, paper.bibtex.rstrip("\n"), language="none")
    entry["classes"].append("paper-page-bibtex")
    downloads = paragraph("paper-page-exports", "Download: ")
    for index, (label, (suffix, media_type)) in enumerate(EXPORT_FORMATS.items()):
        downloads += [nodes.Text(", ")] if index else []
        downloads += to_download(f"{paper.page}.{suffix}", label, media_type)
    section = _section("How to cite", "how-to-cite", entry, downloads)
    section["classes"].append("no-search")
    return section


def _placeholder_heading() -> nodes.Node:
    return nodes.rubric(
        "", "Cited on this site", ids=[ANCHOR], classes=["no-search"], **{"heading-level": 2}
    )


def _neighbours(newer: Paper | None, older: Paper | None) -> nodes.paragraph:
    """Links to the papers before and after this one in the list."""
    result = paragraph("paper-page-neighbours no-search")
    for label, neighbour in (("Newer: ", newer), ("Older: ", older)):
        if neighbour:
            name = inline(
                "paper-page-neighbour", label, to_page(neighbour.page, [nodes.Text(neighbour.name)])
            )
            result += [name, nodes.Text(" ")]
    return result


def _section(title: str, id_: str, *content: nodes.Node) -> nodes.section:
    # The heading is on every page: it would lead those who search to all of them.
    return nodes.section("", nodes.title("", title, classes=["no-search"]), *content, ids=[id_])


# -- Sphinx ----------------------------------------------------------------------------------


class PaperParser(Parser):
    """Reads the name of a source file, not its text: everything else is in the model."""

    supported: ClassVar[tuple[str, ...]] = ("paper",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Fill *document* with the page of the paper it is named after."""
        env = document.settings.env
        paper = library_of(env).paper_of(env.docname)
        assert paper, "there is a source for each paper, and for nothing else"
        notes = _notes(env, paper.key, document)
        fill(env, document, paper, page(paper, *library_of(env).neighbours(paper), notes))


def fill(
    env: BuildEnvironment, document: nodes.document, paper: Paper, content: nodes.section
) -> None:
    """Make *document* the page of *paper*, with this *content*."""
    document += content
    for section in content.findall(nodes.section):
        document.note_explicit_target(section, section)
    document += nodes.meta(name="description", content=description(paper))
    # Linked from lists and essays, never part of a tree: a thousand pages in the navigation of
    # each other would be a million links.
    env.metadata[paper.page]["orphan"] = ""


class PaperPages(SphinxPostTransform):
    """Draw the page in place of its placeholder."""

    # Before everything that works on what is drawn: CitedOn (6) is the first.
    default_priority = 2

    def run(self, **_kwargs: Any) -> None:
        """Draw every page of this document; a book has several in one."""
        folio = library_of(self.env)
        for node in list(self.document.findall(paper_page)):
            paper = folio.by_key[node["key"]]
            node.parent.replace_self(page(paper, *folio.neighbours(paper)))


def noted(env: BuildEnvironment) -> set[str]:
    """Keys of the papers on which the owner has written notes."""
    return {path.stem for path in (Path(env.srcdir) / NOTES).glob("*.md")}


def _notes(env: BuildEnvironment, key: str, document: nodes.document) -> list[nodes.Node]:
    """The owner's own words on the paper, from ``notes/KEY.md``; *document* is still empty."""
    path = Path(env.srcdir) / NOTES / f"{key}.md"
    if not path.is_file():
        return []
    env.note_dependency(str(path))
    parser = env._registry.create_source_parser("markdown", config=env.config, env=env)
    parser.parse(path.read_text(encoding="utf-8"), document)
    children = [child for child in document.children if not isinstance(child, nodes.meta)]
    document.clear()
    return children


def _skip(_translator: nodes.NodeVisitor, _node: found_by) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register suffix and parser."""
    skip = (_skip, None)
    app.add_node(found_by, html=skip, latex=skip, text=skip, man=skip, texinfo=skip)
    app.add_node(cast(type[nodes.Element], paper_page))
    app.add_post_transform(PaperPages)
    app.add_source_suffix(SUFFIX, "paper")
    app.add_source_parser(PaperParser)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
