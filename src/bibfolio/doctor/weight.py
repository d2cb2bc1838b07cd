"""A page of the built site → what its first visit costs: bytes and requests.

Counted are the page and what its HTML names to be loaded at once, compressed with gzip as any host
does it; hosts with brotli send less. Not counted are the heads of answers, and what scripts and
style sheets ask for in turn.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from bibfolio.doctor.origin import Sources
from bibfolio.doctor.site import BuiltSite, Page, text
from bibfolio.problems import Problem, WarningKind

#: What a first visit may cost, whatever the page: bytes on the wire, and files asked for.
MOST_BYTES = 32_000
MOST_REQUESTS = 6
#: What hosts compress. Pictures are compressed already.
COMPRESSED = (".html", ".js", ".css", ".svg", ".json", ".xml", ".txt", ".md", ".bib", ".ris")
#: Relations of ``<link>`` for which a browser fetches a file.
_LOADING = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload"})


class Heaviest(NamedTuple):
    """What pages of one kind cost at most."""

    kind: str
    pages: int
    bytes: int
    requests: int


class Scales:
    """Weighs pages; a file that several of them load is compressed once."""

    def __init__(self, site: BuiltSite) -> None:
        self.site = site
        self._sizes: dict[str, int] = {}

    def size(self, path: str) -> int:
        """Bytes of a file, compressed if hosts do that."""
        if path not in self._sizes:
            data = (self.site.folder / path).read_bytes()
            packed = gzip.compress(data, 9, mtime=0) if path.endswith(COMPRESSED) else data
            self._sizes[path] = len(packed)
        return self._sizes[path]

    def cost(self, page: Page) -> dict[str, int]:
        """File → bytes, for the page and all it loads from this site."""
        loaded = [page.path, *filter(None, (self._file(page, a) for a in _loaded(page)))]
        return {path: self.size(path) for path in loaded}

    def _file(self, page: Page, address: str) -> str | None:
        own = self.site.own(page.path, address)
        return None if own is None else self.site.file(own)

    @cached_property
    def costs(self) -> dict[str, dict[str, int]]:
        """Page → its cost, for every page to stay on."""
        pages = self.site.pages.values()
        return {page.path: self.cost(page) for page in pages if not page.leads_on}


def _loaded(page: Page) -> Iterator[str]:
    """Addresses that a browser asks for without being told to by a script."""
    for tag in page.soup.find_all(["link", "script", "img"]):
        if tag.name == "link":
            if _LOADING & set(text(tag, "rel").split()):
                yield text(tag, "href")
        elif tag.get("src") and tag.get("loading") != "lazy":
            yield text(tag, "src")


def kind_of(path: str) -> str:
    """What kind of page is at *path*: its folder or, at the root, its name."""
    first = path.removesuffix(".html").removesuffix("/index").split("/")[0]
    return "home" if first == "index" else first


def heaviest(costs: Mapping[str, Mapping[str, int]]) -> list[Heaviest]:
    """A row for each kind of page, the home page first."""
    kinds: dict[str, list[Mapping[str, int]]] = {}
    for path, cost in costs.items():
        kinds.setdefault(kind_of(path), []).append(cost)
    rows = [
        Heaviest(k, len(found), max(sum(c.values()) for c in found), max(map(len, found)))
        for k, found in kinds.items()
    ]
    return sorted(rows, key=lambda row: (row.kind != "home", row.kind))


def too_heavy(
    site: BuiltSite, sources: Sources, costs: Mapping[str, Mapping[str, int]]
) -> Iterator[Problem]:
    """Pages beyond the budget, and what weighs most in them."""
    for path, cost in costs.items():
        place, page, total = sources.of(path), site.pages[path], sum(cost.values())
        faults = []
        if total > MOST_BYTES:
            most = max(cost, key=lambda name: cost[name])
            faults.append(
                f"{page} weighs {total} bytes, {total - MOST_BYTES} too many;"
                f" {cost[most]} of them are {most}"
            )
        if len(cost) > MOST_REQUESTS:
            files = ", ".join(name for name in cost if name != path)
            faults.append(
                f"{page} asks for {len(cost)} files, not {MOST_REQUESTS} at most: itself, {files}"
            )
        for fault in faults:
            yield Problem(WarningKind.WEIGHT, fault, place.line, file=place.file)
