"""What all sites of Jekyll have: configuration, collections, pages, and addresses by its rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bibfolio.importing.addresses import ending, of_document, of_page, page_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import words_of
from bibfolio.importing.pages import OldPages
from bibfolio.importing.plan import Plan
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
    #: Pages of ours that the old site's own take the place of; those that do, and their addresses.
    kept: frozenset[str] = frozenset()
    instead: list[tuple[Page, str, str]] = field(default_factory=list)
    #: Key of a paper → the page that said more of it, and its address.
    notes: dict[str, tuple[Page, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = text_of(self.config.get("baseurl")).rstrip("/")
        listed = [text_of(self.config.get("url")), f"https://{self.site.text('CNAME').strip()}"]
        self.hosts = {host_of(address) for address in listed} - {""}

    @cached_property
    def collections(self) -> dict[str, str]:
        """Collections that were shown → their pattern of addresses."""
        given, site = self.config.get("collections"), text_of(self.config.get("permalink"))
        listed = {name: {} for name in given} if isinstance(given, list) else table_of(given)
        shown = {
            name: text_of(table_of(its).get("permalink")) or f"/:collection/:path{ending(site)}"
            for name, its in listed.items()
            if is_yes(table_of(its).get("output"))
        }
        for name in listed.keys() - shown.keys() - {"posts"}:
            for path in self.site.below(f"_{name}", *_PAGES):
                self.left(path, f"the collection {name} was not shown")
        return {"posts": site, **shown}

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
        """Note the lists by year, tag and category that plugins make, and the parts of the blog."""
        names = []
        for collection, documents in self.served.items():
            top = "/blog" if collection == "posts" else f"/{collection}"
            for page, address in documents:
                names += re.findall(rf"^{re.escape(top)}/\d{{4}}/", address)
                for kind, key in (("tag", "tags"), ("category", "categories")):
                    value = page.data.get(key) or ""
                    words = value if isinstance(value, list) else str(value).split()
                    slugs = (re.sub(r"[\W_]+", "-", text_of(word)).strip("-") for word in words)
                    names += [f"{top}/{kind}/{slug.lower()}/" for slug in slugs if slug]
        # Three to a page, or more: some of these were not there.
        pages = (len(self.served.get("posts", [])) + 2) // 3
        names += [f"/blog/page/{number}/" for number in range(2, pages + 1)]
        for name in names:
            self.addresses.add(name, "redirect", nearest)


#: A page, its name in the new site, its address, and the kind by which the report calls it.
Placed = tuple[Page, str, str, str]


def own_pages(old: Jekyll) -> list[tuple[Page, str]]:
    """Find the home page, and return the pages that get a place, in the order of the menu."""
    found: list[tuple[Page, str]] = []
    home: Page | None = None
    for page, address, ours in old.pages():
        if ours == "index" and (address == "/" or home is None):
            home = page if not old.is_template(page) else home
        target = ours or "index"
        if ours in old.kept and old.says_something(page) and not old.is_template(page):
            # Ours is replaced by theirs, which the owner is to sort into the profile.
            old.addresses.add(address, "page" if page_of(address) == ours else "redirect", ours)
            old.plan.pages[ours], old.plan.titles[ours] = "", words_of(page.get("title")) or ours
            old.instead.append((page, ours, address))
        elif ours:
            how = "page" if page_of(address) == ours else "redirect"
            old.addresses.add(address, how, target, page.path)
            if ours != "index" and old.says_something(page):
                where = f"{ours}.md is made from data; its own words are not carried"
                old.plan.tell("Pages", page.get("title") or ours, page.path, where, "its words")
            elif ours != "index":
                old.plan.tell("Pages", page.get("title") or ours, page.path, f"{ours}.md")
        elif old.is_template(page):
            old.addresses.add(address, "redirect", "index", page.path)
        else:
            found.append((page, address))
    if home:
        old.home = home
        title = words_of(home.get("title"))
        if not old.plan.name and 1 < len(title.split()) < 5 and not telltale(title):
            old.plan.name = title
            look = "a guess: it is the title of the home page"
            old.plan.tell("Person", "name", home.path, "profile.toml, name", look)
        old.plan.pages["index"], old.plan.titles["index"] = "", old.plan.name
    return sorted(found, key=lambda one: _number(one[0].get("nav_order")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 99


def placed(old: Jekyll, kind: str, pages: Sequence[tuple[Page, str]]) -> Iterator[Placed]:
    """Give pages the places they had, and yield them with these."""
    for page, address in pages:
        is_page = old.says_something(page) or kind != "Pages"
        if is_page and (name := old.place(page, address)):
            yield page, name, address, kind
        elif not is_page:
            old.empty.append((page, address))


def make_lists(old: Jekyll, found: Sequence[Placed], sections: Mapping[str, str]) -> None:
    """Make the pages that listed others, and put the rest into the menu.

    Args:
        old: the old site.
        found: all pages that have a place.
        sections: kind of pages → the page that lists them.
    """
    plan = old.plan
    for kind, folder in sections.items():
        names = [name for _page, name, _address, its_kind in found if its_kind == kind]
        table = kind.lower()
        if not names and table not in plan.profile:
            continue
        text = plan.pages.pop(folder, "")
        text += f"\n```{{{table}}}\n```\n" * (table in plan.profile)
        look = ":hidden:" if table in plan.profile else ":maxdepth: 1"
        lines = "".join(f"{_title(plan.titles[name])} </{name}>\n" for name in names)
        text += f"\n```{{toctree}}\n{look}\n\n{lines}```\n" * bool(names)
        plan.pages[folder] = text.lstrip()
        plan.titles.setdefault(folder, folder.capitalize())
        old.addresses.answers.pop(f"/{folder}/", None)
        old.addresses.add(f"/{folder}/", "page", folder)
    for page, address in old.empty:
        if address not in old.addresses.answers:
            old.addresses.add(address, "redirect", _nearest(plan, address), page.path)
        old.plan.tell("Pages", page.get("title"), page.path, "redirected; it listed what is data")
    lists = [page for page in sections.values() if page in plan.pages]
    shown = [name for page, name, *_rest in found if is_yes(page.data.get("nav"))]
    plan.navigation = list(dict.fromkeys([*shown, *lists]))


def _title(text: str) -> str:
    return re.sub(r"[<>\n]", "", text)


def _nearest(plan: Plan, address: str) -> str:
    top = address.strip("/").split("/")[0]
    return top if top in plan.pages else "index"
