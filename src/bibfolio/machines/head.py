"""Puts into each page's ``<head>`` what search engines, Scholar and link previews read.

Sphinx glue: finds out what kind of page it is, asks ``scholar``, ``jsonld`` and ``tags`` for the
content, and adds it. sphinxext-opengraph would need every description a second time, under a key of
its own, and escapes nothing but quotes.
"""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from bibfolio.library import Library, library_of, list_page
from bibfolio.machines import jsonld
from bibfolio.machines.scholar import scholar_tags
from bibfolio.machines.tags import Page, Tag, linked, named, render, sharing_tags
from bibfolio.model import EXPORT_FORMATS, Paper
from bibfolio.output import NOT_INDEXED, Output, makes_site


class _Head:
    """The head of one page."""

    def __init__(self, app: Sphinx, docname: str, context: dict[str, Any]) -> None:
        self.env, self.docname, self.context = app.env, docname, context
        self.output = Output(app)
        self.folio: Library = library_of(app.env)
        self.url = self.output.page_url(docname)
        self.home = self.output.home_url
        self.paper: Paper | None = self.folio.paper_of(docname)
        self.is_home = docname == app.config.root_doc
        self.is_list = docname == list_page(app.env)

    def title(self) -> str:
        """The page's own title as plain text; the home page is called after the person."""
        if self.paper:
            return self.paper.title.plain
        if self.is_home:
            return self.folio.profile.name
        title = self.env.titles.get(self.docname)
        return title.astext() if title else str(self.context.get("title", ""))

    def tags(self, description: str) -> list[Tag]:
        """All tags, in order."""
        name = self.folio.profile.name
        type_ = "article" if self.paper else "profile" if self.is_home else "website"
        image = (
            self.output.url(f"cards/{self.docname}.png")
            if self.docname in self.env.all_docs
            else ""
        )
        page = Page(self.title(), description, self.url, name, type_, image)
        tags = [
            linked("alternate", self.output.url(path), media_type, f"Publications of {name}")
            for path, media_type in _FEEDS.items()
        ]
        if not self.output.has_address:
            return []
        if self.docname in NOT_INDEXED:
            return [*tags, named("robots", "noindex")]
        tags += sharing_tags(page)
        if self.docname in self.env.all_docs:
            tags.append(linked("alternate", self.output.url(f"{self.docname}.md"), "text/markdown"))
        if self.paper:
            tags += self._paper_tags(self.paper)
        if self.is_list:
            tags += self._exports("publications", "alternate")
        return tags

    def _paper_tags(self, paper: Paper) -> list[Tag]:
        """Scholar tags and FAIR signposting (https://signposting.org/FAIR/)."""
        record = self.folio.record_of(paper)
        pdf = self.output.url(record.hosted_pdf) if record.hosted_pdf else ""
        tags = [named(*pair) for pair in scholar_tags(record, self.url, pdf)]
        tags += [linked("cite-as", url) for url in record.same_as[:1]]
        orcid = self.folio.profile.links.urls.get("ORCID", "")
        if orcid and any(author.is_owner for author in paper.authors):
            tags.append(linked("author", orcid))
        tags += self._exports(paper.page, "describedby")
        pdf = pdf or next((link.url for link in paper.links if link.kind == "pdf"), "")
        return [*tags, linked("item", pdf, "application/pdf")] if pdf else tags

    def _exports(self, name: str, rel: str) -> list[Tag]:
        return [
            linked(rel, self.output.url(f"{name}.{suffix}"), media_type)
            for suffix, media_type in EXPORT_FORMATS.values()
        ]

    def data(self) -> dict[str, Any] | None:
        """JSON-LD of the page; None if there is nothing to say."""
        hidden = self.docname not in self.env.all_docs or self.docname in NOT_INDEXED
        if hidden or not self.output.has_address:
            return None
        profile = self.folio.profile
        things = [jsonld.profile_page(profile, self.home)] if self.is_home else []
        if self.paper:
            record = self.folio.record_of(self.paper)
            pdf = self.output.url(record.hosted_pdf) if record.hosted_pdf else ""
            things.append(jsonld.article(record, self.url, pdf, profile, self.home))
        if self.is_list:
            items = [(p.title.plain, self.output.page_url(p.page)) for p in self.folio.papers]
            things.append(jsonld.collection(self.title(), self.url, items))
        if not self.is_home:
            things.append(jsonld.breadcrumbs(self._trail()))
        return jsonld.document(*things)

    def _trail(self) -> list[tuple[str, str]]:
        """Names and addresses from the home page down to this one."""
        trail = [(self.folio.profile.name, self.home)]
        above = [list_page(self.env)] if self.paper else self._parents()
        above = [name for name in above if name != self.env.config.root_doc]
        trail += [(self.env.titles[name].astext(), self.output.page_url(name)) for name in above]
        return [*trail, (self.paper.name if self.paper else self.title(), self.url)]

    def _parents(self) -> list[str]:
        """Pages above this one in the table of contents, without the home page."""
        parents: list[str] = []
        relations = self.env.collect_relations()
        name: str | None = self.docname
        while name and (name := relations.get(name, (None,))[0]):
            parents.insert(0, name)
        return parents[1:]


_FEEDS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}


def _describe(doctree: nodes.document | None, title: str, owner: str) -> tuple[str, bool]:
    """The page's description, and whether the page says it itself."""
    if doctree is not None:
        for meta in doctree.findall(nodes.meta):
            if meta.get("name") == "description" and meta["content"].strip():
                return " ".join(meta["content"].split()), True
        for paragraph in doctree.findall(nodes.paragraph):
            text = " ".join(paragraph.astext().split())
            if len(text) > 40 and not paragraph["classes"]:  # those of cards have some
                return (text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0] + "…"), False
    return f"{title}: {owner}." if title else f"{owner}.", False


def _fill_head(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """``html-page-context``: add tags; touch nothing outside *context*."""
    if not makes_site(app):
        return
    head = _Head(app, pagename, context)
    description, is_own = _describe(doctree, head.title(), head.folio.profile.name)
    tags = head.tags(description)
    if not is_own:
        tags.insert(0, named("description", description))
    context["metatags"] = context.get("metatags", "") + render(tags, head.data())
    if head.paper:
        # Sphinx expects markup here, and strips and escapes it for <title>.
        context["title"] = html.escape(head.paper.name)
    if head.is_home and html.unescape(context["title"]) == head.title():
        # "Jane Doe — Jane Doe" says it twice.
        context["docstitle"] = ""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handler."""
    app.connect("html-page-context", _fill_head)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
