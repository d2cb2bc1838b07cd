"""Links to other parts of this site, made relative when it is known which page they stand on.

Whoever draws a card or a page does not know where it will appear; the nodes therefore carry what
they lead to: ``site_page``, a document name, or ``site_file``, a path below the site's root.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.nodes import raw_latex

from bibfolio.config import is_site
from bibfolio.library import (
    cv_files,
    cv_pages,
    library_of,
    list_page,
    pages_with_table,
    years_of_list,
)
from bibfolio.model import Paper, Person
from bibfolio.model.quotation import cited_names
from bibfolio.output import Output, makes_html
from bibfolio.pages.nodes import enumeration, inline, language_class, linked, rich
from bibfolio.sphinx_compat import app_of


def to_page(
    docname: str, children: Sequence[nodes.Node], *classes: str, anchor: str = ""
) -> nodes.reference:
    """Return a link to another page of this site."""
    return nodes.reference(
        "", "", *children, internal=True, classes=list(classes), site_page=docname, anchor=anchor
    )


def to_paper(paper: Paper, words: Sequence[nodes.Node] = ()) -> nodes.reference:
    """Return the name of a paper, or *words* in its language, as a link to its page."""
    name = [nodes.Text(paper.short_title)] if paper.short_title else rich(paper.title)
    words = words or name
    classes = language_class(paper, "".join(word.astext() for word in words))
    return to_page(paper.page, words, *classes)


def to_person(person: Person, name: str) -> nodes.Node:
    """Return a *name* of a person as a link to the page about them, or to where they are found.

    In a book without that page, it is where they are found as well.
    """
    if not person.docname:
        return linked(name, person.best_url)
    link = to_page(person.docname, [nodes.Text(name)])
    link["elsewhere"] = person.best_url
    return link


def to_named(paper: Paper) -> nodes.reference:
    """Return the short title of a paper, or its title, as a link that says by whom it is."""
    link = to_paper(paper)
    link["reftitle"] = ", ".join(filter(None, (cited_names(paper), paper.year)))
    return link


def to_file(path: str, text: str, *classes: str) -> nodes.reference:
    """Return a link to a file that this site serves."""
    return nodes.reference("", text, internal=False, classes=list(classes), site_file=path)


def to_table(
    name: str, *children: nodes.Node, or_text: bool = False, anchor: str = ""
) -> nodes.reference:
    """Return a link to another page that shows all of a table; that is the CV if no other is.

    Without one, there is nothing, or only the text. ``grants:papers`` is a form of the table, with
    the *anchor*, that other pages which show it stand in for.
    """
    where = {"site_page": "", "site_table": name, "or_text": or_text, "anchor": anchor}
    return nodes.reference("", "", *children, internal=True, **where)


def to_year(year: int, *children: nodes.Node) -> nodes.reference:
    """Return a link to a year of the list of all papers; what it is on, if there is none."""
    return nodes.reference("", "", *children, internal=True, site_page="", site_year=str(year))


def _named(paper: Paper, target: CitationTarget) -> nodes.Node:
    """Return ``see StreamRL, p. 5``: a paper with the words around a citation of it."""
    before: list[nodes.Node | str] = [f"{target.pre} "] if target.pre else []
    after: list[nodes.Node | str] = [f", {target.post}"] if target.post else []
    link = to_named(paper)
    return inline("", *before, link, *after) if before or after else link


class download(nodes.reference):  # noqa: N801  docutils spells nodes so
    """A link that saves its target; ``type`` is the media type. Elsewhere than in HTML, a link."""


def to_download(path: str, text: str, media_type: str) -> download:
    """Return a link that saves a file of this site instead of opening it."""
    return download("", text, internal=False, site_file=path, type=media_type)


#: What a paper is read or had as, in lists and on its page.
_ROWS = frozenset(
    {"paper-card-links", "paper-page-links", "paper-page-exports", "paper-reference-links"}
)


class SiteLinks(SphinxPostTransform):
    """Give every such link its address; one that leads nowhere becomes its text.

    Where a paper has no page, as in a book, its entry in a list stands for it.
    """

    # After whatever draws (6) and before Sphinx resolves references (10).
    default_priority = 8

    def run(self, **_kwargs: Any) -> None:
        """Set ``refuri`` on each link of the page that is being resolved."""
        for xref in list(self.document.findall(addnodes.pending_xref)):
            self._prepare(xref)
        for node in list(self.document.findall(nodes.reference)):
            if "site_page" in node:
                address = self._page(node["site_page"], node.get("anchor", ""), node)
            elif "site_file" in node:
                address = self._file(node["site_file"])
            else:
                continue
            if address:
                self._lead(node, address)
            elif not node.get("or_text", True):
                # Which says no more than where it leads, and may be all of its paragraph.
                gone = node.parent if len(node.parent.children) == 1 else node
                gone.parent.remove(gone)
            else:
                node.parent.replace(node, node.children)
        if self._builder.format == "text":
            self._spell_out()

    def _prepare(self, xref: addnodes.pending_xref) -> None:
        """Do what Sphinx and its extensions cannot do with a reference."""
        if xref.get("refdomain") == "cite" and xref["reftype"] == "title":
            self._name_cited(xref)
        elif xref.get("refdomain") == "bib":
            self._name_elsewhere(xref)
        elif xref["reftype"] == "myst":
            self._lead_to_cv(xref)

    def _name_cited(self, citation: addnodes.pending_xref) -> None:
        """Have a citation say the short titles of its papers, unless it has a key of none."""
        targets = [*parse_citation_targets(citation["reftarget"])]
        papers = library_of(self.env).by_key
        if all(target.key in papers for target in targets):
            named = [_named(papers[target.key], target) for target in targets]
            citation.replace_self(inline("bibtex-citation", *enumeration(named)))

    def _lead_to_cv(self, xref: addnodes.pending_xref) -> None:
        """Have ``[words](/cv.pdf)`` lead to a file of a CV, which is none beside the pages."""
        folder = posixpath.dirname(self.env.docname)
        path = posixpath.normpath(posixpath.join("/", folder, xref["reftarget"])).lstrip("/")
        if is_site(self.config) and path in cv_files(self.env):
            xref.replace_self(nodes.reference("", "", *xref.children, site_file=path))

    def _name_elsewhere(self, xref: addnodes.pending_xref) -> None:
        """Have ``{bib:paper}`` lead to an entry where the page of the paper is not built."""
        paper = library_of(self.env).by_key.get(xref["reftarget"])
        if paper and paper.page in self.env.all_docs and not self._uri(paper.page):
            words = xref.children if xref["refexplicit"] else [nodes.Text(paper.title.plain)]
            xref.replace_self(to_paper(paper, words))

    def _lead(self, link: nodes.reference, address: str) -> None:
        """Have a link lead to an address; in LaTeX, entries of a bibliography have their own."""
        link["refuri"] = address
        if self._builder.format == "latex" and address.startswith("%") and "#" in address:
            begin = rf"\hyperlink{{cite.{address[1:].replace('#', ':')}}}{{"
            link.replace_self([raw_latex(begin), *link.children, raw_latex("}")])

    def _page(self, docname: str, anchor: str, node: nodes.reference) -> str:
        if table := node.get("site_table"):
            cvs = set(cv_pages(self.env).values())
            if not (found := pages_with_table(self.env, table)):
                found, anchor = pages_with_table(self.env, table.partition(":")[0]), ""
            pages = sorted(found, key=cvs.__contains__)
            docname = next((page for page in pages if page != self.env.docname), "")
        if year := node.get("site_year"):
            docname, anchor = list_page(self.env), self._years.get(year, "")
            if not anchor:
                return ""
        paper = library_of(self.env).paper_of(docname)
        elsewhere = str(node.get("elsewhere", ""))
        if docname not in self.env.all_docs:
            return self._entry(paper.key, node) if paper and not anchor else elsewhere
        anchor = anchor and f"#{anchor}"
        if uri := self._uri(docname):
            return uri + anchor
        if docname == self.env.docname and self._builder.format == "html":
            return anchor or "#"
        if paper and not anchor and (entry := self._entry(paper.key, node)):
            return entry
        # A book without this page: the site has it, if the site has an address.
        has_links = self._base and self._builder.format != "text"
        return f"{self._base}{docname}/{anchor}" if has_links else elsewhere

    def _uri(self, docname: str) -> str:
        """Return the address of a page; empty if it is no part of what is built."""
        is_drawn = library_of(self.env).is_drawn(docname)
        if docname not in self.env.all_docs or (is_drawn and self._builder.name == "singlehtml"):
            return ""  # Sphinx would link to pages that are in no toctree
        try:
            return self._builder.get_relative_uri(self.env.docname, docname)
        except NoUri:
            return ""

    def _entry(self, key: str, node: nodes.Node) -> str:
        """Return the address of a paper's entry in a list; empty if *node* stands in it."""
        if key not in self._entries:
            return ""
        docname, id_ = self._entries[key]
        above: nodes.Node | None = node
        while above is not None:
            if isinstance(above, nodes.Element) and id_ in above["ids"]:
                return ""
            above = above.parent
        uri = self._uri(docname)
        is_here = docname == self.env.docname and self._builder.format == "html"
        return f"{uri}#{id_}" if uri or is_here else ""

    @cached_property
    def _years(self) -> dict[str, str]:
        return years_of_list(self.env)

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str]]:
        """Key → page and identifier of the entry to which citations lead."""
        cite = cast(BibtexDomain, self.env.get_domain("cite"))
        return {
            citation.key: (citation.bibliography_key.docname, citation.citation_id)
            for citation in cite.citations
            if cite.bibliographies[citation.bibliography_key].list_ == "citation"
        }

    def _spell_out(self) -> None:
        """Write out addresses in plain text, which has no links; what has none there goes."""
        for row in list(self.document.findall(nodes.TextElement)):
            if _ROWS.isdisjoint(row["classes"]):
                continue
            links = [
                link for link in row.findall(nodes.reference) if "://" in link.get("refuri", "")
            ]
            # A number or an address says by itself where it leads: "doi:10.1000/182".
            said = [(link.astext(), link["refuri"]) for link in links]
            spelt = [text if ":" in text else f"{text}: {address}" for text, address in said]
            row[:] = [nodes.Text(", ".join(spelt))]
            if not links:
                row.parent.remove(row)

    def _file(self, path: str) -> str:
        if not makes_html(app_of(self.env)):
            return f"{self._base}{path}" if self._base else ""
        return relative_uri(self._builder.get_target_uri(self.env.docname), path)

    @property
    def _base(self) -> str:
        base = str(self.config.html_baseurl)
        return base.rstrip("/") + "/" if base else ""

    @property
    def _builder(self) -> Builder:
        return app_of(self.env).builder


class LinksFromTheRoot(SphinxPostTransform):
    """Have every link of the 404 page start at the root, because it is shown at any address.

    sphinx-notfound-page (1.1) does that for pictures and toctrees, but not for references.
    """

    # After Sphinx has resolved references (10).
    default_priority = 700

    def run(self, **_kwargs: Any) -> None:
        """Rewrite relative links of the page called ``404``."""
        builder = app_of(self.env).builder
        is_site_of_ours = is_site(self.config) and "notfound_urls_prefix" in self.config
        if self.env.docname != "404" or builder.format != "html" or not is_site_of_ours:
            return
        here = self.config.notfound_urls_prefix + builder.get_target_uri("404")
        for node in self.document.findall(nodes.reference):
            if "refuri" in node and not node["refuri"].startswith("#"):
                node["refuri"] = urljoin(here, node["refuri"])


def _write_lost_page(app: Sphinx, exception: Exception | None) -> None:
    """Write the 404 page to ``404.html`` as well, where GitHub Pages and most servers look for it.

    The builder ``dirhtml`` makes ``404/index.html`` alone.
    """
    if exception or app.builder.name != "dirhtml" or not is_site(app.config):
        return
    page = Path(app.outdir) / "404" / "index.html"
    if page.is_file() and "notfound_urls_prefix" in app.config:
        Output(app).write("404.html", page.read_bytes())


def _visit_download(translator: HTML5Translator, node: download) -> None:
    attributes = {"href": node["refuri"], "type": node["type"], "download": ""}
    translator.body.append(translator.starttag(node, "a", "", CLASS="reference", **attributes))


def _depart_download(translator: HTML5Translator, _node: download) -> None:
    translator.body.append("</a>")


def setup(app: Sphinx) -> None:
    """Register node and transforms."""
    app.add_node(cast(type[nodes.Element], download), html=(_visit_download, _depart_download))
    app.add_post_transform(SiteLinks)
    app.add_post_transform(LinksFromTheRoot)
    app.connect("build-finished", _write_lost_page)
