"""The folder of a built site → its pages as data, and what an address means there."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

#: Address of a site that does not say where it is (RFC 2606: nobody can own the host).
NOWHERE = "https://site.invalid/"
#: Folders that hold what pages are made with, and no pages of the site.
_NO_PAGES = frozenset({"_static", "_sources"})


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
    def canonical(self) -> str:
        """The address the page calls its own; empty if it names none."""
        tag = self.soup.find("link", rel="canonical", href=True)
        return text(tag, "href") if isinstance(tag, Tag) else ""

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


class BuiltSite:
    """All that was built.

    Args:
        folder: where it is.
        aside: a folder below the site's root that holds files of the owner's, as they are.
    """

    def __init__(self, folder: Path, aside: str = "") -> None:
        self.folder = folder
        self._aside = {*_NO_PAGES, *([aside] if aside else [])}
        found = (path for path in folder.rglob("*") if path.is_file())
        #: Every file, below the site's root.
        self.files = frozenset(path.relative_to(folder).as_posix() for path in found)
        self._lower = {file.lower(): file for file in self.files}
        #: Path → page, in the order of the paths.
        self.pages = {
            path: Page(path, self.read(path))
            for path in sorted(self.files)
            if path.endswith(".html") and not self.is_aside(path)
        }

    def is_aside(self, path: str) -> bool:
        """Whether a file is neither a page nor about pages."""
        return any(path.startswith(f"{folder}/") for folder in self._aside)

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.folder / path).read_text(encoding="utf-8", errors="replace")

    @cached_property
    def base(self) -> str:
        """Absolute address of the site's root, from what its first page calls its own."""
        home = self.pages.get("index.html")
        canonical = home.canonical if home else ""
        is_absolute = urlsplit(canonical).scheme in {"http", "https"}
        return urljoin(canonical, ".") if is_absolute else NOWHERE

    @property
    def has_address(self) -> bool:
        """Whether the site says where it is."""
        return self.base != NOWHERE

    def absolute(self, path: str, address: str) -> str:
        """What *address* means in the file at *path*."""
        return urljoin(self.base + address_of(path), address.strip())

    def own(self, path: str, address: str) -> str | None:
        """*address*, found in the file at *path*, below the root; None if it leads elsewhere.

        Raises:
            ValueError: it is no address at all, such as ``https://[``.
        """
        target = self.absolute(path, address)
        if target + "/" == self.base or target.startswith(f"{self.base.rstrip('/')}#"):
            target = target.replace(self.base.rstrip("/"), self.base, 1)
        return target.removeprefix(self.base) if target.startswith(self.base) else None

    def file(self, address: str) -> str | None:
        """The file a server answers with to an address below the root; None if there is none."""
        path = unquote(urlsplit(address).path)
        index = f"{path.rstrip('/')}/index.html".lstrip("/")
        if path in self.files:
            return path
        return index if index in self.files else None

    def other_case(self, address: str) -> str:
        """The file that differs from an address below the root only in case, if there is one."""
        path = unquote(urlsplit(address).path)
        index = f"{path.rstrip('/')}/index.html".lstrip("/")
        return self._lower.get(path.lower()) or self._lower.get(index.lower()) or ""


def address_of(path: str) -> str:
    """The address of a file below the root: a folder stands for the page in it."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def text(tag: Tag, attribute: str) -> str:
    """The value of an attribute; empty without it."""
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else value or ""
