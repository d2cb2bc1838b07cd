"""The pages and files of an old site, whatever made it: their places, and where links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote, urljoin, urlsplit

from bibfolio.importing.addresses import OWN, Addresses, docname, page_of
from bibfolio.importing.leftovers import telltale
from bibfolio.importing.markdown import converted, words_of
from bibfolio.importing.plan import LEFT, Plan
from bibfolio.importing.source import OldSite, Page, host_of
from bibfolio.importing.writing import KEPT

#: What the report says of a page on which something was taken out, behind the number.
MARKED = "marked % import: …"


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
            self.left(page.path, f"the template's: {word}" if word else "the template's, unchanged")
        return page.is_template or bool(word)

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
        look = f"{len(notes)} {MARKED}" if notes else ""
        self.plan.tell(kind, self.plan.titles.get(name, name), page.path, f"{name}.md", look)

    def also(self) -> None:
        """Have the further addresses of pages lead to where these are now."""
        for alias, address in self.aliases:
            if answer := self.addresses.answers.get(address):
                self.addresses.add(f"/{alias.lstrip('/')}", "redirect", answer.target)

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
        path = re.sub(r"^(?:/\.\.)+(?=/)", "", path)  # above the root is the root
        if self.base and path.startswith(f"{self.base}/"):
            path = path.removeprefix(self.base)
        for form in (path, f"{path}/", path.rstrip("/"), f"{path}.html", f"/{source}"):
            answer = self.addresses.answers.get(form)
            if answer and answer.how in {"page", "redirect"}:
                page = answer.target if "papers/" not in answer.target else "publications"
                return _link_in_profile(page) if in_profile else f"/{page}.md"
            if self.source_of(form.strip("/")) and not form.endswith((".md", ".scss")):
                return self.keep(form.strip("/"), in_profile=in_profile)
        return f"/{docname(path)}.md" if docname(path) in OWN and not in_profile else ""

    def keep(self, path: str, *, in_profile: bool = True) -> str:
        """Keep a file at its path; return the address for a link to it, or "" if it cannot be."""
        if path not in self.plan.files:
            is_hidden = any(part[0] in "_." for part in path.split("/"))
            source = self.source_of(path)
            if is_hidden or not docname(path) or self.site.bytes_of(source) is None:
                self.site.refuse(source or path, "is not carried; its name or size cannot be")
                return ""
            self.plan.files[path] = source
            self.addresses.add(f"/{path}", "file", path)
        return f"/{path}" if in_profile else f"/{KEPT}/{path}"

    def source_of(self, path: str) -> str:
        """Return the file of the old site that is served at a path below the root; "" if none."""
        return path if path in self.site.files else ""


def _link_in_profile(page: str) -> str:
    return "/" if page == "index" else f"/{page}/"
