"""The health of a built site: what is published is read as its visitors read it, and judged.

It is no part of the build: ``bibfolio doctor`` examines what lies in ``_build/site``. Here the
folder is read: its pages and files as data, and where each comes from. ``links`` and ``pages`` say
what is wrong with them.
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

#: Address of a site that does not say where it is (RFC 2606: nobody can own the host).
NOWHERE = "https://site.invalid/"


class Page:
    """One HTML file."""

    def __init__(self, path: str, html: str) -> None:
        #: Below the site's root: ``research/index.html``.
        self.path = path
        self.soup = BeautifulSoup(html, "html.parser")

    def __str__(self) -> str:
        """Its address below the root, as people say it; ``/`` for the first page."""
        return address_of(self.path) or "/"

    @cached_property
    def ids(self) -> frozenset[str]:
        """Places in the page that a fragment can name (HTML, "Scrolling to a fragment")."""
        named = {text(tag, "name") for tag in self.soup.find_all("a", attrs={"name": True})}
        return frozenset({text(tag, "id") for tag in self.soup.find_all(id=True)} | named)

    def metas(self, name: str) -> list[str]:
        """Content of every ``<meta>`` of this name or property, in order."""
        tags = self.soup.find_all("meta")
        found = [tag for tag in tags if name in {tag.get("name"), tag.get("property")}]
        return [text(tag, "content").strip() for tag in found]

    @cached_property
    def leads_on(self) -> str:
        """Where the page sends its visitors at once; empty for a page to stay on."""
        for tag in self.soup.find_all("meta", attrs={"http-equiv": re.compile("^refresh$", re.I)}):
            if found := re.search(r"url\s*=\s*['\"]?([^'\"]+)", text(tag, "content"), re.I):
                return found[1].strip()
        return ""

    @property
    def is_hidden(self) -> bool:
        """Whether search engines are told to leave the page out."""
        return any("noindex" in value.lower() for value in self.metas("robots"))


class Place(NamedTuple):
    """Where to look for what is wrong."""

    file: str
    #: Counted from 1; 0 if only the file is known.
    line: int = 0

    def problem(self, kind: WarningKind, message: str) -> Problem:
        """Return a problem that is to be solved here."""
        return Problem(kind, message, self.line, file=self.file)


class BuiltSite:
    """All that was built, and what it was built from.

    Args:
        folder: where the site is.
        source: the folder of ``conf.py``.
        papers: document name of a paper's page → its entry.
        files: a folder below the site's root that holds files of the owner's, as they are.
    """

    def __init__(
        self, folder: Path, source: Path, papers: Mapping[str, Place], files: str = "files"
    ) -> None:
        self.folder = folder
        self.source = source
        self.papers = papers
        # The first two hold what pages are made with and from.
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
        """Return whether a file is neither a page nor about pages."""
        return path.startswith(self._aside)

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.folder / path).read_text(encoding="utf-8", errors="replace")

    @cached_property
    def base(self) -> str:
        """Absolute address of the site's root, from what its first page calls its own."""
        home = self.pages.get("index.html")
        tag = home.soup.find("link", rel="canonical", href=True) if home else None
        canonical = text(tag, "href") if isinstance(tag, Tag) else ""
        is_absolute = urlsplit(canonical).scheme in {"http", "https"}
        return urljoin(canonical, ".") if is_absolute else NOWHERE

    @property
    def has_address(self) -> bool:
        """Whether the site says where it is."""
        return self.base != NOWHERE

    def own(self, path: str, address: str) -> str | None:
        """Return *address*, found in the file at *path*, below the root; None if it leads away.

        Raises:
            ValueError: it is no address at all, such as ``https://[``.
        """
        target = urljoin(self.base + address_of(path), address.strip())
        root = self.base.rstrip("/")
        if target == root or target.startswith(f"{root}#"):  # the home page, without its slash
            target = target.replace(root, self.base, 1)
        return target.removeprefix(self.base) if target.startswith(self.base) else None

    def file(self, address: str) -> str | None:
        """Return the file with which a server answers to an address below the root, if any."""
        path = unquote(urlsplit(address).path)
        index = f"{path.rstrip('/')}/index.html".lstrip("/")
        return next((name for name in (path, index) if name in self.files), None)

    def place(self, path: str) -> Place:
        """Return where the file at *path* comes from: an entry, a page's source or only itself."""
        name = re.sub(r"(/index)?\.(html|md)$", "", path)
        if name in self.papers:
            return self.papers[name]
        sources = [self.source / f"{name}{end}" for end in (".md", ".rst", "/index.md")]
        file = next((file for file in sources if file.is_file()), self.folder / path)
        return Place(file.as_posix())


def address_of(path: str) -> str:
    """Return the address of a file below the root: a folder stands for the page in it."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def text(tag: Tag, attribute: str) -> str:
    """Return the value of an attribute; empty without it."""
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else value or ""
