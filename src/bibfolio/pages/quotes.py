"""Words in a language of which docutils knows no quotation marks: it warns of them otherwise.

A class ``language-ar`` becomes ``lang`` in HTML, and tells docutils the quotation marks of a text.
It knows none of Arabic, Persian or Hindi, nor those of ``zh`` without a country.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from bibfolio.config import is_site
from bibfolio.library import library_of

_PREFIX = "language-"


def _has_marks(class_: str) -> bool:
    """Return whether docutils knows the quotation marks of the language that a class names."""
    tags = normalize_language_tag(class_.removeprefix(_PREFIX))
    return any(tag in smartchars.quotes for tag in tags)


class HideLanguages(SphinxTransform):
    """Takes such classes away, in sites and on pages of papers."""

    # Just before quotation marks are set (SphinxSmartQuotes, 750).
    default_priority = 749

    def apply(self, **_kwargs: Any) -> None:
        """Keep the classes of each node in an attribute meanwhile."""
        if not (is_site(self.config) or library_of(self.env).paper_of(self.env.docname)):
            return
        for node in self.document.findall(nodes.Element):
            hidden = [c for c in node["classes"] if c.startswith(_PREFIX) and not _has_marks(c)]
            if hidden:
                node["shown_classes"] = node["classes"]
                node["classes"] = [c for c in node["classes"] if c not in hidden]


class ShowLanguages(SphinxTransform):
    """Puts them back."""

    default_priority = 751

    def apply(self, **_kwargs: Any) -> None:
        """Give each node its classes."""
        for node in self.document.findall(nodes.Element):
            if "shown_classes" in node:
                node["classes"] = node.attributes.pop("shown_classes")


def setup(app: Sphinx) -> None:
    """Hide them before quotation marks are set, and show them afterwards."""
    app.add_transform(HideLanguages)
    app.add_transform(ShowLanguages)
