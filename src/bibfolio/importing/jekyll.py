"""What all sites of Jekyll have: configuration, collections, pages, and addresses by its rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bibfolio.importing.addresses import of_document, of_page
from bibfolio.importing.pages import OldPages
from bibfolio.importing.source import Page, host_of, is_yes, items_of, table_of, text_of

_PAGES = (".md", ".markdown", ".html")
_NO_PAGES = {"README", "LICENSE", "CONTRIBUTING", "INSTALL", "CUSTOMIZE", "FAQ", "CHANGELOG"}
#: Signs of pages that the new site makes itself: in the layout, the address or the body → its name.
_MADE = (
    (re.compile(r"^/publications?(?:/|\.html)?$|layout:publications"), "publications"),
    (re.compile(r"^/(?:cv|resume)(?:/|\.html)?$|layout:cv\b"), "cv"),
    (re.compile(r"^/404"), "404"),
)
#: Places below the root that hold no pages.
_ASIDE = re.compile(r"(?:assets|bin|lighthouse_results|_(?!pages/)\w+)/")


@dataclass
class Jekyll(OldPages):
    """A site of Jekyll while it is carried over."""

    config: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = text_of(self.config.get("baseurl")).rstrip("/")
        listed = [text_of(self.config.get("url")), f"https://{self.site.text('CNAME').strip()}"]
        self.hosts = {host_of(address) for address in listed} - {""}

    @cached_property
    def collections(self) -> dict[str, str]:
        """Collections that were shown → their pattern of addresses."""
        given = self.config.get("collections")
        listed = {name: {} for name in given} if isinstance(given, list) else table_of(given)
        shown = {
            name: text_of(table_of(its).get("permalink"))
            for name, its in listed.items()
            if is_yes(table_of(its).get("output"))
        }
        for name in listed.keys() - shown.keys() - {"posts"}:
            for path in self.site.below(f"_{name}", *_PAGES):
                self.left(path, f"the collection {name} was not shown")
        return {"posts": text_of(self.config.get("permalink")), **shown}

    def documents(self, collection: str, nearest: str) -> list[tuple[Page, str]]:
        """Return what of a collection is carried, with its address; name what is not.

        *nearest* is the page to which the addresses of the template's own lead.
        """
        found = []
        for path in self.site.below(f"_{collection}", *_PAGES):
            page = self.site.page(path)
            if not page or not self._is_public(page):
                continue
            address = of_document(page, collection, self.collections.get(collection, ""))
            self.know(page, address)
            self.served.setdefault(collection, []).append((page, address))
            if self.is_template(page):
                self.addresses.add(address, "redirect", nearest, path)
                continue
            found.append((page, address))
        for path in self.site.below("_drafts", *_PAGES) if collection == "posts" else ():
            self.left(path, "a draft")
        return found

    def know(self, page: Page, address: str) -> None:
        """Note where a page was, and the addresses that led there."""
        self.places[page.path] = address
        more = items_of(page.data.get("redirect_from"))
        self.aliases += [(alias, address) for alias in more if isinstance(alias, str)]

    def _is_public(self, page: Page) -> bool:
        name = page.path.rpartition("/")[2]
        inner = page.path.split("/")[1:] if page.path[0] == "_" else [name]
        why = "a file or folder that begins with _ is not shown"
        why = why if any(part[0] in "_.#~" for part in inner) else ""
        why = why or ("" if page.is_public else "not published")
        if why:
            self.left(page.path, why)
        return not why

    def pages(self) -> Iterator[tuple[Page, str, str]]:
        """Yield each page that is in no collection, its address, and which page of ours it is."""
        pattern = text_of(self.config.get("permalink"))
        for path in [path for path in self.site.files if path.endswith(_PAGES)]:
            stem = path.rpartition("/")[2].partition(".")[0]
            if _ASIDE.match(path) or stem.upper() in _NO_PAGES:
                continue
            page = self.site.page(path)
            if page and (page.data or path.startswith("_pages/")) and self._is_public(page):
                address = of_page(page, pattern)
                self.know(page, address)
                said = (address, f"layout:{page.get('layout')}")
                ours = (name for sign, name in _MADE if any(map(sign.search, said)))
                is_home = address == "/" or page.get("layout") == "about"
                is_list = "{% bibliography" in page.body and not self.says_something(page)
                default = "publications" if is_list else ""
                yield page, address, "index" if is_home else next(ours, default)

    def archives(self, nearest: str) -> None:
        """Note the lists of posts by year, tag and category that plugins make, and their parts."""
        posts = self.served.get("posts", [])
        names = [found[0] for _p, address in posts if (found := re.match(r"/blog/\d{4}/", address))]
        for page, _address in posts:
            for kind, key in (("tag", "tags"), ("category", "categories")):
                value = page.data.get(key) or ""
                words = value if isinstance(value, list) else str(value).split()
                slugs = [re.sub(r"[\W_]+", "-", text_of(word)).strip("-").lower() for word in words]
                names += [f"/blog/{kind}/{slug}/" for slug in slugs if slug]
        # Five to a page, unless somebody says more.
        names += [f"/blog/page/{number}/" for number in range(2, (len(posts) + 4) // 5 + 1)]
        for name in names:
            self.addresses.add(name, "redirect", nearest)
