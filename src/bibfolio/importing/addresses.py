"""The addresses that an old site served, and what answers at each of them now.

Jekyll's rules are those of its documentation ("Permalinks", "Collections"): a ``permalink`` of the
page, or the pattern of its collection, or the place of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bibfolio.importing.source import Page

#: What the new site makes by itself.
OWN = {"index", "publications", "cv", "404", "search", "genindex"}
OWN_FILES = {"/robots.txt", "/sitemap.xml"}
_DATED = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.+)")
#: What may not stand in the name of a page: signs of systems, of addresses, and Sphinx's own.
_ODD = re.compile(r"[\x00-\x1f\x7f\\:*?\"'<>|#%\[\]{}`]")


class Answer(NamedTuple):
    """What answers at an old address."""

    #: ``page``, ``redirect``, ``file`` or ``none``.
    how: str
    #: A page of the new site, the path of a file, or why there is nothing.
    target: str


class Addresses:
    """Old addresses with what answers there; the first that claims one has it."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        #: What a later file claims as well, and what is no address: address, and why.
        self.refused: list[tuple[str, str, str]] = []

    def add(self, address: str, how: str, target: str, source: str = "") -> bool:
        """Note an address; return whether it is a good one that nothing else has."""
        problem = ""
        if how in {"page", "redirect"} and not docname(address):
            problem = "it is not below the site"
        elif address in self.answers and self.answers[address] != (how, target):
            problem = "another file has it"
        if problem:
            self.refused.append((address, problem, source))
            return False
        self.answers.setdefault(address, Answer(how, target))
        return True

    def redirects(self, pages: Iterable[str]) -> dict[str, str]:
        """Return old page → new page: no page of the new site, and no circle, is among them."""
        here = {*pages, *OWN}
        lines = dict[str, str]()
        for address, (how, target) in self.answers.items():
            name = docname(address)
            # A permalink without a slash is served with .html as well, and a file of that name.
            plain = name.removesuffix(".html")
            if how == "redirect" and plain not in here and plain != target:
                lines[plain] = target
            if not address.endswith("/") and how in {"page", "redirect"}:
                lines[f"{plain}.html"] = target
        return lines


def docname(address: str) -> str:
    """Return the page that is at an address; empty if it is none that a site may have."""
    parts = unquote(address).strip("/").split("/")
    if parts == [""]:
        return "index"
    is_bad = any(not part.strip(". ") or part[0] in ".@" or _ODD.search(part) for part in parts)
    return "" if is_bad or len(address) > 300 else "/".join(parts).removesuffix("/index.html")


def page_of(address: str) -> str:
    """Return the page of the new site that keeps an address."""
    return docname(address).removesuffix(".html")


def slug(text: str) -> str:
    """Return a title as Jekyll's ``pretty`` slugs have it, with its capitals."""
    return re.sub(r"[^\w.~!$&'()+,;=@-]+", "-", text).strip("-")


def of_page(page: Page, site_permalink: str) -> str:
    """Return the address of a page of Jekyll that is in no collection."""
    if given := page.get("permalink"):
        return given if given.startswith("/") else f"/{given}"
    path = PurePosixPath(page.path)
    folder = "" if path.parent == PurePosixPath() else f"/{path.parent}"
    if path.stem == "index":
        return f"{folder}/"
    return f"{folder}/{path.stem}" + ending(site_permalink).replace(":output_ext", ".html")


def ending(site_permalink: str) -> str:
    """Return what ends the addresses of what has no pattern of its own."""
    is_folder = site_permalink == "pretty" or site_permalink.endswith("/")
    return "/" if is_folder else ":output_ext"


def of_document(page: Page, collection: str, pattern: str) -> str:
    """Return the address of a document in a collection of Jekyll, posts among them."""
    if given := page.get("permalink"):
        return given if given.startswith("/") else f"/{given}"
    path = PurePosixPath(page.path).relative_to(f"_{collection}")
    dated = _DATED.fullmatch(path.stem)
    date = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", page.get("date") or (dated[1] if dated else ""))
    year, month, day = date.groups() if date else ("", "", "")
    categories = page.data.get("categories") or page.data.get("category") or ""
    listed = categories if isinstance(categories, list) else str(categories).split()
    name = dated[2] if dated else path.stem
    values = {
        "collection": collection,
        "path": str(path.with_suffix("")),
        "name": path.stem,
        "title": slug(page.get("slug") or name),
        "slug": slug(page.get("slug") or name).lower(),
        "year": year,
        "month": month.zfill(2),
        "day": day.zfill(2),
        "categories": "/".join(str(one).lower().replace(" ", "-") for one in listed),
        "output_ext": ".html",
    }
    patterns = {
        "date": "/:categories/:year/:month/:day/:title:output_ext",
        "pretty": "/:categories/:year/:month/:day/:title/",
        "none": "/:categories/:title:output_ext",
    }
    pattern = pattern or ("date" if collection == "posts" else "/:collection/:path:output_ext")
    pattern = patterns.get(pattern, pattern)
    made = re.sub(r":([a-z_]+)", lambda name: values.get(name[1], ""), pattern)
    return re.sub(r"/+", "/", f"/{made}")


def read_listed(text: str, base: str) -> list[str]:
    """Return the addresses of a sitemap, or of a list with one address or path a line.

    Args:
        text: what the file holds.
        base: the path below which the old site was, as ``baseurl`` says.
    """
    found = re.findall(r"<loc>\s*([^<]*?)\s*</loc>", text) or text.splitlines()
    addresses = []
    for line in filter(None, map(str.strip, found)):
        path = unquote(urlsplit(line).path if "://" in line else line)
        if quoted := re.fullmatch(r'"(.*)"', line):  # as git writes names that are not ASCII
            octal = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), quoted[1])
            path = octal.encode("latin-1", "replace").decode("utf-8", "replace")
        path = f"/{path.removeprefix('/')}"
        if base and path.startswith(f"{base}/"):
            path = path.removeprefix(base)
        addresses.append(re.sub(r"(?<=/)index\.html?$", "", path))
    return list(dict.fromkeys(addresses))


def unanswered(
    listed: Iterable[str], answers: Mapping[str, Answer], pages: Iterable[str], files: Iterable[str]
) -> list[str]:
    """Return the *listed* addresses at which nothing of the new site is."""
    known = {docname(address) for address, (how, _target) in answers.items() if how != "none"}
    known |= {*pages, *OWN, *files}
    return [
        address
        for address in listed
        if docname(address).removesuffix(".html") not in known
        and docname(address) not in known
        and address not in OWN_FILES
    ]
