"""Which pages are read again because papers have changed: those that show what is other now.

sphinxcontrib-bibtex (2.7) reads every page with a list again when a file of the bibliography has
changed, and leaves old labels and tooltips on pages that cite.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from bibfolio.domain import paper_domain
from bibfolio.folio import folio_of, pages_with_lists
from bibfolio.model import PAPERS
from bibfolio.pages.style import NAME

#: Those of sphinxcontrib-bibtex: they show authors, year and label.
_REFERENCE_STYLES = {"author_year", "label", "super"}


def shows_cards_alone(config: Config) -> bool:
    """Whether lists, tooltips and citations show nothing of a paper that is not on its card."""
    styles = config.bibtex_default_style, config.bibtex_tooltips_style
    return styles == (NAME, "") and config.bibtex_reference_style in _REFERENCE_STYLES


def _outdated(app: Sphinx, env: BuildEnvironment, *_documents: object) -> Iterable[str]:
    """``env-get-outdated``: pages of changed papers, and pages that list or cite them."""
    folio = folio_of(env)
    shown = folio.changed_in_lists if shows_cards_alone(app.config) else folio.changed
    pages = {f"{PAPERS}/{key}" for key in folio.changed}
    if shown or not folio.is_in_order:
        pages |= set(pages_with_lists(env))
    pages |= paper_domain(env).pages_referring_to(shown)
    for reference in env.get_domain("cite").data["citation_refs"]:
        if any(target.key in shown for target in reference.targets):
            pages.add(reference.docname)
    return sorted(pages)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handler."""
    app.connect("env-get-outdated", _outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
