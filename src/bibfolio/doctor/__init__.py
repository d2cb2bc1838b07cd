"""The health of a built site: reads pages and files as visitors get them, and judges them.

``bibfolio doctor`` examines the folder ``_build/site`` after a build. This module reads the folder:
pages, files, and the source of each. ``links`` and ``pages`` yield the problems.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from bibfolio.problems import Problem, WarningKind

#: Address of a site without an address (RFC 2606: nobody can own this host).
NOWHERE = "https://site.invalid/"


class Page:
    """One HTML file."""

    def __init__(self, path: str, html: str) -> None:
        #: Below the site's root: ``research/index.html``.
        self.path = path
        self.soup = BeautifulSoup(html, "html.parser")

    def __str__(self) -> str:
        """Return the address below the root; ``/`` for the home page."""
        return address_of(self.path) or "/"

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return the fragments that name a place in the page (HTML, "Scrolling to a fragment")."""
        named = {text(tag, "name") for tag in self.soup.find_all("a", attrs={"name": True})}
        return frozenset({text(tag, "id") for tag in self.soup.find_all(id=True)} | named)

    def metas(self, name: str) -> list[str]:
        """Return the content of every ``<meta>`` of this name or property, in order."""
        tags = self.soup.find_all("meta")
        found = [tag for tag in tags if name in {tag.get("name"), tag.get("property")}]
        return [text(tag, "content").strip() for tag in found]

    @cached_property
    def leads_on(self) -> str:
        """Return the address to which the page redirects; empty if it does not."""
        for tag in self.soup.find_all("meta", attrs={"http-equiv": re.compile("^refresh$", re.I)}):
            if found := re.search(r"url\s*=\s*['\"]?([^'\"]+)", text(tag, "content"), re.I):
                return found[1].strip()
        return ""

    @property
    def is_hidden(self) -> bool:
        """Return whether the page asks search engines to leave it out."""
        return any("noindex" in value.lower() for value in self.metas("robots"))


class Place(NamedTuple):
    """Where a problem is: file and line."""

    file: str
    #: Counted from 1; 0 if only the file is known.
    line: int = 0

    def problem(self, kind: WarningKind, message: str) -> Problem:
        """Return a problem at this place."""
        return Problem(kind, message, self.line, file=self.file)


class BuiltSite:
    """A built site and its sources.

    Args:
        folder: the folder of the site.
        source: the folder of ``conf.py``.
        papers: document name of a paper's page → its entry.
        files: the folder below the site's root with files of the owner.
        is_guest: whether it is a project in which bibfolio is a guest: what its own pages weigh and
            lack is the business of its theme, and papers need no pages.
    """

    def __init__(
        self,
        folder: Path,
        source: Path,
        papers: Mapping[str, Place],
        files: str = "files",
        is_guest: bool = False,
    ) -> None:
        self.folder = folder
        self.source = source
        self.papers = papers
        self.is_guest = is_guest
        self._aside = ("_static/", "_sources/", f"{files}/")
        found = (path for path in folder.rglob("*") if path.is_file())
        #: Every file, below the site's root.
        self.files = frozenset(path.relative_to(folder).as_posix() for path in found)
        #: Path → page, in the order of the paths.
        self.pages = {
            path: Page(path, self.read(path))
            for path in sorted(self.files)
            if path.endswith(".html") and not self.is_aside(path)
        }

    def is_aside(self, path: str) -> bool:
        """Return whether a file is the owner's, a part or source of pages, or a copy of a page."""
        is_copy = path == "404.html" and "404/index.html" in self.files
        return is_copy or path.startswith(self._aside)

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.folder / path).read_text(encoding="utf-8", errors="replace")

    @cached_property
    def base(self) -> str:
        """Return the absolute address of the root, from the canonical link of the home page."""
        home = self.pages.get("index.html")
        tag = home.soup.find("link", rel="canonical", href=True) if home else None
        canonical = text(tag, "href") if isinstance(tag, Tag) else ""
        is_absolute = urlsplit(canonical).scheme in {"http", "https"}
        return urljoin(canonical, ".") if is_absolute else NOWHERE

    @property
    def has_address(self) -> bool:
        """Return whether the site names its own address."""
        return self.base != NOWHERE

    def own(self, path: str, address: str) -> str | None:
        """Return where *address* in the file at *path* leads below the root; None if elsewhere.

        Raises:
            ValueError: the address is none, such as ``https://[``.
        """
        target = urljoin(self.base + address_of(path), address.strip())
        root = self.base.rstrip("/")
        if target == root or target.startswith(f"{root}#"):  # the home page, without its slash
            target = target.replace(root, self.base, 1)
        return target.removeprefix(self.base) if target.startswith(self.base) else None

    def file(self, address: str) -> str | None:
        """Return the file that a server sends for an address below the root; None without one."""
        path = unquote(urlsplit(address).path)
        index = f"{path.rstrip('/')}/index.html".lstrip("/")
        return next((name for name in (path, index) if name in self.files), None)

    def place(self, path: str) -> Place:
        """Return the source of the file at *path*: an entry, a page, or the file itself."""
        name = re.sub(r"(/index)?\.(html|md)$", "", path)
        if name in self.papers:
            return self.papers[name]
        sources = [self.source / f"{name}{end}" for end in (".md", ".rst", "/index.md")]
        file = next((file for file in sources if file.is_file()), self.folder / path)
        return Place(file.as_posix())


def address_of(path: str) -> str:
    """Return the address of a file below the root: that of a folder for its ``index.html``."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def text(tag: Tag, attribute: str) -> str:
    """Return the value of an attribute; empty without it."""
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else value or ""
