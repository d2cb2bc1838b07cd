"""The index of our own search: what each page is called, is and says, as a script with a value.

Sphinx's index holds words without their text, so that a search fetches its engine, four scripts,
and then each page that is found. Ours holds the text: a search is two files, whatever is found.
Sphinx's stays for pages under other themes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from bibfolio.config import trees_of
from bibfolio.library import library_of, spoken_tree, titles_elsewhere
from bibfolio.model import Paper
from bibfolio.model.sentence import in_series
from bibfolio.model.strings import CONTROL, STROKES
from bibfolio.model.text import Span
from bibfolio.model.words import spoken
from bibfolio.output import NOT_INDEXED, Output
from bibfolio.pages.paper_page import found_by
from bibfolio.theme.layout import is_ours

FILE = "_static/bibfolio-index.js"
#: Changes with the form of a record: an index in another form is not read, but made anew.
_FORM = 1
_HEAD = f'window.bibfolioIndex={{"form":{_FORM},'
_FOOT = "};\n"
#: Authors are a part of the record, and what stands beside the text comes after it.
_SILENT = frozenset({"no-search", "paper-page-authors"})
_BESIDE = frozenset({"paper-page-venue", "side"})
_TAG = re.compile(r"<(style|script)\b.*?</\1>|<[^<]+?>", re.IGNORECASE | re.DOTALL)


# -- pure --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contents:
    """What a page says. Between blocks of text is the end of a line."""

    #: Identifier and words of each heading below the title.
    headings: tuple[tuple[str, str], ...] = ()
    text: str = ""
    #: What leads to the page and is not shown as its text.
    words: str = ""


@dataclass(frozen=True)
class Record:
    """A page in the index, with its fields in the order in which the script reads them."""

    #: Relative to the root of the site.
    address: str
    title: str
    is_paper: int = 0
    #: The badge of a paper, behind what a notice says of it.
    venue: str = ""
    #: Authors, with commas between them.
    people: str = ""
    words: str = ""
    headings: tuple[tuple[str, str], ...] = ()
    text: str = ""
    #: BCP 47, if it is another than that of the site.
    language: str = ""


class _Reader:
    """Goes through a page as the index of Sphinx does, and keeps its blocks apart."""

    def __init__(self) -> None:
        self.headings: list[tuple[str, str]] = []
        self.blocks: list[str] = []
        self.beside: list[str] = []
        self.words: list[str] = []

    def read(self, node: nodes.Node, blocks: list[str]) -> None:
        """Add what *node* says to *blocks*, or to where else it belongs."""
        if isinstance(node, addnodes.index):
            self.words += [entry[1] for entry in node["entries"]]
        elif isinstance(node, nodes.meta) and node.get("name") == "keywords":
            self.words.append(node["content"])
        elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            self._read_heading(node)
        elif isinstance(node, nodes.Element) and not _BESIDE.isdisjoint(node["classes"]):
            self._read_block(node, self.beside)
        else:
            self._read_block(node, blocks)

    def _read_block(self, node: nodes.Node, blocks: list[str]) -> None:
        if isinstance(node, nodes.Text | nodes.TextElement | nodes.raw):
            blocks.append(self._words(node))
        elif isinstance(node, nodes.Element) and not _is_silent(node):
            for child in node.children:
                self.read(child, blocks)

    def _read_heading(self, node: nodes.title) -> None:
        words = self._words(node)
        is_title = isinstance(node.parent.parent, nodes.document)
        if words and not is_title:
            self.headings.append((next(iter(node.parent["ids"]), ""), words))

    def _words(self, node: nodes.Node) -> str:
        return " ".join(CONTROL.sub(" ", "".join(self._pieces(node))).split())

    def _pieces(self, node: nodes.Node) -> Iterator[str]:
        if isinstance(node, nodes.Text):
            yield node.astext()
        elif not isinstance(node, nodes.Element) or _is_silent(node):
            return
        elif isinstance(node, nodes.superscript):
            yield str(Span(node.astext(), "superscript"))
        elif isinstance(node, nodes.subscript):
            yield str(Span(node.astext(), "subscript"))
        elif isinstance(node, found_by):
            self.words.append(node.astext())
        elif isinstance(node, nodes.raw):
            html = node.astext() if "html" in node.get("format", "").split() else ""
            words = _TAG.sub(" ", html)
            # Words in a drawing are no sentence.
            if "<svg" in html:
                self.beside.append(" ".join(words.split()))
            else:
                yield words
        else:
            for child in node.children:
                yield from self._pieces(child)


def _is_silent(node: nodes.Element) -> bool:
    """Whether nothing of *node* is looked for."""
    return isinstance(node, nodes.comment) or not _SILENT.isdisjoint(node["classes"])


def contents(document: nodes.Node) -> Contents:
    """Return what a page says, without what is marked ``no-search``, as Sphinx's index has it."""
    reader = _Reader()
    reader.read(document, reader.blocks)
    text = "\n".join(filter(None, [*reader.blocks, *reader.beside]))
    words = " ".join(CONTROL.sub(" ", " ".join(reader.words)).split())
    return Contents(tuple(reader.headings), text, words)


def record_of(address: str, title: str, document: nodes.Node, paper: Paper | None) -> Record:
    """Return the record of a page, which may be that of a *paper*."""
    found = contents(document)
    if paper is None:
        return Record(address, title, words=found.words, headings=found.headings, text=found.text)
    return Record(
        address,
        title,
        is_paper=1,
        venue=in_series((paper.flag, paper.badge)),
        people=", ".join(author.name for author in paper.authors),
        words=found.words,
        headings=found.headings,
        # What stands among the authors and is none.
        text="\n".join(filter(None, [found.text, paper.part, paper.legend])),
        language=paper.other_language(spoken().tag),
    )


def in_order(root: str, children: Mapping[str, Sequence[str]], pages: Iterable[str]) -> list[str]:
    """Return *pages* as a reader comes to them from the *root*, and then the others by name."""
    there, found = set(pages), {root: None}
    row = [root]
    while row:
        row = [child for page in row for child in children.get(page, ()) if child not in found]
        found |= dict.fromkeys(row)
    return [page for page in found if page in there] + sorted(there.difference(found))


def script(records: Iterable[Record], language: str = "") -> str:
    """Return the index. It is no JSON: pages at ``file:`` addresses can load scripts alone.

    *language* is that of pages that say none, if there are others.
    """
    fields = (astuple(record) for record in records)
    lines = ",\n".join(_json(values if values[-1] else values[:-1]) for values in fields)
    said = f'"language":{_json(language)},' if language else ""
    return f'{_HEAD}{said}"letters":{_json(STROKES)},"pages":[\n{lines}\n]{_FOOT}'


def _json(value: object) -> str:
    """Return *value* as JavaScript that nothing can end before its end, wherever it stands."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", text)


def records_of(text: str) -> list[Record]:
    """Return what :func:`script` was given; nothing of what is in another form, or damaged."""
    if not text.startswith(_HEAD):
        return []
    try:
        pages = json.loads("{" + text.removeprefix(_HEAD).removesuffix(_FOOT) + "}")["pages"]
        return [_read(fields) for fields in pages]
    except (ValueError, KeyError, TypeError, IndexError):
        return []


def _read(fields: Iterable[Any]) -> Record:
    address, title, is_paper, venue, people, words, headings, text, *language = fields
    places = tuple((id_, heading) for id_, heading in headings)
    return Record(address, title, is_paper, venue, people, words, places, text, *language)


# -- Sphinx ----------------------------------------------------------------------------------


def _is_searched(app: Sphinx) -> bool:
    """Whether the pages of this build are ours and are searched."""
    return isinstance(app.builder, StandaloneHTMLBuilder) and app.builder.search and is_ours(app)


def _pages(env: BuildEnvironment) -> set[str]:
    """Return the pages that are found: all but those that say not to be, in Sphinx's way."""
    hidden = {"no-search", "nosearch"}
    return {
        page
        for page in env.all_docs.keys() - NOT_INDEXED
        if hidden.isdisjoint(env.metadata.get(page, ()))
    }


class _Index:
    """Collects the pages that a build writes, and keeps those that it does not write again.

    Sphinx pickles the environment before pages are resolved; what an earlier build has found is in
    the index that it wrote, as in Sphinx's own.
    """

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}

    def read(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Read the index of an earlier build, and have pages that it does not know written."""
        if not _is_searched(app):
            return []
        pages, file = _pages(env), Path(app.outdir, FILE)
        address = {str(app.builder.get_target_uri(page)): page for page in pages}
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        self._records = {
            address[record.address]: record
            for record in records_of(text)
            if record.address in address
        }
        return sorted(pages - self._records.keys())

    def collect(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note what a page says; here alone Sphinx works in one process, also when it writes."""
        if not _is_searched(app):
            return
        address, title = app.builder.get_target_uri(docname), app.env.titles[docname].astext()
        paper = library_of(app.env).paper_of(docname)
        record = record_of(address, title, doctree, paper)
        tree, titles = spoken_tree(app.env), titles_elsewhere(app.env, paper) if paper else []
        words = " ".join(filter(None, [record.words, *titles]))
        language = tree.tag if tree != trees_of(app.config)[0] else ""
        self._records[docname] = replace(record, words=words, language=record.language or language)

    def write(self, app: Sphinx) -> list[Any]:
        """Write papers, the newest first, and then the other pages."""
        if _is_searched(app):
            env, library = app.env, library_of(app.env)
            pages = self._records.keys() & _pages(env)
            papers = [paper.page for paper in library.papers if paper.page in pages]
            others = in_order(env.config.root_doc, env.toctree_includes, pages.difference(papers))
            records = [self._records[page] for page in [*papers, *others]]
            language = spoken_tree(env).tag if len(trees_of(app.config)) > 1 else ""
            Output(app).write(FILE, script(records, language))
        return []


def setup(app: Sphinx) -> None:
    """Make the index while pages are resolved, and write it when all are written."""
    index = _Index()
    app.connect("env-updated", index.read)
    # After others, who may still change what a page says.
    app.connect("doctree-resolved", index.collect, priority=900)
    app.connect("html-collect-pages", index.write)
