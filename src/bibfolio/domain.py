"""The Sphinx domain of papers: what can be referenced, and where each paper is cited.

Papers are objects of the inventory, so that any Sphinx project can write
``{external+NAME:bib:paper}`KEY``` through intersphinx. The places where pages cite them are the
package's only state for each page: kept here, because a domain is what Sphinx clears, merges and
pickles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from types import MappingProxyType
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

from bibfolio.config import has_paper_pages, is_site, trees_of
from bibfolio.library import (
    ESSAYS,
    Library,
    group_of,
    home_page,
    is_told,
    list_page,
    news_of,
    pages_with_lists,
    pages_with_table,
    years_of_list,
)
from bibfolio.model.quotation import citation_in_text, sentence_at
from bibfolio.model.scripts import is_other, language_of
from bibfolio.model.strings import digest, nearest
from bibfolio.model.words import speaking, spoken
from bibfolio.problems import WarningKind, warn
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
    data_version = 10
    # Low priority: the search already finds the papers' pages.
    object_types: ClassVar[dict[str, ObjType]] = {"paper": ObjType("paper", "paper", searchprio=-1)}
    roles: ClassVar[dict[str, Any]] = {
        "paper": XRefRole(innernodeclass=nodes.inline, warn_dangling=True)
    }
    #: citations: page → citations on it; references: page → keys of ``{bib:paper}`` on it.
    #: read: digests of bibliography and profile as pages were read last; places: digest of where
    #: lists, news and talks stand; reads: how many builds have read pages, and written: builder →
    #: that number as it was when this builder wrote pages last.
    initial_data: ClassVar[dict[str, Any]] = {
        "citations": {},
        "references": {},
        "read": ("", ""),
        "places": "",
        "reads": 0,
        "written": {},
    }
    #: What the running build knows in each language of the site, by its tag; the first is the
    #: default's. It is not kept with the environment.
    libraries: Mapping[str, Library] = MappingProxyType({"": Library()})
    told: frozenset[tuple[str, str]] = frozenset()

    def setup(self) -> None:
        """Begin a build in which no page has been read."""
        super().setup()
        #: Pages that are read in this build or gone since the last one; keys that they cited then.
        self.cleared: set[str] = set()
        self.cited_before: set[str] = set()

    @property
    def library(self) -> Library:
        """What the build knows in the language that is spoken."""
        found = self.libraries.get(spoken().tag)
        return found or next(iter(self.libraries.values()))

    # -- where papers are cited -------------------------------------------------------------

    def clear_doc(self, docname: str) -> None:
        """Forget the citations of a page that is read again or gone.

        Sphinx calls this in the main process, before pages are read in others.
        """
        self.cleared.add(docname)
        citations = self.data["citations"].pop(docname, ())
        self.cited_before |= {citation.key for citation in citations}
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
        return self._sentence_at(block, citation)

    def _sentence_at(self, block: nodes.Node, place: nodes.Node | None = None) -> str:
        text, position = "", 0
        for node, words in self._words(block):
            text = text + words if words else text.rstrip()
            if node is place:
                position = len(text)
        return sentence_at(text, position)

    def first_sentence(self, document: nodes.document) -> str:
        """Return the first sentence of the text of a page; empty if it has none."""
        blocks = document.findall(nodes.paragraph)
        first = next((block for block in blocks if isinstance(block.parent, nodes.section)), None)
        return self._sentence_at(first) if first is not None else ""

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

    def citations_on(self, docname: str) -> Sequence[Citation]:
        """Return the citations on a page, in their order."""
        return cast(Sequence[Citation], self.data["citations"].get(docname, ()))

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

    # -- what an edit changes -----------------------------------------------------------------

    def pages_to_read(self) -> list[str]:
        """Return the pages that can show something else if bibliography or profile have changed.

        In a site that is every page, and after a change of the profile in a guest as well: any may
        show the person. What these files say counts, not how: a comment changes nothing.
        sphinxcontrib-bibtex (2.7) reads pages with lists again when a file is newer, and
        leaves old labels and tooltips on pages that cite.
        """
        libraries = self.libraries.values()
        papers = [(one.papers, [draft.key for draft in one.drafts]) for one in libraries]
        now = (digest([one.profile for one in libraries]), digest(papers))
        before = self.data["read"]
        self.data["read"] = now
        if now[0] != before[0]:
            return sorted(self.env.all_docs)
        return [] if now == before else self._concerned()

    def pages_to_write(self, builder: str) -> list[str]:
        """Return the pages that say something else since others have been read, or are gone.

        These are pages of papers that such pages cite or have cited. If lists, news or talks stand
        elsewhere, or another builder has read pages since this one wrote, it is every page that
        pages_to_read would name.
        """
        self.__dict__.pop("_citations", None)  # pages have been read since
        last, written = self.data["reads"], self.data["written"]
        is_behind, has_read = written.get(builder) != last, bool(self.cleared)
        self.data["reads"] = written[builder] = last + has_read
        before, self.data["places"] = self.data["places"], self._places()
        if is_behind or self.data["places"] != before:
            return self._concerned()
        cited = self.cited_before.union(
            citation.key
            for page in self.cleared
            for citation in self.data["citations"].get(page, ())
        )
        papers = self.library.by_key
        pages = {papers[key].page for key in cited if key in papers}
        return sorted(pages & self.env.all_docs.keys())

    def _places(self) -> str:
        """Return a digest of what all pages show of others: tables, essays, pages on top, group."""
        digests = []
        for tree in trees_of(self.env.config):
            with speaking(tree.tag):
                digests.append(self._places_in_language())
        return digest(digests)

    def _places_in_language(self) -> str:
        env = self.env
        citations = env.get_domain("cite").data["citations"]
        targets = [(one.key, *one.bibliography_key, one.citation_id) for one in citations]
        tables = [pages_with_table(env, name) for name in ("news", "talks", "latest", ESSAYS)]
        lists = (pages_with_lists(env), list_page(env), years_of_list(env), sorted(targets))
        top = env.toctree_includes.get(home_page(env), [])
        top = [*top, *(essay for page in tables[-1] for essay in essays_of(env, page))]
        titles = [(page, env.titles[page].astext()) for page in top if page in env.titles]
        return digest((lists, tables, bool(news_of(env)), titles, group_of(env)))

    def _concerned(self) -> list[str]:
        """Return all pages of a site; of a guest, those that list, cite or name papers."""
        pages = {*self.env.all_docs}
        if not is_site(self.env.config):
            shown = {*pages_with_lists(self.env), list_page(self.env)}
            shown |= self.data["citations"].keys() | self.data["references"].keys()
            pages &= shown | {paper.page for paper in self.library.papers}
        return sorted(pages)

    # -- papers as objects ------------------------------------------------------------------

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every paper that has a page, if pages of papers are ours to make."""
        for paper in self.library.papers if has_paper_pages(self.env.config) else ():
            if paper.page in self.env.all_docs:
                yield paper.key, paper.title.plain, "paper", paper.page, "", -1

    def resolve_xref(  # type: ignore[override]  # noqa: PLR0917  Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element | None:
        """Return the title, linked to the paper's page, for ``{bib:paper}`KEY```."""
        paper = self.library.by_key.get(target)
        if paper is None and is_told(env, fromdocname, target):
            return contnode
        if paper is None or paper.page not in env.all_docs:
            return None
        if not node["refexplicit"]:
            title = [part.deepcopy() for part in env.titles[paper.page].children]
            own, text = (paper.original or paper).language_code, env.titles[paper.page].astext()
            language = language_of(text, own, spoken().tag)
            is_foreign = is_other(language, spoken().tag)
            names = [*contnode["classes"], *([f"language-{language}"] if is_foreign else [])]
            contnode = nodes.inline("", "", *title, classes=names)
        return make_refnode(builder, fromdocname, paper.page, "", contnode)

    def missing(self, key: str) -> str:
        """Return why a reference to a paper leads nowhere, and what to write."""
        if key in self.library.by_key:
            if has_paper_pages(self.env.config):
                return "its page is left out; see include_patterns and exclude_patterns in conf.py"
            return "papers have no pages here; write bibfolio_paper_pages = True in conf.py"
        if self.library.found(key):
            return "it is a draft, which no page shows; remove this, or pubstate there"
        near = nearest(key, self.library.by_key)
        cure = f"did you mean {near}?" if near else "add the entry, or remove this"
        return f"no paper has this key; {cure}"

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


def essays_of(env: BuildEnvironment, page: str) -> list[str]:
    """Return the pages below a page, in the order of its toctrees; papers are none of them."""
    library = bib_domain(env).library
    below = dict.fromkeys(env.toctree_includes.get(page, ()))
    return [name for name in below if name in env.all_docs and not library.paper_of(name)]


def _names_a_paper(node: nodes.Node) -> TypeGuard[addnodes.pending_xref]:
    """Whether *node* is a ``{bib:paper}`` that leaves its words to us."""
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get("refdomain") == "bib"
        and not node["refexplicit"]
    )


def _section_title(node: nodes.Node) -> str:
    """Return the heading of the innermost section around *node*, unless it is the page's title.

    Extensions make sections without one, around a theorem or an exercise.
    """
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section) and isinstance(node.next_node(), nodes.title):
            is_page = isinstance(node.parent, nodes.document)
            return "" if is_page else node[0].astext()
    return ""


def _read_again(app: Sphinx, env: BuildEnvironment, *_documents: object) -> Iterable[str]:
    """Have pages read again if what they show has changed."""
    return bib_domain(env).pages_to_read()


def _write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Have pages written again that say what others have changed."""
    return bib_domain(env).pages_to_write(app.builder.name)


def _tell_missing(app: Sphinx, domain: Domain | None, node: addnodes.pending_xref) -> bool | None:
    """Say why a reference to a paper leads nowhere, where Sphinx would repeat the key alone.

    Intersphinx has looked for the paper in other projects before. Without it and without papers,
    the cause is a bibliography that is not there, of which builds tell.
    """
    if not isinstance(domain, BibDomain):
        return None
    key = node["reftarget"]
    if domain.library.papers or "sphinx.ext.intersphinx" in app.extensions:
        warn(WarningKind.CITATION, f"{key}: {domain.missing(key)}", node)
    return True


def setup(app: Sphinx) -> None:
    """Register the domain, and have pages read and written again when papers have changed."""
    app.add_domain(BibDomain)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-updated", _write_again)
    app.connect("warn-missing-reference", _tell_missing)
