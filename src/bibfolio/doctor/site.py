"""The folder of a built site → its pages and addresses as data, and the sources of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import NamedTuple
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


class BuiltSite:
    """All that was built, and what it was built from.

    Args:
        folder: where the site is.
        source: the folder of ``conf.py``.
        papers: document name of a paper's page → its entry.
        shared: files whose values stand on many pages: bibliographies and the profile.
        files: a folder below the site's root that holds files of the owner's, as they are.
    """

    def __init__(
        self,
        folder: Path,
        source: Path,
        papers: Mapping[str, Place],
        shared: Sequence[Path] = (),
        files: str = "files",
    ) -> None:
        self.folder = folder
        self.source = source
        self.papers = papers
        self.shared = [path.as_posix() for path in shared]
        self._aside = {*_NO_PAGES, files}
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
        return any(path.startswith(f"{folder}/") for folder in self._aside)

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
        for document in (name, f"{name}/index"):
            if document in self.papers:
                return self.papers[document]
            for suffix in (".md", ".rst", ".txt"):
                if (self.source / f"{document}{suffix}").is_file():
                    return Place((self.source / f"{document}{suffix}").as_posix())
        return Place((self.folder / path).as_posix())


class Reference(NamedTuple):
    """One address, as it stands in a file."""

    file: str
    address: str
    is_picture: bool = False
    #: Whether it stands around what the page says: in its header, navigation or footer.
    is_frame: bool = False


#: Attributes that name files (HTML, "Attributes").
_ATTRIBUTES = ("href", "xlink:href", "src", "srcset", "action", "data", "poster")
#: Relations of ``<link>`` that only prepare a connection, and those that name a picture.
_NO_FILES = frozenset({"preconnect", "dns-prefetch"})
_PICTURE_LINKS = frozenset({"icon", "apple-touch-icon", "mask-icon"})
_PICTURE_TAGS = ("og:image", "twitter:image")
_ADDRESS_TAGS = ("citation_abstract_html_url", "citation_pdf_url", "og:url")
#: Files for programs and for readers of plain text.
_TEXTS = (".xml", ".json", ".md", ".txt")


def references_in_page(page: Page) -> Iterator[Reference]:
    """Yield everything a page loads or leads to, in the order of the page."""
    for tag in page.soup.find_all(True):
        relations = set(text(tag, "rel").split()) if tag.name == "link" else set()
        if relations & _NO_FILES:
            continue
        is_frame = tag.find_parent(_is_main) is None
        is_picture = tag.name in {"img", "image", "video"} or bool(relations & _PICTURE_LINKS)
        for name in _ATTRIBUTES:
            value = text(tag, name)
            if name == "srcset":  # a.png 1x, b.png 2x
                for part in filter(str.strip, value.split(",")):
                    yield Reference(page.path, part.split()[0], is_picture=True)
            elif tag.has_attr(name):
                yield Reference(page.path, value.strip(), is_picture, is_frame)
    for name in (*_PICTURE_TAGS, *_ADDRESS_TAGS):
        for address in page.metas(name):
            yield Reference(page.path, address, name in _PICTURE_TAGS)
    if page.leads_on:
        yield Reference(page.path, page.leads_on)


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.get("role") == "main"


def references_in_file(site: BuiltSite, path: str) -> Iterator[Reference]:
    """Yield every absolute address inside the site that a feed, a sitemap or a text names."""
    if path.endswith(_TEXTS) and site.has_address:
        for found in re.findall(rf"{re.escape(site.base)}[^\s\"'<>()\[\]`]*", site.read(path)):
            # A fragment may only make an identifier of the address, as in JSON-LD.
            yield Reference(path, unescape(found).partition("#")[0].rstrip(".,;:"))


def address_of(path: str) -> str:
    """Return the address of a file below the root: a folder stands for the page in it."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def text(tag: Tag, attribute: str) -> str:
    """Return the value of an attribute; empty without it."""
    value = tag.get(attribute)
    return " ".join(value) if isinstance(value, list) else value or ""
