"""The pages and files of an old site, whatever made it: their places, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from bibfolio.importing.addresses import OWN, Addresses, docname, page_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import converted, words_of
from bibfolio.importing.plan import HOMELESS, LEFT, TEMPLATE, Plan
from bibfolio.importing.source import OldSite, Page, host_of, is_yes, leaves, table_of, text_of
from bibfolio.importing.writing import KEPT

#: Folders and files of a new site that hold something else than pages.
_RESERVED = {"papers", "notes", "files", "figures", "profile", "README", "IMPORTED", KEPT}
#: What the report says of a page on which something was taken out, behind the number.
MARKED = "marked % import: …"
#: What there is to do with a CV that is a page of text.
_SORT = "sort it into profile.toml: the PDF of the CV has only what is there"
#: Settings that have no place here → what becomes of them, and what there is to do.
_INSTEAD = {
    "impressum_path": ("not carried over", "write a page, and link it from index.md"),
    "privacy_path": ("not carried over", "write a page, and link it from index.md"),
    "cv_pdf": ("the site makes a PDF of its CV", ""),
}
_NOTHING_ELSEWHERE = ("the site loads nothing from other hosts", "")


class Placed(NamedTuple):
    """A page that has a place in the new site."""

    page: Page
    name: str
    address: str
    kind: str


@dataclass
class OldPages:
    """An old site while it is carried over."""

    site: OldSite
    plan: Plan
    addresses: Addresses
    #: Path of a source → its address, for `{% link %}`.
    places: dict[str, str] = field(default_factory=dict)
    #: Keys of papers, which pages may cite.
    keys: frozenset[str] = frozenset()
    #: The home page, and pages without words of their own, with their addresses.
    home: Page | None = None
    empty: list[tuple[Page, str]] = field(default_factory=list)
    #: Collection → all that was shown of it, the template's own as well.
    served: dict[str, list[tuple[Page, str]]] = field(default_factory=dict)
    #: Further addresses of pages → the address of each.
    aliases: list[tuple[str, str]] = field(default_factory=list)
    #: All pages that have a place, but for the home page.
    placed: list[Placed] = field(default_factory=list)
    #: Page → the list of others that stands on it, below its own text.
    lists: dict[str, str] = field(default_factory=dict)
    #: Path at which the old site served a file → where that is in its folder.
    paths: dict[str, str] = field(default_factory=dict)
    #: Languages whose pages are not carried, in small letters.
    others: set[str] = field(default_factory=set)
    #: The path below which the site was, empty for the root; names of hosts that are this site.
    base: str = ""
    hosts: set[str] = field(default_factory=set)

    def left(self, path: str, why: str) -> None:
        """Note a file that is not carried."""
        self.plan.tell(LEFT, path.rpartition("/")[2], path, why)

    def is_template(self, page: Page) -> bool:
        """Return whether a page is the template's, which is noted."""
        tells = telltale(page.get("title")) or telltale(page.get("description"))
        word = tells or telltale(words_of(page.body)[:2000])
        if page.is_template or word:
            self.left(page.path, f"{TEMPLATE}: {word}" if word else f"{TEMPLATE}, unchanged")
        return page.is_template or bool(word)

    def place(self, page: Page, address: str) -> str:
        """Give a page the place it had; return its name, or "" if it cannot have one."""
        name = page_of(address)
        if not name:
            self.site.refuse(
                page.path, f"the address {address} is not below the site, so the page was left out"
            )
            return ""
        top, how = name.partition("/")[0], "page"
        if top in _RESERVED or top[0] == "_" or "." in top:
            name, how = f"pages/{name}", "redirect"
        is_taken = name in OWN or name in self.plan.pages
        if is_taken or not self.addresses.add(address, how, name, page.path):
            self.left(page.path, f"another page has the address {address}")
            return ""
        self.plan.pages[name] = ""
        self.plan.titles[name] = words_of(page.get("title")) or name.rpartition("/")[2]
        self.plan.descriptions[name] = words_of(page.get("description"))
        return name

    def fill(self, page: Page, name: str, address: str, look: str = "") -> None:
        """Convert the text of a page that has its place, and tell what is left to do there."""
        text, notes = converted(page.body, partial(self.resolve, here=address), self.keys)
        self.plan.pages[name] = text
        marked = f"mend {len(notes)} place{'s' * (len(notes) != 1)} {MARKED}" if notes else ""
        look = "; ".join(filter(None, (look, marked)))
        self.plan.tell("Pages", self.plan.titles.get(name, name), page.path, f"{name}.md", look)

    def says_something(self, page: Page) -> bool:
        """Return whether there are words on a page, and not just what Liquid made of data."""
        return bool(words_of(page.body))

    def resolve(self, target: str, here: str = "/", *, in_profile: bool = False) -> str | None:
        """Return where a link leads now: "" if nowhere, None if it stays as it is."""
        given = target
        target = f"https:{target}" if target.startswith("//") else target
        if scheme := re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", target):
            host = host_of(target)
            if host not in self.hosts:
                stays = None if target == given else target
                is_mail = scheme[1].lower() == "mailto" and not in_profile
                return stays if host or is_mail else ""
            target = urlsplit(target).path or "/"
        if target.startswith("#"):
            return ""
        source = unquote(target).lstrip("/")
        path = unquote(urljoin(here, re.sub(r"[?#].*", "", self.places.get(source, target))))
        path = re.sub(
            r"//+", "/", re.sub(r"^(?:/\.\.)+(?=/)", "", path)
        )  # above the root is the root
        if self.base and path.startswith(f"{self.base}/"):
            path = path.removeprefix(self.base)
        for form in (path, f"{path}/", path.rstrip("/"), f"{path}.html", f"/{source}"):
            answer = self.addresses.answers.get(form)
            if answer and answer.how in {"page", "redirect"}:
                page = answer.target
                page = "publications" if page.startswith("papers/") else page
                return _link_in_profile(page) if in_profile else f"/{page}.md"
            if form.strip("/") in self.paths and not form.endswith((".md", ".scss")):
                return self.keep(form.strip("/"), in_profile=in_profile)
        return f"/{docname(path)}.md" if docname(path) in OWN and not in_profile else ""

    def keep(self, path: str, *, in_profile: bool = True) -> str:
        """Keep a file at its path; return the address for a link to it, or "" if it cannot be."""
        if path not in self.plan.files:
            is_hidden = any(part[0] in "_." for part in path.split("/"))
            source = self.paths.get(path, "")
            if is_hidden or not docname(path) or self.site.bytes_of(source) is None:
                self.site.refuse(
                    source or path, "this file was left out because of its name or size"
                )
                return ""
            self.plan.files[path] = source
            self.addresses.add(f"/{path}", "file", path)
        return f"/{path}" if in_profile else f"/{KEPT}/{path}"

    def keep_pdfs(self) -> None:
        """Keep all PDFs at their paths, but for the template's."""
        for path, source in self.paths.items():
            if path.endswith(".pdf") and path[0] != "_":
                if self.site.is_template(source):
                    self.left(source, f"{TEMPLATE}, unchanged")
                else:
                    self.keep(path)

    def place_all(self, kind: str, pages: Iterable[tuple[Page, str]]) -> None:
        """Give pages the places they had; those without words of their own have none."""
        for page, address in pages:
            if kind == "Pages" and not self.says_something(page):
                self.empty.append((page, address))
            elif name := self.place(page, address):
                self.placed.append(Placed(page, name, address, kind))

    def place_of(self, page: Page) -> str:
        """Return the address of a page in the profile; empty if it has no place."""
        return next((f"/{one.name}/" for one in self.placed if one.page.path == page.path), "")

    def finish(self, lists: Mapping[str, str]) -> None:
        """Make the pages that listed others, and convert all texts.

        Args:
            lists: kind of pages, or name of a table of the profile → the page that lists them.
        """
        self._make_lists(lists)
        if self.home:
            self.fill(self.home, "index", "/")
        for page, name, address, kind in self.placed:
            self.fill(page, name, address, _SORT if kind == "Kept" else "")
        for name, text in self.lists.items():
            self.plan.pages[name] = f"{self.plan.pages[name]}\n{text}".lstrip()
        for alias, address in self.aliases:
            if answer := self.addresses.answers.get(address):
                self.addresses.add(f"/{alias.lstrip('/')}", "redirect", answer.target)
        for language in sorted(self.others):
            for address, (how, target) in list(self.addresses.answers.items()):
                if how in {"page", "redirect"}:
                    self.addresses.add(f"/{language}{address}", "redirect", target)

    def _make_lists(self, lists: Mapping[str, str]) -> None:
        """Make the pages that list others, lead empty ones to the nearest, and make the menu."""
        plan = self.plan
        for kind, folder in lists.items():
            names = [one.name for one in self.placed if one.kind == kind and one.name != folder]
            table = kind.lower() if kind.lower() in plan.profile else ""
            if not names and not table:
                continue
            text = f"```{{{table}}}\n```\n" * bool(table)
            look = ":hidden:" if table else ":maxdepth: 1"
            lines = "".join(
                f"{re.sub(r'[<>]', '', plan.titles[name])} </{name}>\n" for name in names
            )
            text += f"\n```{{toctree}}\n{look}\n\n{lines}```\n" * bool(names)
            self.lists[folder] = text.lstrip()
            plan.pages.setdefault(folder, "")
            plan.titles.setdefault(folder, folder.capitalize())
            self.addresses.answers.pop(f"/{folder}/", None)
            self.addresses.add(f"/{folder}/", "page", folder)
        for page, address in self.empty:
            top = address.strip("/").split("/")[0]
            if address not in self.addresses.answers:
                nearest = top if top in plan.pages else "index"
                self.addresses.add(address, "redirect", nearest, page.path)
            plan.tell("Pages", page.get("title"), page.path, "no page: it listed what is data now")
        shown = [one.name for one in self.placed if is_yes(one.page.data.get("nav"))]
        there = [page for page in lists.values() if page in plan.pages]
        plan.navigation = list(dict.fromkeys([*shown, *there]))

    def homeless(self, source: str, data: Mapping[str, Any], keys: str, inner: str = ".*") -> None:
        """Name the settings that have no home here, without their values.

        Args:
            source: the file in which they are.
            data: all settings.
            keys: pattern of those that have none, whatever they say.
            inner: pattern of what is set within them.
        """
        for key, value in data.items():
            texts = [text for name, text in leaves(key, value) if re.fullmatch(inner, name)]
            given = table_of(value)
            is_off = "false" in (text_of(given.get("provider")), text_of(given.get("enabled")))
            is_old = is_off or any(map(telltale, texts))
            if re.fullmatch(keys, key) and any(texts) and not is_old:
                self.plan.tell(HOMELESS, key, source, *_INSTEAD.get(key, _NOTHING_ELSEWHERE))
        if self.base:
            where = f"the old site was below {self.base}"
            look = "publish the new one below the same path, or old addresses do not work"
            self.plan.tell(HOMELESS, "the path of the site", source, where, look)


def is_long(page: Page) -> bool:
    """Return whether there is more than a line of text on a page."""
    return "\n" in page.body.strip() or len(page.body.strip()) > 200


def _link_in_profile(page: str) -> str:
    return "/" if page == "index" else f"/{page}/"
