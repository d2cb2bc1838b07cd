"""Puts into each page's ``<head>`` what search engines, Scholar and link previews read.

sphinxext-opengraph would need every description a second time, under a key of its own, and escapes
nothing but quotes.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bibfolio.config import has_paper_pages, is_site
from bibfolio.library import (
    Library,
    alternates,
    home_page,
    library_of,
    list_page,
    names_elsewhere,
    news_of,
    page_above,
    page_of,
    parent_page,
    site_name,
    tables_of,
)
from bibfolio.machines import jsonld
from bibfolio.machines.scholar import scholar_tags
from bibfolio.mode import THEME
from bibfolio.model import EXPORT_FORMATS, FEEDS, NEWS_FEED, Paper, Person, Profile
from bibfolio.model.grants import grants_of
from bibfolio.model.sentence import with_phrases
from bibfolio.model.strings import is_local, without_empty
from bibfolio.model.tables import TABLES
from bibfolio.model.wording import seen
from bibfolio.model.words import _
from bibfolio.output import NOT_INDEXED, Output, makes_html
from bibfolio.sphinx_compat import is_set

# -- tags (pure) -----------------------------------------------------------------------------

#: A tag: its name and its attributes in order.
Tag = tuple[str, dict[str, str]]
#: Width and height in pixels of the picture for link previews, as networks recommend.
IMAGE_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Page:
    """What link previews say about a page; all plain text, addresses absolute."""

    title: str
    description: str
    url: str
    site_name: str
    #: Open Graph type: ``website``, ``profile``, ``article``.
    type: str = "website"
    image: str = ""
    #: What the picture shows beside the title, if anything.
    image_alt: str = ""


def sharing_tags(page: Page) -> list[Tag]:
    """Return Open Graph (https://ogp.me) and Twitter card of a page."""
    properties = {
        "og:type": page.type,
        "og:title": page.title,
        "og:description": page.description,
        "og:url": page.url,
        "og:site_name": page.site_name,
        "og:image": page.image,
        "og:image:width": str(IMAGE_SIZE[0]) if page.image else "",
        "og:image:height": str(IMAGE_SIZE[1]) if page.image else "",
        "og:image:alt": (page.image_alt or page.title) if page.image else "",
    }
    tags: list[Tag] = [
        ("meta", {"property": name, "content": value})
        for name, value in properties.items()
        if value
    ]
    card = "summary_large_image" if page.image else "summary"
    return [*tags, ("meta", {"name": "twitter:card", "content": card})]


def named(name: str, content: str) -> Tag:
    """Return ``<meta name content>``."""
    return "meta", {"name": name, "content": content}


def linked(rel: str, href: str, type_: str = "", title: str = "") -> Tag:
    """Return ``<link rel href>``, with media type and title where there are any."""
    attributes = {"rel": rel, "type": type_, "title": title, "href": href}
    return "link", without_empty(attributes)


def render(tags: list[Tag], data: dict[str, Any] | None = None) -> str:
    """Return the tags as HTML, and *data* as JSON-LD behind them."""
    lines = [
        f"<{name} " + " ".join(f'{key}="{attribute(value)}"' for key, value in pairs.items()) + ">"
        for name, pairs in tags
    ]
    if data:
        lines.append(f'<script type="application/ld+json">{script_json(data)}</script>')
    return "".join(f"\n    {line}" for line in lines)


def unsaid(tags: list[Tag], said: str) -> list[Tag]:
    """Return the *tags* that are not in the HTML *said*, where the owner or others have put theirs.

    The size of a picture goes with the picture.
    """

    def is_said(tag: Tag) -> bool:
        name, value = next(iter(tag[1].items()))
        value = "og:image" if value.startswith("og:image") else value
        return tag[0] == "meta" and f'{name}="{value}"' in said

    return [tag for tag in tags if not is_said(tag)]


def without_addresses(thing: Any) -> Any:
    """Return JSON-LD without identifiers and addresses that are not absolute."""
    if isinstance(thing, list):
        return [without_addresses(part) for part in thing]
    if not isinstance(thing, dict):
        return thing
    return {
        name: without_addresses(value)
        for name, value in thing.items()
        if name not in {"@id", "url", "mainEntityOfPage"} or "://" in str(value)
    }


def attribute(value: str) -> str:
    """Escape *value* for a quoted HTML attribute; line breaks become spaces."""
    return html.escape(" ".join(value.split()), quote=True)


def script_json(data: dict[str, Any]) -> str:
    """Escape *data* for ``<script>``: nothing in it can end the script or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


# -- Sphinx ----------------------------------------------------------------------------------


class _Head:
    """The head of one page."""

    def __init__(self, app: Sphinx, docname: str, context: dict[str, Any]) -> None:
        self.env, self.docname, self.context = app.env, docname, context
        # Page → its parent and neighbours; Sphinx collects them once.
        self.relations: dict[str, Any] = app.builder.relations  # type: ignore[attr-defined]
        self.output = Output(app)
        self.library: Library = library_of(app.env)
        #: Whether the site says where it is; what needs addresses is left out without.
        self.has_address = self.output.has_address
        self.url = self.output.page_url(docname) if self.has_address else ""
        self.home = self.output.home_url if self.has_address else ""
        #: The home page in the language of the page.
        self.top = self.output.page_url(home_page(app.env)) if self.has_address else ""
        self.paper: Paper | None = self.library.paper_of(docname)
        self.person: Person | None = self.library.person_of(docname)
        self.name = site_name(app.env)
        #: Only a site has feeds, pictures and Markdown twins.
        self.is_site = is_site(app.config)
        self.is_home = docname == home_page(app.env) and self.is_site
        self.is_list = docname == list_page(app.env)

    def title(self) -> str:
        """Return the page's title as plain text; the home page is called as the site is."""
        if self.paper:
            return self.paper.title.plain
        if self.is_home:
            return self.name
        title = self.env.titles.get(self.docname)
        return title.astext() if title else str(self.context.get("title", ""))

    def tags(self, description: str) -> list[Tag]:
        """Return all tags, in order."""
        if not self.has_address:
            if self.docname in NOT_INDEXED:
                return [named("robots", "noindex")] if self.is_site else []
            return self._paper_tags(self.paper) if self.paper else []
        name = self.name
        is_of_somebody = self.is_home or self.person
        type_ = "article" if self.paper else "profile" if is_of_somebody else "website"
        url, alt = self._figure()
        alt = alt if url == self._card() else ""
        page = Page(self.title(), description, self.url, name, type_, self._card(), alt)
        title = _("Publications of {name}", name=name)
        tags = [
            linked("alternate", self.output.url(path), media_type, title)
            for path, media_type in FEEDS.items()
            if self.is_site
        ]
        shows_news = "news" in tables_of(self.env, self.docname)
        if self.is_site and (shows_news or (self.is_home and news_of(self.env))):
            url = self.output.url(NEWS_FEED)
            title = _("News of {name}", name=name)
            tags.append(linked("alternate", url, FEEDS["feed.xml"], title))
        if self.docname in NOT_INDEXED:
            return [*tags, named("robots", "noindex")]
        tags += sharing_tags(page) + self._languages()
        if self.is_site and (user := self.library.profile.links.fediverse):
            tags.append(named("fediverse:creator", user))
        if self.is_site and self.docname in self.env.all_docs:
            tags.append(linked("alternate", self.output.url(f"{self.docname}.md"), "text/markdown"))
        if self.paper:
            tags += self._paper_tags(self.paper)
        if self.is_list:
            tags += self._exports("publications", "alternate")
        return tags

    def _languages(self) -> list[Tag]:
        """Return where this page is in each language, this one included (hreflang)."""
        pages = alternates(self.env, self.docname)
        return [
            ("link", {"rel": "alternate", "hreflang": tag, "href": self.output.page_url(page)})
            for tag, page in pages.items()
        ]

    def _card(self) -> str:
        """Return the address of the picture for link previews; empty if the page has none."""
        is_drawn = self.is_site and self.has_address and self.docname in self.env.all_docs
        return self.output.url(f"cards/{self.docname}.png") if is_drawn else ""

    def _picture(self, path: str) -> str:
        """Return the absolute address of a picture of a page; empty if there is none."""
        _pages, name = self.env.images.get(path, ((), ""))
        return self._url(name and f"_images/{name}")

    def _figure(self) -> tuple[str, str]:
        """Return where the figure is and what is seen; a drawing is on the card."""
        if not self.paper or not (figure := self.paper.figure):
            return "", ""
        return self._card() if figure.svg else self._picture(figure.path), seen(self.paper)

    def _paper_tags(self, paper: Paper) -> list[Tag]:
        """Return Scholar tags and FAIR signposting (https://signposting.org/FAIR/)."""
        record = self.library.record_of(paper)
        pdf = self._url(record.hosted_pdf)
        tags = [named(*pair) for pair in scholar_tags(record, self.url, pdf)]
        tags += [linked("cite-as", url) for url in record.same_as[:1]]
        if any(author.is_owner for author in paper.authors):
            accounts = self.library.profile.links.accounts
            tags += [linked("author", one.url) for one in accounts if one.name == "ORCID"]
        tags += self._exports(paper.page, "describedby") if self.has_address else []
        # Without an address of the site, a PDF of the site has none.
        linked_pdfs = (self._url(link.url) for link in paper.links if link.kind == "pdf")
        pdf = pdf or next(filter(None, linked_pdfs), "")
        return [*tags, linked("item", pdf, "application/pdf")] if pdf else tags

    def _url(self, path: str) -> str:
        """Return the absolute address of a file; empty if there is no file, or no such address."""
        if not is_local(path):
            return path
        return self.output.url(path) if self.has_address else ""

    def _exports(self, name: str, rel: str) -> list[Tag]:
        return [
            linked(rel, self.output.url(f"{name}.{suffix}"), media_type)
            for suffix, media_type in EXPORT_FORMATS.values()
        ]

    def data(self) -> dict[str, Any] | None:
        """Return the JSON-LD of the page; None if there is nothing to say."""
        hidden = self.docname not in self.env.all_docs or self.docname in NOT_INDEXED
        if hidden:
            return None
        profile = self.library.profile
        is_funded = self.paper and grants_of(profile, self.paper.key)
        if self.is_home or is_funded or tables_of(self.env, self.docname):
            profile = with_phrases(profile, self.output.addressed)
        is_known, names = self.is_home and profile.name, names_elsewhere(self.env)
        things = [jsonld.profile_page(profile, self.top, self.home, names)] if is_known else []
        if self.paper:
            record = self.library.record_of(self.paper)
            article = jsonld.article(record, self.url, self._url, profile, self.home)
            things.append(article | jsonld.image(*self._figure()))
        if self.person:
            things.append(jsonld.person_page(self.person, self.url, self._picture))
        things += self._tables(profile)
        if not self.has_address:
            return without_addresses(jsonld.document(*things)) if things else None
        if self.is_list:
            items = [
                (paper.title.plain, self.output.page_url(page_of(self.env, paper)))
                for paper in self.library.papers
            ]
            things.append(jsonld.collection(self.title(), self.url, items))
        if not self.is_home:
            things.append(jsonld.breadcrumbs(self._trail()))
        return jsonld.document(*things) if things else None

    def _tables(self, profile: Profile) -> list[dict[str, Any]]:
        """Return the items of the tables that the page shows, such as talks and programs."""
        shown, papers = tables_of(self.env, self.docname), {}
        for paper in self.library.papers if shown else ():
            url = self.output.page_url(page_of(self.env, paper))
            papers[paper.key] = jsonld.reference(self.library.record_of(paper), url)
        owner = jsonld.owner(profile.name, self.home)
        described = [name for name, table in TABLES.items() if table.type and name in shown]
        return [
            jsonld.item(name, item, owner, papers, self._url)
            for name in described
            for item in getattr(profile, name)
        ]

    def _trail(self) -> list[tuple[str, str]]:
        """Return names and addresses from the home page down to this one."""
        trail = [(self.name, self.top)]
        drawn = page_above(self.env, self.docname)
        above = [drawn] if drawn else self._parents()
        above = [name for name in above if name != home_page(self.env)]
        trail += [(self.env.titles[name].astext(), self.output.page_url(name)) for name in above]
        return [*trail, (self.paper.name if self.paper else self.title(), self.url)]

    def _parents(self) -> list[str]:
        """Return the pages above this one in the table of contents, without the home page."""
        parents: list[str] = []
        name: str | None = self.docname
        while name and (name := parent_page(self.env, self.relations, name)):
            if name in parents:
                break
            parents.insert(0, name)
        return parents[1:]


def _describe(doctree: nodes.document | None, title: str, owner: str) -> tuple[str, bool]:
    """Return the page's description, and whether the page says it itself; "" if nobody is known."""
    if doctree is not None:
        for meta in doctree.findall(nodes.meta):
            if meta.get("name") == "description" and meta["content"].strip():
                return " ".join(meta["content"].split()), True
        for paragraph in doctree.findall(nodes.paragraph):
            text = " ".join(paragraph.astext().split())
            if len(text) > 40 and not paragraph["classes"]:  # those of cards have some
                return (text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0] + "…"), False
    name = f"{title}: {owner}" if title else owner
    return f"{name}." if owner else "", False


def _fill_head(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add tags to a page; touch nothing outside *context*."""
    if not makes_html(app):
        return
    head = _Head(app, pagename, context)
    # In a project that is no site, pages that are not of papers are none of our business.
    if not is_site(app.config) and not (head.paper and has_paper_pages(app.config)):
        return
    is_named = head.library.profile.name or is_set(app.config, "project")
    description, is_own = _describe(doctree, head.title(), head.name if is_named else "")
    tags = head.tags(description)
    if description and not is_own:
        tags.insert(0, named("description", description))
    said = context.get("metatags", "")
    context["metatags"] = said + render(unsaid(tags, said), head.data())
    if head.paper:
        # Sphinx expects markup here, and strips and escapes it for <title>.
        context["title"] = html.escape(head.paper.name)
    # "Jane Doe — Jane Doe" says it twice. Other themes name the site after it on the page, too.
    if head.is_home and app.config.html_theme == THEME:
        name = _letters(head.name)
        if name and name in _letters(context["title"]):
            context["docstitle"] = ""


def _letters(markup: str) -> str:
    """Return what is left without tags, signs and spaces: quotes and names are typeset."""
    return re.sub(r"<[^>]*>|\W+", "", html.unescape(markup)).casefold()


def setup(app: Sphinx) -> None:
    """Connect the handler, behind those that add tags of their own (500)."""
    app.connect("html-page-context", _fill_head, priority=600)
