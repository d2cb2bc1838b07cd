"""What all sites of Jekyll have: configuration, collections, pages, and addresses by its rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bibfolio.importing.addresses import ending, of_document, of_page, page_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import words_of
from bibfolio.importing.pages import OldPages, Placed
from bibfolio.importing.people import spelt
from bibfolio.importing.source import Page, host_of, is_yes, items_of, table_of, text_of
from bibfolio.importing.writing import KEPT
from bibfolio.sources.links import web_url

_PAGES = (".md", ".markdown", ".html")
_NO_PAGES = {"README", "LICENSE", "CONTRIBUTING", "INSTALL", "CUSTOMIZE", "FAQ", "CHANGELOG"}
#: Signs of pages that the new site makes itself, in the address or the layout → its name.
_MADE = (
    (re.compile(r"^/publications?(?:/|\.html)?$|layout:publications"), "publications"),
    (re.compile(r"^/(?:cv|resume)(?:/|\.html)?$|layout:cv\b"), "cv"),
    (re.compile(r"^/404"), "404"),
)
_YEAR = re.compile(r"\b(\d{4})-\d")
#: Places below the root that hold no pages.
_ASIDE = re.compile(r"(?:assets|bin|lighthouse_results|_(?!pages/)\w+)/")


@dataclass
class Jekyll(OldPages):
    """A site of Jekyll while it is carried over."""

    config: dict[str, Any] = field(default_factory=dict)
    #: Pages of ours of which the old site's own take the place.
    kept: frozenset[str] = frozenset()
    #: The language whose pages are carried.
    language: str = ""
    #: Collections that were not shown.
    hidden: AbstractSet[str] = frozenset()

    def __post_init__(self) -> None:
        self.base = text_of(self.config.get("baseurl")).rstrip("/")
        listed = [text_of(self.config.get("url")), f"https://{self.site.text('CNAME').strip()}"]
        self.hosts = {host_of(address) for address in listed} - {""}
        languages = [text_of(one) for one in items_of(self.config.get("languages"))]
        default = text_of(self.config.get("default_lang") or self.config.get("lang"))
        self.language = default if default in languages else next(iter(languages), "")
        self.others = {one.casefold() for one in languages} - {self.language.casefold()}
        for path in list(self.site.files):
            if self.others.intersection(path.casefold().split("/")):
                self.left(path, "it is in another language")
                del self.site.files[path]
        self.paths = {path: path for path in self.site.files}

    def person(self, *names: str) -> None:
        """Carry the name, the first of *names* that is one, and what the configuration says."""
        config, plan = self.config, self.plan
        plan.name = next((one for one in names if one and not telltale(one)), "")
        url = text_of(config.get("url"))
        if domain := self.site.text("CNAME").strip():
            url = f"https://{domain}"
        if web_url(url) and not telltale(url):
            plan.url = f"{web_url(url).rstrip('/')}{self.base}/"
        plan.base = self.base
        about = words_of(text_of(config.get("description")))
        plan.description = "" if telltale(about) else about
        where, look = (
            ("profile.toml, name", "")
            if plan.name
            else ("no name was found", "write name in profile.toml")
        )
        plan.tell("Person", plan.name or "name", "_config.yml", where, look)

    def say(self, source: str, key: str, text: str, called: str, look: str = "") -> None:
        """Carry a line of the profile, unless it is the template's."""
        if text and not telltale(text):
            self.plan.profile[key] = spelt(text) if key == "email" else text
            self.plan.tell("Person", called, source, f"profile.toml, {key}", look)

    def portrait(self, picture: str, folder: str, source: str) -> None:
        """Carry the picture of the person, which is in a folder or has a path."""
        paths = (path for path in (f"{folder}/{picture}", picture.lstrip("/")))
        path = next((path for path in paths if path in self.paths), "")
        if path and not self.site.is_template(path) and self.keep(path):
            self.say(source, "portrait", f"{KEPT}/{path}", picture)
        elif picture and not path:
            self.plan.tell(
                "Person", picture, source, "not in the old site", "write portrait in profile.toml"
            )

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
        self.hidden = listed.keys() - shown.keys() - {"posts"}
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
            else:
                found.append((page, address))
        for path in self.site.below("_drafts", *_PAGES) if collection == "posts" else ():
            self.left(path, "it is a draft")
        return found

    def place_rest(self, *done: str) -> None:
        """Give the pages of all other collections the places they had, posts last."""
        names = [name for name in self.collections if name not in {*done, "posts"}]
        for name in (*names, "posts"):
            self.place_all(name.capitalize(), self.documents(name, "index"))
        # Lists of those that are done were shown, even if pages of their items were not.
        for name in sorted(self.hidden - {*done}):
            for path in self.site.below(f"_{name}", *_PAGES):
                self.left(path, f"the old site did not show the collection {name}")

    def know(self, page: Page, address: str) -> None:
        """Note where a page was, and the addresses that led there."""
        self.places[page.path] = address
        more = items_of(page.data.get("redirect_from"))
        self.aliases += [(alias, address) for alias in more if isinstance(alias, str)]

    def _is_public(self, page: Page) -> bool:
        parts = page.path.split("/")
        inner = parts[1:] if page.path[0] == "_" else parts[-1:]
        why = "" if page.is_public else "it was not published"
        if any(part[0] in "_.#~" for part in inner):
            why = "the old site did not show files and folders that begin with _"
        elif page.get("lang").casefold() in self.others:
            why = "it is in another language"
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
                yield page, address, "index" if is_home else next(ours, "publications" * is_list)

    def place_pages(self) -> None:
        """Find the home page, and place the pages that are in no collection."""
        found: list[tuple[Page, str]] = []
        for page, address, ours in self.pages():
            title, how = page.get("title"), "page" if page_of(address) == ours else "redirect"
            says = ours not in {"", "index"} and self.says_something(page)
            is_instead = says and ours in self.kept
            is_old = (is_instead or ours in {"", "index"}) and self.is_template(page)
            if ours == "index" and not is_old and (address == "/" or self.home is None):
                self.home = page
            if is_instead and not is_old:
                # Ours is replaced by theirs, which the owner is to sort into the profile.
                self.plan.pages[ours], self.plan.titles[ours] = "", words_of(title) or ours
                self.placed.append(Placed(page, ours, address, "Kept"))
            elif ours and ours != "index":
                own, look = "", ""
                if says:
                    own, look = (
                        " is made from data",
                        "copy the words of the old page if you need them",
                    )
                self.plan.tell("Pages", title or ours, page.path, f"{ours}.md{own}", look)
            elif not ours and not is_old:
                found.append((page, address))
                continue
            self.addresses.add(address, how if ours else "redirect", ours or "index", page.path)
        if self.home:
            title = words_of(self.home.get("title"))
            if not self.plan.name and 1 < len(title.split()) < 5 and not telltale(title):
                self.plan.name = title
                look = "check the name: it was the title of the home page"
                self.plan.tell("Person", "name", self.home.path, "profile.toml, name", look)
            self.plan.pages["index"], self.plan.titles["index"] = "", self.plan.name
        self.place_all("Pages", sorted(found, key=lambda one: _number(one[0].get("nav_order"))))

    def archives(self, nearest: str) -> None:
        """Have lists by year, tag and category, and the parts of the blog, lead to *nearest*."""
        # Three to a page, or more: some of these were not there.
        pages = (len(self.served.get("posts", [])) + 2) // 3
        names = [f"/blog/page/{number}/" for number in range(2, pages + 1)]
        for collection in {"posts": {}, **table_of(self.config.get("jekyll-archives"))}:
            top = "/blog" if collection == "posts" else f"/{collection}"
            served = self.served.get(collection, [])
            names += [name for page, _address in served for name in _archives_of(page, top)]
        for name in names:
            if name not in self.addresses.answers:
                self.addresses.add(name, "redirect", nearest)


def _archives_of(page: Page, top: str) -> Iterator[str]:
    """Yield the addresses of the lists below *top* in which a page is."""
    yield from (f"{top}/{year}/" for year in _YEAR.findall(page.get("date") or page.path))
    for kind, key in (("tag", "tags"), ("category", "categories")):
        for word in words_in(page.data.get(key)):
            if slug := re.sub(r"[\W_]+", "-", word).strip("-").lower():
                yield f"{top}/{kind}/{slug}/"


def words_in(value: object) -> Iterable[str]:
    """Return the tags of a page, which may be a list or words in a line."""
    return map(text_of, value) if isinstance(value, list) else text_of(value).split()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 99
