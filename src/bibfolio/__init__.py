"""bibfolio: a paper is written down once, in BibTeX, and everything else follows.

A Sphinx extension and theme for the site of a scholar. The data goes one way::

    refs.bib, profile.toml ─ sources ─ model ─┬─ pages     docutils nodes: what readers see
                              lint ───────────┼─ machines  head tags, exports, feeds, twins
                                              ├─ cv        the CV as PDF, text and JSON
                                              └─ theme     what browsers and templates load

``config``         the values for ``conf.py``, and defaults for other extensions
``library``        what one build knows: profile and papers, read once
``domain``         the ``bib`` domain: references to papers, and where each is cited
``cite_domain``    sphinxcontrib-bibtex's own domain, with entries that every style can format
``problems``       what can be wrong, and the one function that warns
``output``         addresses in the built site, and writing files into it
``sphinx_compat``  every use of something that is not public API
``commands``       the console script ``bibfolio``; ``doctor`` examines a built site
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `bibfolio check` starts without Sphinx, which takes a second to load
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.2.0"

#: In the order of the pipeline; ``config`` comes first, because it knows the mode of the project.
_PARTS = (
    "bibfolio.config",
    "bibfolio.output",
    "bibfolio.library",
    "bibfolio.domain",
    "bibfolio.cite_domain",
    "bibfolio.pages.mathml",
    "bibfolio.pages.empty_sections",
    "bibfolio.pages.figures",
    "bibfolio.pages.filter_form",
    "bibfolio.pages.publications",
    "bibfolio.pages.profile_sections",
    "bibfolio.pages.tables",
    "bibfolio.pages.pictures",
    "bibfolio.pages.cv",
    "bibfolio.pages.site_links",
    "bibfolio.pages.cited_on",
    "bibfolio.pages.related",
    "bibfolio.pages.timeline",
    "bibfolio.pages.paper_page",
    "bibfolio.machines.exports",
    "bibfolio.machines.feeds",
    "bibfolio.machines.head",
    "bibfolio.machines.sitemap",
    "bibfolio.machines.twins",
    "bibfolio.cv.files",
    "bibfolio.theme.layout",
    "bibfolio.theme.components",
    "bibfolio.theme.search",
    "bibfolio.theme.side_notes",
    "bibfolio.theme.social_card",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the parts of the package, each an extension of its own."""
    for part in _PARTS:
        app.setup_extension(part)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
