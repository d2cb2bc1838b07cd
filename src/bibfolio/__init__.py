"""An academic site from a bibliography: a Sphinx extension that knows nothing of its owner.

The way through the package is the way of the data::

    refs.bib, profile.toml → sources → model → pages     → HTML for readers
                                             → machines  → what programs read
                                             → cv        → the CV as files
                                             → assets    → what browsers load

``problems``  kinds of warnings (data)        ``warn``    the one function that logs them
``config``    the package's ``conf.py`` values ``folio``   reads everything at the start of a build
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

__version__ = "0.2.0"

#: In the order of the pipeline.
_PARTS = (
    "bibfolio.failure",
    "bibfolio.garbage",
    "bibfolio.config",
    "bibfolio.library",
    "bibfolio.domain",
    "bibfolio.upkeep",
    "bibfolio.pages.style",
    "bibfolio.pages.mathml",
    "bibfolio.pages.empty_sections",
    "bibfolio.pages.scrolling",
    "bibfolio.pages.filter_form",
    "bibfolio.pages.card_nodes",
    "bibfolio.pages.publications",
    "bibfolio.pages.profile",
    "bibfolio.pages.cv",
    "bibfolio.pages.site_links",
    "bibfolio.pages.cited_on",
    "bibfolio.pages.paper_sources",
    "bibfolio.pages.paper_page",
    "bibfolio.pages.outdated",
    "bibfolio.pages.finished",
    "bibfolio.machines.downloads",
    "bibfolio.machines.feeds",
    "bibfolio.machines.head",
    "bibfolio.machines.sitemap",
    "bibfolio.machines.twins",
    "bibfolio.machines.stale",
    "bibfolio.cv.files",
    "bibfolio.theme.files",
    "bibfolio.theme.layout",
    "bibfolio.theme.search",
    "bibfolio.theme.search_index",
    "bibfolio.theme.inline",
    "bibfolio.theme.social_card",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the parts; each can also be loaded alone."""
    for part in _PARTS:
        app.setup_extension(part)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
