"""A file of the built site → every address in it, whatever kind of file it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from bs4 import Tag
from markdown_it import MarkdownIt

from bibfolio.doctor.site import BuiltSite, Page, text

#: Attribute → elements that load what it names, or lead there (HTML, "Attributes").
_ATTRIBUTES = {
    "href": ("a", "link", "area", "use", "image"),
    "xlink:href": ("use", "image"),
    "src": ("script", "img", "iframe", "source", "video", "audio", "embed", "track", "input"),
    "srcset": ("img", "source"),
    "action": ("form",),
    "data": ("object",),
    "poster": ("video",),
}
_PICTURES = frozenset({"img", "image", "picture", "video"})
_PICTURE_TAGS = ("og:image", "twitter:image")
#: Relations of ``<link>`` that name a picture.
_PICTURE_LINKS = frozenset({"icon", "apple-touch-icon", "mask-icon"})
_ADDRESS_TAGS = ("citation_abstract_html_url", "citation_pdf_url", "og:url")
#: Relations of ``<link>`` that only prepare a connection: they name no file.
_NO_FILES = frozenset({"preconnect", "dns-prefetch"})


class Reference(NamedTuple):
    """One address, as it stands in a file."""

    file: str
    address: str
    is_picture: bool = False
    #: Whether it stands around what the page says: in its header, navigation or footer.
    is_frame: bool = False
    #: Whether a reader follows it, rather than a program or the browser.
    is_link: bool = False


def in_page(page: Page) -> Iterator[Reference]:
    """Everything a page loads or leads to, in the order of the page."""
    for tag in page.soup.find_all(True):
        for attribute, elements in _ATTRIBUTES.items():
            if tag.name in elements and tag.has_attr(attribute) and not _names_no_file(tag):
                value = text(tag, attribute)
                for address in _candidates(value) if attribute == "srcset" else [value]:
                    yield Reference(
                        page.path,
                        address.strip(),
                        _is_picture(tag),
                        _is_frame(tag),
                        tag.name == "a",
                    )
    for name in (*_PICTURE_TAGS, *_ADDRESS_TAGS):
        for address in page.metas(name):
            yield Reference(page.path, address, name in _PICTURE_TAGS)
    if page.leads_on:
        yield Reference(page.path, page.leads_on)


def _names_no_file(tag: Tag) -> bool:
    return tag.name == "link" and bool(_NO_FILES & set(text(tag, "rel").split()))


def _is_picture(tag: Tag) -> bool:
    if tag.name == "source":
        return bool(tag.find_parent("picture"))
    if tag.name == "link":
        return bool(_PICTURE_LINKS & set(text(tag, "rel").split()))
    return tag.name in _PICTURES


def _is_frame(tag: Tag) -> bool:
    return not tag.find_parent(lambda parent: parent.name == "main" or parent.get("role") == "main")


def _candidates(srcset: str) -> list[str]:
    """The addresses of ``a.png 1x, b.png 2x``."""
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


# -- files beside the pages ---------------------------------------------------------------------


class UnreadableError(ValueError):
    """A file for programs that programs cannot read."""


def in_file(site: BuiltSite, path: str) -> Iterator[Reference]:
    """Every address in a feed, sitemap, list or Markdown twin; nothing in files of other kinds.

    Raises:
        UnreadableError: it is not what the end of its name says.
    """
    content = site.read(path)
    try:
        if path.endswith(".xml"):
            found = _in_xml(ET.fromstring(content), site.base)
        elif path.endswith(".json"):
            found = _in_json(json.loads(content), site.base)
        elif path.endswith(".md") or path == "llms.txt":
            found = _in_markdown(content)
        elif path == "robots.txt":
            found = iter(
                line.partition(":")[2].strip()
                for line in content.splitlines()
                if line.lower().startswith("sitemap:")
            )
        else:
            return
        for address in found:
            yield Reference(path, address, is_link=path.endswith(".md"))
    except ET.ParseError as error:
        raise UnreadableError(f"it is no XML: {error}") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"it is no JSON: {error}") from error


def _in_xml(root: ET.Element, base: str) -> Iterator[str]:
    """Attributes that are addresses, and texts that are addresses on this site."""
    for element in root.iter():
        yield from (v for n, v in element.attrib.items() if n.split("}")[-1] in {"href", "src"})
        content = (element.text or "").strip()
        if _is_whole(content, base):
            yield content


def _is_whole(value: str, base: str) -> bool:
    """Whether *value* is an address on this site and nothing besides."""
    return value.startswith(base) and not value.split()[1:]


def _in_json(value: Any, base: str, name: str = "") -> Iterator[str]:
    """Texts that are addresses on this site, but for those that only identify something."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _in_json(inner, base, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_json(inner, base, name)
    elif isinstance(value, str) and name not in {"id", "@id"} and _is_whole(value, base):
        yield value


def _in_markdown(content: str) -> Iterator[str]:
    for token in MarkdownIt("commonmark").enable("table").parse(content):
        for inner in token.children or ():
            for attribute in ("href", "src"):
                if address := inner.attrs.get(attribute):
                    yield str(address)


def is_external(address: str) -> bool:
    """Whether an absolute address can be asked for."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
