"""Links to other parts of this site, made relative when it is known which page they stand on.

Whoever draws a card or a page does not know where it will appear; the nodes therefore carry what
they lead to: ``site_page``, a document name, or ``site_file``, a path below the site's root.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

from bibfolio.config import is_site
from bibfolio.output import makes_html
from bibfolio.sphinx_compat import app_of


def to_page(
    docname: str, children: Sequence[nodes.Node], *classes: str, anchor: str = ""
) -> nodes.reference:
    """Return a link to another page of this site."""
    return nodes.reference(
        "", "", *children, internal=True, classes=list(classes), site_page=docname, anchor=anchor
    )


def to_file(path: str, text: str, *classes: str) -> nodes.reference:
    """Return a link to a file that this site serves."""
    return nodes.reference("", text, internal=False, classes=list(classes), site_file=path)


class download(nodes.reference):  # noqa: N801  docutils spells nodes so
    """A link that saves its target; ``type`` is the media type. Elsewhere than in HTML, a link."""


def to_download(path: str, text: str, media_type: str) -> download:
    """Return a link that saves a file of this site instead of opening it."""
    return download("", text, internal=False, site_file=path, type=media_type)


class SiteLinks(SphinxPostTransform):
    """Give every such link its address; one that leads nowhere becomes its text."""

    # After whatever draws (6) and before Sphinx resolves references (10).
    default_priority = 8

    def run(self, **_kwargs: Any) -> None:
        """Set ``refuri`` on each link of the page that is being resolved."""
        for node in list(self.document.findall(nodes.reference)):
            if "site_page" in node:
                address, anchor = self._page(node["site_page"]), node.get("anchor", "")
                address = f"{address}#{anchor}" if anchor and address else address
            elif "site_file" in node:
                address = self._file(node["site_file"])
            else:
                continue
            if address:
                node["refuri"] = address
            else:
                node.parent.replace(node, node.children)

    def _page(self, docname: str) -> str:
        if docname not in self.env.all_docs:
            return ""
        try:
            return self._builder.get_relative_uri(self.env.docname, docname)
        except NoUri:  # a book without this page: the site has it, if the site has an address
            return f"{self._base}{docname}/" if self._base else ""

    def _file(self, path: str) -> str:
        if not makes_html(app_of(self.env)):
            return f"{self._base}{path}" if self._base else ""
        return relative_uri(self._builder.get_target_uri(self.env.docname), path)

    @property
    def _base(self) -> str:
        base = str(self.config.html_baseurl)
        return base.rstrip("/") + "/" if base else ""

    @property
    def _builder(self) -> Builder:
        return app_of(self.env).builder


class LinksFromTheRoot(SphinxPostTransform):
    """Have every link of the 404 page start at the root, because it is shown at any address.

    sphinx-notfound-page (1.1) does that for pictures and toctrees, but not for references.
    """

    # After Sphinx has resolved references (10).
    default_priority = 700

    def run(self, **_kwargs: Any) -> None:
        """Rewrite relative links of the page called ``404``."""
        builder = app_of(self.env).builder
        is_site_of_ours = is_site(self.config) and "notfound_urls_prefix" in self.config
        if self.env.docname != "404" or builder.format != "html" or not is_site_of_ours:
            return
        here = self.config.notfound_urls_prefix + builder.get_target_uri("404")
        for node in self.document.findall(nodes.reference):
            if "refuri" in node and not node["refuri"].startswith("#"):
                node["refuri"] = urljoin(here, node["refuri"])


def _visit_download(translator: HTML5Translator, node: download) -> None:
    attributes = {"href": node["refuri"], "type": node["type"], "download": ""}
    translator.body.append(translator.starttag(node, "a", "", CLASS="reference", **attributes))


def _depart_download(translator: HTML5Translator, _node: download) -> None:
    translator.body.append("</a>")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register node and transforms."""
    app.add_node(cast(type[nodes.Element], download), html=(_visit_download, _depart_download))
    app.add_post_transform(SiteLinks)
    app.add_post_transform(LinksFromTheRoot)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
