"""``sitemap.xml`` (https://www.sitemaps.org/protocol.html) and the ``robots.txt`` that names it.

sphinx-sitemap lists only the pages written in the running build, so an incremental build loses the
others; this one lists the pages there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx

from bibfolio.output import COLLECT_FILES, NOT_INDEXED, Output, makes_site

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(urls: Sequence[str]) -> str:
    """Return the sitemap of these absolute addresses."""
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for url in urls:
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = url
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
    yield "sitemap.xml", sitemap([output.page_url(page) for page in pages])
    yield "robots.txt", robots(output.url("sitemap.xml"))


def setup(app: Sphinx) -> None:
    """Have both written."""
    app.connect(COLLECT_FILES, _files)
