"""The Sphinx domain of papers: what can be referenced, and where each paper is cited.

Papers are objects of the inventory, so that any Sphinx project can write
``{external+NAME:bib:paper}`KEY``` through intersphinx. The places where pages cite them are the
package's only state for each page: kept here, because a domain is what Sphinx clears, merges and
pickles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, TypeGuard, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from bibfolio.config import has_paper_pages
from bibfolio.library import Library, list_page, news_of, pages_with_lists, pages_with_table
from bibfolio.model.quotation import citation_in_text, sentence_at
from bibfolio.model.strings import digest
from bibfolio.sources.tex_math import plain_formula

#: What a sentence does not say.
_SILENT = (nodes.footnote_reference, nodes.raw, nodes.Invisible)


class Citation(NamedTuple):
    """A citation of a paper on a page."""

    key: str
    docname: str
    #: Identifier of the citation itself.
    anchor: str
    #: Heading above it; empty if that is the title of the page.
    section: str
    #: Title of the page; empty until all pages have been read.
    page_title: str = ""
    #: What the page says there; empty for all but the first citation of a paper on a page.
    sentence: str = ""


class BibDomain(Domain):
    """Papers by key."""

    name = "bib"
    label = "Bibliography"
    data_version = 8
    # Low priority: the search already finds the papers' pages.
    object_types: ClassVar[dict[str, ObjType]] = {"paper": ObjType("paper", "paper", searchprio=-1)}
    roles: ClassVar[dict[str, Any]] = {"paper": XRefRole(innernodeclass=nodes.inline)}
    #: citations: page → citations on it; references: page → keys of ``{bib:paper}`` on it.
    #: By builder, as of the last build: shown: key → citations as its page said; targets: key →
    #: where citations of it led; near: page of a paper → digest of the papers near it; digests: key
    #: → digest of the paper, and of the profile under the empty key; news: where all is.
    initial_data: ClassVar[dict[str, Any]] = {
        "citations": {},
        "references": {},
        "shown": {},
        "targets": {},
        "near": {},
        "digests": {},
        "news": {},
    }
    #: What the running build knows; it is not kept with the environment.
    library = Library()

    # -- where papers are cited -------------------------------------------------------------

    def clear_doc(self, docname: str) -> None:
        """Forget the citations of a page that is read again or gone."""
        self.data["citations"].pop(docname, None)
        self.data["references"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for name in ("citations", "references"):
            other = otherdata[name]
            self.data[name].update({d: other[d] for d in docnames if d in other})

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what a page cites and refers to, and give each citation a stable identifier."""
        citations = []
        counts: dict[str, int] = {}
        references = set()
        for node in document.findall(addnodes.pending_xref):
            if node.get("refdomain") == "bib":
                references.add(node["reftarget"])
            if node.get("refdomain") != "cite":
                continue
            for target in parse_citation_targets(node["reftarget"]):
                base = nodes.make_id(f"cites-{target.key}")
                counts[base] = counts.get(base, 0) + 1
                anchor = f"{base}-{counts[base]}"
                if has_paper_pages(env.config):  # where links back lead to it
                    node["ids"].append(anchor)
                sentence = self._sentence(node) if counts[base] == 1 else ""
                section = _section_title(node)
                citations.append(Citation(target.key, docname, anchor, section, sentence=sentence))
        if citations:
            self.data["citations"][docname] = citations
        if references:
            self.data["references"][docname] = references

    def _sentence(self, citation: addnodes.pending_xref) -> str:
        """Return the sentence around a citation, without those in brackets."""
        block: nodes.Node = citation
        while isinstance(block, nodes.Inline) and block.parent is not None:
            block = block.parent
        text, place = "", 0
        for node, words in self._words(block):
            text = text + words if words else text.rstrip()
            if node is citation:
                place = len(text)
        return sentence_at(text, place)

    def _words(self, node: nodes.Node) -> Iterator[tuple[nodes.Node, str]]:
        """Yield the parts of a paragraph and what each says; nothing for a citation in brackets."""
        if isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
            targets = parse_citation_targets(node["reftarget"])
            papers = filter(None, (self.library.by_key.get(target.key) for target in targets))
            said = (citation_in_text(paper, node["reftype"]) for paper in papers)
            yield node, ", ".join(filter(None, said))
        elif _names_a_paper(node) and node["reftarget"] in self.library.by_key:
            yield node, self.library.by_key[node["reftarget"]].title.plain
        elif isinstance(node, nodes.math):
            yield node, plain_formula(node.astext())[0]
        elif isinstance(node, nodes.Text):
            yield node, node.astext()
        elif not isinstance(node, _SILENT):
            for child in node.children:
                yield from self._words(child)

    def citations_of(self, key: str) -> tuple[Citation, ...]:
        """Return where *key* is cited, in the order of page names and then of the page."""
        return self._citations.get(key, ())

    @cached_property
    def _citations(self) -> dict[str, tuple[Citation, ...]]:
        result: dict[str, list[Citation]] = {}
        for docname in sorted(self.data["citations"]):
            title = self.env.titles[docname].astext()
            for citation in self.data["citations"][docname]:
                result.setdefault(citation.key, []).append(citation._replace(page_title=title))
        return {key: tuple(citations) for key, citations in result.items()}

    def pages_to_rewrite(self, builder: str) -> list[str]:
        """Return the pages that say where papers are cited and would now say something else."""
        self.__dict__.pop("_citations", None)  # pages have been read since
        now, before = self._citations, self.data["shown"].get(builder, {})
        papers = self.library.by_key
        changed = {key for key in now.keys() | before.keys() if now.get(key) != before.get(key)}
        self.data["shown"][builder] = now
        pages = {papers[key].page for key in changed if key in papers}
        if pages:
            pages |= set(pages_with_lists(self.env))
        # A card leads to the page of all news, the home page to their feed, a paper to all talks.
        lists = (pages_with_table(self.env, name) for name in ("news", "talks"))
        told = (*lists, bool(news_of(self.env)))
        if self.data["news"].get(builder) != told:
            pages |= {self.env.config.root_doc, *pages_with_table(self.env, "latest")}
            pages |= {talk.paper.page for talk in self.library.profile.talks if talk.paper}
        self.data["news"][builder] = told
        # Sphinx writes a page again for what it says, not for where its citations lead.
        cite, targets = self.env.get_domain("cite").data, self.data["targets"].get(builder, {})
        places = {c.key: (*c.bibliography_key, c.citation_id) for c in cite["citations"]}
        self.data["targets"][builder] = places
        moved = {key for key, place in targets.items() if places.get(key) != place}
        pages |= _citing(cite, moved)
        return sorted(pages & self.env.all_docs.keys())

    # -- what an edited bibliography changes --------------------------------------------------

    def pages_to_read(self, builder: str) -> list[str]:
        """Return the pages that list, cite or name a paper which is not what it was.

        All pages are read again if the profile has changed: any may show the person.

        sphinxcontrib-bibtex (2.7) reads the pages with lists again when a file of the bibliography
        has changed, and leaves old labels and tooltips on pages that cite. The page of a paper has
        a source of its own, which changes with it.
        """
        now = {p.key: digest((p, self.library.classes_of(p))) for p in self.library.papers}
        now[""] = digest(self.library.profile)
        before: dict[str, str] = self.data["digests"].get(builder, {})
        self.data["digests"][builder] = now
        changed = {key for key in now.keys() | before.keys() if now.get(key) != before.get(key)}
        if not changed and list(now) == list(before):
            return []
        if "" in changed:
            return sorted(self.env.all_docs)
        cite = self.env.get_domain("cite").data
        pages = {*pages_with_lists(self.env), list_page(self.env)}
        pages |= _citing(cite, changed)
        pages |= {page for page, keys in self.data["references"].items() if keys & changed}
        return sorted(pages & self.env.all_docs.keys())

    # -- papers as objects ------------------------------------------------------------------

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every paper that has a page, if pages of papers are ours to make."""
        for paper in self.library.papers if has_paper_pages(self.env.config) else ():
            if paper.page in self.env.all_docs:
                yield paper.key, paper.title.plain, "paper", paper.page, "", -1

    def resolve_xref(  # noqa: PLR0917  Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return the title, linked to the paper's page, for ``{bib:paper}`KEY```."""
        paper = self.library.by_key.get(target)
        if paper is None or paper.page not in env.all_docs:
            return None
        if not node["refexplicit"]:
            title = [part.deepcopy() for part in env.titles[paper.page].children]
            contnode = nodes.inline("", "", *title, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, paper.page, "", contnode)

    def resolve_any_xref(  # noqa: PLR0917
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return nothing: the citation of the same key answers to ``{any}``."""
        return []


def bib_domain(env: BuildEnvironment) -> BibDomain:
    """Return the domain of the running build."""
    return cast(BibDomain, env.get_domain("bib"))


def _names_a_paper(node: nodes.Node) -> TypeGuard[addnodes.pending_xref]:
    """Whether *node* is a ``{bib:paper}`` that leaves its words to us."""
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get("refdomain") == "bib"
        and not node["refexplicit"]
    )


def _citing(cite: dict[str, Any], keys: Set[str]) -> set[str]:
    """Return the pages that cite one of *keys*."""
    references = cite["citation_refs"]
    return {ref.docname for ref in references if any(t.key in keys for t in ref.targets)}


def _section_title(node: nodes.Node) -> str:
    """Return the heading of the innermost section around *node*, unless it is the page's title."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section):
            if isinstance(node.parent, nodes.document):
                return ""
            return str(node.next_node(nodes.title).astext())  # type: ignore[union-attr]
    return ""


def _read_again(app: Sphinx, env: BuildEnvironment, *_documents: object) -> Iterable[str]:
    """Have the pages read again that show papers which have changed."""
    return bib_domain(env).pages_to_read(app.builder.name)


def _write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Have the pages written again that say where papers are cited."""
    return bib_domain(env).pages_to_rewrite(app.builder.name)


def setup(app: Sphinx) -> None:
    """Register the domain, and have pages read and written again when papers have changed."""
    app.add_domain(BibDomain)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-updated", _write_again)
