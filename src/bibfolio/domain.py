"""The Sphinx domain of papers: what can be referenced, and where each paper is cited.

Papers are objects of the inventory, so that any Sphinx project can write
``{external+NAME:bib:paper}`KEY``` through intersphinx. The places where pages cite them are the
package's only state per page: kept here, because a domain is what Sphinx clears, merges and
pickles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from bibfolio.library import library_of, pages_with_lists


class Place(NamedTuple):
    """A citation on a page."""

    key: str
    docname: str
    #: Identifier of the citation itself.
    anchor: str
    #: Heading above it; empty if that is the title of the page.
    section: str


class Mention(NamedTuple):
    """A :class:`Place` as the paper's page words it."""

    place: Place
    page_title: str


class PaperDomain(Domain):
    """Papers by key."""

    name = "bib"
    label = "Bibliography"
    data_version = 2
    # Low priority: the search already finds the papers' pages.
    object_types: ClassVar[dict[str, ObjType]] = {"paper": ObjType("paper", "paper", searchprio=-1)}
    roles: ClassVar[dict[str, Any]] = {"paper": XRefRole(innernodeclass=nodes.inline)}
    #: places: page → citations on it; references: page → targets of its other references;
    #: shown: key → what its page said at the last build; frame: what every page said;
    #: only_titles: whether only those were read of papers' pages.
    initial_data: ClassVar[dict[str, Any]] = {
        "places": {},
        "references": {},
        "shown": {},
        "frame": None,
        "only_titles": False,
    }

    # -- where papers are cited -------------------------------------------------------------

    def clear_doc(self, docname: str) -> None:
        """Forget the citations of a page that is read again or gone."""
        self.data["places"].pop(docname, None)
        self.data["references"].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for name in ("places", "references"):
            other = otherdata[name]
            self.data[name].update({d: other[d] for d in docnames if d in other})

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the citations of a page that has been read, and give each a stable identifier."""
        places = []
        counts: dict[str, int] = {}
        for node in document.findall(addnodes.pending_xref):
            if node.get("refdomain") != "cite":
                continue
            for target in parse_citation_targets(node["reftarget"]):
                base = nodes.make_id(f"cites-{target.key}")
                counts[base] = counts.get(base, 0) + 1
                anchor = f"{base}-{counts[base]}"
                node["ids"].append(anchor)
                places.append(Place(target.key, docname, anchor, _section_title(node)))
        if places:
            self.data["places"][docname] = places
        targets = {str(node["reftarget"]).rpartition("/")[2] for node in _references(document)}
        if targets:
            self.data["references"][docname] = targets
        self._label(env, docname)

    def _label(self, env: BuildEnvironment, docname: str) -> None:
        """Make a paper's page known to ``{ref}``, which other projects have anyway."""
        paper = library_of(env).paper_of(docname)
        if paper:
            labels = env.domains.standard_domain
            labels.labels[paper.key.lower()] = (docname, "", paper.title.plain)
            labels.anonlabels[paper.key.lower()] = (docname, "")

    def pages_referring_to(self, keys: Set[str]) -> set[str]:
        """Pages that refer to one of these papers other than by citing it."""
        names = {key.lower() for key in keys}
        return {
            docname
            for docname, targets in self.data["references"].items()
            if any(target.lower() in names for target in targets)
        }

    def mentions(self, key: str) -> tuple[Mention, ...]:
        """Where *key* is cited, in the order of page names and then of the page."""
        return self._mentions.get(key, ())

    @cached_property
    def _mentions(self) -> dict[str, tuple[Mention, ...]]:
        result: dict[str, list[Mention]] = {}
        for docname in sorted(self.data["places"]):
            title = self.env.titles[docname].astext()
            for place in self.data["places"][docname]:
                result.setdefault(place.key, []).append(Mention(place, title))
        return {key: tuple(mentions) for key, mentions in result.items()}

    def pages_to_rewrite(self) -> list[str]:
        """Pages that say where papers are cited and would now say something else."""
        self.__dict__.pop("_mentions", None)  # pages have been read since
        now, before = self._mentions, self.data["shown"]
        papers = library_of(self.env).by_key
        changed = {k for k in now.keys() | before.keys() if now.get(k) != before.get(k)}
        self.data["shown"] = now
        frame, self.data["frame"] = self.data["frame"], self._frame()
        if frame is not None and frame != self.data["frame"]:
            return sorted(self.env.all_docs)
        pages = {papers[key].page for key in changed if key in papers}
        if pages:
            pages |= set(pages_with_lists(self.env))
        return sorted(pages & self.env.all_docs.keys())

    def _frame(self) -> tuple[Any, ...]:
        """What any page may show of the others: their titles and order, and who the owner is.

        Papers are left out: which pages show one is known, and there can be thousands.
        """
        env = self.env
        papers = {paper.page for paper in library_of(env).papers}
        titles = [(name, env.titles[name].astext()) for name in sorted(env.titles.keys() - papers)]
        trees = [(name, tuple(env.toctree_includes[name])) for name in sorted(env.toctree_includes)]
        root = env.tocs[env.config.root_doc]
        entries = [tuple(map(tuple, tree["entries"])) for tree in root.findall(addnodes.toctree)]
        return titles, trees, entries, library_of(env).profile

    # -- papers as objects ------------------------------------------------------------------

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every paper that has a page."""
        for paper in library_of(self.env).papers:
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
        """``{bib:paper}`KEY```: the title, linked to the paper's page."""
        paper = library_of(env).by_key.get(target)
        if paper is None or paper.page not in env.all_docs:
            return None
        if not node["refexplicit"]:
            contnode = nodes.inline("", paper.title.plain, classes=contnode["classes"])
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
        """Nothing: the citation of the same key, and the label of the page, answer to ``{any}``."""
        return []


def paper_domain(env: BuildEnvironment) -> PaperDomain:
    """The domain of the running build."""
    return cast(PaperDomain, env.get_domain("bib"))


def _references(document: nodes.document) -> Iterator[addnodes.pending_xref]:
    return (n for n in document.findall(addnodes.pending_xref) if n.get("refdomain") != "cite")


def _section_title(node: nodes.Node) -> str:
    """Heading of the innermost section around *node*, unless it is the page's own title."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section):
            if isinstance(node.parent, nodes.document):
                return ""
            return str(node.next_node(nodes.title).astext())  # type: ignore[union-attr]
    return ""


def _rewrite(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    return paper_domain(env).pages_to_rewrite()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, and have pages written again when their citations changed."""
    app.add_domain(PaperDomain)
    app.connect("env-updated", _rewrite)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
