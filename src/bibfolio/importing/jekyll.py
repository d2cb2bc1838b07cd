"""What all sites of Jekyll have: configuration, collections, pages, and addresses by its rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from bibfolio.importing.addresses import OWN, Addresses, docname, of_document, of_page, page_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import converted, words_of
from bibfolio.importing.plan import LEFT, Plan
from bibfolio.importing.source import OldSite, Page, host_of, is_yes, items_of, table_of, text_of
from bibfolio.importing.writing import KEPT

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
class Jekyll:
    """A site of Jekyll while it is carried over."""

    site: OldSite
    plan: Plan
    addresses: Addresses
    config: dict[str, Any]
    #: Path of a source → its address, for `{% link %}`.
    places: dict[str, str] = field(default_factory=dict)
    #: Keys of papers, which pages may cite.
    keys: frozenset[str] = frozenset()
    #: The home page, and pages without words of their own, with their addresses.
    home: Page | None = None
    empty: list[tuple[Page, str]] = field(default_factory=list)
    #: Collection → all that was shown of it, the template's own as well.
    served: dict[str, list[tuple[Page, str]]] = field(default_factory=dict)

    @cached_property
    def base(self) -> str:
        """The path below which the site was: empty for the root."""
        return text_of(self.config.get("baseurl")).rstrip("/")

    @cached_property
    def hosts(self) -> set[str]:
        """Names of hosts that are this site."""
        listed = [text_of(self.config.get("url")), f"https://{self.site.text('CNAME').strip()}"]
        return {host_of(address) for address in listed} - {""}

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

    def left(self, path: str, why: str) -> None:
        """Note a file that is not carried."""
        self.plan.tell(LEFT, path.rpartition("/")[2], path, why)

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
            self.places[path] = address
            self.served.setdefault(collection, []).append((page, address))
            if self.is_template(page):
                self.addresses.add(address, "redirect", nearest, path)
                continue
            found.append((page, address))
        for path in self.site.below("_drafts", *_PAGES) if collection == "posts" else ():
            self.left(path, "a draft")
        return found

    def _is_public(self, page: Page) -> bool:
        name = page.path.rpartition("/")[2]
        inner = page.path.split("/")[1:] if page.path[0] == "_" else [name]
        why = "a file or folder that begins with _ is not shown"
        why = why if any(part[0] in "_.#~" for part in inner) else ""
        why = why or ("" if page.is_public else "not published")
        if why:
            self.left(page.path, why)
        return not why

    def is_template(self, page: Page) -> bool:
        """Return whether a page is the template's, which is noted."""
        tells = telltale(page.get("title")) or telltale(page.get("description"))
        word = tells or telltale(words_of(page.body)[:2000])
        if page.is_template or word:
            self.left(page.path, f"the template's: {word}" if word else "the template's, unchanged")
        return page.is_template or bool(word)

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
                self.places[path] = address
                said = (address, f"layout:{page.get('layout')}")
                ours = (name for sign, name in _MADE if any(map(sign.search, said)))
                is_home = address == "/" or page.get("layout") == "about"
                is_list = "{% bibliography" in page.body and not self.says_something(page)
                default = "publications" if is_list else ""
                yield page, address, "index" if is_home else next(ours, default)

    def place(self, page: Page, address: str) -> str:
        """Give a page the place it had; return its name, or "" if it cannot have one."""
        name = page_of(address)
        if not name:
            self.site.refuse(page.path, f"its address {address} is none below the site")
            return ""
        is_taken = name in OWN or name.split("/")[0] == "papers" or name in self.plan.pages
        if is_taken or not self.addresses.add(address, "page", name, page.path):
            self.left(page.path, f"{address} belongs to another page, which came first")
            return ""
        self.plan.pages[name] = ""
        self.plan.titles[name] = words_of(page.get("title")) or name.rpartition("/")[2]
        self.plan.descriptions[name] = words_of(page.get("description"))
        return name

    def fill(self, page: Page, name: str, address: str, kind: str) -> None:
        """Convert the text of a page that has its place, and tell what was taken out."""
        text, notes = converted(page.body, partial(self.resolve, here=address), self.keys)
        self.plan.pages[name] = text
        look = f"{len(notes)} marked % import: …" if notes else ""
        self.plan.tell(kind, self.plan.titles.get(name, name), page.path, f"{name}.md", look)

    def also(self) -> None:
        """Have the addresses in ``redirect_from`` lead to where their pages are now."""
        for path, address in self.places.items():
            page = self.site.page(path)
            answer = self.addresses.answers.get(address)
            for old in items_of(page.data.get("redirect_from")) if page and answer else ():
                if answer and isinstance(old, str):
                    self.addresses.add(f"/{old.lstrip('/')}", "redirect", answer.target, path)

    def says_something(self, page: Page) -> bool:
        """Return whether there are words on a page, and not just what Liquid made of data."""
        return bool(words_of(page.body))

    def resolve(self, target: str, here: str = "/", *, in_profile: bool = False) -> str | None:
        """Return where a link leads now: "" if nowhere, None if it stays as it is."""
        target = f"https:{target}" if target.startswith("//") else target
        if scheme := re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", target):
            host = host_of(target)
            if host not in self.hosts:
                return None if host or scheme[1].lower() == "mailto" else ""
            target = urlsplit(target).path or "/"
        if target.startswith("#"):
            return ""
        source = unquote(target).lstrip("/")
        path = unquote(urljoin(here, re.sub(r"[?#].*", "", self.places.get(source, target))))
        path = re.sub(r"^(?:/\.\.)+(?=/)", "", path)  # above the root is the root
        if self.base and path.startswith(f"{self.base}/"):
            path = path.removeprefix(self.base)
        for form in (path, f"{path}/", path.rstrip("/"), f"{path}.html", f"/{source}"):
            answer = self.addresses.answers.get(form)
            if answer and answer.how in {"page", "redirect"}:
                page = answer.target if "papers/" not in answer.target else "publications"
                return _link_in_profile(page) if in_profile else f"/{page}.md"
            if form.strip("/") in self.site.files and not form.endswith((".md", ".scss")):
                return self.keep(form.strip("/"), in_profile=in_profile)
        return f"/{docname(path)}.md" if docname(path) in OWN and not in_profile else ""

    def keep(self, path: str, *, in_profile: bool = True) -> str:
        """Keep a file at its path; return the address for a link to it, or "" if it cannot be."""
        if path not in self.plan.files:
            is_hidden = any(part[0] in "_." for part in path.split("/"))
            if is_hidden or not docname(path) or self.site.bytes_of(path) is None:
                self.site.refuse(path, "is not carried; its name or size cannot be")
                return ""
            self.plan.files.append(path)
            self.addresses.add(f"/{path}", "file", path)
        return f"/{path}" if in_profile else f"/{KEPT}/{path}"

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


def _link_in_profile(page: str) -> str:
    return "/" if page == "index" else f"/{page}/"
