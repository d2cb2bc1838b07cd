"""``sitemap.xml`` (https://www.sitemaps.org/protocol.html) and the ``robots.txt`` that names it.

sphinx-sitemap lists only the pages written in the running build, so an incremental build loses the
others; this one lists the pages there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx

from bibfolio.library import alternates
from bibfolio.output import COLLECT_FILES, NOT_INDEXED, Output, makes_site

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(urls: Mapping[str, Mapping[str, str]]) -> str:
    """Return the sitemap of these absolute addresses, each with that of each other language."""
    names = {"xmlns:xhtml": "http://www.w3.org/1999/xhtml"} if any(urls.values()) else {}
    root = ET.Element("urlset", {"xmlns": _NAMESPACE, **names})
    for url, others in urls.items():
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = url
        for tag, other in others.items():
            ET.SubElement(entry, "xhtml:link", rel="alternate", hreflang=tag, href=other)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def robots(sitemap_url: str) -> str:
    """Return rules by which everybody may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n"


def _files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield both files."""
    output = Output(app)
    if not makes_site(app) or not output.has_address:
        return  # a sitemap holds absolute addresses or nothing
    pages = sorted(app.env.all_docs.keys() - NOT_INDEXED)
    languages = {
        output.page_url(page): {
            tag: output.page_url(other) for tag, other in alternates(app.env, page).items()
        }
        for page in pages
    }
    yield "sitemap.xml", sitemap(languages)
    yield "robots.txt", robots(output.url("sitemap.xml"))


def setup(app: Sphinx) -> None:
    """Have both written."""
    app.connect(COLLECT_FILES, _files)
